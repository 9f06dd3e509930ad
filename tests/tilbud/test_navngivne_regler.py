"""Every named rule the database keeps about the register's own facts, and about what people do with them, broken once: it is that rule, by its name, that refuses."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from faelles.ids import uuid7
from faelles.scope import ScopedQuerySet, saet_database_aktoer
from faelles.tid import Periode
from tests import fabrik
from tests.tilbud.portal import situationer as portal
from tests.tilbud.registerimport.situationer import kladde
from tilbud.models import (
    Afdeling,
    Bekraeftelsespaamindelse,
    Faktum,
    Fejlmelding,
    Fejlsag,
    Klynge,
    KlyngeMedlemskab,
    Merpladstilladelse,
    Niveau,
    Plads,
    Portalafvigelse,
    Portalsammenligning,
    Registerimport,
    Tilbud,
    Tilsynsgodkendelse,
    Tilsynsrapport,
    Ydelse,
)

pytestmark = pytest.mark.django_db

Raekke = models.Model
MODELLER: tuple[type[Raekke], ...] = (
    Tilbud, Afdeling, Plads, Tilsynsgodkendelse, Tilsynsrapport, Ydelse, Merpladstilladelse, Niveau, Klynge, KlyngeMedlemskab,
    Fejlmelding, Fejlsag, Registerimport, Portalsammenligning, Portalafvigelse, Bekraeftelsespaamindelse,
)  # fmt: skip
UDEN_FOERSTE_DAG = (None, date(2027, 1, 1))
TOM = (date(2027, 1, 1), date(2027, 1, 1))


def medlemskab() -> KlyngeMedlemskab:
    """A municipality's membership of a cluster."""
    return fabrik.klynge(medlemmer=("Gladsaxe",)).medlemskaber.get()


def alle(model: type[Raekke]) -> models.QuerySet[Any]:
    """Every row of the table, whoever may see them."""
    raekker = model._default_manager.all()
    return raekker.for_systemet("its rules bind everybody") if isinstance(raekker, ScopedQuerySet) else raekker


def fejlmelding() -> Fejlmelding:
    """An open report about a department's places."""
    afdeling = fabrik.afdeling()
    return Fejlmelding.objects.create(
        tilbud=afdeling.tilbud,
        afdeling=afdeling,
        faktum=Faktum.PLADSER,
        frist=date(2027, 1, 1),
        vilkaarssaet=fabrik.kkr().vilkaarssaet.get(),
    )


def sag() -> Raekke:
    """What only the two parties of a report see."""
    melding = fabrik.fejlmelding()
    saet_database_aktoer(None)
    fundet: Raekke = alle(Fejlsag).get(fejlmelding=melding)
    return fundet


def afvigelse() -> Raekke:
    """A difference nobody has decided about."""
    portal.tilbud()
    sammenligning = portal.sammenligning()
    saet_database_aktoer(None)
    fundet: Raekke = alle(Portalafvigelse).get(sammenligning=sammenligning)
    return fundet


def ny(model: type[Raekke]) -> Raekke:
    """A row of the table that breaks no rule."""
    lav: dict[type[Raekke], Callable[[], Raekke]] = {
        Tilbud: fabrik.tilbud,
        Afdeling: fabrik.afdeling,
        Plads: fabrik.ledig_plads,
        Tilsynsgodkendelse: lambda: fabrik.godkendelse(fabrik.tilbud(), 8),
        Tilsynsrapport: lambda: fabrik.tilsynsrapport(fabrik.tilbud()),
        Ydelse: lambda: fabrik.ydelse(fabrik.tilbud()),
        Merpladstilladelse: lambda: fabrik.merpladstilladelse(fabrik.afdeling()),
        Niveau: lambda: fabrik.niveau(fabrik.tilbud(), 2),
        Klynge: fabrik.klynge,
        KlyngeMedlemskab: medlemskab,
        Fejlmelding: fejlmelding,
        Fejlsag: sag,
        Registerimport: kladde,
        Portalafvigelse: afvigelse,
        Bekraeftelsespaamindelse: lambda: Bekraeftelsespaamindelse.objects.create(afdeling=fabrik.afdeling()),
    }
    lavet = lav[model]()
    saet_database_aktoer(None)  # whoever made it: these rules bind everybody
    return lavet


AFGJORT = {"afgjort": datetime(2027, 1, 1, tzinfo=UTC), "afgjort_af": "bruger:en-anden"}
# A change of one row that breaks the rule.
AENDRINGER: list[tuple[type[Raekke], str, dict[str, Any]]] = [
    (Tilbud, "tilbud_alder_fra_foer_til", {"alder_fra": 18, "alder_til": 18}),
    (Tilbud, "tilbud_beskyttet_adresse_uden_sted", {"beskyttet_adresse": True, "adresse": "Solvej 1"}),
    (Tilbud, "tilbud_p_nummer_ti_cifre", {"p_nummer": "123456789"}),
    (Tilbud, "tilbud_cvr_otte_cifre", {"cvr": "1234567x"}),
    (Tilbud, "tilbud_fysiske_traek_kendte", {"fysiske_traek": ["elevator", "ukendt"]}),
    (Tilbud, "tilbud_adfaerd_kendt", {"rummer": ["ukendt"]}),
    (Tilbud, "tilbud_adfaerd_kendt", {"rummer_ikke": ["ukendt"]}),
    (Tilbud, "tilbud_rummer_eller_rummer_ikke", {"rummer": ["dom"], "rummer_ikke": ["bortgang", "dom"]}),
    (Tilbud, "tilbud_gruppe_mindst_en", {"gruppe_hoejst": 0}),
    (Tilbud, "tilbud_normering_over_nul", {"normering": 0}),
    (Plads, "plads_ugedage_mandag_til_soendag", {"ugedage": []}),
    (Plads, "plads_ugedage_mandag_til_soendag", {"ugedage": [1, 8]}),
    (Plads, "plads_art_kendt", {"art": "ukendt"}),
    (Plads, "plads_kun_dagplads_forbeholdt_beboere", {"forbeholdt_beboere": True}),
    (Tilsynsrapport, "tilsynsrapport_vurdering_kendt", {"vurdering": "ukendt"}),
    (Tilsynsrapport, "tilsynsrapport_link_er_https", {"rapport_url": "http://tilsyn.example.dk/r1"}),
    (Ydelse, "ydelse_leveringsform_kendt", {"leveringsform": "ukendt"}),
    (Merpladstilladelse, "merpladstilladelse_mindst_en", {"pladser": 0}),
    (Niveau, "niveau_et_af_tre", {"niveau": 4}),
    (Niveau, "niveau_har_begrundelse", {"grund": ""}),
    (Fejlmelding, "fejlmelding_tilstand_kendt", {"tilstand": "ukendt", "afsluttet": AFGJORT["afgjort"]}),
    (Fejlmelding, "fejlmelding_faktum_kendt", {"faktum": "ukendt", "afdeling": None}),
    (Fejlmelding, "fejlmelding_aaben_til_den_er_afsluttet", {"afsluttet": AFGJORT["afgjort"]}),
    (Fejlmelding, "fejlmelding_aaben_til_den_er_afsluttet", {"tilstand": "rettet"}),
    (Fejlmelding, "fejlmelding_afdeling_kun_om_dens_egne", {"faktum": "adresse"}),
    (Fejlmelding, "fejlmelding_om_netop_en", {"tilbud": None, "afdeling": None}),
    (Fejlmelding, "fejlmelding_om_netop_en", {"klynge": uuid7(), "faktum": "navn", "afdeling": None}),
    (Fejlmelding, "fejlmelding_om_netop_en", {"offentligt": uuid7(), "faktum": "navn", "afdeling": None}),
    (Fejlmelding, "fejlmelding_faktum_vises_om_det", {"faktum": "formaal", "afdeling": None}),
    (Fejlmelding, "fejlmelding_faktum_vises_om_det", {"tilbud": None, "klynge": uuid7(), "faktum": "pris", "afdeling": None}),
    (Fejlmelding, "fejlmelding_faktum_vises_om_det", {"tilbud": None, "offentligt": uuid7(), "faktum": "medlemmer", "afdeling": None}),
    (Fejlsag, "fejlsag_har_modtager", {"driftsherre": None}),
    (Fejlsag, "fejlsag_har_modtager", {"tilbud": None, "driftsherre": None}),
    (Fejlsag, "fejlsag_siger_hvad", {"besked": ""}),
    (Fejlsag, "fejlsag_svar_har_afsender", {"svar": "Rettet"}),
    (Fejlsag, "fejlsag_svar_har_afsender", {"svaret_af": "bruger:en-anden"}),
    (Registerimport, "registerimport_tilstand_kendt", {"tilstand": "ukendt"}),
    (Registerimport, "registerimport_kilde_kendt", {"kilde": "ukendt"}),
    (Registerimport, "registerimport_to_personer", AFGJORT | {"tilstand": "gennemfoert", "afgjort_af": models.F("bestilt_af")}),
    (Registerimport, "registerimport_to_personer", AFGJORT | {"tilstand": "afvist", "afgjort_af": models.F("bestilt_af"), "grund": "Nej"}),
    (Registerimport, "registerimport_godkendes_af_en_person", AFGJORT | {"tilstand": "gennemfoert", "afgjort_af": "klient:en-anden"}),
    (Registerimport, "registerimport_traekkes_af_bestilleren", AFGJORT | {"tilstand": "trukket"}),
    (Registerimport, "registerimport_afgjort_helt_eller_slet_ikke", {"afgjort_af": "bruger:en-anden"}),
    (Registerimport, "registerimport_afgjort_helt_eller_slet_ikke", {"tilstand": "gennemfoert"}),
    (Registerimport, "registerimport_kun_kladder_har_fejl", {"tilstand": "afventer", "fejl": [{}]}),
    (Registerimport, "registerimport_kun_kladder_har_fejl", {"tilstand": "afventer", "nye": 0, "aendrede": 0}),
    (Registerimport, "registerimport_afvist_med_grund", AFGJORT | {"tilstand": "afvist"}),
    (Registerimport, "registerimport_fil_kun_mens_den_laeses", {"fil": b"PK"}),
    (Portalafvigelse, "portalafvigelse_beslutning_kendt", AFGJORT | {"beslutning": "ukendt"}),
    (Portalafvigelse, "portalafvigelse_afgjort_helt_eller_slet_ikke", {"afgjort_af": "bruger:en-anden"}),
    (Portalafvigelse, "portalafvigelse_afgjort_helt_eller_slet_ikke", {"beslutning": "behold"}),
    (Portalafvigelse, "portalafvigelse_overtages_gennem_en_import", AFGJORT | {"beslutning": "overtag"}),
    (Portalafvigelse, "portalafvigelse_overtages_gennem_en_import", {"registerimport": uuid7()}),
    *(
        (model, f"{model._meta.model_name}_periode_rigtig", {"periode": periode})
        for model in (Plads, Tilsynsgodkendelse, Ydelse, Merpladstilladelse, Niveau, KlyngeMedlemskab)
        for periode in (UDEN_FOERSTE_DAG, TOM)
    ),
]  # fmt: skip
# What both of two rows may not have; and a difference that lets them both be.
DAGE_EFTER = {"periode": Periode(date(2030, 1, 1)).som_range}
TIL_DA = {"periode": Periode(date(2027, 1, 1), date(2030, 1, 1)).som_range}
TO_RAEKKER: list[tuple[type[Raekke], str, dict[str, Any], dict[str, Any]]] = [
    (Tilbud, "tilbud_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"}, {"ekstern_id": "E2"}),
    (Tilbud, "tilbud_tilbudsportal_id_unikt", {"tilbudsportal_id": "P1"}, {"tilbudsportal_id": "P2"}),
    (Afdeling, "afdeling_navn_unikt_i_tilbud", {"navn": "Nord"}, {"navn": "Syd"}),
    (Afdeling, "afdeling_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"}, {"navn": "Syd", "ekstern_id": "E2"}),
    (Plads, "plads_betegnelse_unik_i_afdeling", {"betegnelse": "Bolig 1"}, {"betegnelse": "Bolig 2"}),
    (Plads, "plads_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"}, {"betegnelse": "Bolig 2", "ekstern_id": "E2"}),
    (Tilsynsgodkendelse, "tilsynsgodkendelse_en_ad_gangen", TIL_DA, DAGE_EFTER),
    (Tilsynsgodkendelse, "tilsynsgodkendelse_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"} | TIL_DA, {"ekstern_id": "E2"} | DAGE_EFTER),
    (Tilsynsrapport, "tilsynsrapport_en_pr_dag", {}, {"dato": date(2020, 1, 2)}),
    (Tilsynsrapport, "tilsynsrapport_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"}, {"ekstern_id": "E2", "dato": date(2020, 1, 2)}),
    (Ydelse, "ydelse_en_ad_gangen", TIL_DA, DAGE_EFTER),
    (Ydelse, "ydelse_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"} | TIL_DA, {"ekstern_id": "E2"} | DAGE_EFTER),
    (Merpladstilladelse, "merpladstilladelse_en_ad_gangen", TIL_DA, DAGE_EFTER),
    (Merpladstilladelse, "merpladstilladelse_ekstern_id_unikt_hos_driftsherren", {"ekstern_id": "E1"} | TIL_DA, {"ekstern_id": "E2"} | DAGE_EFTER),
    (Niveau, "niveau_et_ad_gangen", TIL_DA, DAGE_EFTER),
    (Klynge, "klynge_navn_unikt_i_kkr", {}, {"navn": "En anden"}),
    (KlyngeMedlemskab, "klyngemedlemskab_et_ad_gangen", TIL_DA, DAGE_EFTER),
    (Registerimport, "registerimport_en_kladde_pr_person", {}, {"bestilt_af": "bruger:en-anden"}),
    (Portalafvigelse, "portalafvigelse_en_pr_felt", {}, {"felt": "cvr"}),
    (Bekraeftelsespaamindelse, "paamindelse_en_pr_forfald", {"forfald": None}, {"forfald": date(2027, 1, 1)}),
    (Bekraeftelsespaamindelse, "paamindelse_en_pr_forfald", {"forfald": date(2027, 1, 1)}, {"forfald": date(2027, 1, 2)}),
]  # fmt: skip


def regel(handling: Callable[[], object]) -> str:
    """The name of the rule that refuses."""
    with pytest.raises(IntegrityError) as fejl, transaction.atomic():
        handling()
    return str(fejl.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]  # psycopg's own error


def kopi(raekke: Raekke, felter: dict[str, Any]) -> Callable[[], object]:
    """One more row with the same values but for these."""
    model, nyt_id = type(raekke), type(raekke)._meta.pk.get_default()
    vaerdier = {f.attname: getattr(raekke, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
    return lambda: model._default_manager.create(pk=nyt_id, **{**vaerdier, **felter})


@pytest.mark.parametrize(("model", "navn", "felter"), AENDRINGER)
def test_a_row_that_breaks_the_rule_is_refused_by_it(model: type[Raekke], navn: str, felter: dict[str, Any]) -> None:
    raekke = ny(model)
    assert regel(lambda: alle(model).filter(pk=raekke.pk).update(**felter)) == navn


@pytest.mark.parametrize(("model", "navn", "ens", "forskel"), TO_RAEKKER)
def test_second_row_is_refused_by_the_rule_until_it_differs(
    model: type[Raekke], navn: str, ens: dict[str, Any], forskel: dict[str, Any]
) -> None:
    raekke = ny(model)
    alle(model).filter(pk=raekke.pk).update(**ens)
    raekke = alle(model).get(pk=raekke.pk)
    andet = {felt: v for felt, v in forskel.items() if "ekstern_id" in ens and felt != "ekstern_id"}
    assert regel(kopi(raekke, andet)) == navn
    kopi(raekke, forskel)()


def _navne(raekker: Iterable[tuple[Any, ...]]) -> set[str]:
    return {raekke[1] for raekke in raekker}


def test_every_named_rule_is_broken_here() -> None:
    alle = {en.name for model in MODELLER for en in model._meta.constraints}
    unikke = "ekstern_id_unikt_hos_driftsherren"  # a trigger: the operator stands with the offer
    med = [m for m in MODELLER if unikke in {en.name for en in getattr(m._meta, "triggers", ())}]
    alle |= {f"{model._meta.model_name}_{unikke}" for model in med}
    assert _navne(AENDRINGER) | _navne(TO_RAEKKER) == alle
