"""Every rule the database has for what an import writes is told by the dry run, with sheet, row and column; the approval meets none."""

from collections.abc import Mapping
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, connection, transaction

from faelles.tid import Periode
from tests import fabrik
from tests.tilbud.registerimport.situationer import (
    AFDELING,
    GODKENDELSE,
    MERPLADS,
    PLADS,
    RAPPORT,
    TILBUD,
    YDELSE,
    bog,
    kladde,
    ventende_import,
)
from tilbud.models import Afdeling, Plads, Tilbud
from tilbud.registerimport.actions import godkend
from tilbud.registerimport.blokposter import SLAGS

pytestmark = pytest.mark.django_db

ARK: Mapping[str, dict[str, Any]] = {
    "Tilbud": TILBUD, "Afdelinger": AFDELING, "Pladser": PLADS, "Godkendelser": GODKENDELSE, "Tilsynsrapporter": RAPPORT,
    "Ydelser": YDELSE, "Merpladser": MERPLADS,
}  # fmt: skip
SLUT_FOER = {"Sidste dag": "2026-12-31"}
# By the rule's name in the database: a sheet, the cells that break it, the column that says so; with an id the row is one more.
BRUD: Mapping[str, tuple[str, dict[str, Any], str]] = {
    "tilbud_adfaerd_kendt": ("Tilbud", {"Kan rumme": "Uro"}, "Kan rumme"),
    "tilbud_alder_fra_foer_til": ("Tilbud", {"Alder fra": 40, "Alder til": 40}, "Alder til"),
    "tilbud_beskyttet_adresse_uden_sted": ("Tilbud", {"Beskyttet adresse": "ja", "Adresse": "Kærvej 1"}, "Adresse"),
    "tilbud_cvr_otte_cifre": ("Tilbud", {"CVR-nummer": "1234567"}, "CVR-nummer"),
    "tilbud_fysiske_traek_kendte": ("Tilbud", {"Fysiske forhold": "Svømmehal"}, "Fysiske forhold"),
    "tilbud_gruppe_mindst_en": ("Tilbud", {"Gruppe højst": 0}, "Gruppe højst"),
    "tilbud_normering_over_nul": ("Tilbud", {"Normering": 0}, "Normering"),
    "tilbud_p_nummer_ti_cifre": ("Tilbud", {"P-nummer": "123456789"}, "P-nummer"),
    "tilbud_rummer_eller_rummer_ikke": (
        "Tilbud", {"Kan rumme": "Aktivt misbrug", "Kan ikke rumme": "Aktivt misbrug"}, "Kan ikke rumme",
    ),
    "tilbud_tilbud_alder_fra_check": ("Tilbud", {"Alder fra": -1}, "Alder fra"),
    "tilbud_tilbud_alder_til_check": ("Tilbud", {"Alder til": -1}, "Alder til"),
    "tilbud_tilbud_gruppe_hoejst_check": ("Tilbud", {"Gruppe højst": -1}, "Gruppe højst"),
    "tilbud_ekstern_id_unikt_hos_driftsherren": ("Tilbud", {"Id": "T1"}, "Id"),
    "tilbud_tilbudsportal_id_unikt": ("Tilbud", {"Id": "T2", "Id på Tilbudsportalen": "4711"}, "Id på Tilbudsportalen"),
    "tilbud_uden_pladser_har_ingen": ("Tilbud", {"Id": "TAABENT", "Uden pladser": "ja"}, "Uden pladser"),
    "afdeling_navn_unikt_i_tilbud": ("Afdelinger", {"Id": "A2"}, "Navn"),
    "afdeling: ekstern_id_unikt_hos_driftsherren": ("Afdelinger", {"Id": "A1"}, "Id"),
    "plads_art_kendt": ("Pladser", {"Art": "Hængekøje"}, "Art"),
    "plads_kun_dagplads_forbeholdt_beboere": ("Pladser", {"Forbeholdt beboere": "ja"}, "Forbeholdt beboere"),
    "plads_periode_rigtig": ("Pladser", SLUT_FOER, "Sidste dag"),
    "plads_ugedage_mandag_til_soendag": ("Pladser", {"Ugedage": "; ;"}, "Ugedage"),
    "plads_betegnelse_unik_i_afdeling": ("Pladser", {"Id": "P2"}, "Betegnelse"),
    "plads: ekstern_id_unikt_hos_driftsherren": ("Pladser", {"Id": "P1", "Betegnelse": "Bolig 2"}, "Id"),
    "plads_ikke_i_tilbud_uden_pladser": ("Pladser", {"Id": "P2", "Tilbud": "TUDEN", "Afdeling": "AUDEN"}, "Tilbud"),
    "tilbud_tilsynsgodkendelse_pladser_check": ("Godkendelser", {"Godkendte pladser": -1}, "Godkendte pladser"),
    "tilsynsgodkendelse_periode_rigtig": ("Godkendelser", SLUT_FOER, "Sidste dag"),
    "tilsynsgodkendelse_en_ad_gangen": ("Godkendelser", {"Id": "G2"}, "Gælder fra"),
    "tilsynsgodkendelse: ekstern_id_unikt_hos_driftsherren": ("Godkendelser", {"Id": "G1"}, "Id"),
    "tilsynsrapport_link_er_https": ("Tilsynsrapporter", {"Link til rapporten": "http://tilsyn.dk"}, "Link til rapporten"),
    "tilsynsrapport_vurdering_kendt": ("Tilsynsrapporter", {"Vurdering": "Fin"}, "Vurdering"),
    "tilsynsrapport_en_pr_dag": ("Tilsynsrapporter", {"Id": "R2"}, "Dato"),
    "tilsynsrapport: ekstern_id_unikt_hos_driftsherren": ("Tilsynsrapporter", {"Id": "R1"}, "Id"),
    "ydelse_leveringsform_kendt": ("Ydelser", {"Leveringsform": "Pr. brev"}, "Leveringsform"),
    "ydelse_periode_rigtig": ("Ydelser", SLUT_FOER, "Sidste dag"),
    "ydelse_en_ad_gangen": ("Ydelser", {"Id": "Y2"}, "Gælder fra"),
    "ydelse: ekstern_id_unikt_hos_driftsherren": ("Ydelser", {"Id": "Y1"}, "Id"),
    "merpladstilladelse_mindst_en": ("Merpladser", {"Ekstra pladser": 0}, "Ekstra pladser"),
    "tilbud_merpladstilladelse_pladser_check": ("Merpladser", {"Ekstra pladser": -1}, "Ekstra pladser"),
    "merpladstilladelse_periode_rigtig": ("Merpladser", SLUT_FOER, "Sidste dag"),
    "merpladstilladelse_en_ad_gangen": ("Merpladser", {"Id": "M2"}, "Gælder fra"),
    "merpladstilladelse: ekstern_id_unikt_hos_driftsherren": ("Merpladser", {"Id": "M1"}, "Id"),
}  # fmt: skip
MODELLER = (Tilbud, Afdeling, Plads, *(slags.model for slags in SLAGS.values()))
# These refuse nothing: one makes a value right, which is a rule of its own in `regler`; two note that a place came again.
RETTER = {"tilbud_krisecenter_beskyttes", "plads_genaabnet_er_ubekraeftet", "tilbud_genaabnet_er_ubekraeftet"}
HISTORIK = ("insert_insert", "update_update", "delete_delete")


def _regler() -> set[str]:
    """The names of all rules of the tables: constraints as the database has them, and triggers that refuse."""
    tabeller = [model._meta.db_table for model in MODELLER]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE contype IN ('c', 'u', 'x') AND conrelid::regclass::text = ANY(%s)",
            [tabeller],
        )
        navne = {navn for (navn,) in cursor.fetchall()}
    for model in MODELLER:
        navne |= {regel.name for regel in model._meta.constraints}
        for trigger in getattr(model._meta, "triggers", []):
            if trigger.name == "ekstern_id_unikt_hos_driftsherren":
                navne.add(f"{model._meta.model_name}: {trigger.name}")
            elif trigger.name not in HISTORIK and trigger.name not in RETTER:
                navne.add(trigger.name)
    return navne


def test_every_rule_of_the_tables_an_import_writes_is_broken_below() -> None:
    assert set(BRUD) == _regler()


@pytest.fixture
def _register() -> None:
    """An open offer with a place, and one delivered without; both registered, by their own ids."""
    fabrik.ydelsestype("Ophold")
    aabent = fabrik.tilbud("Åbent", i="Gladsaxe", ekstern_id="TAABENT")
    fabrik.ledig_plads(fabrik.afdeling(aabent))
    uden = fabrik.afdeling(fabrik.tilbud("Teamet", i="Gladsaxe", ekstern_id="TUDEN", uden_pladser=True))
    Afdeling.objects.filter(pk=uden.pk).update(ekstern_id="AUDEN")


def _fil(ark: str, celler: dict[str, Any]) -> tuple[bytes, int]:
    """The file with the broken row in its sheet, and that row's number."""
    raekker: dict[str, list[dict[str, Any]]] = {navn: [raekke] for navn, raekke in ARK.items()}
    raekker["Tilbud"] = [{**TILBUD, "Id på Tilbudsportalen": "4711"}]
    if "Id" in celler:
        raekker[ark] = [*raekker[ark], {**raekker[ark][0], **celler}]
        if ark == "Tilbud" and "Id på Tilbudsportalen" not in celler:
            raekker[ark][1].pop("Id på Tilbudsportalen")
    else:
        raekker[ark] = [{**raekker[ark][0], **celler}]
    tilbud, afdelinger, pladser = (raekker.pop(navn) for navn in ("Tilbud", "Afdelinger", "Pladser"))
    return bog(tilbud, afdelinger, pladser, **raekker), 3 if "Id" in celler else 2


@pytest.mark.usefixtures("_register")
@pytest.mark.parametrize("regel", BRUD)
def test_dry_run_tells_what_breaks_a_rule_of_the_database_with_sheet_row_and_column(regel: str) -> None:
    ark, celler, kolonne = BRUD[regel]
    fil, raekke = _fil(ark, celler)
    proeve = kladde(fil)
    assert [tuple(fejl[:3]) for fejl in proeve.fejl] == [(ark, raekke, kolonne)]
    assert not proeve.kan_sendes


@pytest.mark.usefixtures("_register")
def test_file_that_breaks_none_of_them_is_approved() -> None:
    fil, _ = _fil("Tilbud", {})
    assert godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(fil).pk).nye == 7


def test_places_are_closed_before_their_offer_has_none() -> None:
    tilbud = fabrik.tilbud(i="Gladsaxe", ekstern_id="T1")
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud), ekstern_id="P1")
    Afdeling.objects.filter(pk=plads.afdeling_id).update(ekstern_id="A1")
    uden = {**TILBUD, "Navn": tilbud.navn, "Uden pladser": "ja"}

    def fejl(**celler: str) -> list[tuple[str, int, str]]:
        raekke = {**PLADS, "Betegnelse": plads.betegnelse, "Åben fra": f"{plads.periode.lower}", **celler}
        return [tuple(en[:3]) for en in kladde(bog([uden], [], [raekke])).fejl]

    assert fejl() == [("Tilbud", 2, "Uden pladser")]
    assert fejl(**{"Sidste dag": f"{fabrik.om(0)}"}) == [("Pladser", 2, "Tilbud")]
    slut = {
        **PLADS,
        "Betegnelse": plads.betegnelse,
        "Åben fra": f"{plads.periode.lower}",
        "Sidste dag": f"{fabrik.om(-1)}",
    }
    godkend(aktoer=fabrik.tilbudsleder(), import_id=ventende_import(bog([uden], [], [slut])).pk)
    tilbud.refresh_from_db()
    plads.refresh_from_db()
    assert (tilbud.uden_pladser, plads.periode.upper) == (True, fabrik.om(0))


@pytest.mark.parametrize("dage", [0, 5000, None])
def test_database_takes_no_offer_without_places_that_has_one_today_or_later(dage: int | None) -> None:
    plads = fabrik.ledig_plads()
    Plads.objects.filter(pk=plads.pk).update(periode=_aaben_i(dage))
    with pytest.raises(IntegrityError, match="tilbud_uden_pladser_har_ingen"), transaction.atomic():
        Tilbud.objects.update(uden_pladser=True)
    Plads.objects.filter(pk=plads.pk).update(periode=_aaben_i(-1))
    Tilbud.objects.update(uden_pladser=True)
    with pytest.raises(IntegrityError, match="plads_ikke_i_tilbud_uden_pladser"), transaction.atomic():
        Plads.objects.filter(pk=plads.pk).update(periode=_aaben_i(dage))


def test_database_lets_an_offer_without_places_be_changed_that_had_one_before_the_rule() -> None:
    tilbud = fabrik.tilbud("Teamet")
    plads = fabrik.ledig_plads(fabrik.afdeling(tilbud))
    with pgtrigger.ignore("tilbud.Tilbud:tilbud_uden_pladser_har_ingen"):
        Tilbud.objects.update(uden_pladser=True)
    tilbud.refresh_from_db()
    tilbud.beskrivelse = "Støtte hos borgeren selv"
    tilbud.save()
    plads.betegnelse = "Stuen"
    plads.save()
    assert Plads.objects.get().betegnelse == "Stuen"


def _aaben_i(dage: int | None) -> object:
    """Open since long ago, to and with the day so many from now; without end for None."""
    return Periode(fabrik.FOR_LAENGE_SIDEN, None if dage is None else fabrik.om(dage + 1)).som_range
