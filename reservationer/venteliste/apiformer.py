"""What a waiting list looks like over REST."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar
from uuid import UUID

from rest_framework import serializers

from faelles.aktoer import Aktoer, Funktion
from faelles.ids import REFERENCE
from faelles.krop import Krop
from faelles.tid import rfc3339
from reservationer.sag import deling
from reservationer.sag.apiformer import forbigaaede_ind
from reservationer.venteliste import queries
from reservationer.venteliste.begreber import (
    AFMELDINGSGRUNDE,
    ANSVAR,
    Afslutning,
    Alternativsvar,
    Regel,
    Springgrund,
)
from reservationer.venteliste.models import Alternativ, Forbigaaelse, Venteliste, Ventelistepost
from reservationer.venteliste.opgoerelse import Inddeling
from tilbud.api import PeriodeInd
from vilkaar.api import EfterVilkaarUd, Foelger, med_vilkaar
from vilkaar.noegler import Noegle

N = TypeVar("N", Forbigaaelse, Alternativ)
REGLER = [regel.value for regel in Regel]
SPRINGGRUNDE = [grund.value for grund in Springgrund]
AFSLUTNINGER = [afslutning.value for afslutning in Afslutning]
GRUNDE_TIL_AFMELDING = [grund.value for grund in AFMELDINGSGRUNDE]
ALTERNATIVSVAR = [svar.value for svar in Alternativsvar]


class VentelisteUd(serializers.Serializer[Any]):
    """The rule of an offer. Who waits is seen by the parties alone."""

    id = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    driftsherre = serializers.CharField()
    regel = serializers.ChoiceField(choices=REGLER)
    fastsat = serializers.DateTimeField(help_text="Hvornår reglen sidst er fastsat.")
    tildelinger = serializers.IntegerField(
        help_text="Hvor mange gange en plads er givet fra listen eller til ingen. Sendes med, når den næste gives."
    )
    ansvar = serializers.CharField(help_text="Hvad en venteliste ikke er; vis det sammen med listen.")


class VentelisteInd(Krop):
    """The rule of an offer of the client's own."""

    tilbudId = serializers.UUIDField()
    regel = serializers.ChoiceField(choices=REGLER)


class ForbigaaelseUd(serializers.Serializer[Any]):
    """That the need was passed over; nobody but the operator is told who got the place."""

    tidspunkt = serializers.DateTimeField()
    afdelingId = serializers.UUIDField()
    grund = serializers.ChoiceField(choices=SPRINGGRUNDE)
    bemaerkning = serializers.CharField(allow_blank=True)
    tilEnAnden = serializers.BooleanField(help_text="Falsk, når ingen fik pladsen.")


class AlternativUd(serializers.Serializer[Any]):
    """Another offer the citizen was offered."""

    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    dato = serializers.DateField()
    svar = serializers.ChoiceField(choices=ALTERNATIVSVAR)
    bemaerkning = serializers.CharField(allow_blank=True)


class VentelistepostUd(serializers.Serializer[Any]):
    """A need that waits. The operator sees the need and its number in the queue, not which municipality it is of."""

    id = serializers.UUIDField()
    ventelisteId = serializers.UUIDField()
    henvendelseId = serializers.UUIDField()
    forespoergselId = serializers.UUIDField()
    reference = serializers.RegexField(REFERENCE)
    sagsreference = serializers.CharField(allow_null=True, help_text="Kun for kommunen selv; ellers null.")
    egenKommune = serializers.BooleanField(help_text="Om borgeren er driftsherrens egen.")
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    afdelingId = serializers.UUIDField(allow_null=True, help_text="Null, når en hvilken som helst afdeling kan bruges.")
    hjemmel = serializers.CharField()
    maalgruppe = serializers.UUIDField(allow_null=True)
    aldersgruppe = serializers.CharField(allow_blank=True)
    skrevetOp = serializers.DateTimeField()
    ventetDage = serializers.IntegerField()
    position = serializers.IntegerField(allow_null=True, help_text="Nummer i køen fra 1; null, når der ikke ventes.")
    eskaleres = serializers.DateField()
    eskaleret = serializers.DateTimeField(allow_null=True)
    afsluttet = serializers.DateTimeField(allow_null=True)
    afslutning = serializers.ChoiceField(choices=AFSLUTNINGER, allow_null=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    forbigaaelser = ForbigaaelseUd(many=True)
    alternativer = AlternativUd(many=True, help_text="Kun for kommunen selv; ellers tom.")
    ansvar = serializers.CharField()
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, eskaleres er fastsat efter.")


class OpskrivningInd(Krop):
    """The enquiry whose need is to wait."""

    henvendelseId = serializers.UUIDField()
    afdelingId = serializers.UUIDField(required=False, allow_null=True)


class TildelingInd(PeriodeInd):
    """The place that is given, to whom, and why those before do not get it. Without `henvendelseId` nobody gets it.

    `pladsId` is the very place that is offered; without it any free place of the department.
    """

    tildelinger = serializers.IntegerField(min_value=0, help_text="Listens tal, som I så det.")
    henvendelseId = serializers.UUIDField(required=False, allow_null=True)
    afdelingId = serializers.UUIDField()
    pladsId = serializers.UUIDField(
        required=False, allow_null=True, help_text="Netop den plads, der tilbydes; null er en hvilken som helst ledig."
    )
    fra = serializers.DateField(help_text="Den første dag, pladsen kan bruges.")
    takst = serializers.DecimalField(
        max_digits=14,
        decimal_places=2,
        required=False,
        allow_null=True,
        help_text="Kr. pr. døgn; kræves, når nogen får pladsen.",
    )
    forbigaaede = forbigaaede_ind()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Whoever gets the place gets it at a price; when nobody does, it is the department that had one."""
        if attrs.get("henvendelseId") is not None and attrs.get("takst") is None:
            raise serializers.ValidationError({"takst": ["Skriv taksten for pladsen."]})
        if attrs.get("henvendelseId") is None and attrs.get("pladsId") is not None:
            raise serializers.ValidationError({"pladsId": ["Udelad pladsen, når ingen får den."]})
        return super().validate(attrs)


class AfmeldingInd(Krop):
    """That the need waits no longer, and why."""

    postId = serializers.UUIDField()
    grund = serializers.ChoiceField(choices=GRUNDE_TIL_AFMELDING)
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )


class AlternativInd(Krop):
    """Another offer the citizen was offered while waiting."""

    postId = serializers.UUIDField()
    tilbudId = serializers.UUIDField()
    dato = serializers.DateField()
    svar = serializers.ChoiceField(choices=ALTERNATIVSVAR)
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.UDEN_NAVNE
    )


class VentelistetalraekkeUd(serializers.Serializer[Any]):
    """Those of a group who waited, month by month, as far as it may be told."""

    gruppe = serializers.CharField()
    antal = serializers.ListField(
        child=serializers.IntegerField(allow_null=True), help_text="Et tal pr. måned; null er et, der ikke kan vises."
    )


class VentelistetalUd(serializers.Serializer[Any]):
    """Citizens of a KKR's municipalities who waited at the end of each finished month, with small counts left out."""

    kkr = serializers.CharField()
    inddeling = serializers.ChoiceField(choices=[en.value for en in Inddeling])
    graense = serializers.IntegerField(help_text="Det mindste tal, der kan vises.")
    maaneder = serializers.ListField(child=serializers.DateField(), help_text="Den sidste dag i hver måned.")
    raekker = VentelistetalraekkeUd(many=True)
    summer = serializers.ListField(
        child=serializers.IntegerField(allow_null=True), help_text="Alle, der ventede; null, når det ikke kan vises."
    )
    ansvar = serializers.CharField(help_text="Hvad en venteliste ikke er; skal vises sammen med tallene.")
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, grænsen er fastsat efter.")


def vis_liste(liste: Venteliste) -> dict[str, Any]:
    """A list as everybody sees it."""
    return {
        "id": str(liste.pk),
        "tilbudId": str(liste.tilbud_id),
        "tilbud": liste.tilbud.navn,
        "driftsherre": liste.tilbud.driftsherre.navn,
        "regel": liste.regel,
        "fastsat": rfc3339(liste.fastsat),
        "tildelinger": liste.tildelinger,
        "ansvar": ANSVAR,
    }


def vis_poster(aktoer: Aktoer, poster: list[Ventelistepost]) -> list[dict[str, Any]]:
    """Entries as the actor sees them; as many statements for one as for a hundred."""
    ider = [post.pk for post in poster]
    positioner = queries.positioner(poster)
    forbi, andre = _pr_post(queries.forbigaaelser(aktoer, ider)), _pr_post(queries.alternativer(aktoer, ider))
    return list(
        med_vilkaar(
            {
                **_vis(aktoer, post, positioner.get(post.pk)),
                "forbigaaelser": [_vis_forbigaaelse(en) for en in forbi.get(post.pk, [])],
                "alternativer": [_vis_alternativ(et) for et in andre.get(post.pk, [])],
            }
            for post in poster
        )
    )


def _pr_post(raekker: Iterable[N]) -> Mapping[UUID, list[N]]:
    fundne: dict[UUID, list[N]] = {}
    for raekke in raekker:
        fundne.setdefault(raekke.post_id, []).append(raekke)
    return fundne


def _vis(aktoer: Aktoer, post: Ventelistepost, position: int | None) -> dict[str, Any]:
    foresp = post.henvendelse.forespoergsel
    return {
        "id": str(post.pk),
        "ventelisteId": str(post.venteliste_id),
        "henvendelseId": str(post.henvendelse_id),
        "forespoergselId": str(foresp.pk),
        "reference": foresp.reference,
        "sagsreference": foresp.sagsreference if aktoer.funktion is Funktion.MYNDIGHED else None,
        "egenKommune": post.handlekommune_id == post.driftsherre_id,
        "tilbudId": str(post.tilbud_id),
        "tilbud": post.tilbud.navn,
        "afdelingId": post.afdeling_id and str(post.afdeling_id),
        "hjemmel": foresp.hjemmel_id,
        "maalgruppe": foresp.maalgruppe_id and str(foresp.maalgruppe_id),
        "aldersgruppe": foresp.aldersgruppe,
        "skrevetOp": rfc3339(post.skrevet_op),
        "ventetDage": post.ventet,
        "position": position,
        "eskaleres": post.eskaleres.isoformat(),
        "eskaleret": post.eskaleret and rfc3339(post.eskaleret),
        "afsluttet": post.afsluttet and rfc3339(post.afsluttet),
        "afslutning": post.afslutning or None,
        "bemaerkning": post.bemaerkning,
        "ansvar": ANSVAR,
        "efterVilkaar": [Foelger("eskaleres", post.vilkaarssaet_id, Noegle.VENTELISTE_ESKALERING_DAGE)],
    }


def _vis_forbigaaelse(en: Forbigaaelse) -> dict[str, Any]:
    return {
        "tidspunkt": rfc3339(en.tidspunkt),
        "afdelingId": str(en.afdeling_id),
        "grund": en.grund,
        "bemaerkning": en.bemaerkning,
        "tilEnAnden": en.til_en_anden,
    }


def _vis_alternativ(et: Alternativ) -> dict[str, Any]:
    return {
        "tilbudId": str(et.tilbud_id),
        "tilbud": et.tilbud.navn,
        "dato": et.dato.isoformat(),
        "svar": et.svar,
        "bemaerkning": et.bemaerkning,
    }
