"""Use cases of an offer of a place: give it, take it by reserving, decline it, withdraw it, let it run out or fall with its enquiry."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.tid import Periode, idag, midnat_efter, nu
from reservationer.sag.actions import reserver
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.models import Henvendelse, Pladstilbud, Reservation
from reservationer.sag.ophold.pris import i_enheden
from reservationer.sag.overgange import Data, Emne, Grund, Tilstand, Udfald, find
from reservationer.sag.priser import Prisaftale
from tilbud.models import Afdeling, Plads
from tilbud.querysets import PladsQuerySet
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune


def giv_pladstilbud(
    *,
    aktoer: Aktoer,
    henvendelse_id: UUID,
    afdeling_id: UUID,
    periode: Periode,
    pris: Prisaftale,
    plads_id: UUID | None = None,
) -> Pladstilbud:
    """Propose a place, or any place of a department, at a price. It can be taken until the term `pladstilbud_gyldighed` has passed.

    An enquiry that awaits an answer is accepted by it. Raises IkkeFundet, UgyldigtInput (all faults at once), and Konflikt
    when the enquiry is not open or has an offer already.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.DRIFTSHERRE)
    with transaction.atomic():
        alle = Henvendelse.objects.synlige_for(aktoer).select_related("tilbud", "forespoergsel")
        henvendelse = alle.select_for_update(no_key=True, of=("self",)).filter(pk=henvendelse_id).first()
        if henvendelse is None:
            raise IkkeFundet("henvendelse_ikke_fundet", "Forespørgslen findes ikke.")
        _valider(henvendelse, afdeling_id, plads_id, periode)
        if henvendelse.tilstand != Tilstand.ACCEPTERET:
            _accepter(aktoer, henvendelse, periode)
        aabent = _aabent(aktoer, henvendelse)
        if aabent is not None and aabent.gyldig_til <= nu():
            _slut(aabent, Udfald.UDLOEB)
        elif aabent is not None:
            raise Konflikt("pladstilbud_findes", "Der er allerede tilbudt en plads. Træk det tilbud tilbage først.")
        vilkaar = gaeldende_i_kommune(henvendelse.tilbud.beliggenhedskommune_id, idag())
        nyt = Pladstilbud.objects.create(
            henvendelse=henvendelse,
            afdeling_id=afdeling_id,
            plads_id=plads_id,
            periode=periode.som_range,
            gyldig_til=midnat_efter(idag() + timedelta(days=vilkaar.heltal(Noegle.PLADSTILBUD_GYLDIGHED))),
            vilkaarssaet_id=vilkaar.saet_id,
            tilstand=Tilstand.TILBUDT,
            **Pladstilbud.kolonner(
                i_enheden(pris, afdeling_id, plads_id, henvendelse.forespoergsel.hjemmel_id, periode.fra)
            ),
        )
        publicer("pladstilbud.givet", "pladstilbud", nyt.pk)
        return nyt


def _accepter(aktoer: Aktoer, henvendelse: Henvendelse, periode: Periode) -> None:
    overgang = find(Emne.HENVENDELSE, Tilstand(henvendelse.tilstand), Udfald.ACCEPTER, aktoer.funktion)
    henvendelse.tilstand, henvendelse.kan_fra = overgang.til, periode.fra
    henvendelse.besvaret = henvendelse.besvaret or nu()
    henvendelse.save(update_fields=["tilstand", "kan_fra", "besvaret"])
    noter(overgang, henvendelse, aktoer, Indhold(data={Data.KAN_FRA: periode.fra}))


def _valider(henvendelse: Henvendelse, afdeling_id: UUID, plads_id: UUID | None, periode: Periode) -> None:
    felter: dict[str, list[str]] = {}
    if periode.fra < idag():
        felter["fra"] = ["Perioden kan tidligst begynde i dag."]
    if not Afdeling.objects.filter(pk=afdeling_id, tilbud=henvendelse.tilbud_id).exists():
        felter["afdeling"] = ["Vælg en af tilbuddets afdelinger."]
    elif plads_id is not None:
        felter |= _pladsfejl(henvendelse, Plads.objects.filter(pk=plads_id, afdeling=afdeling_id), periode)
    if felter:
        raise UgyldigtInput("ugyldigt_pladstilbud", "Pladsen kan ikke tilbydes, før felterne er rettet.", felter)


def _pladsfejl(henvendelse: Henvendelse, plads: PladsQuerySet[Plads], periode: Periode) -> dict[str, list[str]]:
    """Why the one who asks could not take the place."""
    if not plads.exists():
        return {"plads": ["Vælg en plads i afdelingen."]}
    if not plads.aabne_i_hele(periode).i_aabne_tilbud(periode).exists():
        return {"plads": ["Pladsen er ikke åben i hele perioden."]}
    fremmed = henvendelse.handlekommune_id != henvendelse.driftsherre_id
    if fremmed and plads.filter(forbeholdt_egne=True).exists():
        return {"plads": ["Pladsen er forbeholdt driftsherrens egne borgere."]}
    return {}


def afgoer_pladstilbud(*, aktoer: Aktoer, pladstilbud_id: UUID, udfald: Udfald, indhold: Indhold) -> Pladstilbud:
    """Take, decline or withdraw an offer of a place. Taking it reserves the place, by the enquiry's need and reference.

    Raises IkkeFundet, Konflikt when it has run out, is no longer open, or the place is taken, and UgyldigtInput.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        alle = Pladstilbud.objects.synlige_for(aktoer).select_related("henvendelse__forespoergsel")
        fundet = alle.select_for_update(no_key=True, of=("self",)).filter(pk=pladstilbud_id).first()
        if fundet is None:
            raise IkkeFundet("pladstilbud_ikke_fundet", "Tilbuddet om plads findes ikke.")
        overgang = find(Emne.PLADSTILBUD, Tilstand(fundet.tilstand), udfald, aktoer.funktion)
        if fundet.gyldig_til <= nu():
            raise Konflikt("pladstilbud_udloebet", "Tilbuddet om plads er udløbet. Der skal gives et nyt.")
        kraev(overgang, indhold)
        if udfald is Udfald.TAG_IMOD:
            _reserver(aktoer, fundet)
        fundet.tilstand = overgang.til
        fundet.save(update_fields=["tilstand"])
        noter(overgang, fundet, aktoer, indhold)
        return fundet


def _reserver(aktoer: Aktoer, fundet: Pladstilbud) -> None:
    forespoergsel = fundet.henvendelse.forespoergsel
    reservation = reserver(
        aktoer=aktoer,
        plads_id=fundet.plads_id,
        afdeling_id=fundet.afdeling_id if fundet.plads_id is None else None,
        periode=Periode.af_range(fundet.periode),
        hjemmel=forespoergsel.hjemmel_id,
        sagsreference=forespoergsel.sagsreference,
        maalgruppe=forespoergsel.maalgruppe_id,
        ugedage=forespoergsel.ugedage,
        tilbudt=fundet.plads_id is not None,
    )
    Reservation.objects.synlige_for(aktoer).filter(pk=reservation.pk).update(pladstilbud=fundet)


def lad_bortfalde(aktoer: Aktoer, henvendelse: Henvendelse, grund: Grund) -> None:
    """End the open offer of an enquiry that is accepted no more; of one whose time had passed only that is noted. Under the enquiry's lock."""
    aabent = _aabent(aktoer, henvendelse)
    if aabent is None:
        return
    if aabent.gyldig_til <= nu():
        _slut(aabent, Udfald.UDLOEB)
    else:
        _slut(aabent, Udfald.BORTFALD, Indhold(grund))


def _aabent(aktoer: Aktoer, henvendelse: Henvendelse) -> Pladstilbud | None:
    """The enquiry's one open offer, which nobody else decides about meanwhile."""
    alle = henvendelse.pladstilbud.synlige_for(aktoer).filter(tilstand=Tilstand.TILBUDT)
    return alle.select_for_update(no_key=True, of=("self",)).first()


def _slut(aabent: Pladstilbud, udfald: Udfald, indhold: Indhold | None = None) -> None:
    """What no party has decided about a locked open offer."""
    overgang = find(Emne.PLADSTILBUD, Tilstand.TILBUDT, udfald, None)
    aabent.tilstand = overgang.til
    aabent.save(update_fields=["tilstand"])
    noter(overgang, aabent, None, indhold)


def udloeb_pladstilbud(portion: int = 500) -> int:
    """End the offers of a place that nobody has taken in time. Returns how many. Safe to run at any time, again and again."""
    with transaction.atomic():
        alle = Pladstilbud.objects.for_systemet("offers of a place run out by the clock, whoever gave them")
        udloebne = alle.filter(tilstand=Tilstand.TILBUDT, gyldig_til__lte=nu()).order_by("pk")
        laaste = list(udloebne.select_for_update(no_key=True, skip_locked=True, of=("self",))[:portion])
        for et in laaste:
            _slut(et, Udfald.UDLOEB)
        return len(laaste)
