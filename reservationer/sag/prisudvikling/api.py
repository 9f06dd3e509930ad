"""Total price against list price over REST: as the secretariat's page has it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.fejl import IkkeFundet, UgyldigtInput
from faelles.openapi import SIDER, BeloebUd, liste, soegeord
from faelles.sider import liste_side
from kommuner.api_base import Ressource
from kommuner.models import Kkr
from reservationer.sag.prisudvikling.queries import PL_VILKAAR, Prisudvikling, Ramme, prisudvikling
from reservationer.sag.prisudvikling.regler import Aarspris, Ejer, Grund
from takster.models import Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from vilkaar.api import EfterVilkaarUd, efter
from vilkaar.kilde import kilde
from vilkaar.noegler import Noegle

ENHED = soegeord("enhed", "Priser pr. døgn, når intet er valgt; de to lægges aldrig sammen.", ord_=Takstenhed.values)


class AarsprisUd(serializers.Serializer[Any]):
    """A year that may be shown: days, what was agreed for them, and what the takster published for the same days would have made it."""

    aar = serializers.IntegerField()
    dage = serializers.IntegerField()
    aftalt = BeloebUd(help_text="I alt, med tillæg, i årets egne priser, som de følgende.")
    tillaeg = BeloebUd(help_text="Heraf tillæg.")
    efterTakst = BeloebUd(help_text="I alt efter de offentliggjorte takster for de samme dage.")
    takst = BeloebUd(help_text="Pr. enhed.")
    samletPris = BeloebUd(help_text="Pr. enhed.")
    forskel = BeloebUd(help_text="Den samlede pris mindre taksten, pr. enhed.")
    forskelProcent = serializers.CharField()
    takstIFastePriser = BeloebUd(allow_null=True, help_text="I priserne for det år, der spørges om.")
    samletPrisIFastePriser = BeloebUd(allow_null=True)
    takstindeks = serializers.CharField(allow_null=True, help_text="Af faste priser; basisåret er 100.")
    prisindeks = serializers.CharField(allow_null=True, help_text="Som takstindeks, af den samlede pris.")


class EjerprisUd(serializers.Serializer[Any]):
    """The years of offers by who runs them; self-owned ones are private."""

    ejer = serializers.ChoiceField(choices=[ejer.value for ejer in Ejer])
    aarene = AarsprisUd(many=True)


class DriftsherreprisUd(serializers.Serializer[Any]):
    """An operator's years."""

    driftsherreId = serializers.UUIDField()
    navn = serializers.CharField()
    aarene = AarsprisUd(many=True)


class HjemmelprisUd(serializers.Serializer[Any]):
    """The years of a legal basis."""

    hjemmel = serializers.CharField()
    navn = serializers.CharField()
    aarene = AarsprisUd(many=True)


class PrisudeladelseUd(serializers.Serializer[Any]):
    """Days of the year that are not in the figures, and what is agreed for them; null where nothing is."""

    grund = serializers.ChoiceField(choices=[grund.value for grund in Grund])
    ejer = serializers.ChoiceField(choices=[ejer.value for ejer in Ejer])
    dage = serializers.IntegerField()
    aftalt = BeloebUd(allow_null=True)


class PrisudviklingUd(serializers.Serializer[Any]):
    """A year of a KKR's area and the years before. A year, a row or a reason that may not be shown is not there."""

    kkr = serializers.SlugField()
    aar = serializers.IntegerField()
    enhed = serializers.ChoiceField(choices=Takstenhed.values)
    taltTil = serializers.DateField(help_text="Den første dag, der ikke er talt med: kun hele måneder tælles.")
    graense = serializers.IntegerField(
        allow_null=True, help_text="Det, der hviler på færre ophold, vises ikke (vilkåret diskretion_graense)."
    )
    hvorforIkke = serializers.CharField(help_text="Hvorfor intet kan vises; tom, når det kan.")
    basisaar = serializers.IntegerField(allow_null=True)
    hvorforIngenFastePriser = serializers.CharField()
    iAlt = AarsprisUd(many=True)
    ejere = EjerprisUd(many=True)
    driftsherrer = DriftsherreprisUd(many=True)
    hjemler = HjemmelprisUd(many=True)
    udeladte = PrisudeladelseUd(many=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="De vilkår, grænsen og de faste priser følger af.")


def _kr(beloeb: Decimal | None) -> dict[str, str] | None:
    return None if beloeb is None else {"beloeb": f"{beloeb:.2f}", "valuta": "DKK"}


def _tal(tal: Decimal | None) -> str | None:
    return None if tal is None else f"{tal:.2f}"


def _vis_aarene(aarene: Sequence[Aarspris]) -> list[dict[str, Any]]:
    return [
        {
            "aar": et.aar,
            "dage": et.tal.dage,
            "aftalt": _kr(et.tal.samlet),
            "tillaeg": _kr(et.tal.tillaeg),
            "efterTakst": _kr(et.tal.vejledende),
            "takst": _kr(et.tal.pr_dag(et.tal.vejledende)),
            "samletPris": _kr(et.tal.pr_dag(et.tal.samlet)),
            "forskel": _kr(et.tal.pr_dag(et.tal.forskel)),
            "forskelProcent": _tal(et.tal.forskel_procent),
            "takstIFastePriser": _kr(et.vejledende),
            "samletPrisIFastePriser": _kr(et.samlet),
            "takstindeks": _tal(et.vejledende_indeks),
            "prisindeks": _tal(et.samlet_indeks),
        }
        for et in aarene
    ]


def _vis(p: Prisudvikling) -> dict[str, Any]:
    ramme = p.ramme
    return {
        "kkr": ramme.kkr.slug,
        "aar": ramme.aar,
        "enhed": ramme.enhed.value,
        "taltTil": ramme.slut.isoformat(),
        "graense": ramme.graense,
        "hvorforIkke": ramme.hvorfor_intet,
        "basisaar": ramme.niveau.basisaar if ramme.niveau else None,
        "hvorforIngenFastePriser": ramme.faste.hvorfor_ikke,
        "iAlt": _vis_aarene(p.alle.aarene),
        "ejere": [{"ejer": et.noegle, "aarene": _vis_aarene(et.aarene)} for et in p.ejere],
        "driftsherrer": [
            {"driftsherreId": str(et.noegle), "navn": et.navn, "aarene": _vis_aarene(et.aarene)}
            for et in p.driftsherrer
        ],
        "hjemler": [{"hjemmel": et.noegle, "navn": et.navn, "aarene": _vis_aarene(et.aarene)} for et in p.hjemler],
        "udeladte": [
            {"grund": et.grund.value, "ejer": et.ejer.value, "dage": et.dage, "aftalt": _kr(et.samlet)}
            for et in p.udeladte
        ],
        "efterVilkaar": _efter_vilkaar(ramme),
    }


def _efter_vilkaar(ramme: Ramme) -> list[dict[str, Any]]:
    alle = efter("graense", Noegle.DISKRETION_GRAENSE, ramme.graensekilde)
    if ramme.faste.vilkaar and ramme.niveau:
        for noegle in PL_VILKAAR:
            alle += efter("basisaar", noegle, kilde(ramme.faste.vilkaar, noegle))
    return alle


class Prisudviklinger(Ressource):
    """Total price against list price in a year."""

    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = (ENHED, *SIDER)

    @extend_schema(summary="Samlet pris mod takst", responses=liste(PrisudviklingUd))
    def get(self, request: Request, aar: int) -> Response:
        """In each KKR of the client's secretariat, from the ceiling's base year on; small counts are left out.

        Whole months of stays with both an agreed price and a published takst. Absence is not taken off.
        """
        self.aktoer.kraev(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
        if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
            raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
        enhed = _enhed(request)
        kkrer = list(Kkr.objects.filter(sekretariat=self.aktoer.organisation_id).order_by("slug"))
        return liste_side(request, kkrer, lambda kkr: kkr.slug, lambda kkr: _vis(prisudvikling(kkr, aar, enhed)))


def _enhed(request: Request) -> Takstenhed:
    """Raises UgyldigtInput."""
    enhed = request.query_params.get("enhed", Takstenhed.DOEGN.value)
    if enhed not in Takstenhed.values:
        besked = f"Enheden skal være en af: {', '.join(Takstenhed.values)}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"enhed": [besked]})
    return Takstenhed(enhed)
