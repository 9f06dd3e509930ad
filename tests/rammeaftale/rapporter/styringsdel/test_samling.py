"""The snapshot of the report "Styringsdel": what the agreement says, as a set or not, with allonger."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rammeaftale.rapporter.kanonisk import fra_json
from rammeaftale.rapporter.styringsdel.data import Styringsdelbillede
from rammeaftale.rapporter.styringsdel.samling import saml
from rammeaftale.tekst.actions import Klausulindhold, opret_klausul
from tests import fabrik
from tests.rammeaftale.aftaler import godkend
from tests.rammeaftale.rapporter.situationer import OEJEBLIK
from tests.rammeaftale.rapporter.styringsdel import situationer
from tests.rammeaftale.tekst.test_samlet import aendr, allonge, vedtag
from vilkaar.models import Vilkaarssaet
from vilkaar.noegler import Noegle

pytestmark = pytest.mark.django_db
# Written from the domain text alone: the latest saving of each clause that has not gone, and what it sets.
_VILKAAR = """
SELECT kv.noegle, kv.vaerdi FROM rammeaftale_klausulvilkaar kv
JOIN rammeaftale_klausuludgave u ON u.id = kv.udgave_id
WHERE u.version_id = %s AND NOT u.udgaar
  AND u.udgave = (SELECT max(s.udgave) FROM rammeaftale_klausuludgave s WHERE s.klausul_id = u.klausul_id AND s.version_id = u.version_id)
"""
_SAET = "SELECT noegle, vaerdi, klausul FROM vilkaar_vilkaar v JOIN vilkaar_vilkaarssaet s ON s.id = v.saet_id WHERE s.version_id = %s"


def raekker(sql: str, version: UUID) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [str(version)])
        return sorted(cursor.fetchall())


def satte(billede: Styringsdelbillede) -> list[tuple[str, ...]]:
    return sorted((linje.noegle, linje.vaerdi) for linje in billede.vilkaar if linje.er_sat)


def test_snapshot_is_the_same_text_again_and_reads_back_as_it_was() -> None:
    aftale = situationer.sendt()
    data = situationer.data(aftale)
    assert situationer.data(aftale) == data
    assert fra_json(Styringsdelbillede, data) == situationer.billede(aftale)


def test_sent_agreement_has_its_preliminary_set_term_by_term_with_clause() -> None:
    aftale = situationer.sendt()
    billede = situationer.billede(aftale)
    assert billede.saet is not None
    assert (billede.saet.nummer, billede.saet.endelig) == (
        Vilkaarssaet.objects.get(version_id__isnull=False).nummer,
        False,
    )
    version = situationer.version(aftale).pk
    assert sorted((v.noegle, v.vaerdi, v.klausul) for v in billede.vilkaar) == raekker(_SAET, version)
    assert satte(billede) == raekker(_VILKAAR, version)
    assert billede.tekstdag == date(2027, 1, 1)


def test_adopted_agreement_has_its_final_set() -> None:
    aftale = situationer.sendt()
    godkend(aftale)
    billede = situationer.billede(aftale)
    assert billede.saet is not None
    assert billede.saet.endelig


def test_draft_says_what_its_clauses_say_lacks_what_they_lack_and_computes_nothing() -> None:
    aftale = situationer.kladde(uden=Noegle.TAKST_FRIST)
    billede = situationer.billede(aftale)
    assert billede.saet is None
    assert satte(billede) == raekker(_VILKAAR, situationer.version(aftale).pk)
    assert [linje.noegle for afsnit in billede.afsnit for linje in afsnit.mangler] == [Noegle.TAKST_FRIST]
    eksempler = [afsnit.eksempel for afsnit in billede.afsnit if afsnit.eksempel]
    assert len(eksempler) == 2
    assert all(eksempel.hvorfor_ikke and not eksempel.regnestykker for eksempel in eksempler)


def test_clauses_of_the_steering_part_and_those_that_set_terms_are_printed_once() -> None:
    billede = situationer.billede(situationer.sendt())
    assert {afsnit.nummer: [k.nummer for k in afsnit.klausuler] for afsnit in billede.afsnit if afsnit.klausuler} == {
        "1": ["2.1"],
        "3.2": ["2.2"],
        "6.3": ["2.3", "2.4"],
        "8.1": ["2.10"],
    }


def test_section_names_the_clauses_that_set_its_terms_elsewhere() -> None:
    afsnit = {afsnit.nummer: afsnit for afsnit in situationer.billede(situationer.sendt()).afsnit}
    assert [(h.klausul, h.afsnit) for h in afsnit["6.2"].andetsteds] == [("2.3 Tal og takster", "6.3")]
    assert afsnit["6.3"].andetsteds == afsnit["6.4"].andetsteds == ()


def test_allonge_changes_text_and_terms_from_the_day_it_begins() -> None:
    aftale = situationer.sendt()
    godkend(aftale)
    version = situationer.version(aftale)
    klausul = version.klausuludgaver.get(nummer="2.4", udgave=1).klausul
    aendring = allonge(aftale, date(2027, 7, 1))
    udgave = aendr(aendring, klausul, "Taksten følger borgeren.", "2.4")
    situationer.saet(aendring, udgave, {Noegle.TAKST_FRIST: "1.11"})
    vedtag(aendring)
    version.refresh_from_db()

    def paa(dag: int, maaned: int) -> Styringsdelbillede:
        return saml(version, OEJEBLIK.replace(year=2027, month=maaned, day=dag))

    foer, efter = paa(30, 6), paa(1, 7)
    for billede, tekst, frist, allonger in (
        (foer, "Taksten er den samme for alle.", "10.12", []),
        (efter, "Taksten følger borgeren.", "1.11", [aendring.titel]),
    ):
        (sagt,) = [k for afsnit in billede.afsnit for k in afsnit.klausuler if k.nummer == "2.4"]
        assert sagt.tekst == tekst
        assert {v.noegle: v.vaerdi for v in billede.vilkaar}[Noegle.TAKST_FRIST] == frist
        assert [en.titel for en in billede.allonger] == allonger
        assert billede.saet is not None
        assert billede.saet.endelig
    assert [k.aendret_ved for afsnit in efter.afsnit for k in afsnit.klausuler if k.nummer == "2.4"] == [aendring.titel]


def test_snapshot_of_an_allonge_on_its_way_is_the_agreement_as_it_would_make_it() -> None:
    aftale = situationer.sendt()
    godkend(aftale)
    klausul = situationer.version(aftale).klausuludgaver.get(nummer="2.4", udgave=1).klausul
    aendring = allonge(aftale, date(2027, 7, 1))
    aendr(aendring, klausul, "Taksten følger borgeren.", "2.4")
    billede = situationer.billede(aendring)
    assert "Taksten følger borgeren." in [k.tekst for afsnit in billede.afsnit for k in afsnit.klausuler]
    assert billede.tekstdag == date(2027, 7, 1)


def test_statements_do_not_grow_with_the_clauses() -> None:
    aftale = situationer.kladde()

    def antal() -> int:
        version = situationer.version(aftale)
        with CaptureQueriesContext(connection) as fundne:
            saml(version, OEJEBLIK)
        return len(fundne)

    foer = antal()
    af = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.id}
    del_ = aftale.dele.get(art="styringsdel")
    for nr in range(20):
        opret_klausul(del_id=del_.id, indhold=Klausulindhold(f"9.{nr}", "Mere", "Tekst"), **af)  # type: ignore[arg-type]  # shared by both calls
    assert antal() == foer
