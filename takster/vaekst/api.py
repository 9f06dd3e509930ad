"""The growth against the ceiling over REST: as the secretariat's page has it, with every takst and offer that is not in it."""

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
from takster.beregning.loft import Loftresultat
from takster.models import Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.vaekst.queries import Raekke, Vaekst, vaekst
from takster.vaekst.regler import Aarspunkt, Grund, Gruppe, Sammensaetning, anden_laesning
from takster.vaekst.summer import Udeladelse, udeladelser
from takster.vilkaarsinddata import LOFTSVILKAAR
from vilkaar.api import EfterVilkaarUd, efter
from vilkaar.kilde import kilde
from vilkaar.noegler import Noegle

ENHED = soegeord("enhed", "Takster pr. døgn, når intet er valgt; de to lægges aldrig sammen.", ord_=Takstenhed.values)
GRUND = soegeord("grund", "Hvorfor det ikke er med.", flere=True, ord_=[grund.value for grund in Grund])


class VaekstaarUd(serializers.Serializer[Any]):
    """A year of a series: what offers cost per place per day, and the figures it is of."""

    aar = serializers.IntegerField()
    udgift = BeloebUd(help_text="Kr. pr. plads pr. dag i årets egne priser.")
    udgiftIFastePriser = BeloebUd(help_text="Det samme i priserne for det år, der spørges om.")
    indeks = serializers.CharField(allow_null=True, help_text="Af faste priser; basisåret er 100.")
    loftetsIndeks = serializers.CharField()
    tilbud = serializers.IntegerField()
    pladser = serializers.CharField()
    pladsdage = serializers.CharField()
    omkostninger = BeloebUd(help_text="I årets egne priser.")
    overheadprocent = serializers.CharField(allow_null=True, help_text="Af de direkte omkostninger.")


class LoftsdomUd(serializers.Serializer[Any]):
    """The year against the ceiling, in kr. per place per day. `afstandOere` is the room left, negative when over."""

    overholdt = serializers.BooleanField()
    afstandOere = serializers.IntegerField()
    udgift = BeloebUd()
    loft = BeloebUd()
    laesning = serializers.CharField(help_text="Hvordan aftalens fradrag regnes.")
    dom = serializers.CharField()


class DriftsherrevaekstUd(serializers.Serializer[Any]):
    """An operator's years. The ceiling is agreed for the area; whether one keeps it is a piece of information."""

    driftsherreId = serializers.UUIDField()
    navn = serializers.CharField()
    aarene = VaekstaarUd(many=True)
    dom = LoftsdomUd(allow_null=True)


class HjemmelvaekstUd(serializers.Serializer[Any]):
    """The years of a legal basis."""

    hjemmel = serializers.CharField()
    navn = serializers.CharField()
    aarene = VaekstaarUd(many=True)
    dom = LoftsdomUd(allow_null=True)


class VirkningUd(serializers.Serializer[Any]):
    """What a group of offers moves the cost, kr. per place per day; up is positive."""

    gruppe = serializers.ChoiceField(choices=[gruppe.value for gruppe in Gruppe])
    tilbud = serializers.IntegerField()
    virkning = BeloebUd()


class SammensaetningUd(serializers.Serializer[Any]):
    """From the base year's cost to the year's, in the year's prices: the effects sum to the difference."""

    foer = BeloebUd()
    nu = BeloebUd()
    virkninger = VirkningUd(many=True)


class UdeladelsestalUd(serializers.Serializer[Any]):
    """How many takster, or for `uden_takst` and `privat` offers, are not in the figures."""

    grund = serializers.ChoiceField(choices=[grund.value for grund in Grund])
    antal = serializers.IntegerField()
    antalIBasisaaret = serializers.IntegerField(allow_null=True, help_text="Null, hvor det kun tælles i året.")


class TakstvaekstUd(serializers.Serializer[Any]):
    """A year of a KKR's area. Without `dom`, `hvorforIkke` says why it cannot be told; what is left out is told all the same."""

    kkr = serializers.SlugField()
    aar = serializers.IntegerField()
    enhed = serializers.ChoiceField(choices=Takstenhed.values)
    basisaar = serializers.IntegerField(allow_null=True)
    dom = LoftsdomUd(allow_null=True)
    andenLaesning = LoftsdomUd(
        allow_null=True, help_text="Dommen, hvis fradraget var regnet på den måde, aftalen ikke har valgt."
    )
    hvorforIkke = serializers.CharField()
    aarene = VaekstaarUd(many=True)
    driftsherrer = DriftsherrevaekstUd(many=True)
    hjemler = HjemmelvaekstUd(many=True)
    sammensaetning = SammensaetningUd(allow_null=True)
    udeladte = UdeladelsestalUd(many=True)
    overheadnorm = serializers.CharField(allow_null=True)
    vilkaarssaet = serializers.IntegerField(allow_null=True)
    foreloebig = serializers.BooleanField(allow_null=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="De vilkår, dommen og normen for overhead følger af.")


class UdeladelseUd(serializers.Serializer[Any]):
    """A takst, or without department and legal basis a whole offer, that is not in the year's figures."""

    kkr = serializers.SlugField()
    grund = serializers.ChoiceField(choices=[grund.value for grund in Grund])
    driftsherre = serializers.CharField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    afdelingId = serializers.UUIDField(allow_null=True)
    afdeling = serializers.CharField()
    hjemmel = serializers.CharField(allow_null=True)


def _kr(beloeb: Decimal) -> dict[str, str]:
    return {"beloeb": f"{beloeb:.2f}", "valuta": "DKK"}


def _tal(tal: Decimal | None) -> str | None:
    return None if tal is None else f"{tal:.2f}"


def _vis_aar(punkt: Aarspunkt) -> dict[str, Any]:
    tal = punkt.tal
    return {
        "aar": punkt.aar,
        "udgift": _kr(tal.udgift),
        "udgiftIFastePriser": _kr(punkt.udgift),
        "indeks": _tal(punkt.indeks),
        "loftetsIndeks": _tal(punkt.maal),
        "tilbud": tal.tilbud,
        "pladser": _tal(tal.pladser),
        "pladsdage": _tal(tal.pladsdage),
        "omkostninger": _kr(tal.omkostninger),
        "overheadprocent": _tal(tal.overheadprocent),
    }


def _vis_dom(resultat: Loftresultat | None) -> dict[str, Any] | None:
    if resultat is None:
        return None
    return {
        "overholdt": resultat.overholdt,
        "afstandOere": resultat.afstand_oere,
        "udgift": _kr(resultat.udgift),
        "loft": _kr(resultat.loft),
        "laesning": resultat.inddata.metode.value,
        "dom": resultat.dom,
    }


def _vis_raekke(felt: str, raekke: Raekke) -> dict[str, Any]:
    return {
        felt: str(raekke.noegle),
        "navn": raekke.navn,
        "aarene": [_vis_aar(punkt) for punkt in raekke.maaling.punkter],
        "dom": _vis_dom(raekke.maaling.resultat),
    }


def _vis_sammensaetning(hele: Sammensaetning | None) -> dict[str, Any] | None:
    if hele is None:
        return None
    virkninger = [{"gruppe": v.gruppe.value, "tilbud": v.tilbud, "virkning": _kr(v.kr)} for v in hele.virkninger]
    return {"foer": _kr(hele.foer), "nu": _kr(hele.nu), "virkninger": virkninger}


def _vis(v: Vaekst) -> dict[str, Any]:
    resultat = v.alle.resultat if v.alle else None
    return {
        "kkr": v.kkr.slug,
        "aar": v.aar,
        "enhed": v.enhed.value,
        "basisaar": v.loft.basis.aar if v.loft else None,
        "dom": _vis_dom(resultat),
        "andenLaesning": _vis_dom(anden_laesning(resultat)) if resultat else None,
        "hvorforIkke": v.hvorfor_ikke,
        "aarene": [_vis_aar(punkt) for punkt in v.alle.punkter] if v.alle else [],
        "driftsherrer": [_vis_raekke("driftsherreId", raekke) for raekke in v.driftsherrer],
        "hjemler": [_vis_raekke("hjemmel", raekke) for raekke in v.hjemler],
        "sammensaetning": _vis_sammensaetning(v.sammensaetning),
        "udeladte": [{"grund": et.grund.value, "antal": et.nu, "antalIBasisaaret": et.foer} for et in v.udeladte],
        "overheadnorm": _tal(v.norm),
        "vilkaarssaet": v.vilkaar.nummer if v.vilkaar else None,
        "foreloebig": not v.vilkaar.endelig if v.vilkaar else None,
        "efterVilkaar": _efter_vilkaar(v),
    }


def _efter_vilkaar(v: Vaekst) -> list[dict[str, Any]]:
    if v.vilkaar is None:
        return []
    foelger = [("dom", noegle) for noegle in LOFTSVILKAAR] + [("overheadnorm", Noegle.OVERHEAD_PROCENT)]
    return [led for felt, noegle in foelger for led in efter(felt, noegle, kilde(v.vilkaar, noegle))]


class _Vaekst(Ressource):
    """What the resources share: they are the secretariat's, of a year and a unit."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}

    def _omraader(self, aar: int) -> Sequence[Kkr]:
        """The KKRs of the client's secretariat. Raises IkkeFundet for a year no takst can be of."""
        self.aktoer.kraev(Rettighed.TILBUD_LAES, Funktion.SEKRETARIAT)
        if not FOERSTE_AAR <= aar <= SIDSTE_AAR:
            raise IkkeFundet("aar_ikke_fundet", f"Vælg et år fra {FOERSTE_AAR} til {SIDSTE_AAR}.")
        return list(Kkr.objects.filter(sekretariat=self.aktoer.organisation_id).order_by("slug"))


class Takstvaekst(_Vaekst):
    """The growth of a year."""

    soegeord: ClassVar = (ENHED, *SIDER)

    @extend_schema(summary="Væksten i takster mod loftet", responses=liste(TakstvaekstUd))
    def get(self, request: Request, aar: int) -> Response:
        """In each KKR of the client's secretariat, from the ceiling's base year on, by the terms of the year's first day."""
        enhed = _enhed(request)
        return liste_side(request, self._omraader(aar), lambda kkr: kkr.slug, lambda kkr: _vis(vaekst(kkr, aar, enhed)))


class Takstvaekstudeladelser(_Vaekst):
    """What is not in the figures of a year."""

    soegeord: ClassVar = (ENHED, GRUND, *SIDER)

    @extend_schema(summary="Det, der ikke er med i væksten", responses=liste(UdeladelseUd))
    def get(self, request: Request, aar: int) -> Response:
        """Each takst and each whole offer with the reason, by operator and offer, whole offers last."""
        enhed, grunde = _enhed(request), _grunde(request)
        alle = [
            (kkr, et)
            for kkr in self._omraader(aar)
            for et in udeladelser(kkr, aar, enhed)
            if not grunde or et.grund in grunde
        ]
        return liste_side(request, alle, _noegle, lambda par: _vis_udeladelse(*par))


def _noegle(par: tuple[Kkr, Udeladelse]) -> str:
    kkr, et = par
    return f"{kkr.slug}:{et.tilbud_id}:{et.afdeling_id or ''}:{et.hjemmel}"


def _vis_udeladelse(kkr: Kkr, et: Udeladelse) -> dict[str, Any]:
    return {
        "kkr": kkr.slug,
        "grund": et.grund.value,
        "driftsherre": et.driftsherre,
        "tilbudId": str(et.tilbud_id),
        "tilbud": et.tilbud,
        "afdelingId": str(et.afdeling_id) if et.afdeling_id else None,
        "afdeling": et.afdeling,
        "hjemmel": et.hjemmel or None,
    }


def _enhed(request: Request) -> Takstenhed:
    """Raises UgyldigtInput."""
    enhed = request.query_params.get("enhed", Takstenhed.DOEGN.value)
    if enhed not in Takstenhed.values:
        besked = f"Enheden skal være en af: {', '.join(Takstenhed.values)}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"enhed": [besked]})
    return Takstenhed(enhed)


def _grunde(request: Request) -> list[str]:
    """Raises UgyldigtInput."""
    grunde = request.query_params.getlist("grund")
    if set(grunde) - set(Grund):
        besked = f"Grunden skal være en af: {', '.join(Grund)}."
        raise UgyldigtInput("ugyldigt_soegeord", besked, {"grund": [besked]})
    return grunde
