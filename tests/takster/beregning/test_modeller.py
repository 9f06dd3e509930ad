"""The registry of takst models, with a second model beside the real one."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from faelles.fejl import UgyldigtInput
from takster.beregning import modeller
from takster.beregning.modeller import Takstmodel, beregn, registrer, takstmodel
from takster.beregning.tal import Pladser, Pris, regnekontekst
from takster.beregning.trin import Trin
from takster.beregning.vaerdiobjekt import Inddata, Vaerdiobjekt
from tests.takster.beregning.eksempel import inddata


@dataclass(frozen=True, slots=True, kw_only=True)
class Pakkeinddata(Inddata):
    """A made-up model: the region fixes a price per package, and the takst is the price times the packages."""

    model: str
    pakkepris: Pris
    pakker: Pladser


@dataclass(frozen=True, slots=True, kw_only=True)
class Pakkeresultat(Vaerdiobjekt):
    takst: Decimal
    trin: tuple[Trin, ...]
    inddata: Pakkeinddata


@regnekontekst()
def beregn_pakker(data: Pakkeinddata) -> Pakkeresultat:
    takst = data.pakkepris * data.pakker
    return Pakkeresultat(takst=takst, trin=(Trin("Y1", "Takst", "pris × pakker", takst, "kr."),), inddata=data)


@pytest.fixture
def ydelsespakker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second model, for one test."""
    monkeypatch.setattr(modeller, "_modeller", dict(modeller._modeller))
    registrer(Takstmodel("ydelsespakker", Pakkeinddata, beregn_pakker))


@pytest.mark.usefixtures("ydelsespakker")
def test_beregn_uses_the_model_the_inputs_name() -> None:
    resultat = beregn({"model": "ydelsespakker", "pakkepris": "412.50", "pakker": "3"}).som_json()
    assert resultat["takst"] == "1237.50"
    assert beregn(resultat["inddata"]).som_json() == resultat
    assert beregn(inddata().som_json()).som_json()["takst"] == "2687"


@pytest.mark.usefixtures("ydelsespakker")
def test_beregn_each_model_has_its_own_inputs() -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        beregn({**inddata().som_json(), "model": "ydelsespakker"})
    assert {"pakkepris", "pakker", "aar", "pladser"} <= set(fejl.value.felter)


def test_beregn_without_a_name_is_the_cost_based_model() -> None:
    data = inddata().som_json()
    del data["model"]
    assert beregn(data).som_json()["inddata"]["model"] == "omkostningsbaseret"


@pytest.mark.parametrize("navn", ["ydelsespakker", "", None, 5, ["omkostningsbaseret"]])
def test_takstmodel_that_is_not_there_names_those_that_are(navn: object) -> None:
    with pytest.raises(UgyldigtInput) as fejl:
        takstmodel(navn)
    assert "»omkostningsbaseret«" in fejl.value.felter["model"][0]
