"""What every decision has in common, whatever it is about: it says what the table asks for, and it is written down once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from faelles.aktoer import Aktoer
from faelles.cpr import cpr_fejl
from faelles.fejl import UgyldigtInput
from faelles.haendelser import publicer
from reservationer.sag.models import Beslutning
from reservationer.sag.overgange import GRUND_NAVN, Data, Grund, Overgang

_MANGLER: Mapping[Data, str] = {
    Data.BEMAERKNING: "Skriv, hvad den anden part skal vide.",
    Data.KAN_FRA: "Skriv den dato, I kan tage imod fra.",
    Data.DATO: "Skriv datoen.",
    Data.TIL: "Skriv den sidste dag.",
    Data.PLADS: "Vælg pladsen.",
    Data.ART: "Vælg arten.",
    Data.FRAVAER: "Vælg det fravær, der er forkert.",
    Data.UGEDAGE: "Vælg mindst én ugedag.",
    Data.TAKST: "Skriv taksten.",
    Data.HANDLEKOMMUNE: "Vælg handlekommunen.",
    Data.BETALINGSKOMMUNE: "Vælg betalingskommunen.",
    Data.HJEMMEL: "Vælg hjemlen.",
    Data.DOKUMENT: "Skriv referencen til dokumentet.",
}


@dataclass(frozen=True, slots=True)
class Indhold:
    """What somebody says with a decision: the reason, a remark, and the data the table may ask for."""

    grund: Grund | None = None
    bemaerkning: str = ""
    data: Mapping[Data, Any] = field(default_factory=dict)

    def har(self, navn: Data) -> bool:
        """Whether it was said."""
        if navn is Data.BEMAERKNING:
            return bool(self.bemaerkning.strip())
        return self.data.get(navn) not in (None, "", [])


def mangler(overgang: Overgang, indhold: Indhold) -> dict[str, list[str]]:
    """Everything the table asks for that was not said, by field."""
    felter = {navn.value: [_MANGLER[navn]] for navn in Data if navn in overgang.kraever and not indhold.har(navn)}
    if overgang.grunde and indhold.grund not in overgang.grunde:
        muligheder = "; ".join(GRUND_NAVN[mulig] for mulig in Grund if mulig in overgang.grunde)
        felter["grund"] = [f"Vælg en grund: {muligheder}."]
    if not overgang.grunde and indhold.grund is not None:
        felter["grund"] = ["Der skal ikke angives en grund til denne beslutning."]
    if indhold.grund is Grund.ANDET and not indhold.har(Data.BEMAERKNING):
        felter["bemaerkning"] = ["Beskriv grunden, når du vælger »Andet«."]
    return felter


def kraev(overgang: Overgang, indhold: Indhold, andre: Mapping[str, list[str]] | None = None) -> None:
    """Raise UgyldigtInput with all faults at once unless everything the table asks for was said; `andre` are the caller's."""
    felter = {
        **mangler(overgang, indhold),
        **(andre or {}),
        **cpr_fejl(bemaerkning=indhold.bemaerkning, dokument=str(indhold.data.get(Data.DOKUMENT) or "")),
    }
    if felter:
        raise UgyldigtInput("ugyldig_beslutning", "Beslutningen kan ikke registreres, før felterne er rettet.", felter)


def noter(overgang: Overgang, om: Model, aktoer: Aktoer | None, indhold: Indhold | None = None) -> Beslutning:
    """Write the decision down beside the thing it is about, and publish its event. `aktoer` None: the clock decided."""
    sagt = indhold or Indhold()
    hvem = {} if aktoer is None else {"organisation_id": aktoer.organisation_id, "rolle_navn": aktoer.rolle_navn}
    beslutning = Beslutning.objects.create(
        **{overgang.emne.value: om},
        udfald=overgang.udfald,
        grund=sagt.grund or "",
        bemaerkning=sagt.bemaerkning.strip(),
        dokument=str(sagt.data.get(Data.DOKUMENT) or "").strip(),
        identitet=aktoer.identitet if aktoer else "",
        **hvem,
    )
    publicer(overgang.haendelse, overgang.emne.value, om.pk)
    return beslutning
