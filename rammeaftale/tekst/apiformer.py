"""What the API says of a set of terms: what it holds, where it is from, and whether it governs an offer on a day."""

from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from rest_framework import serializers

from faelles.tid import Periode, rfc3339
from rammeaftale.tekst.vilkaarsvisning import Dagsvilkaar, Udspring, Vilkaarsraekke, raekker
from vilkaar.models import Saetstatus, Vilkaarssaet

SAETSTATUSSER = Saetstatus.values


class SatVilkaarUd(serializers.Serializer[Any]):
    """A term of a set, with the clause it stands in."""

    noegle = serializers.CharField()
    navn = serializers.CharField()
    enhed = serializers.CharField(allow_blank=True)
    vaerdi = serializers.CharField()
    klausul = serializers.CharField()


class SaetperiodeUd(serializers.Serializer[Any]):
    """Days from `fra` until, not including, `til` (null: until another set takes over)."""

    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)


class SaetUd(serializers.Serializer[Any]):
    """A numbered set of terms. `gaelder`: the days no later set has taken; null when all are taken."""

    id = serializers.UUIDField()
    nummer = serializers.IntegerField()
    kkr = serializers.CharField()
    aftale = serializers.CharField()
    status = serializers.ChoiceField(choices=SAETSTATUSSER)
    demo = serializers.BooleanField()
    udsendt = serializers.DateTimeField()
    udsendtFor = SaetperiodeUd()
    gaelder = SaetperiodeUd(allow_null=True)
    versionId = serializers.UUIDField(allow_null=True, help_text="Den version, sættet er udsendt fra.")
    version = serializers.IntegerField(allow_null=True)
    allongeTil = serializers.CharField(
        allow_null=True, help_text="Aftalen, versionen er en allonge til; null, når den er af en rammeaftale."
    )


class VilkaarssaetUd(SaetUd):
    """A set as it was published from a version of the agreement."""

    vilkaar = SatVilkaarUd(many=True)


class AndetSaetUd(SaetUd):
    """A set that does not govern the day, and why."""

    grund = serializers.CharField()


class ManglendeVilkaarUd(serializers.Serializer[Any]):
    """A term the set does not say: what needs it is refused with `vilkaar_mangler`."""

    noegle = serializers.CharField()
    navn = serializers.CharField()
    hoererTil = serializers.CharField(help_text="Den slags klausul, vilkåret hører til.")


class OphaevetUd(serializers.Serializer[Any]):
    """A clause an allonge that has begun took out of the agreement, with the terms it set."""

    klausul = serializers.CharField()
    allonge = serializers.CharField()


class TilbudsvilkaarUd(serializers.Serializer[Any]):
    """Which terms govern an offer on a day, and why; `saet` is null when no set has begun where the offer lies."""

    tilbudId = serializers.UUIDField()
    kommunekode = serializers.CharField(help_text="Vilkårene følger den kommune, tilbuddet ligger i.")
    kkr = serializers.CharField(allow_null=True, help_text="Det KKR, kommunen hører til den dag.")
    dag = serializers.DateField()
    saet = SaetUd(allow_null=True)
    grund = serializers.CharField()
    vilkaar = SatVilkaarUd(many=True)
    mangler = ManglendeVilkaarUd(many=True)
    ophaevede = OphaevetUd(
        many=True,
        help_text="De klausuler, allonger har ophævet i aftalen; det, de fastsatte, siger en anden klausul, eller det mangler.",
    )
    andreSaet = AndetSaetUd(many=True)


def _vis_vilkaar(raekke: Vilkaarsraekke) -> dict[str, str]:
    hvad = raekke.beskrivelse
    return {
        "noegle": raekke.noegle,
        "navn": hvad.navn,
        "enhed": hvad.enhed,
        "vaerdi": raekke.vaerdi,
        "klausul": raekke.klausul,
    }


def _vis_periode(dage: DateRange) -> dict[str, str | None] | None:
    if dage.isempty:
        return None
    periode = Periode.af_range(dage)
    return {"fra": periode.fra.isoformat(), "til": periode.til.isoformat() if periode.til else None}


def _vis_saet(saet: Vilkaarssaet, fra: Udspring | None) -> dict[str, Any]:
    return {
        "id": str(saet.id),
        "nummer": saet.nummer,
        "kkr": saet.kkr.navn,
        "aftale": saet.aftale,
        "status": saet.status,
        "demo": saet.demo,
        "udsendt": rfc3339(saet.oprettet),
        "udsendtFor": _vis_periode(saet.udsendt_periode),
        "gaelder": _vis_periode(saet.periode),
        "versionId": str(saet.version_id) if saet.version_id else None,
        "version": fra and fra.version,
        "allongeTil": fra and fra.allonge_til,
    }


def vis_udsendt(saet: Vilkaarssaet, fra: Udspring | None) -> dict[str, Any]:
    """A set as it was published, with its terms."""
    return {**_vis_saet(saet, fra), "vilkaar": [_vis_vilkaar(raekke) for raekke in raekker(saet)]}


def vis_dagen(fundet: Dagsvilkaar) -> dict[str, Any]:
    """The set that governs, why, what it says and lacks, and the sets that do not."""
    return {
        "kkr": fundet.kkr and fundet.kkr.navn,
        "saet": _vis_saet(fundet.saet, fundet.udspring) if fundet.saet else None,
        "grund": fundet.grund,
        "vilkaar": [_vis_vilkaar(raekke) for raekke in fundet.vilkaar],
        "mangler": [
            {"noegle": noegle.value, "navn": hvad.navn, "hoererTil": hvad.klausul} for noegle, hvad in fundet.mangler
        ],
        "ophaevede": [{"klausul": et.klausul, "allonge": et.allonge} for et in fundet.ophaevede],
        "andreSaet": [{**_vis_saet(et.saet, et.udspring), "grund": et.grund} for et in fundet.andre],
    }
