"""Corrections of a place over REST: what harms nobody at once, the rest when a person of the operator's has approved it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.etag import kraev_set, med_etag, rettet
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.krop import Krop, laes
from faelles.openapi import IF_MATCH, IKKE_AENDRET, KONFLIKT, KUN_SET, en
from faelles.regneark.indlaesning import Raekke, Raekkefejl
from kommuner.api_base import Ressource
from tilbud.aendringer.actions import ret
from tilbud.api import PLADS_PERIODE, PladsUd, pladser, vis_plads
from tilbud.models import Importkilde, Plads, Pladsart, Registerimport, Tilbud
from tilbud.registerimport.api import FELTER, ImportUd, vis_import
from tilbud.registerimport.skema import PLADSER

PLADSARTER = Pladsart.values
EN_DAG = timedelta(days=1)
# The columns of the sheet by the names of the API, where they are not the same word.
POINTERE = {
    "Åben fra": "aaben_fra", "Sidste dag": "aaben_til", "Forbeholdt egne": "forbeholdt_egne",
    "Forbeholdt beboere": "forbeholdt_beboere",
}  # fmt: skip


class PladsInd(Krop):
    """A place as it is to be: the whole of it. `aabenTil` is the day after the last one it is open, null when none is known."""

    betegnelse = serializers.CharField(max_length=40, help_text="Fx Bolig 4. Ses af alle; aldrig et navn.")
    art = serializers.ChoiceField(choices=PLADSARTER)
    ugedage = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7), min_length=1, max_length=7, help_text="1 er mandag."
    )
    aabenFra = serializers.DateField()
    aabenTil = serializers.DateField(allow_null=True)
    merplads = serializers.BooleanField()
    forbeholdtEgne = serializers.BooleanField()
    forbeholdtBeboere = serializers.BooleanField(help_text="Kun på en dagplads.")


class EnPlads(Ressource):
    """One place."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES, "PUT": Rettighed.TILBUD_SKRIV}
    soegeord: ClassVar = PLADS_PERIODE

    def _vis(self, request: Request, plads_id: UUID) -> dict[str, Any]:
        raekke = pladser(request).filter(pk=plads_id).first()
        if raekke is None:
            raise Http404
        return vis_plads(raekke)

    @extend_schema(summary="En plads", responses=en(PladsUd, IKKE_AENDRET))
    def get(self, request: Request, plads_id: UUID) -> Response:
        """Taken or free, never by whom."""
        return med_etag(request, self._vis(request, plads_id))

    @extend_schema(
        summary="Ret en plads",
        request=PladsInd,
        parameters=[IF_MATCH],
        responses=en(PladsUd, {202: ImportUd}, KONFLIKT, KUN_SET),
    )
    def put(self, request: Request, plads_id: UUID) -> Response:
        """200 with the place when all of it takes effect at once. 202 with the change, and its address in `Location`, when
        something in it waits for a person's approval; the rest has then taken effect.
        """
        plads = self._egen(plads_id)
        ind = laes(PladsInd, request)
        plan, venter = ret(
            aktoer=self.aktoer,
            raekker={PLADSER: [_raekke(plads, ind)]},
            kilde=Importkilde.SYSTEM,
            kraev_set=lambda: kraev_set(request, self._vis(request, plads_id)),
        )
        if plan.fejl:
            raise _ugyldig(plan.fejl)
        if venter is not None:
            krop = vis_import(Registerimport.objects.synlige_for(self.aktoer).values(*FELTER).get(pk=venter.pk))
            return Response(krop, status=202, headers={"Location": f"/api/v1/importer/{venter.pk}"})
        return rettet(self._vis(request, plads_id))

    def _egen(self, plads_id: UUID) -> Plads:
        egne = Tilbud.objects.drevet_af(self.aktoer).order_by()
        plads = Plads.objects.select_related("afdeling").filter(pk=plads_id, afdeling__tilbud__in=egne).first()
        if plads is None:
            raise IkkeFundet("plads_ikke_fundet", "Pladsen findes ikke blandt jeres egne.")
        return plads


def _raekke(plads: Plads, felter: Mapping[str, Any]) -> Raekke:
    """The place as a row of the register's sheet."""
    til: date | None = felter["aabenTil"]
    return Raekke(
        1,
        {
            "tilbud": str(plads.afdeling.tilbud_id),
            "afdeling": str(plads.afdeling_id),
            "id": str(plads.pk),
            "betegnelse": felter["betegnelse"],
            "art": felter["art"],
            "ugedage": sorted(set(felter["ugedage"])),
            "aaben_fra": felter["aabenFra"],
            "sidste_dag": None if til is None else til - EN_DAG,
            "merplads": felter["merplads"],
            "forbeholdt_egne": felter["forbeholdtEgne"],
            "forbeholdt_beboere": felter["forbeholdtBeboere"],
        },
    )


def _ugyldig(fejl: list[Raekkefejl]) -> UgyldigtInput:
    felter: dict[str, list[str]] = {}
    for en_fejl in fejl:
        felt = POINTERE.get(en_fejl.kolonne, en_fejl.kolonne.lower())
        felter.setdefault(felt, []).append(f"{en_fejl.regel} {en_fejl.rettelse}")
    return UgyldigtInput("ugyldig_plads", "Pladsen kan ikke rettes sådan.", felter)
