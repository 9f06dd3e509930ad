"""Every table people take out names the clause and the set of what follows from a term, in the row itself."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from faelles.tid import idag
from kommuner.models import Rolle
from reservationer.sag.actions import beslut
from reservationer.sag.models import Ophold
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.rammeaftale.test_sider import klient
from tests.soegning.fritvalg.situationer import proeve
from tests.venteliste.situationer import med_venteliste, venter
from tests.vilkaar.test_kilde import leder, sagsbehandler
from vilkaar.noegler import NOEGLER, Noegle

pytestmark = pytest.mark.django_db


def sekretariat() -> Client:
    hos = fabrik.kkr().sekretariat
    assert hos is not None
    return klient(Rolle.SEKRETARIAT, hos)


def akut() -> Ophold:
    ophold = fabrik.ophold()
    ophold.akut_fra, ophold.akutfrist = ophold.foerste_dag, fabrik.om(5)
    ophold.akut_vilkaarssaet_id = ophold.vilkaarssaet_id
    ophold.save()
    return ophold


def raekker(laeser: Client, rute: str, *args: object, **valg: str) -> list[dict[str, str]]:
    svar = laeser.get(reverse(rute, args=[*args, "csv"]), valg)
    return list(csv.DictReader(io.StringIO(svar.getvalue().decode("utf-8-sig")), delimiter=";"))


TABELLER = [
    (fabrik.reservation, sagsbehandler, "sag:eksport", "Udløber efter", Noegle.RESERVATION_VARIGHED),
    (fabrik.henvendelse, sagsbehandler, "forespoergsler:eksport", "Svarfrist efter", Noegle.FORESPOERGSEL_SVARFRIST),
    (
        lambda: venter(med_venteliste()),
        sagsbehandler,
        "venteliste:eksport",
        "Eskaleres efter",
        Noegle.VENTELISTE_ESKALERING_DAGE,
    ),
    (akut, sagsbehandler, "ophold:eksport_akutte", "Dagen efter", Noegle.AKUT_UGER),
    (fabrik.fejlmelding, leder, "tilbud:eksport_fejlmeldinger", "Fristen efter", Noegle.FEJLMELDING_FRIST_DAGE),
    (proeve, sagsbehandler, "soegning:eksport_proever", "Grænsen efter", Noegle.FRIT_VALG_GRAENSE_PROCENT),
]


@pytest.mark.parametrize(("situation", "hvem", "rute", "kolonne", "noegle"), TABELLER)
def test_table_names_clause_and_set_beside_what_follows_from_them(
    situation: Callable[[], object], hvem: Callable[[], Client], rute: str, kolonne: str, noegle: Noegle
) -> None:
    situation()
    (raekke,) = raekker(hvem(), rute)
    assert raekke[kolonne] == f"{NOEGLER[noegle].klausul}, sæt 1 i Testaftale"


def test_table_of_stays_names_the_terms_of_each_day() -> None:
    akut()
    (raekke,) = raekker(sagsbehandler(), "ophold:eksport")
    hvor = "Ophold og opsigelse, sæt 1 i Testaftale"
    assert raekke["Dagene efter"] == f"betales fra: {hvor}; uden godkendelse højst til: {hvor}"


def test_reservation_that_waits_no_longer_has_no_deadline_to_name_a_term_of() -> None:
    beslut(aktoer=fabrik.tilbudsleder(), reservation_id=fabrik.reservation().pk, udfald=Udfald.BEKRAEFT)
    (raekke,) = raekker(sagsbehandler(), "sag:eksport")
    assert (raekke["Udløber"], raekke["Udløber efter"]) == ("", "")


def test_search_names_the_terms_of_freshness() -> None:
    fabrik.bekraeftet(fabrik.ledig_plads().afdeling)
    (raekke,) = raekker(sagsbehandler(), "soegning:eksport", fra=fabrik.om(7).isoformat())
    assert raekke["Friskheden efter"] == f"{NOEGLER[Noegle.BEKRAEFTELSE_FORFALD_DAGE].klausul}, sæt 1 i Testaftale"


def test_board_of_the_takst_deadline_names_it_in_every_row() -> None:
    fabrik.tilbud()
    (raekke,) = raekker(sekretariat(), "takster:eksport_frist", idag().year + 1)
    assert raekke["Fristen efter"] == f"{NOEGLER[Noegle.TAKST_FRIST].klausul}, sæt 1 i Testaftale"
