"""The monthly extract for supervision over REST: how many citizens waited and for how long, a municipality's own, or a KKR's with small counts left out."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from faelles.aktoer import Funktion, Rettighed
from faelles.openapi import SIDER, liste
from faelles.sider import liste_side
from kommuner.api_base import Ressource
from kommuner.models import Kkr
from reservationer.soegning.behov.optaelling import Behovsopgoerelse
from reservationer.venteliste import optaelling
from reservationer.venteliste.apiformer import VentelistetalUd
from reservationer.venteliste.begreber import ANSVAR
from reservationer.venteliste.opgoerelse import Inddeling, sidste_dag
from vilkaar.api import efter
from vilkaar.noegler import Noegle

INDDELINGER = [(en.value, en.value) for en in optaelling.EGNE]


class VentelisteraekkeUd(serializers.Serializer[Any]):
    """Those of a group who waited, month by month."""

    gruppe = serializers.CharField()
    antal = serializers.ListField(child=serializers.IntegerField(), help_text="Et tal pr. måned.")


class VentelisteopgoerelseUd(serializers.Serializer[Any]):
    """Citizens who waited at the end of each finished month, each counted once."""

    inddeling = serializers.ChoiceField(choices=INDDELINGER)
    maaneder = serializers.ListField(child=serializers.DateField(), help_text="Den sidste dag i hver måned.")
    raekker = VentelisteraekkeUd(many=True)
    summer = serializers.ListField(child=serializers.IntegerField(), help_text="Alle, der ventede, i hver måned.")
    ansvar = serializers.CharField(help_text="Hvad en venteliste ikke er; skal vises sammen med tallene.")


def _vis(par: tuple[Inddeling, Behovsopgoerelse]) -> dict[str, Any]:
    inddeling, opgjort = par
    return {
        "inddeling": inddeling.value,
        "maaneder": [sidste_dag(maaned).isoformat() for maaned in opgjort.kvartaler],
        "raekker": [{"gruppe": optaelling.gruppenavn(r), "antal": list(r.antal)} for r in opgjort.raekker],
        "summer": list(opgjort.summer),
        "ansvar": ANSVAR,
    }


class Ventelisteopgoerelser(Ressource):
    """The municipality's own extract."""

    gemmes = "private, no-store"
    kraever: ClassVar = {"GET": Rettighed.RESERVATIONER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Opgørelse af ventelister til tilsynet", responses=liste(VentelisteopgoerelseUd))
    def get(self, request: Request) -> Response:
        """The last twelve finished months, by offer, by target group and by how long; a month that is over never changes.

        A citizen who waits for several offers is counted once, at the one it has waited for longest. The municipality's own only.
        """
        self.aktoer.kraev(Rettighed.RESERVATIONER_LAES, Funktion.MYNDIGHED)
        return liste_side(request, list(optaelling.egen(self.aktoer).items()), lambda par: par[0].value, _vis)


def _vis_tal(fundet: tuple[Kkr, Inddeling, Behovsopgoerelse]) -> dict[str, Any]:
    kkr, inddeling, opgjort = fundet
    efter_vilkaar = efter("graense", Noegle.DISKRETION_GRAENSE, opgjort.kilde)
    om = {"kkr": kkr.slug, "graense": opgjort.graense, "efterVilkaar": efter_vilkaar}
    return {**om, **_vis((inddeling, opgjort))}


class Ventelistetal(Ressource):
    """The extract across municipalities."""

    gemmes = "private, no-store"
    kraever: ClassVar = {"GET": Rettighed.RAMMEAFTALER_LAES}
    soegeord: ClassVar = SIDER

    @extend_schema(summary="Ventelister i tal", responses=liste(VentelistetalUd))
    def get(self, request: Request) -> Response:
        """The last twelve finished months in each KKR of the client's secretariat, by offer, municipality, target group and by how long.

        A citizen who waits for several offers is counted once, at the one it has waited for longest. What is shown of a month
        changes only when the limit (`graense`) does.
        """
        self.aktoer.kraev(Rettighed.RAMMEAFTALER_LAES, Funktion.SEKRETARIAT)
        kkrer = Kkr.objects.filter(sekretariat=self.aktoer.organisation_id).order_by("slug")
        alle = [(kkr, *par) for kkr in kkrer for par in optaelling.i_kkr(kkr.pk).items()]
        return liste_side(request, alle, lambda en: f"{en[0].slug} {en[1].value}", _vis_tal)
