"""An agreement's way through its life: what may follow what, what each step demands, and who must approve a new version again."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.tid import Periode, idag
from kommuner.models import KkrMedlemskab
from rammeaftale.actions import (
    flyt,
    ny_version,
    opret_aftale,
    opret_allonge,
    registrer_faktum,
    registrer_offentliggoerelse,
)
from rammeaftale.actions.trin import Faktum
from rammeaftale.livscyklus import OVERGANGE, Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Aftaletrin, Genstart, Godkendelse, Part, Rammeaftale
from rammeaftale.queries import genstarter, partsstande, seneste_version
from rammeaftale.tekst.actions import Klausulindhold, lad_udgaa, ret_klausul
from rammeaftale.tekst.queries import klausuler
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, godkend, kladde, klausul, send, sendt, tag, tom_kladde
from tests.rammeaftale.moeder.situationer import REFERAT
from tests.rammeaftale.rapporter.situationer import beslut

pytestmark = pytest.mark.django_db


def nyeste(aftale: Rammeaftale) -> Any:
    version = seneste_version(aftale)
    assert version is not None
    return version


def ny(aftale: Rammeaftale) -> None:
    ny_version(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, dato=idag(), begrundelse="Afsnit 3 er rettet")


def efterproev() -> None:
    """Let the database look at what waits for the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def afvist_af_databasen(skriv: Callable[[], object], hvorfor: str = "før alle parter") -> bool:
    """Whether the database refuses it when it is to be committed."""
    try:
        with transaction.atomic():
            skriv()
            efterproev()
    except IntegrityError as fejl:
        return hvorfor in str(fejl)
    return False


def test_new_agreement_has_the_parties_of_the_register_each_in_its_days() -> None:
    region = fabrik.region()
    region.periode = Periode(date(2007, 1, 1), date(2028, 1, 1)).som_range
    region.save()
    aftale = kladde("Rødovre", "Herlev")
    fabrik.kommune("Odense", i="KKR Syddanmark")
    assert [str(part) for part in aftale.parter.all()] == ["Herlev Kommune", "Region Hovedstaden", "Rødovre Kommune"]
    assert aftale.tilstand == Aftaletilstand.KLADDE
    assert nyeste(aftale).nummer == 1


@pytest.mark.parametrize("fra", list(Aftaletilstand))
@pytest.mark.parametrize("til", list(Aftaletilstand))
def test_only_the_steps_of_the_table_can_be_taken(fra: Aftaletilstand, til: Aftaletilstand) -> None:
    aftale = fabrik.aftale(tilstand=fra)
    egne = {Aftaletilstand.SENDT, Aftaletilstand.VEDTAGET}  # with actions of their own
    if til in OVERGANGE[fra] - egne and (fra, til) != (Aftaletilstand.SENDT, Aftaletilstand.KLADDE):
        tag(aftale, til)
        aftale.refresh_from_db()
        assert aftale.tilstand == til
        trin = Aftaletrin.objects.get()
        assert (trin.fra, trin.til, trin.version, trin.dato) == (fra, til, nyeste(aftale), idag())
        assert Haendelse.objects.filter(type=f"rammeaftale.{til.value}").count() == 1
    else:
        with pytest.raises(Konflikt) as fejl:
            tag(aftale, til)
        assert fejl.value.kode == "overgang_ikke_mulig"
        assert not Aftaletrin.objects.exists()


@pytest.mark.parametrize(
    ("til", "felter"),
    [
        (Aftaletilstand.KLADDE, {"begrundelse"}),
        (Aftaletilstand.BORTFALDET, {"begrundelse"}),
    ],
)
def test_step_tells_everything_it_lacks_at_once(til: Aftaletilstand, felter: set[str]) -> None:
    aftale = fabrik.aftale(tilstand=Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(UgyldigtInput) as fejl:
        flyt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id, til=til, dato=fabrik.om(1))
    assert set(fejl.value.felter) == felter | {"dato"}


def test_step_is_not_older_than_the_one_it_follows() -> None:
    aftale = kladde()
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    with pytest.raises(UgyldigtInput, match="felterne") as fejl:
        flyt(
            aktoer=fabrik.sekretariat(),
            aftale_id=aftale.id,
            til=Aftaletilstand.BORTFALDET,
            dato=fabrik.om(-1),
            begrundelse="x",
        )
    assert "før det forrige trin" in fejl.value.felter["dato"][0]


def test_municipality_and_another_secretariat_take_no_step() -> None:
    aftale = kladde()
    for aktoer, fejl in ((fabrik.sagsbehandler(), IngenAdgang), (fabrik.sekretariat("KKR Syddanmark"), IkkeFundet)):
        with pytest.raises(fejl):
            flyt(aktoer=aktoer, aftale_id=aftale.id, til=Aftaletilstand.EMBEDSMANDSUDVALG, dato=idag())
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.KLADDE


def test_sending_demands_the_recommendation_and_a_deadline_that_is_not_past() -> None:
    aftale = kladde()
    with pytest.raises(Konflikt):
        send(aftale)
    anbefal(aftale)
    send(aftale)
    aftale.refresh_from_db()
    assert (aftale.tilstand, nyeste(aftale).sendt, aftale.godkendelsesfrist) == ("sendt", idag(), fabrik.om(90))


def test_new_version_after_a_rejection_keeps_the_old_steps_and_goes_the_whole_way_again() -> None:
    aftale = sendt()
    part = aftale.parter.all()[0]
    beslut(aftale, part, Partsstatus.AFVIST, dato=idag())
    ny(aftale)
    aftale.refresh_from_db()
    assert (aftale.tilstand, nyeste(aftale).nummer, nyeste(aftale).begrundelse) == ("kladde", 2, "Afsnit 3 er rettet")
    assert Godkendelse.objects.count() == 1


def test_decision_on_the_version_called_back_counts_for_the_next_one_as_if_it_had_come_before() -> None:
    aftale = sendt()
    gladsaxe, herlev = (aftale.parter.get(organisation__navn=f"{navn} Kommune") for navn in ("Gladsaxe", "Herlev"))
    ny(aftale)
    beslut(aftale, gladsaxe, dato=idag())
    anbefal(aftale)
    beslut(aftale, herlev, Partsstatus.AFVIST, dato=idag())
    send(aftale, Aendringsart.REDAKTIONEL)
    grunde = {str(en.part): en.grund for en in genstarter(nyeste(aftale))}
    assert "Gladsaxe Kommune" not in grunde
    assert grunde["Herlev Kommune"] == "afvist"
    assert {stand.part.id for stand in partsstande(nyeste(aftale)) if stand.seneste} == {gladsaxe.id}


@pytest.mark.parametrize(
    ("aendring", "beroert", "genstartes"),
    [
        (Aendringsart.REDAKTIONEL, False, {"Herlev Kommune": "afvist", "Rødovre Kommune": "ikke_godkendt"}),
        (
            Aendringsart.NOGLE_PARTER,
            True,
            {"Herlev Kommune": "afvist", "Rødovre Kommune": "ikke_godkendt", "Gladsaxe Kommune": "beroert"},
        ),
        (
            Aendringsart.ALLE_PARTER,
            False,
            {
                "Herlev Kommune": "afvist",
                "Rødovre Kommune": "ikke_godkendt",
                "Gladsaxe Kommune": "beroert",
                "Region Hovedstaden": "beroert",
            },
        ),
    ],
)
def test_new_version_restarts_exactly_the_parties_whose_approval_it_needs(
    aendring: Aendringsart, beroert: bool, genstartes: dict[str, str]
) -> None:
    aftale = sendt()
    parter = {part.organisation.navn: part for part in aftale.parter.all()}
    for navn in ("Gladsaxe Kommune", "Region Hovedstaden"):
        beslut(aftale, parter[navn], dato=idag())
    beslut(aftale, parter["Herlev Kommune"], Partsstatus.AFVIST, dato=idag())
    ny(aftale)
    anbefal(aftale)
    send(aftale, aendring, {parter["Gladsaxe Kommune"].id} if beroert else ())
    version = nyeste(aftale)
    assert {str(en.part): en.grund for en in genstarter(version)} == genstartes
    stande = {str(stand.part): stand for stand in partsstande(version)}
    for navn, stand in stande.items():
        assert (stand.status is Partsstatus.AFVENTER) == (navn in genstartes)
        if stand.seneste:
            assert stand.seneste.viderefoert_fra is not None
            assert stand.seneste.viderefoert_fra.version.nummer == 1
    for navn in genstartes:
        beslut(aftale, parter[navn], dato=idag())
    aftale.refresh_from_db()
    assert aftale.tilstand == Aftaletilstand.VEDTAGET
    efterproev()


def ret(aftale: Rammeaftale, tekst: str) -> None:
    """Write the first clause of the draft otherwise."""
    udgave = klausuler(nyeste(aftale))[0].udgave
    ret_klausul(
        aktoer=fabrik.sekretariat(),
        aftale_id=aftale.id,
        klausul_id=udgave.klausul_id,
        laest=udgave.udgave,
        indhold=Klausulindhold(udgave.nummer, udgave.overskrift, tekst),
    )


def test_clause_written_otherwise_is_only_language_when_that_is_confirmed() -> None:
    aftale = sendt()
    godkend(aftale, "Herlev Kommune")
    ny(aftale)
    ret(aftale, "Parterne følger de vilkår, der er aftalt.")
    anbefal(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale, Aendringsart.REDAKTIONEL)
    assert set(fejl.value.felter) == {"kun_sprog"}
    send(aftale, Aendringsart.REDAKTIONEL, kun_sprog=True)
    assert {str(en.part) for en in genstarter(nyeste(aftale))} == {"Herlev Kommune"}


def test_new_or_dropped_clause_is_never_only_language() -> None:
    aftale = kladde()
    uden_vilkaar = klausul(aftale, "4", "Parterne mødes to gange om året.")
    anbefal(aftale)
    send(aftale)
    godkend(aftale, "Herlev Kommune")
    gladsaxe = aftale.parter.get(organisation__navn="Gladsaxe Kommune").id
    udgaar = partial(lad_udgaa, aktoer=fabrik.sekretariat(), aftale_id=aftale.id, klausul_id=uden_vilkaar.klausul_id)
    for skriv in (partial(udgaar, laest=2), partial(klausul, aftale, "5", "Regionen betaler.")):
        ny(aftale)
        skriv()
        anbefal(aftale)
        with pytest.raises(UgyldigtInput, match="felterne") as fejl:
            send(aftale, Aendringsart.REDAKTIONEL, kun_sprog=True)
        assert "ikke kun sproglige" in fejl.value.felter["aendring"][0]
        send(aftale, Aendringsart.NOGLE_PARTER, {gladsaxe})
        assert {str(en.part) for en in genstarter(nyeste(aftale))} == {"Herlev Kommune", "Gladsaxe Kommune"}
        beslut(aftale, aftale.parter.get(pk=gladsaxe), dato=idag())


def test_second_version_cannot_be_sent_without_saying_what_has_changed_and_for_whom() -> None:
    aftale, anden = sendt(), fabrik.aftale(slug="en-anden", i="KKR Midtjylland", parter=("Odder",))
    fremmed = anden.parter.all()[0]
    ny(aftale)
    anbefal(aftale)
    with pytest.raises(UgyldigtInput) as fejl:
        send(aftale)
    assert set(fejl.value.felter) == {"aendring"}
    for beroerte in ((), {fremmed.id}):
        with pytest.raises(UgyldigtInput) as fejl:
            send(aftale, Aendringsart.NOGLE_PARTER, beroerte)
        assert set(fejl.value.felter) == {"beroerte"}
    assert not Genstart.objects.exists()


def test_lapsed_agreement_has_no_way_back() -> None:
    aftale = sendt()
    tag(aftale, Aftaletilstand.BORTFALDET)
    for til in Aftaletilstand:
        with pytest.raises(Konflikt):
            tag(aftale, til)
    with pytest.raises(Konflikt):
        ny(aftale)


def test_late_approval_adopts_after_the_start_with_the_parties_of_that_day() -> None:
    aftale = fabrik.aftale(fra=date(2026, 1, 1), til=date(2028, 1, 1), parter=("Rødovre", "Gladsaxe"))
    til = date(2026, 6, 1)
    KkrMedlemskab.objects.filter(kommune__kortnavn="Gladsaxe").update(periode=Periode(date(2007, 1, 1), til).som_range)
    gladsaxe = Periode(date(2026, 1, 1), til).som_range
    Part.objects.filter(organisation__navn="Gladsaxe Kommune").update(periode=gladsaxe)
    beslut(aftale, aftale.parter.get(organisation__navn="Rødovre Kommune"), dato=date(2026, 9, 30))
    aftale.refresh_from_db()
    assert (aftale.tilstand, aftale.vedtaget) == (Aftaletilstand.VEDTAGET, date(2026, 9, 30))
    efterproev()


def test_two_agreements_of_one_kkr_are_never_adopted_for_the_same_day() -> None:
    fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET)
    with pytest.raises(IntegrityError, match="rammeaftale_en_i_kraft_ad_gangen"), transaction.atomic():
        fabrik.aftale(tilstand=Aftaletilstand.VEDTAGET, slug="en-til", fra=date(2028, 12, 31), til=date(2030, 1, 1))


def test_facts_of_an_adopted_agreement_are_dated_after_the_adoption() -> None:
    aftale = sendt()
    sekretariat = fabrik.sekretariat()
    for faktum in Faktum:
        with pytest.raises(Konflikt, match="ikke vedtaget"):
            registrer_faktum(aktoer=sekretariat, aftale_id=aftale.id, faktum=faktum, dato=idag())
    godkend(aftale)
    for faktum in Faktum:
        with pytest.raises(UgyldigtInput):
            registrer_faktum(aktoer=sekretariat, aftale_id=aftale.id, faktum=faktum, dato=fabrik.om(-1))
        registrer_faktum(aktoer=sekretariat, aftale_id=aftale.id, faktum=faktum, dato=idag())
    aftale.refresh_from_db()
    assert (aftale.offentliggjort, aftale.sendt_til_styrelsen) == (idag(), idag())


def test_publication_is_registered_for_each_municipality_and_not_for_the_region() -> None:
    aftale = sendt()
    godkend(aftale)
    kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.id, "dato": idag(), "url": REFERAT}
    kommune = aftale.parter.get(organisation__navn="Herlev Kommune")
    registrer_offentliggoerelse(part_id=kommune.id, **kald)
    with pytest.raises(IkkeFundet):
        registrer_offentliggoerelse(part_id=aftale.parter.get(organisation__art="region").id, **kald)
    with pytest.raises(UgyldigtInput) as fejl:
        registrer_offentliggoerelse(part_id=kommune.id, **{**kald, "dato": fabrik.om(1), "url": "herlev.dk"})
    assert set(fejl.value.felter) == {"dato", "url"}
    assert kommune.offentliggoerelser.get().url == REFERAT


def test_allonge_has_the_parties_of_its_agreement_and_a_life_of_its_own() -> None:
    aftale = sendt("Rødovre", "Herlev")
    kald: dict[str, Any] = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.id, "titel": "Allonge 1"}
    with pytest.raises(Konflikt, match="ikke vedtaget"):
        opret_allonge(fra=date(2027, 7, 1), **kald)
    godkend(aftale)
    for uden_for in (date(2026, 12, 31), date(2029, 1, 1)):
        with pytest.raises(UgyldigtInput):
            opret_allonge(fra=uden_for, **kald)
    allonge = opret_allonge(fra=date(2027, 7, 1), **kald)
    assert allonge.aftaleperiode == Periode(date(2027, 7, 1), date(2029, 1, 1))
    assert {str(part) for part in allonge.parter.all()} == {str(part) for part in aftale.parter.all()}
    anbefal(allonge)
    send(allonge)
    godkend(allonge)
    assert allonge.tilstand == Aftaletilstand.VEDTAGET
    with pytest.raises(Konflikt, match="ikke en anden allonge"):
        opret_allonge(fra=date(2028, 1, 1), **{**kald, "aftale_id": allonge.id})
    efterproev()


def test_agreement_is_begun_by_a_secretariat_with_a_title_and_a_period() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        opret_aftale(aktoer=fabrik.sekretariat(), titel=" ", fra=date(2027, 1, 1), til=date(2027, 1, 1))
    assert set(fejl.value.felter) == {"titel", "til"}
    with pytest.raises(IngenAdgang):
        opret_aftale(aktoer=fabrik.sagsbehandler(), titel="Vores", fra=date(2027, 1, 1), til=date(2029, 1, 1))
    slugs = [tom_kladde().slug for _ in range(3)]
    assert slugs == ["rammeaftale-2027", "rammeaftale-2027-2", "rammeaftale-2027-3"]
