"""Retention: what names a case is erased when both periods have passed, never before, in the rows and in their history."""

import logging
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from freezegun import freeze_time

from faelles.afsender import afsender, er_aktoer
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, nu
from kommuner.models import Kkr, KkrMedlemskab, Rolle
from reservationer.sag.actions import beslut, udloeb_reservationer
from reservationer.sag.anonymisering import anonymiser_ophold
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Beslutning, Fravaer, Ophold, Reservation
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.overgange import Data, Grund, Tilstand, Udfald
from tests import fabrik
from tests.api import klienter
from tests.database import steder_med
from tilbud.belaegning.models import Optagelse
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
SPOR = "SPOR-7731"


def alle() -> list[Reservation]:
    return list(Reservation.objects.for_systemet("the test looks at everything").order_by("oprettet"))


def ophold(periode: Periode | None = None, *, gruppe: bool = True) -> Reservation:
    """A confirmed stay with a trail in every column that can hold one."""
    sagsbehandler, leder, plads = fabrik.sagsbehandler(), fabrik.tilbudsleder(), fabrik.ledig_plads()
    gruppen = fabrik.maalgruppe().kode if gruppe else None
    with afsender(sagsbehandler.identitet, kilde="POST reservationer/ny"):
        er_aktoer(sagsbehandler)
        sag = fabrik.reservation(
            plads, af=sagsbehandler, periode=periode or Periode(fabrik.om(1), fabrik.om(31)), reference=SPOR, gruppe=gruppen
        )  # fmt: skip
    with afsender(leder.identitet, kilde="POST reservationer"):
        er_aktoer(leder)
        beslut(aktoer=leder, reservation_id=sag.id, udfald=Udfald.BEKRAEFT, bemaerkning=f"se {SPOR}")
    return sag


def afsluttet(sidste_dag: date) -> Periode:
    """A period with this last day, made tomorrow at the earliest."""
    return Periode(sidste_dag - timedelta(days=3), sidste_dag + timedelta(days=1))


@freeze_time("2026-02-20 12:00")
def test_stay_is_anonymised_on_the_day_after_its_period_and_not_before() -> None:
    ophold(afsluttet(date(2026, 2, 28)))
    for dag, antal in (("2031-02-28", 0), ("2031-03-01", 1), ("2031-03-02", 0)):
        with freeze_time(f"{dag} 12:00"):
            assert anonymiser_ophold() == antal
    (sag,) = alle()
    assert sag.anonymiseret is not None


@freeze_time("2028-02-20 12:00")
def test_stay_that_ends_on_a_leap_day_waits_until_march() -> None:
    ophold(afsluttet(date(2028, 2, 29)))
    for dag, antal in (("2033-02-28", 0), ("2033-03-01", 1)):
        with freeze_time(f"{dag} 12:00"):
            assert anonymiser_ophold() == antal


def test_no_trace_is_left_anywhere_and_what_the_counts_need_is() -> None:
    sag = ophold()
    reference, maalgruppe = sag.reference, str(sag.maalgruppe_id)
    assert steder_med(SPOR) == {"sag_reservation", "sag_reservationevent", "sag_beslutning", "sag_beslutningevent"}
    aktoerer = {sag.oprettet_af, *Beslutning.objects.for_systemet("test").values_list("identitet", flat=True)}
    with freeze_time(fabrik.samme_tid(31 + 366 * 5)):
        assert anonymiser_ophold(portion=1) == 1
    assert steder_med(SPOR) == steder_med(str(reference)) == set()
    assert steder_med(maalgruppe) <= {
        *("tilbud_maalgruppe", "tilbud_tilbud_maalgrupper", "tilbud_tilbudsmaalgruppeevent")
    }
    assert len(aktoerer) == 2
    for identitet in aktoerer:
        assert steder_med(identitet) == set()
    (efter,) = alle()
    assert (efter.handlekommune_id, efter.driftsherre_id, efter.hjemmel_id, efter.tilstand) == (
        sag.handlekommune_id, sag.driftsherre_id, sag.hjemmel_id, Tilstand.BEKRAEFTET,
    )  # fmt: skip
    assert Optagelse.objects.get(pk=efter.optagelse_id).periode == Periode(fabrik.om(1), fabrik.om(31)).som_range
    (beslutning,) = Beslutning.objects.for_systemet("test")
    assert (beslutning.udfald, beslutning.organisation_id) == ("bekraeft", sag.driftsherre_id)
    assert Haendelse.objects.filter(type="reservation.anonymiseret", entitet_id=str(sag.id)).count() == 1


def test_again_does_nothing() -> None:
    ophold()
    with freeze_time(fabrik.samme_tid(2000)):
        assert (anonymiser_ophold(), anonymiser_ophold()) == (1, 0)
    assert Haendelse.objects.filter(type="reservation.anonymiseret").count() == 1


def test_portions_together_take_everything() -> None:
    for _ in range(5):
        ophold()
    with freeze_time(fabrik.samme_tid(2000)):
        assert anonymiser_ophold(portion=2) == 5
    assert not [sag for sag in alle() if sag.anonymiseret is None]


@freeze_time("2026-06-10 12:00")
def test_declined_cancelled_and_expired_count_from_their_end_and_awaited_and_open_ones_are_never_touched() -> None:
    sagsbehandler, leder = fabrik.sagsbehandler(), fabrik.tilbudsleder()
    senest = Periode(date(2026, 7, 1), date(2026, 9, 1))
    aaben = ophold(Periode(date(2026, 7, 1)))
    afvist, annulleret, _udloebet = (fabrik.reservation(af=sagsbehandler, periode=senest) for _ in range(3))
    beslut(aktoer=leder, reservation_id=afvist.id, udfald=Udfald.AFVIS, grund=Grund.PLADS_IKKE_KLAR)
    beslut(aktoer=sagsbehandler, reservation_id=annulleret.id, udfald=Udfald.ANNULLER, grund=Grund.BEHOV_BORTFALDET)
    with freeze_time("2026-06-25 12:00"):  # the holds lasted fourteen days
        udloeb_reservationer()
        afventer = fabrik.reservation(af=sagsbehandler, periode=senest)
    for dag, antal in (("2031-06-10", 0), ("2031-06-11", 2), ("2031-06-24", 0), ("2031-06-25", 1), ("2060-01-01", 0)):
        with freeze_time(f"{dag} 12:00"):
            assert anonymiser_ophold() == antal
    assert {sag.id for sag in alle() if sag.anonymiseret is None} == {aaben.id, afventer.id}


@pytest.mark.parametrize("noegle", [Noegle.OPBEVARING_REGNSKAB_MAANEDER, Noegle.OPBEVARING_KRAV_MAANEDER])
def test_missing_term_keeps_the_stay_and_says_which(noegle: Noegle, caplog: pytest.LogCaptureFixture) -> None:
    ophold()
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    fabrik.vilkaar(uden, uden=noegle)
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").update(kkr=uden)
    with freeze_time(fabrik.samme_tid(2000)):
        assert anonymiser_ophold() == 0
    assert [sag.sagsreference for sag in alle()] == [SPOR]
    (advarsel,) = [post for post in caplog.records if post.levelno == logging.WARNING]
    assert noegle.value in advarsel.getMessage()
    assert "antal=1" in advarsel.getMessage()
    assert SPOR not in advarsel.getMessage()


def test_offer_outside_every_kkr_keeps_its_stays_and_is_named(caplog: pytest.LogCaptureFixture) -> None:
    ophold()
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").delete()
    with freeze_time(fabrik.samme_tid(2000)):
        assert anonymiser_ophold() == 0
    assert any("ikke til noget KKR" in post.getMessage() for post in caplog.records)
    assert [sag.anonymiseret for sag in alle()] == [None]


def test_nobody_sees_an_anonymised_stay_not_even_past_python() -> None:
    sag = ophold()
    parter = [fabrik.sagsbehandler(), fabrik.tilbudsleder()]
    with freeze_time(fabrik.samme_tid(2000)):
        anonymiser_ophold()
        side, system = Client(), klienter.myndighed()
        side.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
        assert side.get(f"/reservationer/{sag.id}").status_code == 404
        assert system.get(f"/api/v1/reservationer/{sag.id}").status_code == 404
        assert system.get("/api/v1/reservationer").json()["resultater"] == []
    for aktoer in parter:
        assert not Reservation.objects.synlige_for(aktoer).exists()
        assert not Beslutning.objects.synlige_for(aktoer).exists()
        for tabel in ("sag_reservation", "sag_reservationevent", "sag_beslutning", "sag_beslutningevent"):
            saet_database_aktoer(aktoer)
            with connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {tabel}")
                assert cursor.fetchone() == (0,), tabel


def test_anonymised_row_can_never_hold_a_reference_again() -> None:
    sag = ophold()
    with freeze_time(fabrik.samme_tid(2000)):
        anonymiser_ophold()
    system = Reservation.objects.for_systemet("test").filter(pk=sag.id)
    for aendring in ({"sagsreference": "RK-1"}, {"anonymiseret": None, "sagsreference": "RK-1"}):
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            system.update(**aendring)


def test_half_anonymised_row_is_refused_by_the_database() -> None:
    sag = ophold()
    system = Reservation.objects.for_systemet("test").filter(pk=sag.id)
    tomt = {"anonymiseret": nu(), "sagsreference": "", "reference": None, "maalgruppe": None, "oprettet_af": ""}
    for mangler in ("sagsreference", "reference", "maalgruppe", "oprettet_af"):
        halv = {felt: vaerdi for felt, vaerdi in tomt.items() if felt != mangler}
        with pytest.raises(IntegrityError, match="reservation_anonymiseret_uden_spor"), transaction.atomic():
            system.update(**halv)
    for felt, vaerdi in (("sagsreference", ""), ("reference", None), ("reference", "0102031234")):
        with pytest.raises(IntegrityError, match="reservation_har_referencer"), transaction.atomic():
            system.update(**{felt: vaerdi})
    assert system.update(**tomt) == 1


def selvhenvendt() -> Ophold:
    """A stay nobody had reserved, over since yesterday, with a trail in every column that can hold one."""
    leder, koeber = fabrik.tilbudsleder(), fabrik.sagsbehandler()
    with afsender(leder.identitet, kilde="POST ophold/ny"):
        er_aktoer(leder)
        sag = fabrik.ophold_uden_reservation(reference=SPOR, fra=fabrik.om(-3))
        for udfald, indhold in (
            (
                Udfald.MELD_FRAVAER,
                Indhold(data={Data.ART: "faengsel", Data.DATO: fabrik.om(-2), Data.TIL: fabrik.om(-2)}),
            ),
            (Udfald.UDSKRIV, Indhold(Grund.ENIGE, f"se {SPOR}", {Data.DATO: fabrik.om(-1)})),
        ):
            if udfald is Udfald.UDSKRIV:
                fabrik.skift_kommune(
                    sag, handle="Rødovre", betaler="Herlev", fra=fabrik.om(-1), af=koeber, dokument=SPOR
                )
            afgoer_ophold(aktoer=leder, ophold_id=sag.pk, udfald=udfald, indhold=indhold)
    return sag


@freeze_time("2026-06-10 12:00")
def test_stay_without_reservation_is_anonymised_after_the_decisions_about_it_and_leaves_no_trace() -> None:
    sag, leder = selvhenvendt(), fabrik.tilbudsleder()
    assert steder_med(SPOR) == {
        f"sag_{navn}{art}" for navn in ("ophold", "beslutning", "opholdsansvar") for art in ("", "event")
    }
    with freeze_time("2031-06-10 12:00"):
        assert anonymiser_ophold() == 0, "the discharge was written down the day after the last day"
    with freeze_time("2031-06-11 12:00"):
        assert (anonymiser_ophold(portion=1), anonymiser_ophold()) == (1, 0)
    assert steder_med(SPOR) == steder_med("faengsel") - {"vilkaar_vilkaar", "vilkaar_vilkaarevent"} == set()
    assert steder_med(leder.identitet) == set()
    assert not Ophold.objects.synlige_for(leder).exists()
    assert not Fravaer.objects.synlige_for(leder).exists()
    assert Haendelse.objects.filter(type="ophold.anonymiseret", entitet_id=str(sag.pk)).count() == 1
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Ophold.objects.for_systemet("test").filter(pk=sag.pk).update(sagsreference="RK-1")


def test_stay_after_a_reservation_is_anonymised_with_it_and_one_that_goes_on_is_not() -> None:
    fabrik.ophold(periode=Periode(fabrik.om(0)), reference="GÅR-VIDERE")
    slut = fabrik.ophold(periode=Periode(fabrik.om(0)), reference=SPOR)
    slut = afgoer_ophold(
        aktoer=fabrik.tilbudsleder(),
        ophold_id=slut.pk,
        udfald=Udfald.UDSKRIV,
        indhold=Indhold(Grund.DOED, data={Data.DATO: fabrik.om(0)}),
    )
    assert slut.betales_til == fabrik.om(14)
    with freeze_time(fabrik.samme_tid(15 + 1826)):
        assert anonymiser_ophold() == 1
    assert steder_med(SPOR) == set()
    assert [sag.sagsreference for sag in alle() if sag.anonymiseret is None] == ["GÅR-VIDERE"]
