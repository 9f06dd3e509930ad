"""What the secretariat writes in a report's chapters: saved, read as it stands, frozen with the data, and put into the pages.

The texts are the agreement's, by type and chapter, so the next report begins with what the last one said. Each saving is kept.
"""

import json
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.safestring import SafeString, mark_safe

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from rammeaftale.models import Rammeaftale
from rammeaftale.rapporter.flettefelter import fejl, flet
from rammeaftale.rapporter.models import Oejebliksbillede, Rapporttekst
from rammeaftale.rapporter.register import Manuskript, Rapporttype, rapporttype
from rammeaftale.tekst.actions import LAENGSTE_TEKST
from rammeaftale.tekst.markdown import som_html


def skriv_tekst(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    type_: str,
    kapitel: str,
    tekst: str,
    kraev_set: Callable[[], None] = lambda: None,
) -> None:
    """Save the text of a chapter, in Markdown; an empty one is no text. What it says already is not saved again.

    `kraev_set` refuses under the agreement's lock what has changed since the caller saw it. Raises IkkeFundet when the agreement is
    not the actor's own secretariat's or the type has no such chapter, UgyldigtInput with every fault of the text.
    """
    aktoer.kraev(Rettighed.RAPPORTER_BESTIL, Funktion.SEKRETARIAT)
    hvilken = rapporttype(type_)
    if kapitel not in hvilken.kapitler:
        raise IkkeFundet("kapitel_ikke_fundet", "Rapporttypen har intet kapitel med den kode.")
    with transaction.atomic():
        aftale = (
            Rammeaftale.objects.filter(pk=aftale_id, kkr__sekretariat=aktoer.organisation_id)
            .select_for_update(no_key=True, of=("self",))
            .first()
        )
        if aftale is None:
            raise IkkeFundet("aftale_ikke_fundet", "Rammeaftalen findes ikke.")
        kraev_set()
        renset = tekst.replace("\r\n", "\n").strip()
        fundne = tekstens_fejl(hvilken, renset)
        if fundne:
            raise UgyldigtInput(
                "ugyldig_rapporttekst", "Teksten kan ikke gemmes, før den er rettet.", {"tekst": fundne}
            )
        foer = (
            Rapporttekst.objects.filter(aftale=aftale, type=hvilken.noegle, kapitel=kapitel).order_by("udgave").last()
        )
        if renset == (foer.tekst if foer else ""):
            return
        Rapporttekst.objects.create(
            aftale=aftale, type=hvilken.noegle, kapitel=kapitel, udgave=foer.udgave + 1 if foer else 1, tekst=renset
        )


def tekstens_fejl(type_: Rapporttype, tekst: str) -> list[str]:
    """Everything that keeps a text from being saved."""
    for_lang = [f"Teksten må højst være {LAENGSTE_TEKST} tegn."] if len(tekst) > LAENGSTE_TEKST else []
    felter = [felt.noegle for felt in type_.flettefelter]
    return [*for_lang, *cpr_fejl(tekst=tekst).get("tekst", []), *fejl(tekst, som_html(tekst), felter)]


def skrevne(aftale_id: UUID, type_: str) -> dict[str, Rapporttekst]:
    """The latest saving of each chapter that has one."""
    alle = Rapporttekst.objects.filter(aftale=aftale_id, type=type_).order_by("kapitel", "-udgave").distinct("kapitel")
    return {en.kapitel: en for en in alle}


def vis(tekst: str, vaerdier: Mapping[str, str]) -> SafeString:
    """A text as it stands on the page, with the values in it."""
    return mark_safe(flet(som_html(tekst), vaerdier))  # noqa: S308 - safe HTML, in which the values are escaped


def manuskript(type_: Rapporttype, billede: Oejebliksbillede, nummer: int | None) -> Manuskript:
    """What a report says besides its figures, of what was frozen with them.

    Raises Konflikt when a frozen text has a placeholder this version of the platform does not know.
    """
    tekster: dict[str, str] = json.loads(billede.tekster)
    vaerdier = type_.vaerdier(type_.laes(billede.data)) if tekster else {}
    for kapitel, tekst in tekster.items():
        if fundne := fejl(tekst, som_html(tekst), vaerdier):
            navn = type_.kapitler.get(kapitel, kapitel)
            raise Konflikt("rapporttekst_foraeldet", f"Teksten i kapitlet »{navn}« kan ikke bruges: {' '.join(fundne)}")
    html = {kapitel: vis(tekst, vaerdier) for kapitel, tekst in tekster.items()}
    return Manuskript(nummer, html, til_udgivelse=not type_.om_kommune)
