"""Use cases of a reservation. Permission, lock, rule, ledger and case row, event: in one transaction."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import GAAR_OVER, IkkeFundet, Konflikt, UgyldigtInput
from faelles.haendelser import publicer
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, idag, nu
from reservationer.sag.beslutninger import Indhold, kraev, noter
from reservationer.sag.foran import Spring, forbigaa, reservationens
from reservationer.sag.models import Ophold, Reservation
from reservationer.sag.ophold.overflytning import kraev_kan_overflyttes
from reservationer.sag.overgange import Emne, Grund, Tilstand, Udfald, find
from reservationer.sag.querysets import mit_ansvar_til
from tilbud.belaegning.actions import (
    IKKE_AABEN,
    LUKKET,
    OPTAGET,
    afslut_optagelse,
    fastgoer_hold,
    forlaeng_hold,
    frigiv,
    ledige_pladser,
    tag_en_plads,
    tag_plads,
)
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.models import Afdeling, Maalgruppe, Plads, Pladsart, Tilbud
from vilkaar.kilde import kilde_i_ord
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune

if TYPE_CHECKING:  # only mypy needs it, and it is not there at run time
    from django_stubs_ext import WithAnnotations


# Somebody else has the place, is at it now, or has closed it.
EN_ANDEN_FOERST = frozenset({OPTAGET, LUKKET, IKKE_AABEN, *GAAR_OVER})


class _Sted(TypedDict):
    """Of a department: whether its offer delivers by the legal basis, and whether some place in it is kept for the offer's residents."""

    leverer: bool
    har_forbeholdte: bool


def reserver(
    *,
    aktoer: Aktoer,
    periode: Periode,
    hjemmel: str,
    sagsreference: str,
    plads_id: UUID | None = None,
    afdeling_id: UUID | None = None,
    maalgruppe: UUID | None = None,
    ugedage: Collection[int] = (),
    fortsaetter: UUID | None = None,
    tilbudt: bool = False,
) -> Reservation:
    """Hold a place, or any free place of a department, until the term `reservation_varighed` of the offer's KKR has passed.

    `ugedage`: the weekdays wanted, 1 (Monday) to 7; none means all the place is open on. `fortsaetter` is the stay that is to
    be moved here from another offer, without a day between. `tilbudt`: the offer itself has offered the place to this citizen. Raises UgyldigtInput (all faults at once), IkkeFundet, IngenAdgang for one who
    is not handlekommune of the stay today, or Konflikt when the place is
    taken, closed or in somebody's hands (with the next free one), kept for the operator's own citizens or for those who live there, or its offer closed.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV, Funktion.MYNDIGHED)
    with transaction.atomic():
        saet_database_aktoer(aktoer)
        afdeling = _sted(plads_id, afdeling_id, hjemmel)
        tilbud = afdeling.tilbud
        _valider(periode, None if afdeling.leverer else hjemmel, sagsreference, maalgruppe)
        if fortsaetter is not None:
            kraev_kan_overflyttes(aktoer, fortsaetter, periode.fra)
        _kraev_aabent(tilbud, periode)
        vilkaar = _vilkaar(tilbud)
        egne = tilbud.driftsherre_id == aktoer.organisation_id
        beboer = tilbudt or (afdeling.har_forbeholdte and _bor_der(aktoer, tilbud, sagsreference, periode))
        optagelse = _tag(plads_id, afdeling, periode, ugedage, vilkaar, egne=egne, beboer=beboer)
        reservation = Reservation.objects.create(
            optagelse=optagelse,
            tilbud=tilbud,
            handlekommune_id=aktoer.organisation_id,
            driftsherre_id=tilbud.driftsherre_id,
            hjemmel_id=hjemmel,
            maalgruppe_id=maalgruppe,
            fortsaetter_id=fortsaetter,
            betales=vilkaar.ord(Noegle.RESERVATION_BETALES) == "ja",
            vilkaarssaet_id=vilkaar.saet_id,
            sagsreference=sagsreference.strip(),
            tilstand=Tilstand.AFVENTER,
            oprettet_af=aktoer.identitet,
        )
        publicer("reservation.oprettet", "reservation", reservation.id)
        return reservation


def _kraev_aabent(tilbud: Tilbud, periode: Periode) -> None:
    if tilbud.lukket_fra is not None and (periode.til is None or tilbud.lukket_fra < periode.til):
        raise Konflikt("tilbud_lukker", f"Tilbuddet lukker den {tilbud.lukket_fra:%d.%m.%Y}. Vælg en kortere periode.")


def _vilkaar(tilbud: Tilbud) -> GaeldendeVilkaar:
    return gaeldende_i_kommune(tilbud.beliggenhedskommune_id, idag())


def _bor_der(aktoer: Aktoer, tilbud: Tilbud, sagsreference: str, periode: Periode) -> bool:
    """Whether the actor's citizen has a stay day and night in the offer that is hers still and goes on when the period begins."""
    endnu = Q(sidste_dag__isnull=True) | Q(sidste_dag__gte=periode.fra)
    hendes = Ophold.objects.synlige_for(aktoer).alias(mit_ansvar_til=mit_ansvar_til(aktoer))
    hendes = hendes.filter(Q(mit_ansvar_til=None) | Q(mit_ansvar_til__gt=periode.fra))
    egne = hendes.filter(endnu, tilbud=tilbud, sagsreference=sagsreference.strip())
    return egne.filter(pladser__optagelse__aktiv=True, pladser__optagelse__plads__art=Pladsart.DOEGN).exists()


def _tag(
    plads_id: UUID | None,
    afdeling: Afdeling,
    periode: Periode,
    ugedage: Collection[int],
    vilkaar: GaeldendeVilkaar,
    **for_hvem: bool,
) -> Optagelse:
    """The claim; a conflict about a place names the next free one of its department, where there is one."""
    udloeber = nu() + timedelta(days=vilkaar.heltal(Noegle.RESERVATION_VARIGHED))
    hvad: dict[str, Any] = {
        "periode": periode,
        "art": Optagelsesart.HOLD,
        "udloeber": udloeber,
        "ugedage": ugedage,
        **for_hvem,
    }
    if plads_id is None:
        return tag_en_plads(afdeling_id=afdeling.pk, **hvad)
    try:
        return tag_plads(plads_id=plads_id, **hvad)
    except Konflikt as fejl:
        naeste = ledige_pladser(afdeling.pk, periode, ugedage, **for_hvem).exclude(pk=plads_id).first()
        if fejl.kode in EN_ANDEN_FOERST and naeste is not None:
            raise Konflikt(
                fejl.kode,
                f"{fejl.besked} I samme afdeling er {naeste} ledig.",
                {"pladsId": [f"Næste ledige plads: {naeste.pk}"]},
                vent=fejl.vent,
            ) from fejl
        raise


def _sted(plads_id: UUID | None, afdeling_id: UUID | None, hjemmel: str) -> "WithAnnotations[Afdeling, _Sted]":
    """The place's department, or the department that is asked for with any of its places. One statement with what is asked of it."""
    afdelinger = Afdeling.objects.select_related("tilbud").annotate(
        leverer=Exists(Tilbud.hjemler.through.objects.filter(tilbud=OuterRef("tilbud"), hjemmel=hjemmel)),
        har_forbeholdte=Exists(Plads.objects.filter(afdeling=OuterRef("pk"), forbeholdt_beboere=True)),
    )
    stedet = {} if afdeling_id is None else {"pk": afdeling_id}
    if plads_id is None:
        afdeling = afdelinger.filter(**stedet).first() if stedet else None
        if afdeling is None:
            raise IkkeFundet("afdeling_ikke_fundet", "Afdelingen findes ikke.")
        return afdeling
    afdeling = afdelinger.filter(**stedet, pladser=plads_id).first()
    if afdeling is None:
        raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke.")
    return afdeling


def _valider(periode: Periode, fremmed_hjemmel: str | None, sagsreference: str, maalgruppe: UUID | None) -> None:
    """`fremmed_hjemmel`: the legal basis asked for, when the offer does not deliver by it. Raises UgyldigtInput, all faults at once."""
    felter: dict[str, list[str]] = {}
    if periode.fra < idag():
        felter["fra"] = ["Perioden kan tidligst begynde i dag."]
    if fremmed_hjemmel is not None:
        felter["hjemmel"] = [f"Tilbuddet leverer ikke efter hjemlen {fremmed_hjemmel}."]
    if maalgruppe is not None and not Maalgruppe.objects.filter(pk=maalgruppe, valgbar=True).exists():
        felter["maalgruppe"] = ["Målgruppen findes ikke i listen."]
    if not sagsreference.strip():
        felter["sagsreference"] = ["Skriv jeres egen sagsreference, så I kan genkende sagen."]
    felter |= cpr_fejl(sagsreference=sagsreference)
    if felter:
        raise UgyldigtInput("ugyldig_reservation", "Reservationen kan ikke oprettes, før felterne er rettet.", felter)


def beslut(
    *,
    aktoer: Aktoer,
    reservation_id: UUID,
    udfald: Udfald,
    grund: Grund | None = None,
    bemaerkning: str = "",
    forbi: Mapping[UUID, Spring] | None = None,
) -> Reservation:
    """Confirm, decline, cancel or extend a reservation, or say that nobody came, by the table of transitions (`ophold.indskrivning` begins the stay).

    `forbi`: why each who waits before does not get the place that is confirmed; they are asked for then, for the buyer could not know.
    Raises IkkeFundet when the actor is no party, Konflikt when the state does not allow it or the hold has run out, and
    UgyldigtInput when a needed reason, or one for somebody who waits before, is missing.
    """
    aktoer.kraev(Rettighed.RESERVATIONER_SKRIV)
    with transaction.atomic():
        reservation = (
            Reservation.objects.synlige_for(aktoer)
            .select_related("optagelse__plads", "tilbud")
            .select_for_update(no_key=True, of=("self",))
            .filter(pk=reservation_id)
            .first()
        )
        if reservation is None:
            raise IkkeFundet("reservation_ikke_fundet", "Reservationen findes ikke.")
        overgang = find(Emne.RESERVATION, Tilstand(reservation.tilstand), udfald, aktoer.funktion)
        indhold = Indhold(grund, bemaerkning)
        kraev(overgang, indhold)
        if udfald is Udfald.FORLAENG:
            _forlaeng(reservation)
        elif overgang.til is Tilstand.BEKRAEFTET:
            forbigaa(aktoer, reservationens(reservation), reservation, forbi or {})
            fastgoer_hold(optagelse_id=reservation.optagelse_id)
        elif udfald is Udfald.MELD_UDEBLEVET:
            _udebliv(reservation)
        else:
            frigiv(optagelse_id=reservation.optagelse_id)
        reservation.tilstand = overgang.til
        reservation.save(update_fields=["tilstand", "forlaengelser", "vilkaarssaet"])
        noter(overgang, reservation, aktoer, indhold)
        return reservation


def _udebliv(reservation: Reservation) -> None:
    """The place is free from today on; the days it was kept in vain were reserved. Raises Konflikt before the agreed first day."""
    if not ventes_nu(reservation):
        fra = Periode.af_range(reservation.optagelse.periode).fra
        raise Konflikt(
            "ventes_endnu", f"Borgeren ventes først den {fra:%d.%m.%Y}. Fra den dag kan I melde, at ingen er mødt."
        )
    afslut_optagelse(optagelse_id=reservation.optagelse_id, sidste_dag=idag() - timedelta(days=1))


def ventes_nu(reservation: Reservation) -> bool:
    """Whether the agreed first day has come, so that one who is not there has stayed away."""
    return Periode.af_range(reservation.optagelse.periode).fra <= idag()


def _forlaeng(reservation: Reservation) -> None:
    """Once more as long, as many times as the terms allow. Raises Konflikt when they do not, or the hold has run out."""
    vilkaar = _vilkaar(reservation.tilbud)
    if reservation.forlaengelser >= (hoejst := vilkaar.heltal(Noegle.RESERVATION_FORLAENGELSER)):
        gange = "gang" if hoejst == 1 else "gange"
        raise Konflikt(
            "reservation_forlaenget",
            f"En reservation kan forlænges højst {hoejst} {gange} efter {kilde_i_ord(vilkaar, Noegle.RESERVATION_FORLAENGELSER)}.",
        )
    udloeber = reservation.optagelse.udloeber or nu()
    dage = timedelta(days=vilkaar.heltal(Noegle.RESERVATION_VARIGHED))
    forlaeng_hold(optagelse_id=reservation.optagelse_id, udloeber=udloeber + dage)
    reservation.forlaengelser += 1
    reservation.vilkaarssaet_id = vilkaar.saet_id


def udloeb_reservationer() -> int:
    """End every hold that has run out: its claim and its case together. Returns how many. Safe to run at any time, any number of times."""
    with transaction.atomic():
        sager = Reservation.objects.for_systemet("holds runs out by the clock, whoever owns them")
        udloebne = list(
            sager.filter(tilstand=Tilstand.AFVENTER, optagelse__udloeber__lte=nu())
            .select_related("optagelse")
            .select_for_update(no_key=True, skip_locked=True, of=("self",))
            .order_by("id")
        )
        for reservation in udloebne:
            reservation.tilstand = Tilstand.UDLOEBET
            reservation.save(update_fields=["tilstand"])
            publicer("reservation.udloebet", "reservation", reservation.id)
            publicer("plads.frigivet", "plads", reservation.optagelse.plads_id)
        Optagelse.objects.filter(pk__in=[r.optagelse_id for r in udloebne], aktiv=True).update(aktiv=False)
        return len(udloebne)
