"""The deadlines an agreement has besides its wheel's steps: milestones and central calls, read together in one statement."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.timezone import localtime

from rammeaftale.fokus.regler import Milepaelsstand
from rammeaftale.models import Milepael, Milepaelsmelding, Rammeaftale, Udmelding, Udmeldingsfaktum, Udmeldingssvar
from rammeaftale.udmeldinger.regler import Faktum, Udmeldingsart, Udmeldingsstand, runde, stand


@dataclass(frozen=True, slots=True)
class Milepaelsfrist:
    """A milestone that is to be reached or has been; `naaet` is the day it was. `gennemgaas`: nobody has looked at its day yet."""

    id: UUID
    navn: str
    omraade: str
    frist: date
    ansvarlig_id: UUID
    paamind_dage: int | None
    naaet: date | None
    gennemgaas: bool


@dataclass(frozen=True, slots=True)
class Udmeldingsfrist:
    """A central call. `frist` is its round's, and `svar` when each party answered in that (`udmeldinger.regler.runde`); while the joint report is sent (`afsendt`), nobody owes an answer."""

    id: UUID
    titel: str
    frist: date
    paamind_dage: int | None
    svar: Mapping[UUID, date]
    afsendt: bool


@dataclass(frozen=True, slots=True)
class Frister:
    """The deadlines of one agreement."""

    milepaele: Sequence[Milepaelsfrist] = ()
    udmeldinger: Sequence[Udmeldingsfrist] = ()


def frister_for(aftaler: Collection[UUID], dag: date) -> dict[UUID, Frister]:
    """The deadlines of the agreements as they stand on the day. A milestone given up and a call annulled have none any more."""
    sidst_meldt = (
        Milepaelsmelding.objects.filter(milepael=OuterRef("pk"), dato__lte=dag)
        .order_by("-registreret", "-id")
        .values(json=JSONObject(stand="stand", dato="dato"))
    )
    milepaele = Milepael.objects.filter(indsats__fokusomraade__aftale=OuterRef("pk")).order_by("frist", "id")
    svar = Udmeldingssvar.objects.filter(udmelding=OuterRef("pk")).order_by("registreret", "id")
    fakta = Udmeldingsfaktum.objects.gaeldende().filter(udmelding=OuterRef("pk")).order_by("registreret", "id")
    udmeldinger = Udmelding.objects.filter(aftale=OuterRef("pk"), annulleret=None).order_by("svarfrist", "id")
    raekker = Rammeaftale.objects.filter(pk__in=aftaler).values_list(
        "pk",
        ArraySubquery(milepaele.values(json=_milepaelen(sidst_meldt[:1]))),
        ArraySubquery(
            udmeldinger.values(
                json=JSONObject(
                    id="id",
                    titel="titel",
                    frist="svarfrist",
                    paamind_dage="paamind_dage",
                    svar=ArraySubquery(svar.values(json=JSONObject(part="part_id", givet="registreret"))),
                    fakta=ArraySubquery(fakta.values(json=JSONObject(art="art", dato="dato", svarfrist="svarfrist"))),
                )
            )
        ),
    )
    return {
        pk: Frister(
            [m for raa in milepaelene if (m := _laes_milepael(raa))],
            [_laes_udmelding(raa, dag) for raa in udmeldingerne],
        )
        for pk, milepaelene, udmeldingerne in raekker
    }


def _milepaelen(sidst_meldt: Any) -> JSONObject:
    return JSONObject(
        id="id",
        navn="navn",
        omraade="indsats__fokusomraade__navn",
        frist="frist",
        ansvarlig="ansvarlig_id",
        paamind_dage="paamind_dage",
        gennemgaas="indsats__fokusomraade__gennemgaa",
        meldt=Subquery(sidst_meldt),
    )


def _laes_milepael(raa: Mapping[str, Any]) -> Milepaelsfrist | None:
    meldt = raa["meldt"] or {}
    if meldt.get("stand") == Milepaelsstand.OPGIVET:
        return None
    naaet = date.fromisoformat(meldt["dato"]) if meldt.get("stand") == Milepaelsstand.NAAET else None
    return Milepaelsfrist(
        UUID(raa["id"]),
        raa["navn"],
        raa["omraade"],
        date.fromisoformat(raa["frist"]),
        UUID(raa["ansvarlig"]),
        raa["paamind_dage"],
        naaet,
        raa["gennemgaas"],
    )


def _laes_udmelding(raa: Mapping[str, Any], dag: date) -> Udmeldingsfrist:
    givet = {UUID(s["part"]): localtime(datetime.fromisoformat(s["givet"])).date() for s in raa["svar"]}
    foerste_frist = date.fromisoformat(raa["frist"])
    fakta = [_laes_faktum(f) for f in raa["fakta"]]
    om_svar = runde(fakta, foerste_frist, dag)
    svar = {part: paa for part, paa in givet.items() if om_svar.besvaret(paa)}
    afsendt = stand(fakta, foerste_frist, dag) is Udmeldingsstand.AFSENDT
    return Udmeldingsfrist(UUID(raa["id"]), raa["titel"], om_svar.frist, raa["paamind_dage"], svar, afsendt)


def _laes_faktum(raa: Mapping[str, Any]) -> Faktum:
    svarfrist = date.fromisoformat(raa["svarfrist"]) if raa["svarfrist"] else None
    return Faktum(Udmeldingsart(raa["art"]), date.fromisoformat(raa["dato"]), svarfrist=svarfrist)
