"""An offer's operator, or the secretariat, says what knowledge the offer passed on, and takes it back: the only way it changes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from faelles.aktoer import Aktoer, Rettighed
from faelles.cpr import cpr_fejl
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.tid import idag
from rammeaftale.actions.faelles import linkfejl
from rammeaftale.models import Rammeaftale, Videndeling, Videnmodtager
from rammeaftale.videndeling.queries import maa_registrere, mulige_modtagere, pligtdag, tilbud_i
from rammeaftale.videndeling.regler import Videnform


@dataclass(frozen=True, slots=True)
class Videnindhold:
    """What was passed on, as somebody writes it. `modtagere` are organisations."""

    emne: str
    form: Videnform
    dato: date
    modtagere: Collection[UUID]
    url: str


def registrer(*, aktoer: Aktoer, aftale_id: UUID, tilbud_id: UUID, indhold: Videnindhold) -> Videndeling:
    """Register what an offer passed on under an agreement. Raises IkkeFundet, UgyldigtInput with all faults."""
    aktoer.kraev(Rettighed.RAMMEAFTALER_LAES)
    dag = idag()
    with transaction.atomic():
        aftale = Rammeaftale.objects.synlige_for(aktoer).select_related("kkr").filter(pk=aftale_id).first()
        tilbud = tilbud_i(aftale, pligtdag(aftale, dag)).filter(pk=tilbud_id).first() if aftale else None
        if aftale is None or tilbud is None or not maa_registrere(aktoer, aftale, tilbud):
            raise IkkeFundet(
                "tilbud_ikke_fundet", "Tilbuddet findes ikke i aftalens kommuner, eller det er ikke jeres."
            )
        emne, url = indhold.emne.strip(), indhold.url.strip()
        modtagere = set(indhold.modtagere)
        felter = {f: list(b) for f, b in cpr_fejl(emne=emne, url=url).items()}
        if not emne:
            felter["emne"] = ["Skriv, hvad det handlede om."]
        if indhold.dato > dag:
            felter["dato"] = ["Datoen ligger i fremtiden; registrér det, når det er sket."]
        elif not aftale.aftaleperiode.indeholder(indhold.dato):
            felter["dato"] = ["Vælg en dag i aftalens periode."]
        if url and (fejl := linkfejl(url)):
            felter["url"] = [fejl]
        mulige = set(
            mulige_modtagere(aftale, indhold.dato).exclude(pk=tilbud.driftsherre_id).values_list("pk", flat=True)
        )
        if not modtagere or not modtagere <= mulige:
            felter["modtagere"] = ["Vælg mindst én, og kun dem, der var aftalens andre parter den dag."]
        if felter:
            raise UgyldigtInput("ugyldig_videndeling", "Vidensdelingen kan ikke gemmes endnu.", felter)
        deling = Videndeling.objects.create(
            tilbud=tilbud,
            emne=emne,
            form=indhold.form,
            dato=indhold.dato,
            url=url,
            registreret_af_id=aktoer.organisation_id,
            identitet=aktoer.identitet,
        )
        Videnmodtager.objects.bulk_create(
            Videnmodtager(videndeling=deling, organisation_id=pk) for pk in sorted(modtagere)
        )
        return deling


def fortryd(*, aktoer: Aktoer, aftale_id: UUID, videndeling_id: UUID) -> None:
    """Take back what was registered by mistake. Raises IkkeFundet."""
    aktoer.kraev(Rettighed.RAMMEAFTALER_LAES)
    with transaction.atomic():
        aftale = Rammeaftale.objects.synlige_for(aktoer).select_related("kkr").filter(pk=aftale_id).first()
        deling = (
            Videndeling.objects.select_related("tilbud")
            .select_for_update(of=("self",))
            .filter(pk=videndeling_id)
            .first()
        )
        hos = (
            tilbud_i(aftale, pligtdag(aftale, idag())).filter(pk=deling.tilbud_id).first()
            if aftale and deling
            else None
        )
        if aftale is None or deling is None or hos is None or not maa_registrere(aktoer, aftale, hos):
            raise IkkeFundet("videndeling_ikke_fundet", "Vidensdelingen findes ikke.")
        deling.delete()
