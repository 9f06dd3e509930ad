"""Retention of enquiries: what names a case is erased once nothing has happened for long, in the rows and in their history; never while anybody waits."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.models import Haendelse
from faelles.scope import saet_database_aktoer
from faelles.tid import nu
from kommuner.models import Kkr, KkrMedlemskab, Rolle
from reservationer.sag.actions import beslut
from reservationer.sag.anonymisering import anonymiser_ophold
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.foran import Spring
from reservationer.sag.forespoergsler.actions import besvar, skriv_besked
from reservationer.sag.forespoergsler.pladstilbud import afgoer_pladstilbud
from reservationer.sag.models import Besked, Beslutning, Forespoergsel, Henvendelse, Pladstilbud, Reservation
from reservationer.sag.overgange import Data, Grund, Udfald
from reservationer.venteliste.actions import afmeld, noter_alternativ, skriv_op
from reservationer.venteliste.anonymisering import anonymiser_forespoergsler
from reservationer.venteliste.begreber import Afslutning, Alternativsvar, Springgrund
from reservationer.venteliste.models import Alternativ, Forbigaaelse, Ventelistepost
from reservationer.venteliste.tildeling import giv_til_ingen
from tests import fabrik
from tests.database import steder_med
from tests.venteliste.situationer import leder, med_venteliste, uden_plads, venter
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
SPOR = "SPOR-8842"
BEGYNDT = date(2026, 2, 2)
# The term of the tests is 36 months.
FOER, EFTER = "2029-02-28 12:00", "2029-03-02 12:00"


def alle() -> list[Forespoergsel]:
    return list(Forespoergsel.objects.for_systemet("the test looks at everything").order_by("oprettet", "pk"))


def slut(hvem: Aktoer, post: Ventelistepost) -> None:
    afmeld(aktoer=hvem, post_id=post.pk, grund=Afslutning.ANDET, bemaerkning=f"se {SPOR}")


def med_spor() -> Henvendelse:
    """One that has left a trail wherever it can: declined, discussed, on a list, passed over, offered another, and over at the end of February."""
    hvor, koeber = fabrik.tilbud("Kilden"), fabrik.sagsbehandler()
    with freeze_time(f"{BEGYNDT} 09:00"):
        liste = med_venteliste(hvor)
        henvendelse = fabrik.henvendelse(hvor, reference=SPOR)
        for udfald, indhold in (
            (Udfald.BED_OM_MERE, Indhold(bemaerkning=f"se {SPOR}")),
            (Udfald.AFVIS, Indhold(Grund.INGEN_PLADS)),
        ):
            besvar(aktoer=leder(hvor), henvendelse_id=henvendelse.pk, udfald=udfald, indhold=indhold)
        henvendelse = Henvendelse.objects.synlige_for(koeber).get(pk=henvendelse.pk)
        post = skriv_op(aktoer=koeber, henvendelse_id=henvendelse.pk)
        skriv_besked(aktoer=koeber, henvendelse_id=henvendelse.pk, tekst=f"Se {SPOR}")
        giv_til_ingen(
            aktoer=leder(hvor),
            venteliste_id=liste.pk,
            set_=liste.tildelinger,
            afdeling_id=hvor.afdelinger.get().pk,
            grunde={post.pk: Spring(Springgrund.ANDET, f"se {SPOR}")},
        )
        noter_alternativ(
            aktoer=koeber,
            post_id=post.pk,
            tilbud_id=fabrik.tilbud("Åhuset").pk,
            dato=BEGYNDT,
            svar=Alternativsvar.AFSLAAET,
            bemaerkning=f"se {SPOR}",
        )
    with freeze_time("2026-02-28 09:00"):
        slut(koeber, post)
    return henvendelse


def test_no_trace_is_left_anywhere_and_what_the_counts_need_is() -> None:
    henvendelse = med_spor()
    (foer,) = alle()
    aktoerer = {foer.oprettet_af, *Beslutning.objects.for_systemet("test").values_list("identitet", flat=True)}
    tabeller = (
        *("sag_forespoergsel", "sag_beslutning", "sag_besked"),
        *("venteliste_ventelistepost", "venteliste_forbigaaelse", "venteliste_alternativ"),
    )
    assert steder_med(SPOR) == {navn + led for navn in tabeller for led in ("", "event")}
    for dag, antal in ((FOER, 0), (EFTER, 1), (EFTER, 0)):
        with freeze_time(dag):
            assert anonymiser_forespoergsler() == antal
    assert steder_med(SPOR) == steder_med(foer.reference) == set()
    for identitet in aktoerer:
        assert steder_med(identitet) <= {"venteliste_venteliste", "venteliste_ventelisteevent"}, "who said the rule"
    (efter,) = alle()
    assert (efter.handlekommune_id, efter.hjemmel_id, efter.fra) == (foer.handlekommune_id, foer.hjemmel_id, foer.fra)
    (spurgt,) = Henvendelse.objects.for_systemet("test")
    assert (spurgt.pk, spurgt.sendt, spurgt.besvaret) == (henvendelse.pk, henvendelse.sendt, henvendelse.besvaret)
    (post,) = Ventelistepost.objects.for_systemet("test")
    assert (post.ventet, post.afslutning) == (26, "andet")
    (forbi,) = Forbigaaelse.objects.for_systemet("test")
    assert forbi.grund == Springgrund.ANDET
    assert not Besked.objects.for_systemet("test").exists()
    assert Haendelse.objects.filter(type="forespoergsel.anonymiseret", entitet_id=str(efter.pk)).count() == 1


def test_portions_together_take_everything() -> None:
    with freeze_time(f"{BEGYNDT} 09:00"):
        for nr in range(5):
            uden_plads(fabrik.tilbud("Kilden"), reference=f"RK-{nr}")
    with freeze_time(EFTER):
        assert anonymiser_forespoergsler(portion=2) == 5
    assert not [en for en in alle() if en.anonymiseret is None]


def afventer() -> None:
    fabrik.henvendelse(fabrik.tilbud("Kilden"))


def mere_oenskes() -> None:
    henvendelse = fabrik.henvendelse(fabrik.tilbud("Kilden"))
    besvar(
        aktoer=fabrik.tilbudsleder(), henvendelse_id=henvendelse.pk, udfald=Udfald.BED_OM_MERE,
        indhold=Indhold(bemaerkning="Hvad med nætterne?"),
    )  # fmt: skip


def paa_venteliste() -> None:
    venter(med_venteliste())


def blandt_flere_afventer_en() -> None:
    kilden, aahuset = fabrik.tilbud("Kilden"), fabrik.tilbud("Åhuset")
    ny = fabrik.forespoergsel(kilden, aahuset)
    with transaction.atomic():
        foerste = Henvendelse.objects.synlige_for(fabrik.tilbudsleder()).get(forespoergsel=ny, tilbud=kilden)
    besvar(
        aktoer=fabrik.tilbudsleder(), henvendelse_id=foerste.pk, udfald=Udfald.AFVIS, indhold=Indhold(Grund.KOMPETENCE)
    )


@pytest.mark.parametrize("situation", [afventer, mere_oenskes, paa_venteliste, blandt_flere_afventer_en])
def test_one_that_somebody_waits_for_is_never_touched(situation: Callable[[], None]) -> None:
    with freeze_time(f"{BEGYNDT} 09:00"):
        situation()
    with freeze_time("2060-01-01 12:00"):
        assert anonymiser_forespoergsler() == 0


def test_reservation_it_led_to_goes_first() -> None:
    hvor, koeber = fabrik.tilbud("Kilden"), fabrik.sagsbehandler()
    with freeze_time(f"{BEGYNDT} 09:00"):
        fabrik.ledig_plads(fabrik.afdeling(hvor))
        givet = fabrik.pladstilbud(fabrik.henvendelse(hvor))
        afgoer_pladstilbud(aktoer=koeber, pladstilbud_id=givet.pk, udfald=Udfald.TAG_IMOD, indhold=Indhold())
        with transaction.atomic():
            reservation = Reservation.objects.synlige_for(koeber).get(pladstilbud=givet)
    with freeze_time("2026-02-03 09:00"):
        beslut(aktoer=koeber, reservation_id=reservation.pk, udfald=Udfald.ANNULLER, grund=Grund.BEHOV_BORTFALDET)
    with freeze_time("2030-06-01 12:00"):  # after the 36 months of the enquiry, before the 60 of the reservation
        assert (anonymiser_ophold(), anonymiser_forespoergsler()) == (0, 0)
    with freeze_time("2031-06-01 12:00"):
        assert (anonymiser_ophold(), anonymiser_forespoergsler()) == (1, 1)


def test_accepted_enquiry_counts_from_the_last_that_happened() -> None:
    with freeze_time(f"{BEGYNDT} 09:00"):
        henvendelse = fabrik.henvendelse(fabrik.tilbud("Kilden"))
        besvar(
            aktoer=fabrik.tilbudsleder(), henvendelse_id=henvendelse.pk, udfald=Udfald.ACCEPTER,
            indhold=Indhold(data={Data.KAN_FRA: BEGYNDT}),
        )  # fmt: skip
    with freeze_time("2026-05-10 09:00"):
        skriv_besked(aktoer=fabrik.sagsbehandler(), henvendelse_id=henvendelse.pk, tekst="Er tilbuddet stadig åbent?")
    for dag, antal in (("2029-05-10 12:00", 0), ("2029-05-11 12:00", 1)):
        with freeze_time(dag):
            assert anonymiser_forespoergsler() == antal


def test_one_asked_of_offers_in_two_kkrs_waits_for_the_longest_term() -> None:
    with freeze_time(f"{BEGYNDT} 09:00"):
        laenge = Kkr.objects.create(navn="KKR Længe", slug="kkr-laenge")
        fabrik.kommune("Odense", i=laenge.navn)
        fabrik.vilkaar(laenge, andre={Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER: "48"})
        ny = fabrik.forespoergsel(fabrik.tilbud("Kilden"), fabrik.tilbud("Fynbo", i="Odense"))
        with transaction.atomic():
            henvendelser = list(
                Henvendelse.objects.for_systemet("test").filter(forespoergsel=ny).select_related("driftsherre")
            )
        for en in henvendelser:
            besvar(
                aktoer=fabrik.aktoer(Rolle.TILBUDSLEDER, en.driftsherre), henvendelse_id=en.pk, udfald=Udfald.AFVIS,
                indhold=Indhold(Grund.KOMPETENCE),
            )  # fmt: skip
    for dag, antal in (("2029-03-02 12:00", 0), ("2030-03-02 12:00", 1)):
        with freeze_time(dag):
            assert anonymiser_forespoergsler() == antal


def test_missing_term_keeps_them_and_says_which(caplog: pytest.LogCaptureFixture) -> None:
    med_spor()
    uden = Kkr.objects.create(navn="KKR Uden", slug="kkr-uden")
    fabrik.vilkaar(uden, uden=Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER)
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").update(kkr=uden)
    with freeze_time(EFTER):
        assert anonymiser_forespoergsler() == 0
    (advarsel,) = [post for post in caplog.records if post.levelno == logging.WARNING]
    assert Noegle.OPBEVARING_FORESPOERGSEL_MAANEDER.value in advarsel.getMessage()
    assert "antal=1" in advarsel.getMessage()
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").delete()
    with freeze_time(EFTER):
        assert anonymiser_forespoergsler() == 0
    assert "ikke til noget KKR" in caplog.records[-1].getMessage()
    assert [en.sagsreference for en in alle()] == [SPOR]


def test_nobody_sees_an_anonymised_enquiry_not_even_past_python() -> None:
    henvendelse = med_spor()
    with freeze_time(EFTER):
        anonymiser_forespoergsler()
        side = Client()
        side.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
        assert side.get(f"/forespoergsler/tilbud/{henvendelse.pk}").status_code == 404
        assert side.get("/forespoergsler/").status_code == side.get("/ventelister/").status_code == 200
    for aktoer in (fabrik.sagsbehandler(), fabrik.tilbudsleder()):
        for model in (Forespoergsel, Henvendelse, Ventelistepost, Forbigaaelse, Beslutning, Alternativ, Pladstilbud):
            assert not model.objects.synlige_for(aktoer).exists(), model
        for tabel in ("sag_forespoergsel", "sag_forespoergselevent"):
            saet_database_aktoer(aktoer)
            with connection.cursor() as cursor:
                cursor.execute(f"select count(*) from {tabel}")
                assert cursor.fetchone() == (0,), tabel


def test_database_keeps_it_that_way() -> None:
    med_spor()
    with freeze_time(EFTER):
        anonymiser_forespoergsler()
    alles = Forespoergsel.objects.for_systemet("test")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        alles.update(sagsreference=SPOR)
    with freeze_time(f"{BEGYNDT + timedelta(days=1)} 09:00"):
        fabrik.henvendelse(fabrik.tilbud("Kilden"))
    with pytest.raises(IntegrityError, match="forespoergsel_anonymiseret_uden_spor"), transaction.atomic():
        Forespoergsel.objects.for_systemet("test").filter(anonymiseret=None).update(anonymiseret=nu())
    with pytest.raises(IntegrityError, match="forespoergsel_har_referencer"), transaction.atomic():
        Forespoergsel.objects.for_systemet("test").filter(anonymiseret=None).update(sagsreference="")
