"""The last approvals at once, an approval and the version called back, two nights, and the database's own veto, on connections of their
own; two agreements of the same days sent at once; each with a control that shows the race.
"""

from collections.abc import Callable, Iterator
from datetime import date
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import Konflikt, UgyldigtInput
from faelles.tid import idag
from rammeaftale.actions import faelles, godkendelse, trin
from rammeaftale.livscyklus import Aftaletilstand, optael
from rammeaftale.models import Aftaletrin, Godkendelse, Part, Rammeaftale, Version
from rammeaftale.queries import partsstande
from rammeaftale.querysets import RammeaftaleQuerySet
from rammeaftale.tekst.kopi import til_ny_version
from tests import fabrik
from tests.kaploeb import loeb, til_en_venter
from tests.kill.situation import ejer
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, send, sendt
from tests.rammeaftale.moeder.situationer import REFERAT
from tests.rammeaftale.rapporter.situationer import beslut
from tests.rammeaftale.test_trin import efterproev, nyeste
from vilkaar.models import Saetstatus, Vilkaarssaet

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kaploeb]

vedtag_hvis_enstemmig = faelles.vedtag_hvis_enstemmig
SIDSTE = ("Rødovre Kommune", "Gladsaxe Kommune")


def mangler(*parter: str) -> Rammeaftale:
    """Sent, with terms to publish, and approved by all but these."""
    aftale = sendt("Rødovre", "Gladsaxe")
    godkend(aftale, *parter)
    return aftale


def part(aftale: Rammeaftale, navn: str) -> Part:
    return aftale.parter.get(organisation__navn=navn)


def afgjort(aftale: Rammeaftale) -> tuple[str, int, list[str]]:
    """Where it stands, how many steps were taken from *sent*, and the status of each set published of it."""
    aftale.refresh_from_db()
    saet = Vilkaarssaet.objects.filter(version_id__in=aftale.versioner.values("pk"))
    skridt = Aftaletrin.objects.filter(aftale=aftale, fra=Aftaletilstand.SENDT)
    return aftale.tilstand, skridt.count(), list(saet.values_list("status", flat=True))


@pytest.fixture
def aftale_uden_laas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The actions read the agreement and do not hold it."""

    def laes(aktoer: Aktoer, aftale_id: UUID) -> Rammeaftale:
        return Rammeaftale.objects.select_related("kkr").get(pk=aftale_id)

    for modul in (faelles, trin):
        monkeypatch.setattr(modul, "laas_egen", laes)


def en_gang(gerning: Callable[[], object]) -> Callable[[], None]:
    """Only for the first that comes."""
    den_foerste = iter([True])

    def mellem() -> None:
        if next(den_foerste, False):
            gerning()

    return mellem


def taelles_efter(mellem: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """`mellem` happens when an approval is written and before it is counted."""

    def taelles(*args: Any) -> None:
        mellem()
        vedtag_hvis_enstemmig(*args)

    monkeypatch.setattr(godkendelse, "vedtag_hvis_enstemmig", taelles)


def de_sidste_to_godkender(mellem: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Rammeaftale:
    aftale = mangler(*SIDSTE)
    taelles_efter(mellem, monkeypatch)
    parter = [part(aftale, navn) for navn in SIDSTE]

    def godkend_en(nr: int) -> None:
        beslut(aftale, parter[nr], dato=idag())

    resultater = loeb(godkend_en, 2)
    assert [resultat.fejl for resultat in resultater] == [None, None]
    assert optael(stand.status for stand in partsstande(nyeste(aftale))).enstemmig
    return aftale


def test_last_two_approvals_at_once_adopt_the_agreement_and_publish_its_terms_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    aftale = de_sidste_to_godkender(en_gang(til_en_venter), monkeypatch)
    assert afgjort(aftale) == (Aftaletilstand.VEDTAGET, 1, [Saetstatus.ENDELIG])


@pytest.mark.usefixtures("aftale_uden_laas")
def test_control_without_the_lock_neither_sees_the_other_and_nobody_adopts(monkeypatch: pytest.MonkeyPatch) -> None:
    begge = Barrier(2)
    aftale = de_sidste_to_godkender(lambda: begge.wait(timeout=20), monkeypatch)
    assert afgjort(aftale) == (Aftaletilstand.SENDT, 0, []), "everybody has approved"


def to_naetter(mellem: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Rammeaftale:
    """Two runs of the night's look at what all have approved; `mellem` happens when a run has begun on it and before it counts."""
    with monkeypatch.context() as ingen_taeller:
        ingen_taeller.setattr(godkendelse, "vedtag_hvis_enstemmig", lambda *_: None)
        aftale = mangler()
    taelles_efter(mellem, monkeypatch)

    def nat(_: int) -> None:
        godkendelse.vedtag_enstemmige()

    assert [en.fejl for en in loeb(nat, 2)] == [None, None]
    return aftale


def test_two_runs_of_the_night_adopt_once(monkeypatch: pytest.MonkeyPatch) -> None:
    aftale = to_naetter(en_gang(til_en_venter), monkeypatch)
    assert afgjort(aftale) == (Aftaletilstand.VEDTAGET, 1, [Saetstatus.ENDELIG])


def test_control_without_the_lock_two_runs_of_the_night_adopt_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RammeaftaleQuerySet, "select_for_update", lambda en, **_: en)
    begge = Barrier(2)
    aftale = to_naetter(lambda: begge.wait(timeout=20), monkeypatch)
    assert afgjort(aftale) == (Aftaletilstand.VEDTAGET, 2, [Saetstatus.ENDELIG] * 2)


def godkendt_og_kaldt_tilbage(
    mellem: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> tuple[Rammeaftale, list[str | None]]:
    """The last approval, and the version called back, at once; `mellem` happens when either has asked whether it may."""
    aftale = mangler(SIDSTE[0])
    taelles_efter(lambda: mellem("godkend"), monkeypatch)

    def skrives_af(*args: Any) -> None:
        mellem("kald tilbage")
        til_ny_version(*args)

    monkeypatch.setattr(trin, "til_ny_version", skrives_af)
    sidste, aktoer = part(aftale, SIDSTE[0]), fabrik.sekretariat()

    def forsoeg(nr: int) -> None:
        mellem(f"begynd {nr}")
        if nr:
            trin.ny_version(aktoer=aktoer, aftale_id=aftale.pk, dato=idag(), begrundelse="En fejl i bilaget")
        else:
            beslut(aftale, sidste, dato=idag())

    return aftale, [en.fejl for en in loeb(forsoeg, 2)]


@pytest.mark.parametrize(
    ("foerst", "fejl", "ventet"),
    [
        ("godkend", [None, "aftale_ikke_sendt"], (Aftaletilstand.VEDTAGET, 1, [Saetstatus.ENDELIG])),
        ("kald tilbage", [None, None], (Aftaletilstand.KLADDE, 1, [])),
    ],
)
def test_version_is_adopted_or_called_back_and_never_both(
    foerst: str, fejl: list[str | None], ventet: tuple[str, int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The approval that comes second is kept, of the version it was of."""
    er_i_gang = Event()

    def mellem(hvor: str) -> None:
        if hvor == foerst:
            er_i_gang.set()
            til_en_venter()
        elif hvor == ("begynd 1" if foerst == "godkend" else "begynd 0"):
            assert er_i_gang.wait(timeout=20)

    aftale, sket = godkendt_og_kaldt_tilbage(mellem, monkeypatch)
    assert (sket, afgjort(aftale)) == (fejl, ventet)
    assert Godkendelse.objects.get(part=part(aftale, SIDSTE[0])).version.nummer == 1


@pytest.mark.usefixtures("aftale_uden_laas")
def test_control_without_the_lock_a_version_is_both_adopted_and_called_back(monkeypatch: pytest.MonkeyPatch) -> None:
    begge = Barrier(2)

    def mellem(hvor: str) -> None:
        if not hvor.startswith("begynd"):
            begge.wait(timeout=20)

    aftale, sket = godkendt_og_kaldt_tilbage(mellem, monkeypatch)
    _, skridt, saet = afgjort(aftale)
    assert (sket, skridt, saet, aftale.versioner.count()) == ([None, None], 2, [Saetstatus.ENDELIG], 2)


def sendt_samtidig(
    mellem: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> tuple[list[Rammeaftale], list[Any]]:
    """Two agreements of the same days are sent; `mellem` happens when it is asked whether another is in the way, and before it is sent."""
    aftaler = [kladde("Rødovre", "Gladsaxe") for _ in range(2)]
    for aftale in aftaler:
        anbefal(aftale)
    overlapsfejl = faelles.overlapsfejl

    def spoerg(*args: Any, **kwargs: Any) -> str:
        svar = overlapsfejl(*args, **kwargs)
        mellem()
        return svar

    monkeypatch.setattr(trin, "overlapsfejl", spoerg)

    def forsoeg(nr: int) -> None:
        try:
            send(aftaler[nr])
        except UgyldigtInput as fejl:
            raise Konflikt(", ".join(fejl.felter), "") from fejl

    fejl = [en.fejl for en in loeb(forsoeg, 2)]
    for aftale in aftaler:
        aftale.refresh_from_db()
    return aftaler, fejl


def test_only_one_of_two_agreements_about_the_same_days_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    aftaler, fejl = sendt_samtidig(en_gang(til_en_venter), monkeypatch)
    assert sorted(map(str, fejl)) == ["None", "periode"]
    assert sorted(en.tilstand for en in aftaler) == [Aftaletilstand.KKR_ANBEFALET, Aftaletilstand.SENDT]


def test_control_without_the_kkrs_lock_both_are_sent_and_the_night_goes_on_past_the_one_that_cannot_be_adopted(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(trin, "_laas_kkr", lambda _: None)
    begge = Barrier(2)
    with monkeypatch.context() as samtidig:
        aftaler, fejl = sendt_samtidig(lambda: begge.wait(timeout=20), samtidig)
    assert (fejl, {en.tilstand for en in aftaler}) == ([None, None], {Aftaletilstand.SENDT})
    naeste = kladde("Rødovre", "Gladsaxe", fra=date(2029, 1, 1), til=date(2031, 1, 1))
    anbefal(naeste)
    send(naeste)
    with monkeypatch.context() as ingen_taeller:
        ingen_taeller.setattr(godkendelse, "vedtag_hvis_enstemmig", lambda *_: None)
        for aftale in (*aftaler, naeste):
            godkend(aftale)
    assert godkendelse.vedtag_enstemmige() == 2
    for aftale in (*aftaler, naeste):
        aftale.refresh_from_db()
    assert [en.tilstand for en in (*aftaler, naeste)] == [
        Aftaletilstand.VEDTAGET,
        Aftaletilstand.SENDT,
        Aftaletilstand.VEDTAGET,
    ]
    assert "rammeaftale_en_i_kraft_ad_gangen" in caplog.text


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
