"""The change log and the read log of a stay: each municipality finds what happened in its own time, on either wall."""

from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

import pgtrigger
import pytest
from django.db import connection, transaction
from django.test import Client
from freezegun import freeze_time

from faelles.aktoer import Aktoer
from faelles.scope import ScopedQuerySet, som_systemet
from faelles.spor import historik, maa_rettes, synlige_spor
from faelles.tid import Periode, nu
from kommuner.models import Laesning
from reservationer.sag.models import Fravaer, Ophold, Opholdsansvar
from reservationer.sag.overgange import Udfald
from tests import fabrik
from tests.kommuner.spor.situationer import administrator
from tests.kommuner.spor.test_sider import AENDRINGER, LAESNINGER, fil, raekker
from tests.sag.ophold.situationer import goer, i_roedovres_tid, laes_ophold, om_dage, siden, skift

pytestmark = pytest.mark.django_db

SENERE = timedelta(days=20)
SENERES = ("ngslet", "Varetægt", "3.000,00", "lukker ikke", "Udskrevet", "Borgeren er død")


@pytest.fixture
def ophold() -> Ophold:
    """Rødovre's, then Herlev's, then Gladsaxe's, who is the operator too."""
    ophold, *_ = i_roedovres_tid()
    siden(ophold)
    return ophold


def loggen(navn: str, **foresp: str) -> str:
    """All the page and the file of the change log say to an administrator of the municipality twenty days from now."""
    with freeze_time(nu() + SENERE):
        hvem = administrator(navn)
        filens = (celle for raekke in fil(hvem, AENDRINGER, **foresp) for celle in raekke)
        return " ".join((*raekker(hvem, AENDRINGER, **foresp), *filens))


def af(hvem: Aktoer, model: Any, ophold: Ophold) -> list[tuple[str, Any]]:
    """What happened to the stay's rows of the kind, as the actor's log has it: what was done, and the first day of the period."""
    with transaction.atomic():
        fundne = historik(model).objects.synlige_for(hvem).filter(ophold=ophold.pk).order_by("pgh_id")
        return [(spor.pgh_label, spor.periode.lower) for spor in fundne]


def test_former_party_finds_in_the_log_what_happened_in_its_time_and_nothing_later(ophold: Ophold) -> None:
    roedovres, herlevs, tilbuddets = (loggen(navn) for navn in ("Rødovre", "Herlev", "Gladsaxe"))
    for ord_ in ("Indlagt", "I Rødovres tid", "Opsagt"):
        assert ord_ in roedovres
        assert ord_ not in herlevs, "not yet its stay"
    assert [ord_ for ord_ in SENERES if ord_ in roedovres] == []
    assert [ord_ for ord_ in SENERES if ord_ not in herlevs] == ["Udskrevet", "Borgeren er død"], "Gladsaxe's time"
    assert [ord_ for ord_ in SENERES if ord_ not in tilbuddets] == []
    assert "Varetægt" not in loggen("Odense")


def test_who_is_to_come_is_told_of_it_and_the_list_of_them_is_shown_to_nobody(ophold: Ophold) -> None:
    herlev = fabrik.kommune("Herlev").organisation
    for navn in ("Rødovre", "Gladsaxe"):
        assert str(herlev.pk) not in loggen(navn, slags="ophold"), "the column `parter`"
    # Each is told when it becomes responsible, though that was decided in another's time.
    assert ("insert", fabrik.om(10)) in af(fabrik.administrator("Herlev"), Opholdsansvar, ophold)
    assert ("insert", fabrik.om(16)) in af(fabrik.administrator("Gladsaxe"), Opholdsansvar, ophold)
    assert ("insert", fabrik.om(16)) not in af(fabrik.administrator(), Opholdsansvar, ophold)


@pytest.mark.parametrize("foerste_mur", [True, False], ids=["begge mure", "kun databasens"])
def test_either_wall_keeps_the_history_of_later_times(
    ophold: Ophold, foerste_mur: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not foerste_mur:
        klasser: list[Any] = [ScopedQuerySet]
        for klasse in klasser:  # grows while it is gone through
            klasser += klasse.__subclasses__()
            monkeypatch.setattr(klasse, "_synlige", lambda self, _aktoer: self)
    roedovre, leder = fabrik.administrator(), fabrik.administrator("Gladsaxe")
    with transaction.atomic():
        dage = {
            spor.pgh_created_at.date() - nu().date() for en, alle in synlige_spor(roedovre) if en.sagen for spor in alle
        }
    assert {dag.days for dag in dage} == {0, 1, 2, 3, 4}
    assert af(roedovre, Fravaer, ophold) == [("insert", fabrik.om(2))]
    assert af(leder, Fravaer, ophold) == [
        ("insert", fabrik.om(2)),
        *[(hvad, fabrik.om(12)) for hvad in ("insert", "update", "insert")],
    ]


def test_fact_of_anothers_days_is_not_told_though_it_was_registered_in_ones_own_time() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    skift(ophold, til="Herlev", fra=fabrik.om(10))
    for dag in (5, 12):
        goer(fabrik.tilbudsleder(), ophold, Udfald.MELD_FRAVAER, art="ferie", dato=fabrik.om(dag), til=fabrik.om(dag))
    assert af(fabrik.administrator(), Fravaer, ophold) == [("insert", fabrik.om(5))]
    assert len(af(fabrik.administrator("Gladsaxe"), Fravaer, ophold)) == 2


def test_change_decided_afterwards_takes_the_days_since_from_the_one_and_gives_them_to_the_other() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    leder, roedovre, herlev = fabrik.tilbudsleder(), fabrik.administrator(), fabrik.administrator("Herlev")
    for dag in (2, 12):
        with om_dage(dag):
            goer(leder, ophold, Udfald.MELD_FRAVAER, art="ferie", dato=fabrik.om(0), til=fabrik.om(0))
    with om_dage(13):
        goer(fabrik.sagsbehandler(), ophold, Udfald.MELD_FRAVAER, art="andet", dato=fabrik.om(0), til=fabrik.om(0))
    tredje = ("insert", fabrik.om(13))
    assert af(roedovre, Fravaer, ophold) == [("insert", fabrik.om(2)), ("insert", fabrik.om(12)), tredje]
    with om_dage(15):
        skift(ophold, til="Herlev", fra=fabrik.om(-5))
    assert af(roedovre, Fravaer, ophold) == [("insert", fabrik.om(2)), tredje], "its own people's doing it always sees"
    assert af(herlev, Fravaer, ophold) == [("insert", fabrik.om(12)), tredje]
    assert len(af(fabrik.administrator("Gladsaxe"), Fravaer, ophold)) == 3


def test_payer_finds_its_days_as_the_handlekommune_does() -> None:
    ophold = fabrik.ophold(periode=Periode(fabrik.om(0)))
    fabrik.skift_kommune(ophold, handle="Rødovre", betaler="Herlev", fra=fabrik.om(0))
    goer(fabrik.tilbudsleder(), ophold, Udfald.MELD_FRAVAER, art="ferie", dato=fabrik.om(1), til=fabrik.om(1))
    assert len(af(fabrik.administrator("Herlev"), Fravaer, ophold)) == 1
    assert len(af(fabrik.administrator(), Fravaer, ophold)) == 1


def test_whom_a_change_concerns_is_told_to_nobody_who_asks_the_database() -> None:
    ophold = fabrik.ophold()
    with transaction.atomic(), som_systemet("test"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sag_parter(%s, %s, NULL)", [ophold.pk, fabrik.om(7)])
        assert cursor.fetchone() == (0,)


# --- The read log --------------------------------------------------------------------------------------------------------


def laest_hos(navn: str) -> list[str]:
    """What others have read, as the municipality's log has it twenty days from now."""
    with freeze_time(nu() + SENERE):
        return [raekke for raekke in raekker(administrator(navn), LAESNINGER, hvem="andre") if "Ophold" in raekke]


def test_reading_is_told_to_those_whose_stay_it_is_that_day(ophold: Ophold) -> None:
    assert len(laest_hos("Rødovre")) == 1, "day 2"
    assert len(laest_hos("Herlev")) == 1, "day 12"
    with freeze_time(nu() + SENERE):
        egne = fabrik.sagsbehandler()
        client = Client()
        client.force_login(fabrik.bruger(fabrik.Rolle.SAGSBEHANDLER, fabrik.kommune().organisation))
        client.get(f"/ophold/{ophold.pk}")
        client.get("/ophold/eksport/csv").getvalue()
    with transaction.atomic(), som_systemet("test"):
        sidste = Laesning.objects.for_systemet("test").filter(entitet="ophold", organisation=egne.organisation_id)
        hos = {tuple(laesning.vedroerer) for laesning in sidste}
    assert hos == {tuple(sorted({egne.organisation_id, fabrik.kommune("Gladsaxe").organisation.pk}))}, "not Herlev"


# --- What is there from before -------------------------------------------------------------------------------------------


def test_migration_decides_again_whom_old_changes_and_readings_concern() -> None:
    ophold, *_ = i_roedovres_tid()
    siden(ophold)
    with freeze_time(nu() + SENERE):
        laes_ophold(ophold)
    foer = _vedroerer(ophold)
    alle = sorted(fabrik.kommune(navn).organisation.pk for navn in ("Rødovre", "Herlev", "Gladsaxe"))
    with transaction.atomic(), som_systemet("as it was before the rule"):
        for navn, en in _historik().items():
            with maa_rettes(en), pgtrigger.ignore(f"{en._meta.label}:vedroerer"):
                hvilke = {"pgh_obj": ophold.pk} if navn == "ophold" else {"ophold": ophold.pk}
                en.objects.for_systemet("test").filter(**hvilke).update(vedroerer=alle)
        with maa_rettes(Laesning, "laesning_kun_tilfoejes"):
            Laesning.objects.for_systemet("test").filter(entitet="ophold").update(vedroerer=alle)
    assert set(map(tuple, _vedroerer(ophold).values())) == {tuple(alle)}, "a control"
    with transaction.atomic(), som_systemet("the migration runs as the owner"), connection.cursor() as cursor:
        for saetning in import_module("reservationer.sag.migrations.0028_spor_i_ansvarets_tid").FOER_REGLEN:
            cursor.execute(saetning)
    assert _vedroerer(ophold) == foer


def _historik() -> dict[str, Any]:
    navne = import_module("reservationer.sag.migrations.0028_spor_i_ansvarets_tid").SPOR
    modeller = {model._meta.model_name: model for model in Ophold._meta.apps.get_app_config("sag").get_models()}
    return {navn: historik(modeller[navn]) for navn in navne}


def _vedroerer(ophold: Ophold) -> dict[tuple[str, Any], list[UUID]]:
    """Whom each change and reading of the stay concerns."""
    with transaction.atomic(), som_systemet("test"):
        fundne: dict[tuple[str, Any], list[UUID]] = {
            ("laesning", en.pk): sorted(en.vedroerer)
            for en in Laesning.objects.for_systemet("test").filter(entitet="ophold", entitet_id=ophold.pk)
        }
        for navn, en in _historik().items():
            hvilke = {"pgh_obj": ophold.pk} if navn == "ophold" else {"ophold": ophold.pk}
            for spor in en.objects.for_systemet("test").filter(**hvilke):
                fundne[navn, spor.pgh_id] = sorted(spor.vedroerer)
    return fundne
