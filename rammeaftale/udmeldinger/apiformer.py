"""What central calls are over REST: the bodies that come in and go out."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from faelles.krop import Krop
from faelles.models import JobStatus
from faelles.tid import rfc3339
from rammeaftale.aarshjul.regler import LAENGSTE_PAAMINDELSE
from rammeaftale.models import Udmeldingsfaktum
from rammeaftale.udmeldinger.actions import FLEST_BORGERE
from rammeaftale.udmeldinger.queries import Udmeldingsvisning
from rammeaftale.udmeldinger.regler import Udmeldingsart, Udmeldingsstand
from rammeaftale.udmeldinger.svarene import SKJULT, Svarvisning
from vilkaar.api import EfterVilkaarUd, efter
from vilkaar.kilde import Kilde
from vilkaar.noegler import Noegle

SES_AF = "Ses af alle aftalens parter. Ingen navne, CPR-numre eller andet, nogen kan kendes på."
ARTER = [art.value for art in Udmeldingsart]


class UdmeldingUd(serializers.Serializer[Any]):
    """A central call and where it stands today. `antalSvar` of `antalKommuner` have answered in the round it is in."""

    id = serializers.UUIDField()
    rammeaftaleId = serializers.UUIDField()
    titel = serializers.CharField()
    beskrivelse = serializers.CharField(allow_blank=True)
    maalgruppeId = serializers.UUIDField(allow_null=True, help_text="FFB-koden.")
    modtaget = serializers.DateField()
    svarfrist = serializers.DateField()
    gaeldendeSvarfrist = serializers.DateField(
        help_text="Den, der måles efter: den nye, når fornyet behandling er ønsket."
    )
    paamindDage = serializers.IntegerField(allow_null=True)
    kildeUrl = serializers.CharField(allow_blank=True)
    stand = serializers.ChoiceField(choices=[stand.value for stand in Udmeldingsstand])
    antalSvar = serializers.IntegerField()
    antalKommuner = serializers.IntegerField()
    annulleret = serializers.DateTimeField(
        allow_null=True, help_text="Registreret ved en fejl; ingen skylder den noget."
    )
    annulleringsgrund = serializers.CharField(allow_blank=True)


class AnnulleringUd(serializers.Serializer[Any]):
    """That something was registered by mistake."""

    begrundelse = serializers.CharField()
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField()


class HaendelseUd(serializers.Serializer[Any]):
    """Something that happened with a call; one that is annulled stands, and counts no more."""

    id = serializers.UUIDField()
    art = serializers.ChoiceField(choices=ARTER)
    dato = serializers.DateField()
    tilbudId = serializers.UUIDField(allow_null=True)
    sidsteDag = serializers.DateField(allow_null=True)
    svarfrist = serializers.DateField(allow_null=True, help_text="Den nye frist ved fornyet behandling.")
    tekst = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()
    annullering = AnnulleringUd(allow_null=True)


class EnUdmeldingUd(UdmeldingUd):
    """A central call with everything that happened with it."""

    haendelser = HaendelseUd(many=True)


class UdmeldingssvarUd(serializers.Serializer[Any]):
    """A municipality and what it answered last."""

    partId = serializers.UUIDField()
    kommune = serializers.CharField()
    svaret = serializers.DateTimeField(allow_null=True)
    foerFornyetBehandling = serializers.BooleanField(
        help_text="Givet, før fornyet behandling blev ønsket, så det tæller ikke som svar på den."
    )
    antalBorgere = serializers.IntegerField(allow_null=True, help_text="null: ikke opgjort, eller skjult.")
    antalSkjult = serializers.BooleanField(help_text="Om kommunen har opgjort et antal, klienten ikke må se.")
    tilbud = serializers.CharField(allow_blank=True)
    viden = serializers.CharField(allow_blank=True)
    mangler = serializers.CharField(allow_blank=True)
    plan = serializers.CharField(allow_blank=True)
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, et skjult antal er skjult efter; ellers tom.")


class UdmeldingsrapportUd(serializers.Serializer[Any]):
    """A joint report on a call, of what was answered at `bestilt`, and how far its making is. `pdf` is null until it is done."""

    id = serializers.UUIDField()
    udmeldingId = serializers.UUIDField()
    status = serializers.ChoiceField(choices=JobStatus.values)
    fejl = serializers.CharField(allow_blank=True)
    bestilt = serializers.DateTimeField()
    pdf = serializers.CharField(allow_null=True)


class UdmeldingInd(Krop):
    """A central call as it is to be: the whole of it."""

    titel = serializers.CharField(max_length=160, help_text=SES_AF)
    beskrivelse = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="", help_text=SES_AF)
    maalgruppeId = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="FFB-koden.")
    modtaget = serializers.DateField()
    svarfrist = serializers.DateField()
    paamindDage = serializers.IntegerField(
        min_value=0,
        max_value=LAENGSTE_PAAMINDELSE,
        required=False,
        allow_null=True,
        default=None,
        help_text="Dage før fristen, de kommuner, der ikke har svaret, får en mail; null: aldrig.",
    )
    kildeUrl = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text="En hel webadresse (https)."
    )


def _langt() -> serializers.CharField:
    return serializers.CharField(max_length=4000, required=False, allow_blank=True, default="", help_text=SES_AF)


class UdmeldingssvarInd(Krop):
    """A municipality's answer: the whole of it."""

    antalBorgere = serializers.IntegerField(
        min_value=0,
        max_value=FLEST_BORGERE,
        required=False,
        allow_null=True,
        default=None,
        help_text="null: ikke opgjort. Andre kommuner ser det kun, når ingen kan kendes på det.",
    )
    tilbud = _langt()
    viden = _langt()
    mangler = _langt()
    plan = _langt()


class HaendelseInd(Krop):
    """Something that happened with a call; `tilbudId` and `sidsteDag` belong to midlertidigt_paalaeg only,
    and `svarfrist` to fornyet_behandling.
    """

    art = serializers.ChoiceField(choices=ARTER)
    dato = serializers.DateField()
    tilbudId = serializers.UUIDField(required=False, allow_null=True, default=None)
    sidsteDag = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="Pålæggets sidste dag; null: indtil videre."
    )
    svarfrist = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Kræves med fornyet_behandling: hvornår der skal være svaret igen.",
    )
    tekst = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="", help_text=SES_AF)
    url = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class AnnulleringInd(Krop):
    """Why what was registered is taken back."""

    begrundelse = serializers.CharField(max_length=500, help_text=SES_AF)


def vis_udmelding(v: Udmeldingsvisning) -> dict[str, Any]:
    """As `UdmeldingUd`."""
    u = v.udmelding
    return {
        "id": str(u.id),
        "rammeaftaleId": str(u.aftale_id),
        "titel": u.titel,
        "beskrivelse": u.beskrivelse,
        "maalgruppeId": str(u.maalgruppe_id) if u.maalgruppe_id else None,
        "modtaget": u.modtaget.isoformat(),
        "svarfrist": u.svarfrist.isoformat(),
        "gaeldendeSvarfrist": v.runde.frist.isoformat(),
        "paamindDage": u.paamind_dage,
        "kildeUrl": u.kilde_url,
        "stand": v.stand.value,
        "antalSvar": v.svaret,
        "antalKommuner": v.parter,
        "annulleret": rfc3339(u.annulleret) if u.annulleret else None,
        "annulleringsgrund": u.annulleringsgrund,
    }


def vis_en_udmelding(v: Udmeldingsvisning) -> dict[str, Any]:
    """As `EnUdmeldingUd`."""
    return {**vis_udmelding(v), "haendelser": [vis_haendelse(f) for f in v.fakta]}


def vis_haendelse(f: Udmeldingsfaktum) -> dict[str, Any]:
    """As `HaendelseUd`."""
    return {
        "id": str(f.id),
        "art": f.art,
        "dato": f.dato.isoformat(),
        "tilbudId": str(f.tilbud_id) if f.tilbud_id else None,
        "sidsteDag": f.sidste_dag.isoformat() if f.sidste_dag else None,
        "svarfrist": f.svarfrist.isoformat() if f.svarfrist else None,
        "tekst": f.tekst,
        "url": f.url,
        "registreret": rfc3339(f.registreret),
        "annullering": _annullering(f),
    }


def _annullering(f: Udmeldingsfaktum) -> dict[str, Any] | None:
    if not hasattr(f, "annullering"):
        return None
    a = f.annullering
    return {
        "begrundelse": a.begrundelse,
        "registreret": rfc3339(a.registreret),
        "registreretAf": a.registreret_af.navn,
    }


RAPPORTFELTER = ("id", "udmelding_id", "status", "fejl", "bestilt")


def vis_rapport(r: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `RAPPORTFELTER` as `UdmeldingsrapportUd`."""
    return {
        "id": str(r["id"]),
        "udmeldingId": str(r["udmelding_id"]),
        "status": r["status"],
        "fejl": r["fejl"],
        "bestilt": rfc3339(r["bestilt"]),
        "pdf": f"/api/v1/udmeldingsrapporter/{r['id']}/pdf" if r["status"] == JobStatus.FAERDIG else None,
    }


def vis_svar(s: Svarvisning, graensekilde: Kilde | None) -> dict[str, Any]:
    """As `UdmeldingssvarUd`, with the count as the actor may see it. `graensekilde`: where the limit that hides counts is agreed, when one does."""
    tekster = ("tilbud", "viden", "mangler", "plan")
    return {
        "partId": str(s.part.pk),
        "kommune": s.part.organisation.navn,
        "svaret": rfc3339(s.svar.registreret) if s.svar else None,
        "foerFornyetBehandling": s.fra_foer,
        "antalBorgere": int(s.antal) if s.antal.isdecimal() else None,
        "antalSkjult": s.antal == SKJULT,
        **{navn: getattr(s.svar, navn) if s.svar else "" for navn in tekster},
        "efterVilkaar": efter("antalBorgere", Noegle.DISKRETION_GRAENSE, graensekilde) if s.antal == SKJULT else [],
    }
