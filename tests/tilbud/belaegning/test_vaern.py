"""Nobody takes a place beyond what is approved and permitted: the action says it nicely, and the database sees to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from random import Random
from threading import Event
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from faelles.fejl import Konflikt, brudt_regel
from faelles.tid import Periode, nu
from kommuner.models import Bruger
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import soeg
from tests import fabrik
from tests.kaploeb import loeb, til_en_venter
from tilbud.belaegning.actions import flyt_optagelse, tag_en_plads, tag_plads
from tilbud.belaegning.loft import loft
from tilbud.belaegning.models import Optagelse, Optagelsesart
from tilbud.belaegning.queries import kalendere
from tilbud.belaegning.vaern import MERPLADS, NAVN
from tilbud.models import Afdeling, Merpladstilladelse, Plads, Tilsynsgodkendelse
from tilbud.pladsloft import Pladsdage, nye_dage, overskridelser, uden_tilladelse
from tilbud.queries import bloklister

pytestmark = pytest.mark.django_db


def perioden() -> Periode:
    """The days most tests take a place for; asked anew, since a long run may go past midnight."""
    return Periode(fabrik.om(10), fabrik.om(40))


@pytest.fixture
def afdeling() -> Afdeling:
    return fabrik.afdeling(fabrik.tilbud("Solbakken"))


@contextmanager
def brud_paa(*regler: str) -> Iterator[None]:
    """The database refuses by one of the named rules; one trigger holds both, so its own name in the message says nothing."""
    with pytest.raises(IntegrityError) as fejl, transaction.atomic():
        yield
    assert brudt_regel(fejl.value) in regler


def tag(plads: Plads, periode: Periode | None = None) -> Optagelse:
    return tag_plads(
        plads_id=plads.pk, periode=periode or perioden(), art=Optagelsesart.OPHOLD, egne=False, beboer=False
    )


def test_one_place_more_than_approved_is_refused_in_numbers_and_days(afdeling: Afdeling) -> None:
    fabrik.godkendelse(afdeling.tilbud, 1)
    foerste, anden = fabrik.ledig_plads(afdeling), fabrik.ledig_plads(afdeling)
    tag(foerste)
    with pytest.raises(Konflikt, match=r"godkendt til 1 pladser .* 2 være taget") as fejl:
        tag(anden, Periode(fabrik.om(39)))
    assert fejl.value.kode == "ikke_godkendt"
    tag(anden, Periode(fabrik.om(40)))


def test_expired_approval_stops_what_is_new_and_leaves_what_is(afdeling: Afdeling) -> None:
    beboet, ledig = fabrik.ledig_plads(afdeling), fabrik.ledig_plads(afdeling)
    ophold = fabrik.optag(beboet, Periode(fabrik.om(-100)))
    fabrik.godkendelse(afdeling.tilbud, 5, til=fabrik.om(20))
    tag(ledig, Periode(fabrik.om(10), fabrik.om(20)))
    for periode in (Periode(fabrik.om(20), fabrik.om(30)), Periode(fabrik.om(25))):
        with pytest.raises(Konflikt, match="godkendt til 0 pladser"):
            tag(ledig, periode)
    ophold.periode = Periode(fabrik.om(-100), fabrik.om(60)).som_range
    ophold.save()
    ophold.periode = Periode(fabrik.om(-100), fabrik.om(90)).som_range
    with brud_paa(NAVN):
        ophold.save()


def test_without_any_approval_it_is_as_before(afdeling: Afdeling) -> None:
    for _ in range(3):
        tag(fabrik.ledig_plads(afdeling))
    fabrik.godkendelse(afdeling.tilbud, 1, fra=fabrik.om(100))
    fabrik.godkendelse(afdeling.tilbud, 0, kode="SEL-108")
    tag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(10), fabrik.om(100)))


def test_merplads_counts_beyond_the_approved_only_under_its_own_departments_permission(afdeling: Afdeling) -> None:
    fabrik.godkendelse(afdeling.tilbud, 1)
    fabrik.merpladstilladelse(fabrik.afdeling(afdeling.tilbud, navn="Nord"))
    tag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(0)))
    merplads, almindelig = fabrik.ledig_plads(afdeling, merplads=True), fabrik.ledig_plads(afdeling)
    with pytest.raises(Konflikt, match="merplads, og afdelingen har ingen tilladelse") as fejl:
        tag(merplads)
    assert fejl.value.kode == "ikke_godkendt"
    fabrik.merpladstilladelse(afdeling, fra=fabrik.om(0), til=fabrik.om(40))
    with pytest.raises(Konflikt):
        tag(merplads, Periode(fabrik.om(10), fabrik.om(41)))
    with pytest.raises(Konflikt):
        tag(almindelig)
    tag(merplads)


def test_merplads_is_nobodys_to_take_without_a_permission_though_nothing_or_enough_is_approved(
    afdeling: Afdeling,
) -> None:
    merplads = fabrik.ledig_plads(afdeling, merplads=True)
    for antal in (None, 5):
        if antal is not None:
            fabrik.godkendelse(afdeling.tilbud, antal)
        with pytest.raises(Konflikt, match=f"{fabrik.om(10):%d.%m.%Y}"):
            tag(merplads)
        assert not soeg(fabrik.sagsbehandler(), Behovsprofil(perioden()), nu=nu()).resultater
        hos = kalendere(afdeling.tilbud_id, {afdeling.pk: True}, nu(), loft(afdeling.tilbud_id, nu()))[afdeling.pk][
            "raekker"
        ]
        assert {s.status for s in hos[0]["straekninger"] if s.periode.fra > fabrik.om(0)} <= {"ikke_godkendt"}
    fabrik.merpladstilladelse(afdeling, fra=fabrik.om(5), til=fabrik.om(20))
    with pytest.raises(Konflikt, match=f"{fabrik.om(20):%d.%m.%Y}"):
        tag(merplads)
    fabrik.merpladstilladelse(afdeling, fra=fabrik.om(20), til=fabrik.om(40))
    assert [r.plads.foerste for r in soeg(fabrik.sagsbehandler(), Behovsprofil(perioden()), nu=nu()).resultater] == [
        (merplads.pk,)
    ]
    tag(merplads)


PERIODER = st.builds(
    lambda fra, dage: Periode(fabrik.om(fra), None if dage is None else fabrik.om(fra + dage)),
    st.integers(-5, 15),
    st.none() | st.integers(1, 10),
)


@given(PERIODER, st.lists(st.tuples(PERIODER, st.integers(0, 2)), max_size=4), st.booleans())
def test_days_of_a_merplads_without_a_permission_are_those_no_permission_holds(
    periode: Periode, tilladelser: list[tuple[Periode, int]], merplads: bool
) -> None:
    plads = Pladsdage(periode, frozenset({1}), "a", merplads)
    uden = uden_tilladelse(plads, {"a": tilladelser, "b": [(Periode(fabrik.om(-99)), 9)]}, fabrik.om(0))
    for dag in map(fabrik.om, range(-6, 40)):
        ventet = (
            merplads
            and dag >= fabrik.om(0)
            and periode.indeholder(dag)
            and not any(antal and p.indeholder(dag) for p, antal in tilladelser)
        )
        assert sum(p.indeholder(dag) for p in uden) == ventet


def test_the_database_lets_no_path_take_a_merplads_on_days_without_its_own_departments_permission(
    afdeling: Afdeling,
) -> None:
    plads = fabrik.ledig_plads(afdeling, merplads=True)
    fabrik.merpladstilladelse(fabrik.afdeling(afdeling.tilbud, navn="Nord"))
    for fra, til in ((5, 20), (20, 30)):
        fabrik.merpladstilladelse(afdeling, fra=fabrik.om(fra), til=fabrik.om(til))
    udloeber = nu() + timedelta(days=1)
    for fra, slut in ((4, 10), (25, 31), (40, None)):
        dage = Periode(fabrik.om(fra), None if slut is None else fabrik.om(slut))
        for art, indtil in ((Optagelsesart.OPHOLD, None), (Optagelsesart.HOLD, udloeber)):
            with brud_paa(MERPLADS):
                fabrik.optag(plads, dage, art=art, udloeber=indtil)
    fabrik.optag(plads, Periode(fabrik.om(-9), fabrik.om(0)))  # days gone are facts
    fabrik.optag(plads, Periode(fabrik.om(40)), art=Optagelsesart.LUKKET)  # it is nobody's while it is closed
    fabrik.optag(plads, Periode(fabrik.om(5), fabrik.om(30)))


def test_who_has_a_merplads_keeps_it_when_the_permission_ends_and_gets_no_more_days_without(afdeling: Afdeling) -> None:
    plads = fabrik.ledig_plads(afdeling, merplads=True)
    tilladelse = fabrik.merpladstilladelse(afdeling)
    ophold = fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(30)))
    Merpladstilladelse.objects.filter(pk=tilladelse.pk).update(periode=Periode(fabrik.om(-9), fabrik.om(10)).som_range)
    ophold.periode = Periode(fabrik.om(0), fabrik.om(25)).som_range
    ophold.save()
    for laengere in (Periode(fabrik.om(0), fabrik.om(26)), Periode(fabrik.om(-1), fabrik.om(25))):
        ophold.periode = laengere.som_range
        if laengere.til == fabrik.om(25):
            ophold.save()  # yesterday is a fact
            continue
        with brud_paa(MERPLADS):
            ophold.save()


def test_move_to_a_merplads_needs_the_permission_unless_one_of_the_departments_is_left_for_it(
    afdeling: Afdeling,
) -> None:
    tilladelse = fabrik.merpladstilladelse(afdeling)
    paa_merplads = fabrik.optag(fabrik.ledig_plads(afdeling, merplads=True), Periode(fabrik.om(0), fabrik.om(30)))
    paa_plads = fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(0), fabrik.om(30)))
    tilladelse.delete()
    ny = fabrik.ledig_plads(afdeling, merplads=True)
    for beboer, til in ((paa_plads, 30), (paa_merplads, 31)):
        with pytest.raises(Konflikt, match="ingen tilladelse"):
            flyt(beboer, ny, Periode(fabrik.om(10), fabrik.om(til)))
    # The database says the same, without the action.
    for beboer, til, ventet in ((paa_plads, 30, True), (paa_merplads, 31, True), (paa_merplads, 30, False)):
        with transaction.atomic():
            Optagelse.objects.filter(pk=beboer.pk).update(periode=Periode(fabrik.om(0), fabrik.om(10)).som_range)
            with brud_paa(MERPLADS) if ventet else transaction.atomic():
                fabrik.optag(ny, Periode(fabrik.om(10), fabrik.om(til)))
            transaction.set_rollback(True)
    flyt(paa_merplads, ny, Periode(fabrik.om(10), fabrik.om(30)))


def flyt(optagelse: Optagelse, plads: Plads, periode: Periode) -> Optagelse:
    return flyt_optagelse(optagelse_id=optagelse.pk, plads_id=plads.pk, periode=periode, egne=False)


def for_fuldt(afdeling: Afdeling, *, til: int | None = None) -> Optagelse:
    """One of two who live in an offer that has been approved for one since they came."""
    periode = Periode(fabrik.om(-100), None if til is None else fabrik.om(til))
    beboere = [fabrik.optag(fabrik.ledig_plads(afdeling), periode) for _ in range(2)]
    fabrik.godkendelse(afdeling.tilbud, 1)
    return beboere[-1]


def test_resident_of_an_offer_beyond_its_approval_can_be_moved_within_it_and_nobody_new_comes(
    afdeling: Afdeling,
) -> None:
    beboer, ledig = for_fuldt(afdeling), fabrik.ledig_plads(afdeling)
    flyttet = flyt(beboer, ledig, Periode(fabrik.om(10)))
    beboer.refresh_from_db()
    assert (Periode.af_range(beboer.periode).til, Periode.af_range(flyttet.periode)) == (
        fabrik.om(10),
        Periode(fabrik.om(10)),
    )
    with pytest.raises(Konflikt, match=r"godkendt til 1 pladser .* 3 være taget"):
        tag(beboer.plads, Periode(fabrik.om(10), fabrik.om(40)))
    with brud_paa(NAVN):
        fabrik.optag(beboer.plads, Periode(fabrik.om(10)))


def test_move_that_goes_on_for_longer_than_the_stay_is_new_from_there(afdeling: Afdeling) -> None:
    beboer, ledig = for_fuldt(afdeling, til=30), fabrik.ledig_plads(afdeling)
    fabrik.optag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(30), fabrik.om(60)))
    with pytest.raises(Konflikt, match=rf"{fabrik.om(30):%d.%m.%Y}.* 2 være taget"):
        flyt(beboer, ledig, Periode(fabrik.om(10), fabrik.om(40)))
    beboer.refresh_from_db()
    assert Periode.af_range(beboer.periode).til == fabrik.om(30), "nothing of a refused move is left"
    flyt(beboer, ledig, Periode(fabrik.om(10), fabrik.om(30)))


def test_move_from_a_merplads_to_an_approved_place_takes_one_more_of_those(afdeling: Afdeling) -> None:
    fabrik.merpladstilladelse(afdeling)
    fabrik.godkendelse(afdeling.tilbud, 1)
    tag(fabrik.ledig_plads(afdeling), Periode(fabrik.om(0)))
    beboer = tag(fabrik.ledig_plads(afdeling, merplads=True), Periode(fabrik.om(0)))
    with pytest.raises(Konflikt, match="godkendt til 1 pladser"):
        flyt(beboer, fabrik.ledig_plads(afdeling), Periode(fabrik.om(10)))
    flyt(beboer, fabrik.ledig_plads(afdeling, merplads=True), Periode(fabrik.om(10)))


def test_move_to_another_offer_is_a_new_claim_there(afdeling: Afdeling) -> None:
    andet = fabrik.afdeling(fabrik.tilbud("Egely"))
    for_fuldt(andet)
    beboer = for_fuldt(afdeling)
    with pytest.raises(Konflikt, match="godkendt til 1 pladser"):
        flyt(beboer, fabrik.ledig_plads(andet), Periode(fabrik.om(10)))


def test_what_a_move_gave_up_is_used_once_and_not_after_it_was_undone(afdeling: Afdeling) -> None:
    beboer = for_fuldt(afdeling)
    flyt(beboer, fabrik.ledig_plads(afdeling), Periode(fabrik.om(10)))
    with pytest.raises(Konflikt):
        tag(fabrik.ledig_plads(afdeling))
    anden = Optagelse.objects.filter(periode__contains=fabrik.om(50)).exclude(plads__optagelser=beboer).first()
    assert anden is not None
    with transaction.atomic():
        Optagelse.objects.filter(pk=anden.pk).update(periode=Periode(fabrik.om(-100), fabrik.om(9)).som_range)
        transaction.set_rollback(True)
    with pytest.raises(Konflikt):
        tag(fabrik.ledig_plads(afdeling))


def test_the_database_sees_the_same_moves_as_new_as_the_pure_rule() -> None:
    afviste = gennemfoerte = 0
    for seed in range(40):
        rng = Random(seed)  # noqa: S311 - repeatable, not secret
        with transaction.atomic():
            if _tilfaeldig_flytning(rng):
                afviste += 1
            else:
                gennemfoerte += 1
            transaction.set_rollback(True)
    assert min(afviste, gennemfoerte) > 8, "a control: there are moves of both kinds"


def _tilfaeldig_flytning(rng: Random) -> bool:
    """A move at random in an offer with too many, held against the rule; whether it was refused."""
    tilbud = fabrik.tilbud()
    afdelinger = [fabrik.afdeling(tilbud, navn=navn) for navn in ("Nord", "Syd")]

    def plads() -> Plads:
        return fabrik.ledig_plads(rng.choice(afdelinger), merplads=rng.random() < 0.4)

    def dage(hvor: Plads, periode: Periode) -> Pladsdage:
        return Pladsdage(periode, frozenset(hvor.ugedage), str(hvor.afdeling_id), hvor.merplads)

    for afdeling in afdelinger:
        fabrik.merpladstilladelse(afdeling)
    for _ in range(3):
        fabrik.optag(plads(), Periode(fabrik.om(-9)))
    beboer = fabrik.optag(plads(), Periode(fabrik.om(-9), rng.choice((None, fabrik.om(20)))))
    Merpladstilladelse.objects.filter(afdeling__tilbud=tilbud).delete()
    fabrik.godkendelse(tilbud, 1)
    til = plads()
    periode = Periode(fabrik.om(rng.randint(0, 9)), rng.choice((None, fabrik.om(15), fabrik.om(20), fabrik.om(30))))
    flere = nye_dage(dage(beboer.plads, Periode.af_range(beboer.periode)), dage(til, periode)) is not None
    if not flere and (beboer.plads.merplads or not til.merplads):
        flyt(beboer, til, periode)
        return False
    with pytest.raises(Konflikt) as fejl:
        flyt(beboer, til, periode)
    assert fejl.value.kode == "ikke_godkendt"
    return True


def test_closing_and_reserving_for_own_citizens_takes_nothing_of_what_is_approved(afdeling: Afdeling) -> None:
    fabrik.godkendelse(afdeling.tilbud, 1)
    for art in (Optagelsesart.LUKKET, Optagelsesart.FORBEHOLDT):
        fabrik.optag(fabrik.ledig_plads(afdeling), perioden(), art=art)
    tag(fabrik.ledig_plads(afdeling))


def test_the_database_refuses_exactly_what_the_pure_rule_does() -> None:
    afviste = 0
    for seed in range(25):
        rng = Random(seed)  # noqa: S311 - repeatable, not secret
        with transaction.atomic():
            afviste += _tilfaeldigt_regnskab(rng)
            transaction.set_rollback(True)
    assert afviste > 20, "a control: the ledgers do meet the limit"


def _tilfaeldigt_regnskab(rng: Random) -> int:
    """Claims at random, each held against the rule before the database is asked; how many it refused."""

    def dage() -> Periode:
        fra = rng.randint(-3, 12)
        return Periode(fabrik.om(fra), None if rng.random() < 0.3 else fabrik.om(fra + rng.randint(1, 9)))

    tilbud = fabrik.tilbud()
    afdelinger = [fabrik.afdeling(tilbud, navn=navn) for navn in ("Nord", "Syd")]
    godkendte, tilladte = [], {}
    for kode in rng.sample(["SEL-107", "SEL-108", "SEL-109"], k=rng.randint(1, 2)):
        periode, antal = dage(), rng.randint(0, 2)
        fabrik.godkendelse(tilbud, antal, kode=kode, fra=periode.fra, til=periode.til)
        godkendte.append((periode, antal))
    for afdeling in rng.sample(afdelinger, k=1):
        periode = dage()
        fabrik.merpladstilladelse(afdeling, 1, fra=periode.fra, til=periode.til)
        tilladte[str(afdeling.pk)] = [(periode, 1)]
    taget: list[Pladsdage] = []
    afviste = 0
    for _ in range(8):
        afdeling, merplads = rng.choice(afdelinger), rng.random() < 0.5
        ugedage = sorted(rng.sample(range(1, 8), k=rng.choice((3, 7))))
        plads = fabrik.ledig_plads(afdeling, merplads=merplads, ugedage=ugedage)
        ny = Pladsdage(dage(), frozenset(ugedage), str(afdeling.pk), merplads)
        brud = overskridelser([*taget, ny], godkendte, tilladte, fabrik.om(0), udloebne=True)
        ventet = any(en.periode.overlapper(ny.periode) for en in brud)
        uden = bool(uden_tilladelse(ny, tilladte, fabrik.om(0)))
        if ventet or uden:
            with brud_paa(*([NAVN] * ventet + [MERPLADS] * uden)):
                fabrik.optag(plads, ny.periode)
            afviste += 1
        else:
            fabrik.optag(plads, ny.periode)
            taget.append(ny)
    return afviste


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
@pytest.mark.parametrize("godkendte", [1, 2], ids=["den sidste", "kontrol: der er til begge"])
def test_two_never_share_the_last_approved_place(godkendte: int) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud("Solbakken"))
    fabrik.godkendelse(afdeling.tilbud, godkendte)
    pladser = [fabrik.ledig_plads(afdeling) for _ in range(2)]

    def forsoeg(nummer: int) -> None:
        tag(pladser[nummer])

    resultater = loeb(forsoeg, 2)
    assert sum(r.fejl is None for r in resultater) == godkendte
    assert Optagelse.objects.count() == godkendte


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
@pytest.mark.parametrize("slut", [20, 60], ids=["afkortes", "kontrol: gælder dagene endnu"])
def test_permission_cut_short_beside_a_claim_on_a_merplads_is_seen_by_it(slut: int) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud("Solbakken"))
    tilladelse, plads = fabrik.merpladstilladelse(afdeling), fabrik.ledig_plads(afdeling, merplads=True)
    afkortet = Event()

    def forsoeg(nummer: int) -> None:
        if nummer == 1:
            afkortet.wait(timeout=20)
            tag(plads)  # the action has looked at the permission as it was before, and so would the database
            return
        with transaction.atomic():
            dage = Periode(fabrik.FOR_LAENGE_SIDEN, fabrik.om(slut))
            Merpladstilladelse.objects.filter(pk=tilladelse.pk).update(periode=dage.som_range)
            afkortet.set()
            til_en_venter()

    afkortning, krav = loeb(forsoeg, 2)
    assert afkortning.fejl is None
    assert krav.fejl == ("ikke_godkendt" if slut == 20 else None)
    assert Optagelse.objects.count() == (0 if slut == 20 else 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
@pytest.mark.parametrize("godkendte", [1, 3], ids=["for fuldt", "kontrol: der er til begge"])
def test_moving_while_somebody_new_asks_lets_nobody_new_in(godkendte: int) -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud("Solbakken"))
    beboer = for_fuldt(afdeling)
    Tilsynsgodkendelse.objects.update(pladser=godkendte)
    pladser = [fabrik.ledig_plads(afdeling) for _ in range(2)]

    def forsoeg(nummer: int) -> None:
        if nummer == 0:
            flyt(beboer, pladser[0], Periode(fabrik.om(10)))
        else:
            tag(pladser[1])

    flytning, ny = loeb(forsoeg, 2)
    assert flytning.fejl is None
    assert (ny.fejl is None) == (godkendte == 3)


def test_expired_approval_is_marked_on_the_page_in_the_calendar_and_in_the_search(afdeling: Afdeling) -> None:
    fabrik.ledig_plads(afdeling)
    fabrik.bekraeftet(afdeling)
    godkendelse = fabrik.godkendelse(afdeling.tilbud, 5, til=fabrik.om(-3))
    udloeb = f"Godkendelsen udløb {fabrik.om(-4):%d.%m.%Y}"
    sagsbehandler = Client()
    sagsbehandler.force_login(Bruger.objects.get(pk=fabrik.sagsbehandler().identitet.removeprefix("bruger:")))
    side = reverse("tilbud:detalje", args=[afdeling.tilbud_id])
    valg = {"fra": fabrik.om(10).isoformat(), "til": fabrik.om(40).isoformat()}
    html = sagsbehandler.get(side).content.decode()
    assert "Socialtilsynets godkendelse er udløbet" in html
    assert html.count(udloeb) == 2, "beside the reports, and above the calendar"
    kun_til = f"Socialtilsynets godkendelse gælder kun til og med {fabrik.om(-4):%d.%m.%Y}"
    assert kun_til in sagsbehandler.get(reverse("soegning:udeladte"), valg).content.decode()
    leder = Client()
    leder.force_login(Bruger.objects.get(pk=fabrik.tilbudsleder().identitet.removeprefix("bruger:")))
    assert udloeb in leder.get(reverse("tilbud:belaegning"), {"tilbud": str(afdeling.tilbud_id)}).content.decode()
    Tilsynsgodkendelse.objects.filter(pk=godkendelse.pk).update(periode=Periode(fabrik.FOR_LAENGE_SIDEN).som_range)
    for url, data in ((side, {}), (reverse("soegning:soeg"), valg)):
        assert "Godkendelsen udløb" not in sagsbehandler.get(url, data).content.decode()


@pytest.mark.parametrize(("slut", "ventet"), [(41, None), (40, None), (39, 38), (None, None)])
def test_hit_tells_the_last_approved_day_when_it_is_before_the_last_of_the_period(
    afdeling: Afdeling, slut: int | None, ventet: int | None
) -> None:
    fabrik.merpladstilladelse(afdeling)
    fabrik.ledig_plads(afdeling, merplads=True)
    fabrik.godkendelse(afdeling.tilbud, 5, til=None if slut is None else fabrik.om(slut))
    (fund,) = soeg(fabrik.sagsbehandler(), Behovsprofil(perioden()), nu=nu()).resultater
    assert fund.godkendelse_udloeber == (None if ventet is None else fabrik.om(ventet))


def test_any_place_of_a_department_passes_over_those_that_are_too_many(afdeling: Afdeling) -> None:
    fabrik.godkendelse(afdeling.tilbud, 0, kode="SEL-108")
    fabrik.godkendelse(afdeling.tilbud, 1, til=fabrik.om(5))
    fabrik.merpladstilladelse(afdeling)
    fabrik.ledig_plads(afdeling, betegnelse="1")
    merplads = fabrik.ledig_plads(afdeling, betegnelse="2", merplads=True)
    hvad: dict[str, Any] = {
        "afdeling_id": afdeling.pk,
        "periode": perioden(),
        "art": Optagelsesart.OPHOLD,
        "egne": False,
        "beboer": False,
    }
    assert tag_en_plads(**hvad).plads == merplads
    with pytest.raises(Konflikt) as fejl:
        tag_en_plads(**hvad)
    assert fejl.value.kode == "ikke_godkendt"


def test_approval_of_a_basis_the_offer_no_longer_delivers_under_is_no_mark(afdeling: Afdeling) -> None:
    fabrik.godkendelse(afdeling.tilbud, 5, kode="SEL-108", til=fabrik.om(-3))
    assert bloklister(afdeling.tilbud_id, fabrik.om(0)).udloebne == []
    afdeling.tilbud.hjemler.add(fabrik.hjemmel("SEL-108"))
    assert [u.fra for u in bloklister(afdeling.tilbud_id, fabrik.om(0)).udloebne] == [fabrik.om(-3)]
