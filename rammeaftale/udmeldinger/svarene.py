"""What the municipalities have answered a call, and what may be shown of their counts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.timezone import localtime

from faelles.aktoer import Aktoer
from faelles.diskretion import SkjulteRaekker
from faelles.fejl import DomaeneFejl
from faelles.scope import som_systemet
from rammeaftale.models import Part, Rammeaftale, Udmelding, Udmeldingsantal, Udmeldingsrapport, Udmeldingssvar
from rammeaftale.udmeldinger.queries import dagen, er_afsendt, er_sekretariat, kommuner_i, sket_med
from rammeaftale.udmeldinger.rapporter import sendt_rapport, vist_foer
from rammeaftale.udmeldinger.regler import runde, skjulte
from vilkaar.kilde import KILDEHOVED, Kilde, kilde, kildeceller
from vilkaar.noegler import Noegle
from vilkaar.queries import gaeldende


@dataclass(frozen=True, slots=True)
class Svarvisning:
    """A municipality and what it answered last. `antal` is its count in words, hidden where it must be.

    `fra_foer`: given before renewed treatment was asked for, and so no answer to it.
    """

    part: Part
    svar: Udmeldingssvar | None
    antal: str
    fra_foer: bool


@dataclass(frozen=True, slots=True)
class Svaroversigt:
    """Every municipality's answer, and how many citizens there are in all, in words; `kilde`: what small counts are hidden after."""

    svar: Sequence[Svarvisning]
    i_alt: str
    skjult: bool
    kilde: Kilde | None = None

    @property
    def gamle_med(self) -> bool:
        """Whether counts from before renewed treatment was asked for are in the sum."""
        return any(s.fra_foer and s.svar is not None and s.svar.antal_id is not None for s in self.svar)

    @property
    def tekst(self) -> str:
        """The total and what is hidden, as sentences."""
        total = {
            IKKE_OPGJORT: "Ingen kommune har opgjort antallet af borgere.",
            SKJULT: "Det samlede antal borgere er skjult.",
        }.get(self.i_alt, f"I alt {self.i_alt} borgere i de kommuner, der har opgjort det.")
        return f"{total} Små antal er skjult, så ingen kan kendes på dem." if self.skjult else total


@dataclass(frozen=True, slots=True)
class _Svarene:
    """Who is to answer on a day, or was at an instant of it, each one's last answer by then, and the counts in those, by party."""

    dag: date
    indtil: datetime | None
    parter: Sequence[Part]
    svar: Mapping[UUID, Udmeldingssvar]
    antal: Mapping[UUID, UUID]


@dataclass(frozen=True, slots=True)
class _Viste:
    """The counts a reader may see by party, and their sum; None for one she may not. `skjult`: whether anything is hidden."""

    antal: Mapping[UUID, int]
    i_alt: int | None
    skjult: bool
    kilde: Kilde | None = None


OPTAELLING = "counts of a call are suppressed before anybody sees them"
SKJULT = "Skjult"
IKKE_OPGJORT = "Ikke opgjort"


def seneste_svar(udmelding: Udmelding) -> dict[UUID, Udmeldingssvar]:
    """What each municipality answered last, by party."""
    alle = udmelding.svar.select_related("registreret_af").order_by("registreret", "id")
    return {svar.part_id: svar for svar in alle}


def eget_antal(aktoer: Aktoer, svar: Udmeldingssvar | None) -> int | None:
    """The count in an answer of the actor's own municipality, or any for the agreement's secretariat."""
    if svar is None or svar.antal_id is None:
        return None
    return (
        Udmeldingsantal.objects.synlige_for(aktoer)
        .filter(pk=svar.antal_id)
        .values_list("antal_borgere", flat=True)
        .get()
    )


def svaroversigt(aktoer: Aktoer, udmelding: Udmelding, dag: date) -> Svaroversigt:
    """Every municipality's answer as the actor may see it.

    The secretariat sees all, and a municipality its own. Others see none until the joint report is sent: of two totals with an
    answer between them anybody could compute that answer's count. From then on they see what the report says, and no later answer.
    """
    alle = _alle_svar(udmelding)
    if er_sekretariat(aktoer, udmelding.aftale):
        nu = _svarene(udmelding, alle, dag)
        egne = _egne(aktoer, nu)
        return _oversigt(udmelding, nu, egne, _Viste(egne, sum(egne.values()), skjult=False))
    rapport = sendt_rapport(udmelding, dag) if er_afsendt(udmelding, dag) else None
    if rapport is None:
        nu = _svarene(udmelding, alle, dag)
        return _oversigt(udmelding, nu, _egne(aktoer, nu), _Viste({}, None, skjult=bool(nu.antal)))
    svarene = _svarene_da(udmelding, alle, rapport.bestilt)
    viste = _offentlige(udmelding, alle, svarene, rapport.bestilt)
    return _oversigt(udmelding, svarene, _egne(aktoer, svarene), viste)


def rapportens_svar(rapport: Udmeldingsrapport) -> Svaroversigt:
    """What the report says, whoever reads it: the answers when it was ordered, and of the counts what everybody may see."""
    udmelding, alle = rapport.udmelding, _alle_svar(rapport.udmelding)
    svarene = _svarene_da(udmelding, alle, rapport.bestilt)
    return _oversigt(udmelding, svarene, {}, _offentlige(udmelding, alle, svarene, rapport.bestilt))


def _alle_svar(udmelding: Udmelding) -> list[Udmeldingssvar]:
    return list(udmelding.svar.select_related("registreret_af").order_by("registreret", "id"))


def _svarene(
    udmelding: Udmelding, alle: Iterable[Udmeldingssvar], dag: date, indtil: datetime | None = None
) -> _Svarene:
    parter = kommuner_i(udmelding.aftale, dag)
    svar = {s.part_id: s for s in alle if indtil is None or s.registreret <= indtil}
    antal = {part.pk: nr for part in parter if part.pk in svar and (nr := svar[part.pk].antal_id)}
    return _Svarene(dag, indtil, parter, svar, antal)


def _svarene_da(udmelding: Udmelding, alle: Iterable[Udmeldingssvar], indtil: datetime) -> _Svarene:
    return _svarene(udmelding, alle, localtime(indtil).date(), indtil)


def _egne(aktoer: Aktoer, svarene: _Svarene) -> dict[UUID, int]:
    """The counts the database shows the actor herself."""
    synlige_antal = Udmeldingsantal.objects.synlige_for(aktoer).filter(pk__in=svarene.antal.values())
    return dict(synlige_antal.values_list("part_id", "antal_borgere"))


def _oversigt(udmelding: Udmelding, svarene: _Svarene, egne: Mapping[UUID, int], viste: _Viste) -> Svaroversigt:
    om_svar = runde(sket_med(udmelding, svarene.indtil), udmelding.svarfrist, svarene.dag)

    def visning(part: Part) -> Svarvisning:
        svar = svarene.svar.get(part.pk)
        if svar is None:
            return Svarvisning(part, None, "", fra_foer=False)
        antal = IKKE_OPGJORT
        if part.pk in svarene.antal:
            tal = egne.get(part.pk, viste.antal.get(part.pk))
            antal = SKJULT if tal is None else str(tal)
        return Svarvisning(part, svar, antal, fra_foer=not om_svar.besvaret(dagen(svar)))

    i_alt = SKJULT if viste.i_alt is None else str(viste.i_alt)
    return Svaroversigt(
        [visning(part) for part in svarene.parter],
        i_alt if svarene.antal else IKKE_OPGJORT,
        viste.skjult,
        viste.kilde,
    )


def _offentlige(udmelding: Udmelding, alle: Iterable[Udmeldingssvar], svarene: _Svarene, indtil: datetime) -> _Viste:
    """What everybody may see of the answers at the instant `indtil`. The counts are read as the system here, and leave with the hidden ones taken out.

    Of two reports with one answer changed between them anybody could compute that answer's count. So what an earlier one hid is
    hidden on, and when anything is or was hidden, only the first says the total.
    """
    tidligere = [_svarene_da(udmelding, alle, da) for da in vist_foer(udmelding, indtil)]
    raekke = [*(t for t in tidligere if t.antal != svarene.antal), svarene]
    with som_systemet(OPTAELLING):
        nr = {pk for s in raekke for pk in s.antal.values()}
        fundne = Udmeldingsantal.objects.for_systemet(OPTAELLING).filter(pk__in=nr).order_by("part_id")
        tal = dict(fundne.values_list("pk", "antal_borgere"))
    udfald = [_skjulte(udmelding.aftale, s, tal) for s in raekke]
    skjult = {pk for u, _ in udfald for pk in u.raekker}
    sidste, efter = udfald[-1]
    i_alt_skjult = sidste.i_alt or (len(udfald) > 1 and (bool(skjult) or any(u.i_alt for u, _ in udfald)))
    return _Viste(
        {part: tal[nr] for part, nr in svarene.antal.items() if part not in skjult},
        None if i_alt_skjult else sum(tal[nr] for nr in svarene.antal.values()),
        skjult=i_alt_skjult or not skjult.isdisjoint(svarene.antal),
        kilde=efter,
    )


def _skjulte(
    aftale: Rammeaftale, svarene: _Svarene, tal: Mapping[UUID, int]
) -> tuple[SkjulteRaekker[UUID], Kilde | None]:
    """What a report of the answers hides by itself, as the term `diskretion_graense` of its day says, and that term; without it everything."""
    try:
        vilkaar = gaeldende(aftale.kkr_id, svarene.dag)
        graense = vilkaar.heltal(Noegle.DISKRETION_GRAENSE)
    except DomaeneFejl:
        return SkjulteRaekker(frozenset(svarene.antal), i_alt=bool(svarene.antal)), None
    fundet = skjulte({part: tal[nr] for part, nr in svarene.antal.items()}, graense)
    return fundet, kilde(vilkaar, Noegle.DISKRETION_GRAENSE)


SVARHOVED = (
    "Kommune",
    "Svaret",
    "Antal borgere",
    "Tilbud, der bruges",
    "Viden og erfaringer",
    "Det, der mangler",
    "Plan",
    "Fra før fornyet behandling",
    *KILDEHOVED,
)


def svarraekker_ud(oversigt: Svaroversigt) -> Iterator[Sequence[Any]]:
    """A row for each municipality, with its count as the actor may see it, and the total; each with what small counts are hidden after."""
    efter = kildeceller(oversigt.kilde)
    for v in oversigt.svar:
        svar = v.svar
        tekst = (svar.tilbud, svar.viden, svar.mangler, svar.plan) if svar else ("", "", "", "")
        foer = ("Ja" if v.fra_foer else "Nej") if svar else ""
        yield (v.part.organisation.navn, dagen(svar) if svar else None, v.antal, *tekst, foer, *efter)
    yield ("I alt", None, oversigt.i_alt, "", "", "", "", "Regnet med" if oversigt.gamle_med else "", *efter)
