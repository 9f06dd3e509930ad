"""The search over REST: free places in the ledger, ranked and explained."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Rettighed
from faelles.graenser import Graense
from faelles.openapi import SIDER, BeloebUd, en, liste, soegeord
from faelles.sider import liste_side, listeudsnit
from faelles.tid import nu
from kommuner.api_base import Ressource
from reservationer.soegning.apiprofil import KriterierInd, SoegningInd
from reservationer.soegning.apivisning import vis_hit, vis_ledig, vis_udeladt
from reservationer.soegning.kriterier import Kriterium
from reservationer.soegning.profil import Behovsprofil
from reservationer.soegning.queries import Soegesvar, Udeladt, fundne, soeg, udeladte
from reservationer.soegning.rangering import Resultat
from reservationer.soegning.viste import suppleret
from tilbud import filtre
from tilbud.models import Pladsart
from vilkaar.api import KildeUd

KRITERIER = [kriterium.value for kriterium in Kriterium]
INGEN_UDELADTE: Mapping[str, Any] = {"udeladte": [], "antalUdeladte": None, "naesteUdeladteCursor": None}


class KravUd(serializers.Serializer[Any]):
    """A requirement of the search and how the hit stands to it."""

    kode = serializers.ChoiceField(choices=KRITERIER)
    navn = serializers.CharField()
    udfald = serializers.ChoiceField(choices=["opfyldt", "ukendt"])


class BekraeftetUd(serializers.Serializer[Any]):
    """The latest confirmation of the places: when, by whom, and how many whole days ago."""

    tidspunkt = serializers.DateTimeField()
    organisation = serializers.CharField()
    funktion = serializers.CharField()
    alderDage = serializers.IntegerField()


class SoegetakstUd(serializers.Serializer[Any]):
    """The takst of the period's first day."""

    pris = BeloebUd()
    enhed = serializers.ChoiceField(choices=["doegn", "dag"])
    hjemmel = serializers.CharField()
    foreloebig = serializers.BooleanField()


class FundUd(serializers.Serializer[Any]):
    """A department with unclaimed places. `ledig` is false when nobody has vouched for them recently enough to say so."""

    afdelingId = serializers.UUIDField()
    afdeling = serializers.CharField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    driftsherreId = serializers.UUIDField()
    driftsherre = serializers.CharField()
    kommunekode = serializers.CharField()
    kommune = serializers.CharField()
    ledig = serializers.BooleanField()
    antal = serializers.IntegerField(
        help_text="Så mange af de ledige pladser, der må tages inden for socialtilsynets godkendelse i hele perioden."
    )
    ikkeGodkendte = serializers.IntegerField(
        help_text="Pladser, ingen har, men som ikke må tages, fordi de er flere end godkendt og tilladt i perioden."
    )
    godkendelseUdloeber = serializers.DateField(
        allow_null=True,
        help_text="Den sidste dag, socialtilsynets godkendelse gælder, når den er før periodens sidste; ellers null.",
    )
    udenPladser = serializers.BooleanField(
        help_text="Ydelsen leveres uden pladser: ledig er falsk, og om der er tid, ved kun tilbuddet."
    )
    pladser = serializers.ListField(child=serializers.UUIDField(), help_text="De første af dem, der må tages.")
    arter = serializers.ListField(
        child=serializers.ChoiceField(choices=Pladsart.values),
        help_text="De arter, der er en plads af, hvilke arter der end er spurgt om.",
    )
    ledigFra = serializers.DateField(
        allow_null=True,
        help_text="Den første dag, en af pladserne er ledig fra og til og med perioden; null, når ledig er falsk.",
    )
    friskhed = serializers.ChoiceField(choices=["frisk", "forfalden", "ukendt"])
    vilkaar = KildeUd(
        allow_null=True, help_text="Klausul og sæt, der siger, hvor længe en bekræftelse gælder; null, hvor ingen gør."
    )
    bekraeftet = BekraeftetUd(allow_null=True)
    aabneFejlmeldinger = serializers.IntegerField(
        help_text="Fejlmeldinger om tilbuddet, driftsherren ikke har besvaret."
    )
    takst = SoegetakstUd(allow_null=True)
    niveau = serializers.IntegerField(allow_null=True)
    krav = KravUd(many=True)


class MaalgruppeopfyldelseUd(serializers.Serializer[Any]):
    """A target group of the need, and whether the offer is for it."""

    kode = serializers.UUIDField()
    opfyldt = serializers.BooleanField()


UDEN_AFDELING = "Null for et tilbud, der leveres uden pladser og ikke har afdelinger."


class HitUd(FundUd):
    """A hit of a need profile, with what it was ranked by."""

    afdelingId = serializers.UUIDField(allow_null=True, help_text=UDEN_AFDELING)
    afdeling = serializers.CharField(allow_null=True)
    maalgrupper = MaalgruppeopfyldelseUd(many=True)
    maalgruppetal = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Hvor mange af behovets målgrupper tilbuddet er for, efter vægt: vægt 3, 2 og 1. Læses fra venstre.",
    )
    afstandKm = serializers.FloatField(
        allow_null=True, help_text="Null, når afstanden ikke kendes eller ikke må siges."
    )


class FacetUd(serializers.Serializer[Any]):
    """An option of a filter and how many departments one would see with it."""

    kode = serializers.ChoiceField(choices=KRITERIER)
    vaerdi = serializers.CharField(help_text="Som den skrives i profilen: en kode, et tal eller et KKR's slug.")
    antal = serializers.IntegerField()


class LempelseUd(serializers.Serializer[Any]):
    """What stands in the way, mostly one criterion, and how many departments come without it."""

    kode = serializers.ChoiceField(choices=KRITERIER, help_text="Den første af koderne.")
    koder = serializers.ListField(
        child=serializers.ChoiceField(choices=KRITERIER),
        help_text="De færreste krav, der skal lempes samtidig; for det meste ét.",
    )
    navn = serializers.CharField()
    antal = serializers.IntegerField()


class GrundUd(serializers.Serializer[Any]):
    """A criterion that was not met, and why in words."""

    kode = serializers.ChoiceField(choices=KRITERIER)
    grund = serializers.CharField()


class UdeladtUd(serializers.Serializer[Any]):
    """A department that was left out."""

    afdelingId = serializers.UUIDField(allow_null=True, help_text=UDEN_AFDELING)
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    grunde = GrundUd(many=True)


class SoegesvarUd(serializers.Serializer[Any]):
    """What the profile found: the best hits, the counts of all of them, and, when there are none, what stands in the way."""

    antal = serializers.IntegerField(help_text="Alle, der passer, også dem på andre sider.")
    resultater = HitUd(many=True, help_text="Højst limit; bedst først.")
    naesteCursor = serializers.CharField(
        allow_null=True, help_text="Send den samme profil med den som cursor, og få de næste; null på den sidste side."
    )
    facetter = FacetUd(many=True)
    lempelse = LempelseUd(allow_null=True)
    udeladte = UdeladtUd(
        many=True, help_text="Tom, medmindre medUdeladte er sand. Højst limit; dem der næsten passer, først."
    )
    antalUdeladte = serializers.IntegerField(
        allow_null=True, help_text="Alle, der er udeladt, også dem på andre sider; null, medmindre medUdeladte er sand."
    )
    naesteUdeladteCursor = serializers.CharField(
        allow_null=True, help_text="Som naesteCursor, for de udeladte; sendes som udeladteCursor."
    )


def _noegle(en: Resultat | Udeladt) -> str:
    return str(en.fakta.noegle)


class LedigePladser(Ressource):
    """Free places."""

    kraever: ClassVar = {"GET": Rettighed.TILBUD_LAES}
    graense = Graense.API_SOEG

    soegeord: ClassVar = (
        soegeord("fra", "Første dag.", {"type": "string", "format": "date"}, kraevet=True),
        soegeord("til", "Dagen efter den sidste; kan udelades.", {"type": "string", "format": "date"}),
        soegeord("maalgruppe", "Målgruppens kode (FFB).", {"type": "string", "format": "uuid"}),
        soegeord("hjemmel", "Hjemlens kode, fx SEL-107; en gammel kode finder det, den er blevet til."),
        filtre.KOMMUNE,
        soegeord("arter", "Pladsens art; flere betyder en af dem.", flere=True, ord_=Pladsart.values),
        soegeord(
            "maksTakst",
            "Højeste takst i kroner pr. døgn. Takster i andre enheder sammenlignes ikke; kravet er da ukendt.",
            {"type": "string"},
        ),
        *SIDER,
    )

    @extend_schema(summary="Ledige pladser", responses=liste(FundUd))
    def get(self, request: Request) -> Response:
        """Departments with places no claim covers on any day of the period: best fit first, confirmed before stale, price last."""
        ind = KriterierInd(data=request.query_params)
        ind.is_valid(raise_exception=True)
        kendte = filtre.valgte(
            request, maalgruppe=filtre.maalgrupper, kommune=filtre.kommuner, hjemmel=filtre.dagens_hjemler
        )
        dagens = kendte.get("hjemmel", {}).get(ind.profil.hjemmel)
        profil, nu_ = replace(ind.profil, hjemmel=dagens), nu()
        med_pladser = [hit for hit in fundne(self.aktoer, profil, nu=nu_) if not hit.fakta.uden_pladser]

        def suppler(viste: Iterable[Resultat]) -> list[Resultat]:
            return suppleret(profil, viste, nu_)

        return liste_side(request, med_pladser, _noegle, vis_ledig, suppler)


class Soegninger(Ressource):
    """A need profile in, explained and ranked hits out."""

    kraever: ClassVar = {"POST": Rettighed.TILBUD_LAES}
    skrivegraense = Graense.API_SOEG  # it is posted because it is long, and writes nothing

    @extend_schema(summary="Søg efter behov", request=SoegningInd, responses=en(SoegesvarUd))
    def post(self, request: Request) -> Response:
        """Hard criteria exclude, need ranks, price only parts equals. Nothing is stored."""
        ind = SoegningInd(data=request.data)
        ind.is_valid(raise_exception=True)
        data, profil, nu_ = ind.validated_data, ind.profil, nu()
        svar = soeg(self.aktoer, profil, nu=nu_)
        viste, naeste = listeudsnit(svar.resultater, _noegle, data["limit"], data.get("cursor", ""))
        return Response(
            {
                "antal": len(svar.resultater),
                "resultater": [vis_hit(r) for r in suppleret(profil, viste, nu_)],
                "naesteCursor": naeste,
                **_vis_hvorfor(svar, ind.kendte.slugs),
                **(self._udeladte(data, profil, nu_) if data["medUdeladte"] else INGEN_UDELADTE),
            }
        )

    def _udeladte(self, data: Mapping[str, Any], profil: Behovsprofil, nu_: datetime) -> Mapping[str, Any]:
        """What was left out, a page of it."""
        alle = udeladte(self.aktoer, profil, nu=nu_, uden_for_kkr=data["udeladteUdenForKkr"])
        cursor = data.get("udeladteCursor", "")
        viste, naeste = listeudsnit(alle, _noegle, data["limit"], cursor, felt="udeladteCursor")
        return {
            "udeladte": [vis_udeladt(et) for et in viste],
            "antalUdeladte": len(alle),
            "naesteUdeladteCursor": naeste,
        }


def _vis_hvorfor(svar: Soegesvar, slugs: Mapping[UUID, str]) -> Mapping[str, Any]:
    """The counts beside each filter, by the values it is asked with, and what stands in the way when nothing was found."""
    return {
        "facetter": [
            {"kode": kriterium.value, "vaerdi": slugs.get(vaerdi, str(vaerdi)), "antal": antal}
            for kriterium, tal in svar.facetter.items()
            for vaerdi, antal in sorted(tal.items(), key=lambda par: (-par[1], str(par[0])))
        ],
        "lempelse": svar.lempelse
        and {
            "kode": svar.lempelse.kriterier[0].value,
            "koder": [kriterium.value for kriterium in svar.lempelse.kriterier],
            "navn": svar.lempelse.navn,
            "antal": svar.lempelse.antal,
        },
    }
