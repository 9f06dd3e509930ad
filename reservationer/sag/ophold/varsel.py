"""Which notice a side of a stay has, and what says so: the parties' own agreement, or the terms of the rammeaftale."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faelles.aktoer import Aktoer, Funktion
from reservationer.sag.aftaler.felter import Variant
from reservationer.sag.aftaler.grundlag import Sag
from reservationer.sag.models import Ophold, Placeringsaftale
from reservationer.sag.models.placeringsaftale import gaelder_paa
from reservationer.sag.ophold.frister import Varsel
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende_i_kommune


@dataclass(frozen=True, slots=True)
class Varselskilde:
    """A notice with what says it: the version of the agreement, or the set of terms. Exactly one of the two."""

    varsel: Varsel
    aftale_id: UUID | None = None
    vilkaarssaet_id: UUID | None = None


def varsel_for(aktoer: Aktoer, ophold: Ophold, givet: date) -> Varselskilde:
    """The notice of the actor's side on the day: as agreed outside the rammeaftale, else its term for the stay's hjemmel.

    Raises Konflikt when neither says it.
    """
    if (aftale := aftale_om_varsel(aktoer, ophold, givet)) is not None:
        koeber = aktoer.funktion is Funktion.MYNDIGHED
        return Varselskilde(Varsel.laes(aftale.varsel_kommune if koeber else aftale.varsel_tilbud), aftale_id=aftale.pk)
    hjemmel = ophold.hjemler.synlige_for(aktoer).get(periode__contains=givet).hjemmel_id
    vilkaar = gaeldende_i_kommune(ophold.tilbud.beliggenhedskommune_id, givet)
    varsel = Varsel.laes(vilkaar.kode(varselsnoegle(aktoer.funktion), hjemmel))
    return Varselskilde(varsel, vilkaarssaet_id=vilkaar.saet_id)


def aftale_om_varsel(aktoer: Aktoer, ophold: Ophold, dag: date) -> Placeringsaftale | None:
    """The version that says the notices on the day: the latest that is in force, outside the rammeaftale.

    One made with a municipality that is not responsible on the day binds nobody then.
    """
    ansvar = ophold.ansvar.synlige_for(aktoer).filter(periode__contains=max(dag, ophold.foerste_dag))
    alle = Placeringsaftale.objects.synlige_for(aktoer).filter(
        gaelder_paa(dag),
        handlekommune__in=ansvar.values("handlekommune"),
        **Sag(ophold).noegle,
    )
    seneste = alle.order_by("-nummer").first()
    return seneste if seneste is not None and seneste.variant == Variant.UDEN else None


def varselsnoegle(funktion: str) -> Noegle:
    """The term a notice given in this function follows from inside the rammeaftale."""
    return Noegle.OPSIGELSE_VARSEL_TILBUD if funktion == Funktion.DRIFTSHERRE else Noegle.OPSIGELSE_VARSEL_KOMMUNE
