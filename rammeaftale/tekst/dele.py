"""The parts of an agreement's text (rules-rammeaftale § 2): adding, changing and taking away one, while it is a draft.

The parts are the agreement's own in every version, so what the parties have been sent of them stands (`dokumentdel_staar_fast`). They
are of the text as the clauses are: an accession of the embedsmandsudvalg is of them as they were (`Version.dele_rettet`).
"""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.tid import nu
from rammeaftale.actions.faelles import laas_egen
from rammeaftale.livscyklus import SKRIVES, Aftaletilstand
from rammeaftale.models import Delart, Dokumentdel, Rammeaftale, Version


def opret_del(*, aktoer: Aktoer, aftale_id: UUID, art: Delart, titel: str) -> Dokumentdel:
    """Add a part to a draft, after the others. Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement is no draft."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        kraev_kladde(aftale)
        _kraev(_feltfejl(aftale.dele.all(), art, titel))
        _noter_rettet(aftale)
        nummer = (aftale.dele.aggregate(hoejst=Max("nummer"))["hoejst"] or 0) + 1
        return Dokumentdel.objects.create(aftale=aftale, art=art, titel=titel.strip(), nummer=nummer)


def ret_del(
    *,
    aktoer: Aktoer,
    aftale_id: UUID,
    del_id: UUID,
    art: Delart,
    titel: str,
    efter: UUID | None,
    kraev_set: Callable[[], None] = lambda: None,
) -> Dokumentdel:
    """Another kind or title of a part, or another place: after the part `efter`, or first (None).

    One with clauses the parties have been sent keeps kind and title, and its place among the others they have been sent. `kraev_set`
    refuses under the lock what has changed since the caller saw it. What is as it was voids no accession. Raises IkkeFundet, UgyldigtInput, or Konflikt when the agreement is
    no draft.
    """
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        kraev_set()
        kraev_kladde(aftale)
        del_ = delen(aftale, del_id)
        felter = _feltfejl(aftale.dele.exclude(pk=del_id), art, titel)
        if sendt(del_) and (del_.art, del_.titel) != (art, titel.strip()):
            felter["titel"] = ["Delen har været sendt til godkendelse, så slags og titel ligger fast."]
        foer = list(aftale.dele.order_by("nummer"))
        orden = _flyttet(foer, del_, efter)
        if orden is None:
            felter["efter"] = ["Vælg en anden af aftalens dele."]
        elif [en for en in foer if sendt(en)] != [en for en in orden if sendt(en)]:
            felter["efter"] = ["Dele, der har været sendt til godkendelse, beholder deres indbyrdes rækkefølge."]
        _kraev(felter)
        if orden == foer and (del_.art, del_.titel) == (art, titel.strip()):
            return del_
        _noter_rettet(aftale)
        for nummer, en in enumerate(orden or (), 1):
            en.nummer = nummer
            if en == del_:
                en.art, en.titel = art, titel.strip()
        Dokumentdel.objects.bulk_update(orden or (), ["nummer", "art", "titel"])
        return delen(aftale, del_id)


def fjern_del(*, aktoer: Aktoer, aftale_id: UUID, del_id: UUID) -> None:
    """Take away a part that has never had a clause. Raises IkkeFundet, or Konflikt when it has, or the agreement is no draft."""
    aktoer.kraev(Rettighed.AFTALER_SKRIV, Funktion.SEKRETARIAT)
    with transaction.atomic():
        aftale = laas_egen(aktoer, aftale_id)
        kraev_kladde(aftale)
        del_ = delen(aftale, del_id)
        if del_.klausuler.exists():
            besked = f"{del_} har klausuler, eller har haft det, og det, de sagde, bevares. Uden klausuler er delen ikke med, når teksten sendes."
            raise Konflikt("del_har_klausuler", besked)
        _noter_rettet(aftale)
        del_.delete()


def _noter_rettet(aftale: Rammeaftale) -> None:
    """As a clause that is saved: what a body acceded to before is another text (`moeder.actions`)."""
    Version.objects.filter(pk__in=aftale.versioner.order_by("-nummer").values("pk")[:1]).update(dele_rettet=nu())


def delen(aftale: Rammeaftale, del_id: UUID) -> Dokumentdel:
    """A part of the agreement. Raises IkkeFundet."""
    del_ = aftale.dele.filter(pk=del_id).first()
    if del_ is None:
        raise IkkeFundet("del_ikke_fundet", "Delen findes ikke i aftalen.")
    return del_


def sendt(del_: Dokumentdel) -> bool:
    """Whether the parties have been sent a clause in the part."""
    return del_.klausuler.filter(udgaver__version__sendt__isnull=False).exists()


def kraev_kladde(aftale: Rammeaftale) -> None:
    """Raise Konflikt unless the text may be written."""
    if Aftaletilstand(aftale.tilstand) not in SKRIVES:
        raise Konflikt(
            "aftale_ikke_kladde",
            f"{aftale.titel} er »{aftale.get_tilstand_display().lower()}«; teksten kan kun skrives, mens den er kladde eller i "
            "embedsmandsudvalget.",
        )


def _feltfejl(andre: QuerySet[Dokumentdel], art: Delart, titel: str) -> dict[str, list[str]]:
    felter = dict(cpr_fejl(titel=titel))
    if not titel.strip():
        felter["titel"] = ["Skriv en titel."]
    if art is not Delart.BILAG and andre.filter(art=art).exists():
        felter["art"] = [f"Aftalen har allerede en {art.label.lower()}."]
    return felter


def _flyttet(foer: Sequence[Dokumentdel], del_: Dokumentdel, efter: UUID | None) -> list[Dokumentdel] | None:
    """The parts in their new order; None when `efter` is no other of them."""
    andre = [en for en in foer if en != del_]
    plads = 0 if efter is None else next((nr for nr, en in enumerate(andre, 1) if en.pk == efter), None)
    return None if plads is None else [*andre[:plads], del_, *andre[plads:]]


def _kraev(felter: dict[str, list[str]]) -> None:
    if felter:
        raise UgyldigtInput("ugyldig_tekst", "Delen kan ikke gemmes, før felterne er rettet.", felter)
