"""What the database keeps from a hearing, asked with bare SQL: an answer comes while it can be given, and is never moved or changed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from faelles.ids import uuid7
from faelles.tid import nu
from rammeaftale.hoering.actions import afslut, nyt_link, traek_link
from rammeaftale.hoering.breve import send_links
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Hoering, Hoeringslink, Hoeringsmodtager, Hoeringssvar, Rammeaftale
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, send, tag
from tests.rammeaftale.aftaler import kladde as aftalekladde
from tests.rammeaftale.hoering import situationer
from tests.rammeaftale.hoering.situationer import (
    HANDICAPRAAD,
    ORGANISATION,
    besvar,
    frist_gik,
    noegle,
    sendt,
)

pytestmark = pytest.mark.django_db
SVAR = "INSERT INTO rammeaftale_hoeringssvar (id, link_id, afgivet, ingen_bemaerkninger) VALUES (%s, %s, %s, true)"
BEMAERKNING = "INSERT INTO rammeaftale_hoeringsbemaerkning (id, svar_id, tekst) VALUES (%s, %s, 'Sagt siden.')"
FIL = (
    "INSERT INTO rammeaftale_hoeringsfil (id, bemaerkning_id, navn, art, stoerrelse, sha256, gennemsoegt)"
    " VALUES (%s, %s, 'svar.pdf', 'pdf', 1, '', 'helt')"
)
LINK = (
    "INSERT INTO rammeaftale_hoeringslink (id, modtager_id, anledning, noegle_hash, bestilt, noteret, forsoeg)"
    " VALUES (%s, %s, 'igen', %s, %s, %s, 0)"
)


def regel(sql: str, *vaerdier: Any) -> str:
    """The rule that stops the statement, by name; empty when none does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, [uuid7(), *vaerdier])
            transaction.set_rollback(True)
    except IntegrityError as fejl:
        return str(fejl.__cause__.diag.constraint_name)  # type: ignore[union-attr]  # psycopg's own error
    return ""


@pytest.fixture
def hoering(monkeypatch: pytest.MonkeyPatch) -> Hoering:
    """A hearing that is out, whose agreement leaves it open when it is over with itself."""
    monkeypatch.setattr("rammeaftale.actions.faelles.luk_aabne", lambda _: None)
    return sendt(aftalekladde("Rødovre", "Herlev"))


def luk(hoering: Hoering) -> None:
    afslut(aktoer=fabrik.sekretariat(), hoering_id=hoering.pk)


def bortfald(hoering: Hoering) -> None:
    tag(hoering.version.aftale, Aftaletilstand.BORTFALDET)


def vedtag(hoering: Hoering) -> None:
    anbefal(hoering.version.aftale)
    send(hoering.version.aftale, trods_hoering=True)
    godkend(hoering.version.aftale)


def traek(hoering: Hoering) -> None:
    for modtager in hoering.modtagere.all():
        traek_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)


SLUT = pytest.mark.parametrize("slut", [luk, bortfald, vedtag, traek])


@SLUT
def test_answer_is_taken_until_the_hearing_its_agreement_or_the_link_is_over(
    hoering: Hoering, slut: Callable[[Hoering], None]
) -> None:
    link = Hoeringslink.objects.get(modtager__navn=ORGANISATION.navn)
    assert regel(SVAR, link.pk, nu()) == ""
    slut(hoering)
    assert regel(SVAR, link.pk, nu()) == "hoeringssvar_kun_med_aabent_link"


def test_answer_is_taken_on_the_deadlines_day_and_not_after_it() -> None:
    hoering = sendt()
    link = Hoeringslink.objects.get(modtager__navn=ORGANISATION.navn)
    frist_gik(hoering, 0)
    assert regel(SVAR, link.pk, nu()) == ""
    frist_gik(hoering)
    assert regel(SVAR, link.pk, nu()) == "hoeringssvar_kun_med_aabent_link"


def test_answer_by_a_link_from_before_another_answer_is_not_taken() -> None:
    hoering = sendt()
    modtager = hoering.modtagere.get(navn=HANDICAPRAAD.navn)
    foerste = modtager.links.get()
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=modtager.pk)
    send_links()
    besvar(noegle())
    Hoeringslink.objects.filter(pk=foerste.pk).update(trukket=None)
    assert regel(SVAR, foerste.pk, nu()) == "hoeringssvar_kun_med_aabent_link"


def test_link_with_no_key_takes_no_answer() -> None:
    hoering = sendt()
    nyt_link(aktoer=fabrik.sekretariat(), modtager_id=hoering.modtagere.get(navn=ORGANISATION.navn).pk)
    assert regel(SVAR, Hoeringslink.objects.get(noteret=None).pk, nu()) == "hoeringssvar_kun_med_aabent_link"


@SLUT
def test_answer_gets_no_more_remarks_or_files_once_it_is_over(
    hoering: Hoering, slut: Callable[[Hoering], None]
) -> None:
    svar = besvar(noegle(), {situationer.klausuler(hoering)[-1]: "Skriv mere."})
    bemaerkning = svar.bemaerkninger.get()
    assert (regel(BEMAERKNING, svar.pk), regel(FIL, bemaerkning.pk)) == ("", "")
    slut(hoering)
    assert regel(BEMAERKNING, svar.pk) == "hoeringsbemaerkning_kun_i_aaben_hoering"
    assert regel(FIL, bemaerkning.pk) == "hoeringsfil_kun_i_aaben_hoering"


@pytest.mark.parametrize("slut", [luk, bortfald, vedtag, frist_gik])
def test_link_is_made_only_while_the_hearing_can_be_answered(hoering: Hoering, slut: Callable[[Hoering], None]) -> None:
    modtager = hoering.modtagere.get(navn=ORGANISATION.navn)
    modtager.links.update(trukket=nu())
    hvad = (modtager.pk, "0" * 64, nu(), nu())
    assert regel(LINK, *hvad) == ""
    slut(hoering)
    assert regel(LINK, *hvad) == "hoeringslink_kun_i_aaben_hoering"


def test_draft_hearing_has_no_links() -> None:
    modtager = situationer.kladde().modtagere.all()[0]
    assert regel(LINK, modtager.pk, "0" * 64, nu(), nu()) == "hoeringslink_kun_i_aaben_hoering"


def test_sent_hearing_keeps_its_words_and_a_closed_one_everything() -> None:
    hoering, anden = sendt(), situationer.kladde(situationer.udkast(slug="en-anden"))
    samme = Hoering.objects.filter(pk=hoering.pk)
    ord_: list[dict[str, Any]] = [
        {"titel": "Et andet"},
        {"foelgebrev": "Et andet"},
        {"indledning": "En anden"},
        {"version": anden.version},
        {"sendt": nu()},
    ]
    for felter in ord_:
        with pytest.raises(DatabaseError, match="hoering"), transaction.atomic():
            samme.update(**felter)
    assert samme.update(frist=fabrik.om(40), paamind_dage=3) == 1
    luk(hoering)
    alt: list[dict[str, Any]] = [{"afsluttet": None}, {"frist": fabrik.om(60)}, {"paamind_dage": 1}]
    for felter in alt:
        with pytest.raises(DatabaseError, match="hoering"), transaction.atomic():
            samme.update(**felter)


def test_answer_is_not_moved_to_another_hearing_or_recipient() -> None:
    sendt()
    anden = situationer.kladde(situationer.udkast(slug="en-anden"))
    svar = besvar(noegle())
    link = Hoeringslink.objects.exclude(pk=svar.link_id).get()
    flytninger: list[Callable[[], int]] = [
        lambda: Hoeringsmodtager.objects.filter(pk=svar.link.modtager_id).update(hoering=anden),
        lambda: Hoeringslink.objects.filter(pk=svar.link_id).update(modtager=anden.modtagere.all()[0]),
        lambda: Hoeringssvar.objects.filter(pk=svar.pk).update(link=link),
    ]
    for goer in flytninger:
        with pytest.raises(DatabaseError, match="hoering"), transaction.atomic():
            goer()


def test_agreement_that_is_adopted_closes_its_open_hearings() -> None:
    aftale = aftalekladde("Rødovre", "Herlev")
    hoering = sendt(aftale)
    anbefal(aftale)
    send(aftale, trods_hoering=True)
    assert Hoering.objects.get(pk=hoering.pk).afsluttet is None
    godkend(aftale)
    assert Rammeaftale.objects.get(pk=aftale.pk).tilstand == Aftaletilstand.VEDTAGET
    assert Hoering.objects.get(pk=hoering.pk).afsluttet is not None
