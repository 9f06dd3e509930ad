"""The last approvals at once, and the database's own veto, on connections of their own; each with a control that shows the race."""

from collections.abc import Callable, Iterator
from datetime import date
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt
from rammeaftale.actions import faelles, godkendelse
from rammeaftale.livscyklus import Aftaletilstand, optael
from rammeaftale.models import Aftaletrin, Godkendelse, Part, Rammeaftale, Version
from rammeaftale.queries import partsstande
from tests import fabrik
from tests.kaploeb import loeb, til_en_venter
from tests.kill.situation import ejer
from tests.rammeaftale.moeder.situationer import REFERAT
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import efterproev, nyeste

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]

vedtag_hvis_enstemmig = faelles.vedtag_hvis_enstemmig


def de_sidste_to_godkender(mellem: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Rammeaftale:
    """Two parties, all there are, approve at once; `mellem` happens when an approval is written and before it is counted."""
    aftale = fabrik.aftale(parter=("Rødovre", "Gladsaxe"))
    parter = list(aftale.parter.all())

    def taelles(*args: Any) -> None:
        mellem()
        vedtag_hvis_enstemmig(*args)

    monkeypatch.setattr(godkendelse, "vedtag_hvis_enstemmig", taelles)

    def godkend(nr: int) -> None:
        beslut(aftale, parter[nr])

    resultater = loeb(godkend, 2)
    assert [resultat.fejl for resultat in resultater] == [None, None]
    assert optael(stand.status for stand in partsstande(nyeste(aftale))).enstemmig
    aftale.refresh_from_db()
    return aftale


def test_last_two_approvals_at_once_adopt_the_agreement_once(monkeypatch: pytest.MonkeyPatch) -> None:
    den_foerste = iter([True])

    def mellem() -> None:
        if next(den_foerste, False):
            til_en_venter()

    aftale = de_sidste_to_godkender(mellem, monkeypatch)
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    assert Aftaletrin.objects.filter(til=Aftaletilstand.VEDTAGET).count() == 1


def test_without_the_lock_neither_sees_the_other_and_nobody_adopts(monkeypatch: pytest.MonkeyPatch) -> None:
    def uden_laas(aktoer: Aktoer, aftale_id: UUID) -> Rammeaftale:
        return Rammeaftale.objects.select_related("kkr").get(pk=aftale_id)

    monkeypatch.setattr(faelles, "laas_egen", uden_laas)
    begge = Barrier(2)
    aftale = de_sidste_to_godkender(lambda: begge.wait(timeout=20), monkeypatch)
    assert aftale.tilstand == Aftaletilstand.SENDT, "everybody has approved"


def nej(aftale: Rammeaftale) -> None:
    assert aftale.kkr.sekretariat is not None
    Godkendelse.objects.create(
        version=nyeste(aftale), part=aftale.parter.all()[0], status="afvist", dato=date(2026, 10, 1), organ="x",
        referat_url=REFERAT, registreret_af=aftale.kkr.sekretariat, identitet="test",
    )  # fmt: skip


def ny_part(aftale: Rammeaftale) -> None:
    Part.objects.create(aftale=aftale, organisation=fabrik.region().organisation, periode=aftale.periode)


def ny_version(aftale: Rammeaftale) -> None:
    Version.objects.create(aftale=aftale, nummer=2, sendt=date(2026, 10, 1))


BAG_OM = pytest.mark.parametrize("skriv", [nej, ny_part, ny_version])


def intet() -> None:
    """Wait for nobody."""


def vedtaget_imens(
    skriv: Callable[[Rammeaftale], None], foer: Callable[[], object] = intet, efter: Callable[[], object] = intet
) -> list[str | None]:
    """One adopts what all have approved, another writes what takes the consent away, both past the actions.

    `foer`: what the one that adopts does before the database asks for the consent; `efter`: what each does when it has asked.
    """
    aftale = fabrik.aftale(parter=("Rødovre", "Gladsaxe"))
    fabrik.region()
    fabrik.godkendt_af_alle(aftale)
    skrevet = Barrier(2)

    def forsoeg(nr: int) -> None:
        try:
            with transaction.atomic():
                if nr == 0:
                    hvilken = Rammeaftale.objects.filter(pk=aftale.pk)
                    hvilken.update(tilstand=Aftaletilstand.VEDTAGET, vedtaget=fabrik.GODKENDT)
                else:
                    skriv(aftale)
                skrevet.wait(timeout=20)
                if nr == 0:
                    foer()
                efterproev()
                efter()
        except IntegrityError as fejl:
            raise Konflikt("uden_enighed" if "før alle parter" in str(fejl) else "andet", "") from fejl

    return [resultat.fejl for resultat in loeb(forsoeg, 2)]


@BAG_OM
def test_database_adopts_nothing_that_loses_a_party_at_the_same_moment(skriv: Callable[[Rammeaftale], None]) -> None:
    assert vedtaget_imens(skriv, foer=til_en_venter) == [None, "uden_enighed"]


@pytest.fixture
def uden_laas() -> Iterator[None]:
    """The database's function without its lock, and put back."""
    with ejer() as forbindelse:
        raekke = forbindelse.execute(
            "SELECT pg_get_functiondef('rammeaftale_kraev_enighed(uuid)'::regprocedure)"
        ).fetchone()
        assert raekke is not None
        assert " FOR NO KEY UPDATE" in raekke[0]
        forbindelse.execute(raekke[0].replace(" FOR NO KEY UPDATE", ""))
        yield
        forbindelse.execute(raekke[0])


@BAG_OM
@pytest.mark.usefixtures("uden_laas")
def test_control_without_the_lock_the_agreement_is_adopted_without_a_party(
    skriv: Callable[[Rammeaftale], None],
) -> None:
    begge = Barrier(2)
    assert vedtaget_imens(skriv, efter=lambda: begge.wait(timeout=20)) == [None, None]
    assert Rammeaftale.objects.get().tilstand == Aftaletilstand.VEDTAGET
