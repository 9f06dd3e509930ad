"""The end of an agreement: by notice, on a day, and by the next version. It ends no stay, and no stay ends it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.scope import som_systemet
from faelles.tid import Periode, idag
from kommuner.models import Rolle
from reservationer.sag.actions import beslut
from reservationer.sag.aftaler.actions import afgoer, opret, skriv
from reservationer.sag.aftaler.queries import aftaler, slutning
from reservationer.sag.aftaler.slut import datofejl
from reservationer.sag.aftaler.tilbage import tilbage
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.models.placeringsaftale import gaelder_paa
from reservationer.sag.ophold.forloeb import afgoer_ophold
from reservationer.sag.ophold.varsel import varsel_for
from reservationer.sag.overgange import Data, Grund, Udfald
from tests import fabrik
from tests.sag.aftaler.situationer import aftalt, goer, indhold, med_cvr
from tests.sag.aftaler.test_sider import system
from tests.sag.ophold.test_sider import dato
from tests.sag.test_sider import klient, leder, tekst

pytestmark = pytest.mark.django_db
UDEN: dict[str, Any] = {"variant": "uden", "varsel_kommune": "3m", "varsel_tilbud": "14d"}
PANEL = "Placeringsaftaler og ophold, der mangler at blive afsluttet"


@pytest.fixture
def koeber() -> Aktoer:
    return fabrik.sagsbehandler()


@pytest.fixture
def saelger() -> Aktoer:
    return fabrik.tilbudsleder()


def loebende(**andet: Any) -> tuple[Ophold, Placeringsaftale]:
    """A stay since today with an agreement both have accepted."""
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    return ophold, aftalt(ophold, **{"gaelder_fra": fabrik.om(0)} | andet)


def slut(
    hvem: Aktoer, aftale: Placeringsaftale, udfald: Udfald, grund: Grund | None, dag: date, *, dokument: str = "", tekst: str = ""
) -> Placeringsaftale:  # fmt: skip
    """End it."""
    sagt = Indhold(grund, tekst, {Data.DATO: dag, Data.DOKUMENT: dokument})
    return afgoer(aktoer=hvem, aftale_id=aftale.pk, udfald=udfald, indhold=sagt)


def udskriv(ophold: Ophold) -> Ophold:
    """The stay ends today."""
    data = {Data.DATO: fabrik.om(0)}
    return afgoer_ophold(
        aktoer=fabrik.tilbudsleder(),
        ophold_id=ophold.pk,
        udfald=Udfald.UDSKRIV,
        indhold=Indhold(Grund.ENIGE, data=data),
    )


def genlaes(aftale: Placeringsaftale) -> Placeringsaftale:
    with transaction.atomic():
        return Placeringsaftale.objects.for_systemet("test").get(pk=aftale.pk)


def test_notice_by_either_side_follows_its_own_notice_and_ends_no_stay(koeber: Aktoer, saelger: Aktoer) -> None:
    ophold, aftale = loebende(**UDEN)
    opsagt = slut(saelger, aftale, Udfald.OPSIG, Grund.KOMPETENCE, idag(), dokument="Brev 7")
    assert (opsagt.tilstand, opsagt.ophoerer, opsagt.opsagt_som) == ("opsagt", fabrik.om(14), "driftsherre")
    fundet = slutning(koeber, opsagt)
    assert fundet is not None
    b = fundet.beslutning
    assert (b.grund, b.dokument, b.organisation_id, b.rolle_navn) == ("kompetence", "Brev 7", saelger.organisation_id, saelger.rolle_navn)  # fmt: skip
    assert fundet.kilde is None, "the notice is the parties' own"
    assert Haendelse.objects.filter(type="placeringsaftale.opsagt", entitet_id=str(aftale.pk)).exists()
    with transaction.atomic():
        assert Ophold.objects.for_systemet("test").get(pk=ophold.pk).tilstand == "loebende"


def test_notice_inside_the_rammeaftale_names_the_term_it_follows(koeber: Aktoer) -> None:
    _, aftale = loebende()
    opsagt = slut(koeber, aftale, Udfald.OPSIG, Grund.BEHOV_AENDRET, idag())
    fundet = slutning(koeber, opsagt)
    assert fundet is not None
    assert fundet.kilde is not None
    assert (bool(fundet.kilde.klausul), fundet.kilde.saet_id) == (True, opsagt.ophoer_vilkaarssaet_id)
    naeste = (idag().replace(day=1) + timedelta(days=63)).replace(day=1)
    assert opsagt.ophoerer == naeste - timedelta(days=1), "the running month and one"


def test_agreement_of_a_reservation_is_given_notice_too(koeber: Aktoer) -> None:
    opsagt = slut(koeber, aftalt(), Udfald.OPSIG, Grund.ANDET_TILBUD_VALGT, idag())
    assert (opsagt.tilstand, opsagt.ophoer_vilkaarssaet_id is None) == ("opsagt", False)


def test_end_on_a_day_needs_a_reason_and_a_day_of_its_own_time(koeber: Aktoer, saelger: Aktoer) -> None:
    _, aftale = loebende()
    with pytest.raises(UgyldigtInput) as afvist:
        slut(koeber, aftale, Udfald.AFSLUT, None, fabrik.om(-30))
    assert set(afvist.value.felter) == {"grund", "dato"}
    with pytest.raises(UgyldigtInput) as afvist:
        slut(koeber, aftale, Udfald.OPSIG, Grund.BEHOV_AENDRET, fabrik.om(1))
    assert set(afvist.value.felter) == {"dato"}
    with pytest.raises(UgyldigtInput) as afvist:
        slut(koeber, aftale, Udfald.AFSLUT, Grund.ANDET, fabrik.om(3), tekst="Borger 010203-1234")
    assert set(afvist.value.felter) == {"bemaerkning"}
    assert datofejl(aftale, Udfald.GODKEND, Indhold()) == {}
    opsagt = slut(koeber, aftale, Udfald.OPSIG, Grund.BEHOV_AENDRET, idag())
    sluttet = slut(saelger, opsagt, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(3))
    assert (sluttet.tilstand, sluttet.ophoerer, sluttet.opsagt_som, sluttet.ophoer_vilkaarssaet_id) == ("ophoert", fabrik.om(3), "", None)  # fmt: skip
    assert Haendelse.objects.filter(type="placeringsaftale.afsluttet", entitet_id=str(aftale.pk)).exists()
    with pytest.raises(Konflikt) as umulig:
        slut(koeber, sluttet, Udfald.OPSIG, Grund.BEHOV_AENDRET, idag())
    assert umulig.value.kode == "overgang_ikke_mulig"


def test_notice_is_given_in_the_agreements_own_time(koeber: Aktoer, saelger: Aktoer) -> None:
    def afvist(aftale: Placeringsaftale, dag: date) -> bool:
        with pytest.raises(UgyldigtInput) as fejl:
            slut(saelger, aftale, Udfald.OPSIG, Grund.KOMPETENCE, dag)
        return set(fejl.value.felter) == {"dato"} and genlaes(aftale).tilstand == "aftalt"

    _, begyndt_foer = loebende(**UDEN | {"gaelder_fra": fabrik.om(-10)})
    assert afvist(begyndt_foer, fabrik.om(-11))
    assert afvist(begyndt_foer, fabrik.om(-1000))
    assert slut(saelger, begyndt_foer, Udfald.OPSIG, Grund.KOMPETENCE, fabrik.om(-10)).ophoerer == fabrik.om(4)
    kommende = aftalt(**UDEN)
    assert kommende.gaelder_fra > idag()
    assert afvist(kommende, fabrik.om(-1)), "nobody had accepted it"
    assert slut(saelger, kommende, Udfald.OPSIG, Grund.KOMPETENCE, idag()).ophoerer == fabrik.om(14)


def test_next_version_takes_over_where_it_begins(koeber: Aktoer, saelger: Aktoer) -> None:
    ophold, foerste = loebende(**UDEN)
    ny = opret(aktoer=koeber, ophold_id=ophold.pk)
    skriv(aktoer=koeber, aftale_id=ny.pk, sagt=indhold(**UDEN | {"varsel_kommune": "1m"}, gaelder_fra=fabrik.om(20)))
    goer(koeber, ny, Udfald.FREMSAET)
    assert genlaes(foerste).tilstand == "aftalt", "what is only put forward takes nothing over"
    goer(saelger, ny, Udfald.GODKEND)
    afloest = genlaes(foerste)
    assert (afloest.tilstand, afloest.ophoerer) == ("afloest", fabrik.om(19))
    fundet = slutning(koeber, afloest)
    assert fundet is not None
    assert (fundet.beslutning.udfald, fundet.beslutning.organisation_id) == ("afloes", None)
    assert Haendelse.objects.filter(type="placeringsaftale.afloest", entitet_id=str(foerste.pk)).exists()
    assert varsel_for(koeber, ophold, idag()).aftale_id == foerste.pk, "it holds until the other begins"
    assert varsel_for(koeber, ophold, fabrik.om(20)).aftale_id == ny.pk


def test_versions_follow_each_other_without_a_day_between_and_the_database_says_as_the_row(
    koeber: Aktoer, saelger: Aktoer
) -> None:
    ophold, _ = loebende(**UDEN)
    anden = aftalt(ophold, gaelder_fra=fabrik.om(10), **UDEN)
    slut(saelger, anden, Udfald.OPSIG, Grund.KOMPETENCE, fabrik.om(0))
    assert opret(aktoer=koeber, ophold_id=ophold.pk).tilstand == "kladde"

    def gaeldende(dage: int) -> list[int]:
        dag = fabrik.om(dage)
        alle = aftaler(koeber)
        fundne = [et.nummer for et in alle if et.gaelder(dag)]
        assert fundne == [et.nummer for et in alle.filter(gaelder_paa(dag))]
        return fundne

    with transaction.atomic():
        assert [gaeldende(dage) for dage in (-1, 0, 9, 10, 14, 15)] == [[], [1], [1], [2], [2], []]


def test_notice_of_the_stay_does_not_follow_an_agreement_that_has_ended(koeber: Aktoer) -> None:
    ophold, aftale = loebende(**UDEN)
    slut(koeber, aftale, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(5))
    assert varsel_for(koeber, ophold, fabrik.om(5)).aftale_id == aftale.pk
    assert varsel_for(koeber, ophold, fabrik.om(6)).aftale_id is None


def test_only_its_parties_end_it(koeber: Aktoer) -> None:
    _, aftale = loebende()
    med_cvr(fabrik.kommune("Herlev").organisation)
    with pytest.raises(IkkeFundet):
        slut(fabrik.sagsbehandler("Herlev"), aftale, Udfald.AFSLUT, Grund.ENIGE, idag())
    assert genlaes(aftale).tilstand == "aftalt"


def slet(aftale: Placeringsaftale) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sag_placeringsaftale WHERE id = %s", [aftale.pk])


@pytest.mark.parametrize(
    "felter",
    [
        {"maal": "Andet"},
        {"tilstand": "kladde"},
        {"tilstand": "ophoert", "ophoerer": date(2030, 1, 1), "maal": "Andet"},
        {"tilstand": "bortfaldet"},
    ],
)
def test_database_lets_an_accepted_version_end_and_nothing_else(felter: dict[str, Any]) -> None:
    _, aftale = loebende()
    with pytest.raises(ProgrammingError, match="aftale_aftalt_aendres_ikke"), som_systemet("test"):
        Placeringsaftale.objects.for_systemet("test").filter(pk=aftale.pk).update(**felter)
    with pytest.raises(ProgrammingError, match="aftale_aftalt_slettes_ikke"), som_systemet("test"):
        slet(aftale)


def test_database_knows_the_last_day_of_what_ends_and_ends_it_once(koeber: Aktoer) -> None:
    _, aftale = loebende()
    alle = Placeringsaftale.objects.for_systemet
    with pytest.raises(IntegrityError, match="aftale_sluttet_netop_med_dag"), som_systemet("test"):
        alle("test").filter(pk=aftale.pk).update(tilstand="ophoert")
    slut(koeber, aftale, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(5))
    with pytest.raises(ProgrammingError, match="aftale_aftalt_aendres_ikke"), som_systemet("test"):
        alle("test").filter(pk=aftale.pk).update(ophoerer=fabrik.om(9))


def mangler(hvem: Aktoer) -> list[tuple[Any, str]]:
    with transaction.atomic():
        return [(et.pk, et.mangler) for et in tilbage(hvem, idag())]


def test_both_parties_are_told_what_is_left_to_end(koeber: Aktoer, saelger: Aktoer) -> None:
    ophold, aftale = loebende()
    assert mangler(koeber) == mangler(saelger) == []
    udskriv(ophold)
    assert genlaes(aftale).tilstand == "aftalt", "the end of the stay ends no agreement"
    assert mangler(koeber) == mangler(saelger) == [(aftale.pk, "udskrevet")]
    slut(koeber, aftale, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(0))
    assert mangler(koeber) == mangler(saelger) == []
    andet, anden = loebende()
    slut(koeber, anden, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(-1))
    assert mangler(koeber) == mangler(saelger) == [(anden.pk, "uden_aftale")]
    opret(aktoer=koeber, ophold_id=andet.pk)
    assert mangler(koeber) == [], "a new one is on its way"


def test_only_the_last_version_of_a_stay_that_goes_on_is_told_to_have_no_other(koeber: Aktoer, saelger: Aktoer) -> None:
    ophold, _ = loebende()
    ny = opret(aktoer=koeber, ophold_id=ophold.pk)
    skriv(aktoer=koeber, aftale_id=ny.pk, sagt=indhold(gaelder_fra=fabrik.om(0)))
    goer(koeber, ny, Udfald.FREMSAET)
    goer(saelger, ny, Udfald.GODKEND)
    assert mangler(koeber) == mangler(saelger) == []
    slut(koeber, ny, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(-1))
    assert mangler(koeber) == mangler(saelger) == [(ny.pk, "uden_aftale")]


def test_agreement_of_a_reservation_that_never_became_a_stay_is_left_to_end(koeber: Aktoer) -> None:
    sag = fabrik.bekraeftet_reservation()
    aftale = aftalt(sag)
    beslut(aktoer=koeber, reservation_id=sag.pk, udfald=Udfald.ANNULLER, grund=Grund.BEHOV_BORTFALDET)
    assert mangler(koeber) == [(aftale.pk, "ikke_begyndt")]
    slut(koeber, aftale, Udfald.AFSLUT, Grund.IKKE_BEGYNDT, aftale.gaelder_fra - timedelta(days=1))
    assert mangler(koeber) == []


def test_former_municipality_is_told_that_another_has_the_responsibility_and_no_more(koeber: Aktoer) -> None:
    ophold, aftale = loebende()
    fabrik.skift_kommune(ophold, handle="Herlev", betaler="Herlev", fra=fabrik.om(0))
    assert mangler(koeber) == [(aftale.pk, "overtaget")]
    assert mangler(fabrik.sagsbehandler("Herlev")) == []
    udskriv(ophold)
    assert mangler(koeber) == [(aftale.pk, "overtaget")], "not that the stay has ended since"


def test_start_page_says_what_is_left_and_leads_to_it(koeber: Aktoer) -> None:
    ophold, aftale = loebende()
    folk = (klient(), leder())
    assert all(PANEL not in tekst(hvem.get(reverse("start"))) for hvem in folk)
    udskriv(ophold)
    for hvem in folk:
        side = hvem.get(reverse("start")).content.decode()
        assert reverse("aftaler:detalje", args=[aftale.pk]) in side.split(PANEL)[1].split("</section>")[0]
    laeser = Client()
    laeser.force_login(fabrik.bruger(Rolle.SAGSBEHANDLER, fabrik.kommune("Herlev").organisation))
    assert PANEL not in tekst(laeser.get(reverse("start")))


def test_panel_costs_the_same_with_many(django_assert_max_num_queries: Any) -> None:
    hvem = klient()
    udskriv(loebende()[0])
    hvem.get(reverse("start"))
    with django_assert_max_num_queries(60) as maalt:
        hvem.get(reverse("start"))
    for _ in range(4):
        udskriv(loebende()[0])
    with django_assert_max_num_queries(len(maalt.captured_queries)):
        assert tekst(hvem.get(reverse("start"))).count("aftalen gælder stadig") == 5


def test_page_asks_for_day_and_reason_and_shows_the_end() -> None:
    _, aftale = loebende()
    siden, hvem = reverse("aftaler:detalje", args=[aftale.pk]), klient()
    for trin in ("opsig", "afslut"):
        assert reverse("aftaler:beslut", args=[aftale.pk, trin]) in hvem.get(siden).content.decode()
    vejen = reverse("aftaler:beslut", args=[aftale.pk, "opsig"])
    vist = tekst(hvem.get(vejen))
    for ventet in ("kommunen skal stadig hjælpe borgeren", "Rammeaftalens", "sæt 1"):
        assert ventet in vist
    assert hvem.post(vejen, {"grund": "behov_aendret"}).status_code == 400
    data = {"grund": "behov_aendret", "dokument": "Brev 8", **dato("dato", fabrik.om(0))}
    efter = tekst(hvem.post(vejen, data, follow=True))
    for ventet in ("Aftalens slutning", "Brev 8", "Behovet har ændret sig", "Opsagt", "Efter "):
        assert ventet in efter
    assert "Opsagt" in tekst(leder().get(siden))
    afsluttet = {"grund": "enige", **dato("dato", fabrik.om(2))}
    sluttet = tekst(leder().post(reverse("aftaler:beslut", args=[aftale.pk, "afslut"]), afsluttet, follow=True))
    assert "Afsluttet" in sluttet


def test_systems_end_an_agreement_and_read_why(koeber: Aktoer) -> None:
    _, aftale = loebende()
    url, nr = f"/api/v1/placeringsaftaler/{aftale.pk}", iter(range(9))

    def skridt(**krop: Any) -> Any:
        hoved = {"idempotency-key": f"slut-{next(nr)}"}
        return system("myndighed").post(f"{url}/beslutninger", krop, content_type="application/json", headers=hoved)

    assert system("myndighed").get(url).json()["slutning"] is None
    afvist = skridt(udfald="opsig")
    assert {fejl["pointer"] for fejl in afvist.json()["errors"]} == {"/grund", "/dato"}
    svar = skridt(udfald="opsig", grund="behov_aendret", dato=idag().isoformat(), dokument="Brev 9")
    krop = svar.json()
    assert (svar.status_code, krop["tilstand"], krop["slutning"]["grund"], krop["slutning"]["dokument"]) == (201, "opsagt", "behov_aendret", "Brev 9")  # fmt: skip
    (efter,) = krop["slutning"]["efterVilkaar"]
    assert (efter["felt"], efter["noegle"], efter["saet"]) == ("sidsteDag", "opsigelse_varsel_kommune", 1)
    assert krop["ophoerer"] == krop["slutning"]["sidsteDag"] == genlaes(aftale).ophoerer.isoformat()  # type: ignore[union-attr]  # it has one
    (paa_listen,) = system("driftsherre").get("/api/v1/placeringsaftaler?tilstand=opsagt").json()["resultater"]
    assert paa_listen["ophoerer"] == krop["ophoerer"]


def test_draft_of_a_case_goes_on_where_an_ended_version_stopped(koeber: Aktoer) -> None:
    ophold, aftale = loebende()
    slut(koeber, aftale, Udfald.AFSLUT, Grund.ENIGE, fabrik.om(5))
    ny = opret(aktoer=koeber, ophold_id=ophold.pk)
    assert (ny.nummer, ny.maal, ny.tilstand) == (2, "Indsatsplan 12", "kladde")
    assert [a.tilstand for a in aftaler(koeber).order_by("nummer")] == ["ophoert", "kladde"]
