"""An import changes nothing before a second person has approved it, and then all of it or nothing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from faelles.aktoer import Aktoer
from faelles.fejl import IkkeFundet, IngenAdgang, Konflikt, UgyldigtInput
from faelles.models import Haendelse
from faelles.regneark.indlaesning import FLEST_FEJL
from faelles.scope import saet_database_aktoer
from faelles.tid import Periode, nu
from kommuner.models import Rolle
from tests import fabrik
from tests.kaploeb import loeb
from tests.tilbud.registerimport.situationer import (
    AFDELING,
    MERPLADS,
    PLADS,
    TILBUD,
    bog,
    forudsaetninger,
    hele,
    kladde,
    ventende_import,
)
from tilbud.belaegning.models import Optagelsesart
from tilbud.models import (
    Afdeling,
    Importtilstand,
    Plads,
    Registerimport,
    Tilbud,
    Tilsynsgodkendelse,
)
from tilbud.registerimport import actions
from tilbud.registerimport.actions import afvis, godkend, proev_fil, send, traek

pytestmark = pytest.mark.django_db


def gennemfoert(fil: bytes | None = None) -> Registerimport:
    return godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(fil).pk)


def regler(registerimport: Registerimport) -> list[tuple[str, int, str]]:
    return [(ark, raekke, kolonne) for ark, raekke, kolonne, *_ in registerimport.fejl]


def set_af(aktoer: Aktoer, registerimport: Registerimport) -> Registerimport:
    return Registerimport.objects.synlige_for(aktoer).get(pk=registerimport.pk)


def test_first_time_makes_everything_and_only_after_approval() -> None:
    ventende = ventende_import(
        hele(Adresse="Kærvej 1", **{"Alder fra": 18, "Alder til": 65, "Kan rumme": "Aktivt misbrug"})
    )
    assert (ventende.nye, ventende.aendrede, ventende.uaendrede) == (3, 0, 0)
    assert not Tilbud.objects.exists()
    godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    tilbud = Tilbud.objects.get()
    assert (tilbud.ekstern_id, tilbud.navn, tilbud.adresse, tilbud.alder_til) == ("T1", "Kærgården", "Kærvej 1", 65)
    assert tilbud.driftsherre == fabrik.kommune("Gladsaxe").organisation
    assert [h.pk for h in tilbud.hjemler.all()] == ["SEL-107"]
    assert tilbud.rummer == ["aktivt_misbrug"]
    plads = Plads.objects.get()
    assert (plads.afdeling.navn, plads.betegnelse, plads.ugedage) == ("Hovedhuset", "Bolig 1", [1, 2, 3, 4, 5, 6, 7])
    assert Haendelse.objects.filter(type="register.importeret", entitet_id=str(ventende.pk)).count() == 1


def test_again_there_is_nothing_to_do_and_nothing_to_send() -> None:
    gennemfoert()
    leder = fabrik.tilbudsleder()
    igen = kladde(af=leder)
    assert (igen.nye, igen.aendrede, igen.uaendrede, igen.fejl) == (0, 0, 3, [])
    with pytest.raises(Konflikt, match="ændrer intet"):
        send(aktoer=leder, import_id=igen.pk)


def test_changed_row_tells_before_and_after_and_leaves_the_rest() -> None:
    gennemfoert(hele(Adresse="Kærvej 1"))
    uden_adresse = ventende_import(bog([{**TILBUD, "Navn": "Kærhuset"}], [], [{**PLADS, "Sidste dag": "2027-12-31"}]))
    felter = [aendring["felter"] for aendring in uden_adresse.indhold["aendringer"]]
    assert felter == [{"navn": ["Kærgården", "Kærhuset"]}, {"sidste_dag": [None, "2027-12-31"]}]
    godkend(aktoer=fabrik.tilbudsleder(), import_id=uden_adresse.pk)
    assert Tilbud.objects.get().adresse == "Kærvej 1"
    plads = Plads.objects.get()
    assert Periode.af_range(plads.periode) == Periode(date(2027, 1, 1), date(2028, 1, 1))


def test_what_matters_to_others_in_a_file_waits_for_the_second_person() -> None:
    gennemfoert()
    Tilbud.objects.update(beskyttet_adresse=True)

    def fakta() -> tuple[object, ...]:
        tilbud, plads = Tilbud.objects.get(), Plads.objects.get()
        return (
            tilbud.beskyttet_adresse,
            tilbud.rummer_ikke,
            tilbud.fysiske_traek,
            plads.forbeholdt_egne,
            plads.forbeholdt_beboere,
        )

    aendret = {"Beskyttet adresse": "nej", "Kan ikke rumme": "Aktivt misbrug", "Fysiske forhold": "Elevator"}
    foerste = fabrik.tilbudsleder()
    ventende = ventende_import(
        bog(
            [{**TILBUD, **aendret}],
            [AFDELING],
            [{**PLADS, "Art": "Dagplads", "Forbeholdt egne": "ja", "Forbeholdt beboere": "ja"}],
        ),
        af=foerste,
    )
    assert {felt: par for a in ventende.indhold["aendringer"] for felt, par in a["felter"].items()} == {
        "beskyttet_adresse": [True, False],
        "rummer_ikke": [[], ["aktivt_misbrug"]],
        "fysiske_traek": [[], ["elevator"]],
        "art": ["doegn", "dag"],
        "forbeholdt_egne": [False, True],
        "forbeholdt_beboere": [False, True],
    }
    with pytest.raises(Konflikt, match="En anden"):
        godkend(aktoer=foerste, import_id=ventende.pk)
    assert fakta() == (True, [], [], False, False)
    godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    assert fakta() == (False, ["aktivt_misbrug"], ["elevator"], True, True)


def test_empty_cell_empties_and_missing_column_leaves() -> None:
    gennemfoert(hele(Adresse="Kærvej 1", Beskrivelse="Et roligt sted"))
    gennemfoert(bog([{**TILBUD, "Adresse": ""}]))
    tilbud = Tilbud.objects.get()
    assert (tilbud.adresse, tilbud.beskrivelse) == ("", "Et roligt sted")


def test_row_is_known_by_the_platforms_id_as_well() -> None:
    tilbud = fabrik.tilbud("Lindegården", i="Gladsaxe")
    gennemfoert(bog([{**TILBUD, "Id": str(tilbud.pk)}], [{**AFDELING, "Tilbud": str(tilbud.pk)}]))
    tilbud.refresh_from_db()
    assert (Tilbud.objects.count(), tilbud.navn, tilbud.afdelinger.get().ekstern_id) == (1, "Kærgården", "A1")


def test_same_offer_by_both_its_ids_is_a_fault() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe", ekstern_id="T1")
    fundet = kladde(bog([TILBUD, {**TILBUD, "Id": str(tilbud.pk), "Navn": "Andet"}]))
    assert regler(fundet) == [("Tilbud", 3, "Id")]


@pytest.mark.parametrize(
    ("fil", "ventet"),
    [
        (bog([TILBUD], [{**AFDELING, "Tilbud": "T9"}]), ("Afdelinger", 2, "Tilbud")),
        (bog([TILBUD], [AFDELING], [{**PLADS, "Tilbud": "T9"}]), ("Pladser", 2, "Tilbud")),
        (bog([TILBUD], [AFDELING], [{**PLADS, "Afdeling": "A9"}]), ("Pladser", 2, "Afdeling")),
        (bog([{**TILBUD, "Alder fra": 30, "Alder til": 30}]), ("Tilbud", 2, "Alder til")),
        (
            bog([{**TILBUD, "Kan rumme": "Aktivt misbrug", "Kan ikke rumme": "Aktivt misbrug"}]),
            ("Tilbud", 2, "Kan ikke rumme"),
        ),
        (
            bog([TILBUD], [AFDELING], [{**PLADS, "Sidste dag": "2026-12-31"}]),
            ("Pladser", 2, "Sidste dag"),
        ),
        (bog([{**TILBUD, "Beskyttet adresse": "ja", "Adresse": "Kærvej 1"}]), ("Tilbud", 2, "Adresse")),
        (bog([{**TILBUD, "Hjemler": "SEL-109"}]), ("Tilbud", 2, "Beskyttet adresse")),
        (bog([{**TILBUD, "Længdegrad": "12,5"}]), ("Tilbud", 2, "Breddegrad")),
        (bog([{**TILBUD, "CVR-nummer": "1234567"}]), ("Tilbud", 2, "CVR-nummer")),
        (bog([{**TILBUD, "P-nummer": "123456789"}]), ("Tilbud", 2, "P-nummer")),
        (bog([{**TILBUD, "P-nummer": "010203-1234"}]), ("Tilbud", 2, "P-nummer")),
        (bog([{**TILBUD, "P-nummer": "01.02.03 1234"}]), ("Tilbud", 2, "P-nummer")),
        (bog([{**TILBUD, "Hjemler": "SEL-999"}]), ("Tilbud", 2, "Hjemler")),
        (bog([{**TILBUD, "Kommune": "Atlantis"}]), ("Tilbud", 2, "Kommune")),
        (bog([{**TILBUD, "Beskrivelse": "Bo 010190-1234"}]), ("Tilbud", 2, "Beskrivelse")),
        (bog([{**TILBUD, "Lukket fra": "snart"}]), ("Tilbud", 2, "Lukket fra")),
        (bog([TILBUD, TILBUD]), ("Tilbud", 3, "Id")),
        (bog([{**TILBUD, "Uden pladser": "ja"}], [AFDELING], [PLADS]), ("Pladser", 2, "Tilbud")),
        (
            bog([TILBUD], [AFDELING], [PLADS, {**PLADS, "Id": "P2"}]),
            ("Pladser", 3, "Betegnelse"),
        ),
        (
            bog([{**TILBUD, "Id på Tilbudsportalen": "77"}, {**TILBUD, "Id": "T2", "Id på Tilbudsportalen": "77"}]),
            ("Tilbud", 3, "Id på Tilbudsportalen"),
        ),
    ],
    ids=lambda vaerdi: " ".join(map(str, vaerdi)) if isinstance(vaerdi, tuple) else "",
)
def test_broken_rule_is_told_with_sheet_row_and_column(fil: bytes, ventet: tuple[str, int, str]) -> None:
    fabrik.hjemmel("SEL-109")
    leder = fabrik.tilbudsleder()
    fundet = kladde(fil, af=leder)
    assert regler(fundet) == [ventet]
    with pytest.raises(Konflikt):
        send(aktoer=leder, import_id=fundet.pk)


def test_every_fault_is_told_at_once() -> None:
    fil = bog([{**TILBUD, "Kommune": "Atlantis"}], [{**AFDELING, "Tilbud": "T9"}], [{**PLADS, "Art": "Telt"}])
    assert {ark for ark, _, _ in regler(kladde(fil))} == {"Tilbud", "Afdelinger", "Pladser"}


def test_old_hjemmel_is_read_as_the_one_that_replaced_it() -> None:
    ny = fabrik.hjemmel("BL-43")
    gammel = fabrik.hjemmel("SEL-66")
    gammel.erstattes_af = ny
    gammel.save()
    gennemfoert(hele(Hjemler="SEL-66"))
    assert [h.pk for h in Tilbud.objects.get().hjemler.all()] == ["BL-43"]


def test_id_of_another_operator_is_refused() -> None:
    fremmed = fabrik.tilbud(i="Herlev", tilbudsportal_id="77")
    assert regler(kladde(bog([{**TILBUD, "Id": str(fremmed.pk)}]))) == [("Tilbud", 2, "Id")]
    assert regler(kladde(bog([{**TILBUD, "Id på Tilbudsportalen": "77"}]))) == [("Tilbud", 2, "Id på Tilbudsportalen")]


def test_another_operators_own_id_is_no_hindrance() -> None:
    fabrik.tilbud(i="Herlev", ekstern_id="T1")
    assert kladde().nye == 3


def test_leader_of_single_offers_changes_those_only() -> None:
    eget, andet = (fabrik.tilbud(i="Gladsaxe", ekstern_id=ord_) for ord_ in ("T1", "T2"))
    leder = fabrik.tilbudsleder_for(eget)
    assert kladde(bog([TILBUD]), af=leder).aendrede == 1
    for ord_ in ("T2", str(andet.pk), "T3"):
        assert regler(kladde(bog([{**TILBUD, "Id": ord_}]), af=leder)) == [("Tilbud", 2, "Id")]


def test_leader_of_single_offers_sees_imports_of_those_only() -> None:
    eget, andet = (fabrik.tilbud(i="Gladsaxe", ekstern_id=ord_) for ord_ in ("T1", "T2"))
    leder, ny = fabrik.tilbudsleder_for(eget), ventende_import(bog([{**TILBUD, "Id": "T3"}]))
    mit, dit = ventende_import(bog([TILBUD])), ventende_import(bog([{**TILBUD, "Id": "T2"}]))
    assert andet.pk in dit.tilbud
    with pytest.raises(IkkeFundet):
        godkend(aktoer=leder, import_id=dit.pk)
    with pytest.raises(IkkeFundet):
        godkend(aktoer=leder, import_id=ny.pk)
    assert godkend(aktoer=leder, import_id=mit.pk).tilstand == Importtilstand.GENNEMFOERT


def test_same_person_cannot_approve_or_decline_in_the_action() -> None:
    leder = fabrik.tilbudsleder()
    ventende = ventende_import(af=leder)
    with pytest.raises(Konflikt) as godkendt_fejl:
        godkend(aktoer=leder, import_id=ventende.pk)
    with pytest.raises(Konflikt) as afvist_fejl:
        afvis(aktoer=leder, import_id=ventende.pk, grund="Nej")
    assert {godkendt_fejl.value.kode, afvist_fejl.value.kode} == {"to_personer"}
    assert not Tilbud.objects.exists()


@pytest.mark.parametrize("tilstand", [Importtilstand.GENNEMFOERT, Importtilstand.AFVIST])
def test_same_person_cannot_approve_or_decline_in_the_database(tilstand: Importtilstand) -> None:
    leder = fabrik.tilbudsleder()
    ventende = set_af(leder, ventende_import(af=leder))
    ventende.tilstand, ventende.grund = tilstand, "Nej"
    ventende.afgjort_af, ventende.afgjort = leder.identitet, ventende.bestilt
    with pytest.raises(IntegrityError, match="registerimport_to_personer"), transaction.atomic():
        ventende.save()


def test_draft_is_seen_by_the_one_who_made_it_and_replaced_by_her_next() -> None:
    leder = fabrik.tilbudsleder()
    foerste = kladde(af=leder)
    with pytest.raises(IkkeFundet):
        send(aktoer=fabrik.tilbudsleder(), import_id=foerste.pk)
    kladde(af=leder)
    with pytest.raises(IkkeFundet):
        send(aktoer=leder, import_id=foerste.pk)


def test_foreign_operator_does_not_find_it_even_without_the_manager() -> None:
    ventende, fremmed = ventende_import(), fabrik.tilbudsleder("Herlev")
    for handling in (godkend, traek, send):
        with pytest.raises(IkkeFundet):
            handling(aktoer=fremmed, import_id=ventende.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        saet_database_aktoer(fremmed)
        cursor.execute("select count(*) from tilbud_registerimport")
        assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from tilbud_registerimportevent")
        assert cursor.fetchone()[0] == 0


def test_only_those_who_may_change_offers_import() -> None:
    oekonomi = fabrik.aktoer(Rolle.DRIFTSHERRE_OEKONOMI, fabrik.kommune("Gladsaxe").organisation)
    with pytest.raises(IngenAdgang):
        proev_fil(aktoer=oekonomi, fil=hele(), filnavn="fil.xlsx")


def test_register_that_has_changed_meanwhile_stops_all_of_it() -> None:
    gennemfoert()
    ventende = ventende_import(bog([{**TILBUD, "Navn": "Kærhuset"}, {**TILBUD, "Id": "T2"}]))
    Tilbud.objects.update(navn="Rettet imens")
    with pytest.raises(Konflikt, match="Tilbud række 2") as fejl:
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    assert fejl.value.kode == "register_aendret"
    assert [t.navn for t in Tilbud.objects.all()] == ["Rettet imens"]


def test_row_that_changed_nothing_then_and_would_now_stops_it() -> None:
    gennemfoert()
    ventende = ventende_import(bog([TILBUD, {**TILBUD, "Id": "T2"}]))
    Tilbud.objects.update(navn="Rettet imens")
    with pytest.raises(Konflikt, match="Tilbud række 2"):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)


def test_content_that_does_not_fit_its_fingerprint_is_not_carried_out() -> None:
    leder = fabrik.tilbudsleder()
    ventende = set_af(leder, ventende_import(af=leder))
    ventende.indhold["aendringer"][0]["navn"] = "Noget andet"
    ventende.save(update_fields=["indhold"])
    with pytest.raises(Konflikt, match="fingeraftryk"):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)


def test_two_names_may_change_places() -> None:
    to = [PLADS, {**PLADS, "Id": "P2", "Betegnelse": "Bolig 2"}]
    afdelinger = [AFDELING, {**AFDELING, "Id": "A2", "Navn": "Annekset"}]
    gennemfoert(bog([TILBUD], afdelinger, to))
    byttet = [{**to[0], "Betegnelse": "Bolig 2"}, {**to[1], "Betegnelse": "Bolig 1"}]
    huse = [{**afdelinger[0], "Navn": "Annekset"}, {**afdelinger[1], "Navn": "Hovedhuset"}]
    gennemfoert(bog([], huse, byttet))
    assert [Plads.objects.get(ekstern_id=id_).betegnelse for id_ in ("P1", "P2")] == ["Bolig 2", "Bolig 1"]
    assert [Afdeling.objects.get(ekstern_id=id_).navn for id_ in ("A1", "A2")] == ["Annekset", "Hovedhuset"]


def test_name_somebody_else_has_taken_meanwhile_stops_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    gennemfoert(bog([TILBUD], [AFDELING], [PLADS]))
    ventende = ventende_import(bog([], [], [{**PLADS, "Id": "P2", "Betegnelse": "Bolig 2"}]))
    afdeling = Afdeling.objects.get(ekstern_id="A1")
    monkeypatch.setattr(actions, "_kraev_uaendret", lambda *_: fabrik.ledig_plads(afdeling, betegnelse="Bolig 2"))
    with pytest.raises(Konflikt, match="tillader ikke"):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    assert not Plads.objects.filter(ekstern_id="P2").exists()


@pytest.mark.parametrize(
    ("art", "til", "lukker"),
    [
        (Optagelsesart.OPHOLD, 60, False),
        (Optagelsesart.OPHOLD, None, False),
        (Optagelsesart.HOLD, 60, False),
        (Optagelsesart.OPHOLD, 30, True),
        (Optagelsesart.LUKKET, 60, True),
        (Optagelsesart.FORBEHOLDT, None, True),
    ],
    ids=["stay after", "stay without end", "hold after", "stay up to the day", "place closed", "place kept back"],
)
def test_offer_does_not_close_while_somebody_has_a_place_then_or_later(
    art: Optagelsesart, til: int | None, lukker: bool
) -> None:
    forudsaetninger()
    tilbud = fabrik.tilbud(i="Gladsaxe", ekstern_id="T1")
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    slut = fabrik.om(til) if til else None
    fabrik.optag(
        plads,
        Periode(fabrik.om(-5), slut),
        art=art,
        udloeber=nu() + timedelta(days=1) if art is Optagelsesart.HOLD else None,
    )
    kladden = kladde(bog([{**TILBUD, "Navn": tilbud.navn, "Lukket fra": fabrik.om(30).isoformat()}]))
    steder = [(fejl[0], fejl[1], fejl[2]) for fejl in kladden.fejl]
    assert steder == ([] if lukker else [("Tilbud", 2, "Lukket fra")])


def test_reservation_made_while_a_closing_waits_stops_it() -> None:
    forudsaetninger()
    tilbud = fabrik.tilbud(i="Gladsaxe", ekstern_id="T1")
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    ventende = ventende_import(bog([{**TILBUD, "Navn": tilbud.navn, "Lukket fra": fabrik.om(30).isoformat()}]))
    fabrik.optag(plads, Periode(fabrik.om(0), fabrik.om(60)))
    with pytest.raises(Konflikt, match="er taget den dag eller senere"):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    tilbud.refresh_from_db()
    assert tilbud.lukket_fra is None


def test_place_cannot_close_on_days_somebody_has_it() -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    fabrik.optag(plads, Periode(fabrik.om(-10), fabrik.om(30)))
    raekke = {
        "Tilbud": str(plads.afdeling.tilbud_id),
        "Afdeling": str(plads.afdeling_id),
        "Id": str(plads.pk),
        "Betegnelse": plads.betegnelse,
        "Åben fra": "2007-01-01",
    }
    for til, ventet in ((28, [("Pladser", 2, "Sidste dag")]), (29, [])):
        assert regler(kladde(bog([], [], [{**raekke, "Sidste dag": fabrik.om(til).isoformat()}]))) == ventet
    assert regler(kladde(bog([], [], [{**raekke, "Ugedage": "mandag"}]))) == [("Pladser", 2, "Ugedage")]


@pytest.mark.parametrize(("lukkedag", "i_orden"), [(-50, False), (-3, False), (-2, True)])
def test_neither_place_nor_offer_closes_before_a_day_somebody_lived_there(lukkedag: int, *, i_orden: bool) -> None:
    plads = fabrik.ledig_plads(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe", ekstern_id="T1")), ekstern_id="P1")
    fabrik.optag(plads, Periode(fabrik.om(-60), fabrik.om(-2)))
    sidste = {
        "Tilbud": str(plads.afdeling.tilbud_id), "Afdeling": str(plads.afdeling_id), "Id": str(plads.pk),
        "Betegnelse": plads.betegnelse, "Åben fra": "2007-01-01", "Sidste dag": fabrik.om(lukkedag - 1).isoformat(),
    }  # fmt: skip
    assert regler(kladde(bog([], [], [sidste]))) == ([] if i_orden else [("Pladser", 2, "Sidste dag")])
    lukker = {**TILBUD, "Navn": plads.afdeling.tilbud.navn, "Lukket fra": fabrik.om(lukkedag).isoformat()}
    assert regler(kladde(bog([lukker]))) == ([] if i_orden else [("Tilbud", 2, "Lukket fra")])


def to_pladser(tilbud: Tilbud, **den_anden: str) -> bytes:
    afdeling = tilbud.afdelinger.get()
    foerste = {**PLADS, "Tilbud": str(tilbud.pk), "Afdeling": str(afdeling.pk), "Åben fra": "2030-01-01"}
    return bog(
        [], [], [foerste, {**foerste, "Id": "P2", "Betegnelse": "Bolig 2", "Åben fra": "2031-01-01", **den_anden}]
    )


def test_open_places_do_not_exceed_the_approved_and_the_permission() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    fabrik.godkendelse(afdeling.tilbud, 1)
    (fejl,) = kladde(to_pladser(afdeling.tilbud)).fejl
    assert fejl[:4] == ["Pladser", 2, "Åben fra", "fra 01.01.2031"]
    assert "Her er 2" in fejl[4]
    tilladelse = fabrik.merpladstilladelse(fabrik.afdeling(fabrik.tilbud(i="Gladsaxe")))
    assert kladde(to_pladser(afdeling.tilbud, Merplads="ja")).fejl, "a permission of another department's"
    tilladelse.afdeling = afdeling
    tilladelse.save()
    assert kladde(to_pladser(afdeling.tilbud)).fejl, "a place that is no merplads"
    assert kladde(to_pladser(afdeling.tilbud, Merplads="ja")).fejl == []


def test_approval_and_permission_in_the_same_file_count_as_they_would_be_afterwards() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    godkendelse = fabrik.godkendelse(afdeling.tilbud, 1)
    sted = {"Tilbud": str(afdeling.tilbud_id), "Afdeling": str(afdeling.pk), "Id": "P1", "Åben fra": "2030-01-01"}
    pladser = [
        {**sted, "Id": f"P{n}", "Betegnelse": f"Bolig {n}", "Merplads": "ja" if n == 3 else "nej"} for n in (1, 2, 3)
    ]
    flere = {"Tilbud": str(afdeling.tilbud_id), "Id": str(godkendelse.pk), "Godkendte pladser": 2, "Hjemmel": "SEL-107",
             "Socialtilsyn": "Socialtilsyn Øst", "Gælder fra": fabrik.FOR_LAENGE_SIDEN.isoformat()}  # fmt: skip
    tilladt = {**MERPLADS, "Tilbud": str(afdeling.tilbud_id), "Afdeling": str(afdeling.pk), "Ekstra pladser": 1,
               "Gælder fra": "2030-01-01", "Sidste dag": ""}  # fmt: skip
    assert kladde(bog(pladser=pladser, Godkendelser=[flere])).fejl
    assert kladde(bog(pladser=pladser, Godkendelser=[flere], Merpladser=[tilladt])).fejl == []


def test_approval_that_has_shrunk_meanwhile_stops_the_import() -> None:
    afdeling = fabrik.afdeling(fabrik.tilbud(i="Gladsaxe"))
    fabrik.godkendelse(afdeling.tilbud, 2)
    ventende = ventende_import(to_pladser(afdeling.tilbud))
    Tilsynsgodkendelse.objects.update(pladser=1)
    with pytest.raises(Konflikt, match="Højst 1 åben plads "):
        godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    assert not Plads.objects.exists()


def test_decline_needs_a_reason_without_cpr_and_is_final() -> None:
    ventende, anden = ventende_import(), fabrik.tilbudsleder()
    for grund in ("", "  ", "Bo 010190-1234"):
        with pytest.raises(UgyldigtInput):
            afvis(aktoer=anden, import_id=ventende.pk, grund=grund)
    assert afvis(aktoer=anden, import_id=ventende.pk, grund="Forkert år").tilstand == Importtilstand.AFVIST
    with pytest.raises(Konflikt):
        godkend(aktoer=anden, import_id=ventende.pk)
    assert not Tilbud.objects.exists()


def test_only_the_orderer_withdraws() -> None:
    leder = fabrik.tilbudsleder()
    ventende = ventende_import(af=leder)
    with pytest.raises(Konflikt, match="Kun den"):
        traek(aktoer=fabrik.tilbudsleder(), import_id=ventende.pk)
    assert traek(aktoer=leder, import_id=ventende.pk).tilstand == Importtilstand.TRUKKET


def test_file_without_rows_is_refused() -> None:
    forudsaetninger()
    with pytest.raises(UgyldigtInput, match="ingen rækker"):
        proev_fil(aktoer=fabrik.tilbudsleder(), fil=b"Tilbud;Id;Navn\r\n", filnavn="fil.csv")


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_of_two_approvals_at_once_exactly_one_is_carried_out() -> None:
    ventende, ledere = ventende_import(), [fabrik.tilbudsleder() for _ in range(4)]
    udfald = loeb(lambda nummer: _godkend(ledere[nummer], ventende), antal=4)
    assert sorted(resultat.fejl or "vandt" for resultat in udfald) == ["import_afgjort"] * 3 + ["vandt"]
    assert (Tilbud.objects.count(), Plads.objects.count()) == (1, 1)


def _godkend(leder: Aktoer, ventende: Registerimport) -> None:
    godkend(aktoer=leder, import_id=ventende.pk)


@pytest.mark.django_db(transaction=True)
@pytest.mark.kaploeb
def test_two_imports_of_the_same_new_offer_make_it_once() -> None:
    ventende, ledere = [ventende_import(), ventende_import()], [fabrik.tilbudsleder() for _ in range(2)]
    udfald = loeb(lambda nummer: _godkend(ledere[nummer], ventende[nummer]), antal=2)
    assert sorted(resultat.fejl or "vandt" for resultat in udfald) == ["register_aendret", "vandt"]
    assert Tilbud.objects.count() == 1


def test_rows_with_faults_beyond_the_most_that_are_told_are_not_taken_as_read() -> None:
    pladser = [{**PLADS, "Id": f"P{nr}", "Åben fra": "1/2-27"} for nr in range(FLEST_FEJL + 1)]
    fundet = kladde(bog([TILBUD], [AFDELING], pladser))
    assert len(fundet.fejl) == FLEST_FEJL
    assert {kolonne for _, _, kolonne in regler(fundet)} == {"Åben fra"}
    assert fundet.nye == 2
