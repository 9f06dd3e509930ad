"""What focus areas are over REST: the bodies that come in and go out."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from faelles.krop import Krop
from faelles.tid import rfc3339
from rammeaftale.aarshjul.regler import LAENGSTE_PAAMINDELSE
from rammeaftale.fokus.queries import Indsatsvisning, Milepaelsvisning, Omraadevisning
from rammeaftale.fokus.regler import MELDBARE, Milepaelsstand, Ophav

SES_AF = "Ses af alle aftalens parter. Aldrig navne på personer eller CPR-numre."
STANDE = [stand.value for stand in Milepaelsstand]
MELDES = [stand.value for stand in MELDBARE]
OPHAV = [ophav.value for ophav in Ophav]


class MilepaelsantalUd(serializers.Serializer[Any]):
    """How many milestones stand where today."""

    stand = serializers.ChoiceField(choices=STANDE)
    antal = serializers.IntegerField()


class FokusomraadeUd(serializers.Serializer[Any]):
    """A focus area of an agreement and how far it has come."""

    id = serializers.UUIDField()
    rammeaftaleId = serializers.UUIDField()
    nummer = serializers.IntegerField()
    navn = serializers.CharField()
    beskrivelse = serializers.CharField(allow_blank=True)
    ophav = serializers.ChoiceField(choices=OPHAV)
    klausulId = serializers.UUIDField(allow_null=True)
    fortsaetterId = serializers.UUIDField(
        allow_null=True, help_text="Fokusområdet i den forrige aftale, det fortsætter."
    )
    tilGennemsyn = serializers.BooleanField(help_text="Taget med fra den forrige aftale og ikke set igennem endnu.")
    milepaele = MilepaelsantalUd(many=True)


class MilepaelUd(serializers.Serializer[Any]):
    """A milestone, where it stands today, and what was reported of it last."""

    id = serializers.UUIDField()
    indsatsId = serializers.UUIDField()
    navn = serializers.CharField()
    frist = serializers.DateField()
    paamindDage = serializers.IntegerField(allow_null=True)
    ansvarligId = serializers.UUIDField()
    ansvarlig = serializers.CharField()
    stand = serializers.ChoiceField(choices=STANDE)
    meldt = serializers.DateField(allow_null=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    dokumentationUrl = serializers.CharField(allow_blank=True)


class IndsatsUd(serializers.Serializer[Any]):
    """Work on a focus area with its milestones by date."""

    id = serializers.UUIDField()
    fokusomraadeId = serializers.UUIDField()
    navn = serializers.CharField()
    beskrivelse = serializers.CharField(allow_blank=True)
    milepaele = MilepaelUd(many=True)


class EtFokusomraadeUd(FokusomraadeUd):
    """A focus area with all the work on it."""

    indsatser = IndsatsUd(many=True)


class OvertagelseUd(serializers.Serializer[Any]):
    """The areas carried on from the previous agreement, to be looked through."""

    fokusomraader = EtFokusomraadeUd(many=True)


class MilepaelsmeldingUd(serializers.Serializer[Any]):
    """What was reported of a milestone."""

    id = serializers.UUIDField()
    stand = serializers.ChoiceField(choices=MELDES)
    dato = serializers.DateField()
    bemaerkning = serializers.CharField(allow_blank=True)
    dokumentationUrl = serializers.CharField(allow_blank=True)
    registreret = serializers.DateTimeField()
    registreretAf = serializers.CharField()


class FokusomraadeInd(Krop):
    """A focus area as it is to be: the whole of it."""

    navn = serializers.CharField(max_length=120, help_text=SES_AF)
    beskrivelse = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="", help_text=SES_AF)
    ophav = serializers.ChoiceField(choices=OPHAV, help_text="Hvem der har sat det.")
    klausulId = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="Aftalens klausul, når den selv siger det."
    )


class OvertagelseInd(Krop):
    """The areas that are carried on: all of them, or none when one cannot be."""

    omraader = serializers.ListField(
        child=serializers.UUIDField(), help_text="Fokusområder i den forrige aftale med åbne indsatser."
    )


class FristInd(Krop):
    """The day a milestone is due."""

    milepaelId = serializers.UUIDField()
    frist = serializers.DateField()


class GennemsynInd(Krop):
    """That an area carried over is looked through, with every milestone of it and the day each is due."""

    frister = FristInd(many=True, help_text="Hver milepæl i fokusområdet én gang.")

    def validate_frister(self, frister: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """No milestone is due on two days."""
        if len({f["milepaelId"] for f in frister}) != len(frister):
            raise serializers.ValidationError("Nævn hver milepæl én gang.")
        return frister


class IndsatsInd(Krop):
    """Work on a focus area as it is to be: the whole of it."""

    navn = serializers.CharField(max_length=160, help_text=SES_AF)
    beskrivelse = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="", help_text=SES_AF)


class MilepaelInd(Krop):
    """A milestone as it is to be: the whole of it."""

    navn = serializers.CharField(max_length=160, help_text=SES_AF)
    frist = serializers.DateField()
    ansvarligId = serializers.UUIDField(
        help_text="En af aftalens parter eller sekretariatet. Ligger fast, når der er meldt om milepælen."
    )
    paamindDage = serializers.IntegerField(
        min_value=0,
        max_value=LAENGSTE_PAAMINDELSE,
        required=False,
        allow_null=True,
        default=None,
        help_text="Dage før fristen, den ansvarlige får en mail; null: aldrig.",
    )


class MilepaelsmeldingInd(Krop):
    """How far a milestone has come."""

    stand = serializers.ChoiceField(choices=MELDES)
    dato = serializers.DateField()
    bemaerkning = serializers.CharField(
        max_length=1000,
        required=False,
        allow_blank=True,
        default="",
        help_text=f"Kræves med opgivet, og med naaet, når der ikke er et link. {SES_AF}",
    )
    dokumentationUrl = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text="En hel webadresse (https)."
    )


def vis_omraade(visning: Omraadevisning) -> dict[str, Any]:
    """As `FokusomraadeUd`."""
    omraade, antal = visning.omraade, visning.fremdrift.antal
    return {
        "id": str(omraade.id),
        "rammeaftaleId": str(omraade.aftale_id),
        "nummer": omraade.nummer,
        "navn": omraade.navn,
        "beskrivelse": omraade.beskrivelse,
        "ophav": omraade.ophav,
        "klausulId": str(omraade.klausul_id) if omraade.klausul_id else None,
        "fortsaetterId": str(omraade.fortsaetter_id) if omraade.fortsaetter_id else None,
        "tilGennemsyn": omraade.gennemgaa,
        "milepaele": [{"stand": stand.value, "antal": antal[stand]} for stand in Milepaelsstand],
    }


def vis_et_omraade(visning: Omraadevisning) -> dict[str, Any]:
    """As `EtFokusomraadeUd`: work in the order it was added, milestones by date."""
    return {**vis_omraade(visning), "indsatser": [vis_indsats(i) for i in visning.indsatser]}


def vis_indsats(visning: Indsatsvisning) -> dict[str, Any]:
    """As `IndsatsUd`."""
    indsats = visning.indsats
    return {
        "id": str(indsats.id),
        "fokusomraadeId": str(indsats.fokusomraade_id),
        "navn": indsats.navn,
        "beskrivelse": indsats.beskrivelse,
        "milepaele": [vis_milepael(m) for m in visning.milepaele],
    }


def vis_milepael(visning: Milepaelsvisning) -> dict[str, Any]:
    """As `MilepaelUd`."""
    milepael, sidste = visning.milepael, visning.sidste
    return {
        "id": str(milepael.id),
        "indsatsId": str(milepael.indsats_id),
        "navn": milepael.navn,
        "frist": milepael.frist.isoformat(),
        "paamindDage": milepael.paamind_dage,
        "ansvarligId": str(milepael.ansvarlig_id),
        "ansvarlig": milepael.ansvarlig.navn,
        "stand": visning.stand.value,
        "meldt": sidste.dato.isoformat() if sidste else None,
        "bemaerkning": sidste.tekst if sidste else "",
        "dokumentationUrl": sidste.dokumentation_url if sidste else "",
    }


MELDINGSFELTER = ("id", "stand", "dato", "tekst", "dokumentation_url", "registreret", "registreret_af__navn")


def vis_melding(r: Mapping[str, Any]) -> dict[str, Any]:
    """A row of `MELDINGSFELTER` as `MilepaelsmeldingUd`."""
    return {
        "id": str(r["id"]),
        "stand": r["stand"],
        "dato": r["dato"].isoformat(),
        "bemaerkning": r["tekst"],
        "dokumentationUrl": r["dokumentation_url"],
        "registreret": rfc3339(r["registreret"]),
        "registreretAf": r["registreret_af__navn"],
    }
