"""Use cases of the mails people choose: say how one wants to be told, and the mail of the morning."""

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.brev import adresse, forsoeg
from faelles.brevslags import Brevslags, Maade, Punkt, alle
from faelles.fejl import UgyldigtInput
from faelles.tid import idag, nu
from kommuner.models import Brevvalg, Bruger, Morgenbrev, Tilknytning
from kommuner.queries import aktoer_for_tilknytning

log = logging.getLogger(__name__)

AFBRUDT = timedelta(minutes=10)  # longer than a mail takes to be sent


def vaelg(*, bruger: Bruger, valg: Mapping[str, Maade]) -> None:
    """Say how the person wants to be told of these kinds. Raises UgyldigtInput for a kind, or a way, there is not."""
    kendte = alle()
    felter = {
        kode: ["Vælg en af mulighederne."]
        for kode, maade in valg.items()
        if kode not in kendte or maade not in kendte[kode].maader
    }
    if felter:
        raise UgyldigtInput("ugyldigt_brevvalg", "Valget er ikke gemt, før felterne er rettet.", felter)
    with transaction.atomic():
        for kode, maade in valg.items():
            Brevvalg.objects.update_or_create(bruger=bruger, slags=kode, defaults={"maade": maade})


def send_morgenbreve() -> int:
    """Mail everybody what waits for her this morning of what she has chosen and of what always comes, once a day. Gives how many mails went out.

    Safe to run at any time and twice at once; one that was cut off, or whose mail server refused, is taken up by a later run.
    """
    dag = idag()
    return sum(_send_for_sig(bruger, dag) for bruger in _mangler(dag))


def _mangler(dag: date) -> list[Bruger]:
    """Those who have a role and have not had today's mail: something may wait that is always told, whatever they have chosen.

    One in another run's hands is left to it.
    """
    dagens = Morgenbrev.objects.filter(bruger=OuterRef("pk"), dag=dag)
    taget = dagens.filter(Q(afsluttet__isnull=False) | Q(noteret__gte=nu() - AFBRUDT))
    har_rolle = Tilknytning.objects.paa(dag).filter(bruger=OuterRef("pk"))
    folk = Bruger.objects.filter(Exists(har_rolle), ~Exists(taget), is_active=True)
    return list(folk.order_by("pk"))


def _send_for_sig(bruger: Bruger, dag: date) -> bool:
    """What goes wrong for one keeps nobody else's mail back."""
    try:
        return _send(bruger, dag)
    except Exception:
        log.exception("morgenbrev_ikke_skrevet", extra={"bruger": str(bruger.pk)})
        return False


def _send(bruger: Bruger, dag: date) -> bool:
    """Take the morning on, so that nobody else does, mail what waits, and note that it is done. True when a mail went out."""
    if not _tag(bruger.pk, dag):
        return False
    with transaction.atomic():
        afsnit = _afsnit(bruger, dag)
    kontekst = {"afsnit": afsnit, "valg": adresse(reverse("breve"))}
    if afsnit and not forsoeg("kommuner/breve/morgenbrev.txt", bruger.email, kontekst, ellers="morgenbrev_ikke_sendt"):
        return False
    Morgenbrev.objects.filter(bruger=bruger, dag=dag).update(afsluttet=nu())
    return bool(afsnit)


def _tag(bruger: UUID, dag: date) -> bool:
    """Whether this run is the one to do it: of two at once the unique row lets one through."""
    with transaction.atomic():
        laaste = Morgenbrev.objects.select_for_update(no_key=True)
        brev, ny = laaste.get_or_create(bruger_id=bruger, dag=dag)
        if not ny and (brev.afsluttet or brev.noteret >= nu() - AFBRUDT):
            return False
        brev.noteret = nu()
        brev.save(update_fields=["noteret"])
        return True


def _afsnit(bruger: Bruger, dag: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each role with something waiting: which it is, and every line with its address."""
    valgt = set(Brevvalg.objects.filter(bruger=bruger, maade=Maade.DAGLIGT).values_list("slags", flat=True))
    slags = [en for kode, en in alle().items() if kode in valgt or en.altid]
    roller = Tilknytning.objects.paa(dag).filter(bruger=bruger).select_related("organisation")
    afsnit = []
    for rolle in roller.order_by("organisation__navn_sortering", "rolle", "pk"):
        aktoer = aktoer_for_tilknytning(rolle)
        if punkter := _punkter(aktoer, slags):
            linjer = [(punkt.i_ord, adresse(punkt.sti)) for punkt in punkter]
            afsnit.append((f"{aktoer.rolle_navn} i {aktoer.organisation_navn}", linjer))
    return afsnit


def _punkter(aktoer: Aktoer, slags: list[Brevslags]) -> list[Punkt]:
    return [punkt for en in slags if en.er_for(aktoer) and (punkt := en.venter(aktoer)) and punkt.antal]
