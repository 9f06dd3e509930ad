"""Saving a search, trying it again, and giving it up."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.brev import adresse, forsoeg
from faelles.brevslags import Maade
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.scope import saet_database_aktoer, som_systemet
from faelles.tid import Periode, idag, nu
from kommuner.breve.queries import maade
from kommuner.models import Tilknytning
from kommuner.queries import aktoer_for_klient, aktoer_for_tilknytning
from kommuner.roller import roller_med
from reservationer.soegning.gemte.koder import KanIkkeLaeses, fra_json, til_json
from reservationer.soegning.gemte.morgenbrev import FUND
from reservationer.soegning.gemte.queries import en_gemt
from reservationer.soegning.kendte import kraev_kendte, med_dagens_koder
from reservationer.soegning.models import GemtSoegning, Soegefund
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import fundne
from reservationer.soegning.querysets import SoegefundQuerySet
from tilbud.models import Afdeling, Maalgruppe

log = logging.getLogger(__name__)

HOEJST = 50  # saved searches of one person or system: each is tried again and again
LAENGST = timedelta(minutes=3)  # of the ten between two runs
I_BREVET = 20  # departments; the page shows the rest
EFTERPROEVNING = "saved searches are tried again by the clock, whoever they belong to"
UDEN_ORD = "En gemt søgning rummer kun koder, så ordene kan ikke gemmes. Tøm feltet, og gem søgningen igen."
ROLLER = roller_med(Rettighed.TILBUD_LAES, Funktion.MYNDIGHED)


def gem(*, aktoer: Aktoer, profil: Behovsprofil) -> GemtSoegning:
    """Save a search for the person or system that acts; what fits already is noted, so that only what is new is told.

    Raises Konflikt when it has saved as many as one may, and UgyldigtInput for codes that do not exist and for words: they are
    kept nowhere (docs/persondata.md), and without them it would be another search.
    """
    aktoer.kraev(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
    if profil.tekst:
        raise UgyldigtInput("ugyldigt_input", "Søgningen er ikke gemt, før felterne er rettet.", {"tekst": [UDEN_ORD]})
    kraev_kendte(profil, "Søgningen kan ikke gemmes, før felterne er rettet.")
    ejer = _ejer(aktoer)
    with transaction.atomic():
        if GemtSoegning.objects.synlige_for(aktoer).filter(**ejer).count() >= HOEJST:
            raise Konflikt("for_mange_gemte", f"Der kan højst gemmes {HOEJST} søgninger. Slet en, der ikke bruges.")
        soegning = GemtSoegning.objects.create(
            organisation_id=aktoer.organisation_id, navn=_navn(profil), profil=til_json(profil), **ejer
        )
        ledige = _ledige(aktoer, profil, nu())
        saet_database_aktoer(aktoer)
        Soegefund.objects.bulk_create(Soegefund(soegning=soegning, afdeling_id=afdeling) for afdeling in ledige)
        return soegning


def _ejer(aktoer: Aktoer) -> Mapping[str, UUID]:
    """The column of `GemtSoegning` that says who acts: a person's, or a system's."""
    slags, _, id_ = aktoer.identitet.partition(":")
    return {f"{slags}_id": UUID(id_)}


def slet(*, aktoer: Aktoer, soegning_id: UUID) -> None:
    """Give a search up. Raises IkkeFundet when it is not the municipality's own."""
    aktoer.kraev(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        soegning = en_gemt(aktoer, soegning_id, laast=True)  # or a run could add fits after they are deleted
        _slet(soegning, Soegefund.objects.synlige_for(aktoer))


def kvitter(*, aktoer: Aktoer, soegning_id: UUID, senest: datetime) -> None:
    """Note for the whole municipality that what was found no later than `senest`, the latest it was shown, has been seen.

    Raises IkkeFundet as `slet`.
    """
    aktoer.kraev(Rettighed.SOEGNINGER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        soegning = en_gemt(aktoer, soegning_id)
        Soegefund.objects.synlige_for(aktoer).nye().filter(soegning=soegning, fundet__lte=senest).update(kvitteret=nu())


def proev_alle() -> int:
    """Try the saved searches again and tell what has begun to fit, once each; gives the number of fits told.

    Those that have waited longest come first. After LAENGST the rest are left for the next run: the worker has other things to
    do, which cannot wait. Safe to run at any time and twice at once: one run has a search at a time. What goes wrong with one stops none of the others.
    """
    with som_systemet(EFTERPROEVNING):
        efter_tur = GemtSoegning.objects.for_systemet(EFTERPROEVNING).order_by(F("proevet").asc(nulls_first=True), "pk")
        alle = list(efter_tur.values_list("pk", flat=True))
    slut = nu() + LAENGST
    meldte = [_proev_for_sig(soegning_id, nu()) for soegning_id in takewhile(lambda _: nu() < slut, alle)]
    if rest := len(alle) - len(meldte):
        log.warning("gemte_soegninger_ikke_naaet", extra={"rest": rest})
    return sum(meldte)


def _proev_for_sig(soegning_id: UUID, nu: datetime) -> int:
    try:
        return _proev(soegning_id, nu)
    except Exception:
        log.exception("gemt_soegning_ikke_proevet", extra={"soegning": str(soegning_id)})
        with som_systemet(EFTERPROEVNING):
            GemtSoegning.objects.for_systemet(EFTERPROEVNING).filter(pk=soegning_id).update(proevet=nu)
        return 0


def _proev(soegning_id: UUID, nu: datetime) -> int:
    with transaction.atomic():
        soegning = (
            GemtSoegning.objects.for_systemet(EFTERPROEVNING)
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .select_related("bruger", "klient__organisation")
            .filter(pk=soegning_id)
            .first()
        )
        if soegning is None:
            return 0
        soegning.proevet = nu
        soegning.save(update_fields=["proevet"])
        aktoer = _som_ejeren(soegning)
        try:
            profil = fra_json(soegning.profil, idag())
        except KanIkkeLaeses:
            _meld_ulaeselig(soegning, nu)
            return 0
        if aktoer is None or profil is None:
            _slet(soegning, Soegefund.objects.for_systemet(EFTERPROEVNING))
            return 0
        nye = _nye(soegning, _ledige(aktoer, med_dagens_koder(profil), nu), nu)
        if nye and soegning.bruger and maade(soegning.bruger.pk, FUND) is Maade.STRAKS:
            transaction.on_commit(partial(_send_fund, soegning, soegning.bruger.email, nye))
        return len(nye)


def _meld_ulaeselig(soegning: GemtSoegning, nu: datetime) -> None:
    """Tell the owner, once; a system sees it when it asks."""
    if soegning.ulaeselig_meldt is None:
        soegning.ulaeselig_meldt = nu
        soegning.save(update_fields=["ulaeselig_meldt"])
        if soegning.bruger:
            transaction.on_commit(partial(_send, soegning, soegning.bruger.email, "soegning/gemte/ulaeselig.txt", {}))


def _slet(soegning: GemtSoegning, fund: SoegefundQuerySet[Soegefund]) -> None:
    fund.filter(soegning=soegning).delete()
    soegning.delete()


def _nye(soegning: GemtSoegning, ledige: Sequence[UUID], nu: datetime) -> Sequence[UUID]:
    """End what no longer fits, and note what has begun to."""
    aktuelle = Soegefund.objects.for_systemet(EFTERPROEVNING).aktuelle().filter(soegning=soegning)
    kendte = set(aktuelle.values_list("afdeling_id", flat=True))
    aktuelle.exclude(afdeling__in=ledige).update(ophoert=nu)
    nye = [afdeling for afdeling in ledige if afdeling not in kendte]
    Soegefund.objects.bulk_create(
        Soegefund(soegning=soegning, afdeling_id=afdeling, fundet=nu, meldt=nu) for afdeling in nye
    )
    return nye


def _ledige(aktoer: Aktoer, profil: Behovsprofil, nu: datetime) -> Sequence[UUID]:
    """The departments with a place that may be called free, best first."""
    return [fundet.fakta.noegle for fundet in fundne(aktoer, profil, nu=nu) if fundet.er_ledig]


def _som_ejeren(soegning: GemtSoegning) -> Aktoer | None:
    """Whoever saved it as they may search today; None when they no longer work for the municipality."""
    if (klient := soegning.klient) is not None:
        soeger = klient.lukket is None and Rettighed.TILBUD_LAES in klient.rettigheder
        return aktoer_for_klient(klient, klient.scopes) if soeger else None
    tilknytning = (
        Tilknytning.objects.paa(idag())
        .filter(bruger=soegning.bruger, bruger__is_active=True, organisation=soegning.organisation_id, rolle__in=ROLLER)
        .select_related("organisation")
        .order_by("pk")
        .first()
    )
    return aktoer_for_tilknytning(tilknytning) if tilknytning else None


def _navn(profil: Behovsprofil) -> str:
    """What to call it: the target groups, the legal basis and the days."""
    termer = dict(Maalgruppe.objects.filter(pk__in=profil.vaegte).values_list("pk", "term"))
    grupper = [termer[kode] for kode, _ in sorted(profil.maalgrupper, key=lambda par: -par[1])]
    return ", ".join([*(grupper[:2] or ["Alle målgrupper"]), *filter(None, [profil.hjemmel]), _dage(profil.periode)])


def _dage(periode: Periode) -> str:
    fra = f"fra {periode.fra:%d.%m.%Y}"
    return fra if periode.sidste_dag is None else f"{fra} til {periode.sidste_dag:%d.%m.%Y}"


def _send_fund(soegning: GemtSoegning, til: str, nye: Sequence[UUID]) -> None:
    afdelinger = Afdeling.objects.filter(pk__in=nye[:I_BREVET]).select_related("tilbud__beliggenhedskommune")
    kontekst = {
        "afdelinger": sorted(afdelinger, key=lambda afdeling: nye.index(afdeling.pk)),
        "antal": len(nye),
        "flere": len(nye) - len(afdelinger),
    }
    _send(soegning, til, "soegning/gemte/fund.txt", kontekst)


def _send(soegning: GemtSoegning, til: str, skabelon: str, mere: Mapping[str, object]) -> None:
    """The mail; a server that refuses loses nothing, for the page of saved searches shows the same."""
    kontekst = {"soegning": soegning, "link": adresse(reverse("soegning:gemte")), **mere}
    forsoeg(skabelon, til, kontekst, ellers="brev_om_gemt_soegning_ikke_sendt")
