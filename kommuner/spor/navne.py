"""What things and senders in a log are called, looked up for a whole page at a time: one question per kind of thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import ForeignKey, Model

from faelles.afsender import ANONYM
from faelles.aktoer import Aktoer
from faelles.scope import ScopedQuerySet
from faelles.spor import Spor, slags_for, synlige_spor
from kommuner.models import Bruger, Organisation

# The field that names a thing nobody follows, by the first of these that it has.
_NAVNEFELTER = ("kortnavn", "navn", "term", "titel", "name", "organisation")

Ting = tuple[type[Model], Any]  # a model and a primary key


def navnefelt(model: type[Model]) -> str:
    """The path of fields that names a thing; "" when nothing does."""
    slags = slags_for(str(model._meta.model_name))
    kendte = {felt.name for felt in model._meta.fields}
    navn = slags.navn if slags else next((felt for felt in _NAVNEFELTER if felt in kendte), "")
    if not navn:
        return ""
    felt = model._meta.get_field(navn)
    return f"{navn}__{navnefelt(felt.related_model)}" if isinstance(felt, ForeignKey) else navn


def slaa_op(aktoer: Aktoer, ting: Iterable[Ting], egne: Mapping[str, str]) -> dict[Ting, str]:
    """The names of things as the actor may know them.

    A person is named to her own organisation only (`egne`); a thing behind a scope is called what the actor's log calls it.
    """
    grupper: dict[type[Model], set[Any]] = {}
    for model, noegle in ting:
        if noegle is not None:
            grupper.setdefault(model, set()).add(noegle)
    navne: dict[Ting, str] = {}
    for model, noegler in grupper.items():
        if model is Bruger:
            fundne = {noegle: egne.get(f"bruger:{noegle}", "") for noegle in noegler}
        elif isinstance(model._default_manager.all(), ScopedQuerySet):
            fundne = _i_loggen(aktoer, model, noegler)
        elif felt := navnefelt(model):
            fundne = dict(model._default_manager.filter(pk__in=noegler).values_list("pk", felt))
        else:
            fundne = {}
        navne |= {(model, noegle): str(navn) for noegle, navn in fundne.items() if navn}
    return navne


def _i_loggen(aktoer: Aktoer, model: type[Model], noegler: Iterable[Any]) -> dict[Any, str]:
    """The latest name in the log of things the administration cannot see themselves."""
    for slags, alle in synlige_spor(aktoer):
        if slags.model is model and slags.navngiver_sig_selv:
            seneste = alle.filter(pgh_obj__in=list(noegler)).order_by("pgh_obj", "-pgh_id").distinct("pgh_obj")
            return dict(seneste.values_list("pgh_obj", slags.navn))
    return {}


@dataclass(frozen=True, slots=True)
class Afsender:
    """Who did something, in words: `hvem` and, when it was for somebody, `for_hvem`."""

    hvem: str
    for_hvem: str = ""


class Afsendere:
    """Names senders to an administration: its own people and systems by e-mail or name, others by organisation and function."""

    def __init__(self, aktoer: Aktoer, egne: Mapping[str, str], organisationer: Iterable[UUID | str | None]) -> None:
        """Take the own (kommuner.queries.identiteter) and look up the organisations that may be met."""
        self.egen, self.egne = str(aktoer.organisation_id), egne
        andre = {str(organisation) for organisation in organisationer if organisation}
        self.organisationer = {
            str(pk): navn for pk, navn in Organisation.objects.filter(pk__in=andre).values_list("pk", "navn")
        }

    def find(self, identitet: str, organisation: str, funktion: str) -> Afsender:
        """The sender with this identity, acting for this organisation ("" for none) in this function."""
        slags, _, navn = identitet.partition(":")
        if organisation:
            for_hvem = ", ".join(filter(None, [self.organisationer.get(organisation, ""), funktion]))
            egen = organisation == self.egen
            return (
                Afsender(self.egne.get(identitet, "Tidligere medarbejder eller system"), for_hvem)
                if egen
                else Afsender(for_hvem)
            )
        match slags:
            case "opgave":
                return Afsender("Platformen", f"opgave {navn}")
            case "kommando":
                return Afsender("Driften", f"kommando {navn}")
            case "bruger":
                return Afsender(self.egne.get(identitet, "Bruger uden tilknytning"))
            case _:
                return Afsender("Ikke logget på" if identitet == ANONYM else "Ukendt")

    def af_spor(self, spor: Spor) -> Afsender:
        """The sender of a change."""
        kontekst: Mapping[str, str] = spor.pgh_context
        return self.find(kontekst.get("identitet", ""), kontekst.get("organisation", ""), kontekst.get("funktion", ""))
