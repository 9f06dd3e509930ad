"""What the takster of a KKR's area cost per place per day, year by year, against its ceiling."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Min

from faelles.aktoer import Aktoer
from faelles.fejl import DomaeneFejl
from faelles.sprog import sortnoegle
from kommuner.models import Kkr, KkrMedlemskab, Organisation
from takster import vilkaarsinddata
from takster.beregning.loft import Loftresultat, Vaekstloft, proev_loft
from takster.models import Takstenhed
from takster.vaekst.regler import Aarsudgift, Grund, Maaling, Prisniveau, Sammensaetning, maal, sammensaetning
from takster.vaekst.summer import Summer, udeladte_tilbud
from tilbud.models import Hjemmel, Tilbud
from vilkaar import kilde as vilkaarskilde
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende

HUNDREDE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Raekke:
    """An operator, or a kind of offer, and its years."""

    navn: str
    maaling: Maaling
    noegle: UUID | str = ""


@dataclass(frozen=True, slots=True)
class Udeladt:
    """How many takster, or for some reasons offers, are not in the year's figures, and in the base year's (None: not counted)."""

    grund: Grund
    foer: int | None
    nu: int


@dataclass(frozen=True, slots=True)
class Kilde:
    """A term the figures rest on: its key, its value as the set holds it, and the clause."""

    noegle: Noegle
    vaerdi: Decimal | str
    klausul: str

    @property
    def navn(self) -> str:
        """What the term is called."""
        return NOEGLER[self.noegle].navn

    @property
    def vaerdi_i_ord(self) -> str:
        """The value as people write it, with its unit."""
        return NOEGLER[self.noegle].i_ord(self.vaerdi)


@dataclass(frozen=True, slots=True)
class Vaekst:
    """A year of a KKR's area against the ceiling. Without `alle` it says why in `hvorfor_ikke`; what was left out is told all the same."""

    kkr: Kkr
    aar: int
    enhed: Takstenhed
    vilkaar: GaeldendeVilkaar | None
    kilder: Sequence[Kilde]
    norm: Decimal | None
    udeladte: Sequence[Udeladt]
    loft: Vaekstloft | None = None
    alle: Maaling | None = None
    driftsherrer: Sequence[Raekke] = ()
    hjemler: Sequence[Raekke] = ()
    sammensaetning: Sammensaetning | None = None
    hvorfor_ikke: str = ""

    @property
    def loftets_kilde(self) -> str:
        """The clauses and the set the ceiling is agreed in; nothing without terms."""
        fundet = vilkaarskilde.kilde(self.vilkaar, *vilkaarsinddata.LOFTSVILKAAR) if self.vilkaar else None
        return fundet.i_ord if fundet else ""


def vaekst(kkr: Kkr, aar: int, enhed: Takstenhed = Takstenhed.DOEGN) -> Vaekst:
    """What the area's offers cost in the years from the ceiling's base year to this one, by the terms of its first day. Six statements."""
    vilkaar, basisaar, hvorfor_ikke = _basisaar(kkr, aar)
    fra = aar if basisaar is None else basisaar
    summer = Summer.hent(kkr, fra, aar, enhed)
    uden = Vaekst(
        kkr=kkr,
        aar=aar,
        enhed=enhed,
        vilkaar=vilkaar,
        kilder=_kilder(vilkaar),
        norm=_norm(vilkaar),
        udeladte=_udeladte(summer, basisaar, aar, udeladte_tilbud(kkr, aar)),
        hvorfor_ikke=hvorfor_ikke,
    )
    if vilkaar is None or basisaar is None:
        return uden
    loft, hvorfor_ikke = _loft(vilkaar, summer, aar)
    if loft is None:
        return replace(uden, hvorfor_ikke=hvorfor_ikke)
    return replace(
        uden,
        loft=loft,
        alle=maal(loft, summer.alle),
        driftsherrer=_raekker(loft, summer.driftsherrer, _driftsherrenavne(summer.driftsherrer)),
        hjemler=_raekker(loft, summer.hjemler, _hjemmelnavne(summer.hjemler)),
        sammensaetning=sammensaetning(loft, summer.gruppetal(basisaar, aar)),
    )


@dataclass(frozen=True, slots=True)
class EgenVaekst:
    """An operator's own years beside those of an area it has offers in; None when none of them is measured."""

    omraade: Vaekst
    egen: Raekke | None


def egen_vaekst(aktoer: Aktoer, aar: int, enhed: Takstenhed) -> list[EgenVaekst]:
    """The actor's organisation in each KKR it has offers in on the year's first day, in Danish order. All of it is of published takster."""
    kommuner = Tilbud.objects.drevet_af(aktoer).order_by().values("beliggenhedskommune")
    medlemskaber = KkrMedlemskab.objects.paa(date(aar, 1, 1)).filter(kommune__in=kommuner)
    fundne = Kkr.objects.filter(pk__in=medlemskaber.order_by().values("kkr"))
    omraader = [vaekst(kkr, aar, enhed) for kkr in sorted(fundne, key=lambda kkr: sortnoegle(kkr.navn))]
    return [
        EgenVaekst(et, next((r for r in et.driftsherrer if r.noegle == aktoer.organisation_id), None))
        for et in omraader
    ]


@dataclass(frozen=True, slots=True)
class Aaretsvaekst:
    """What the year's døgntakster cost per place per day against the ceiling (F16), and where that is agreed; or why it cannot be told."""

    aar: int
    resultat: Loftresultat | None
    hvorfor_ikke: str = ""
    kilde: vilkaarskilde.Kilde | None = None

    @property
    def procent_af_loft(self) -> Decimal:
        """The cost in percent of the ceiling."""
        return self.resultat.udgift * HUNDREDE / self.resultat.loft if self.resultat else Decimal(0)

    @property
    def afstand(self) -> Decimal:
        """How many percent of the ceiling it is from it, without a sign."""
        return abs(HUNDREDE - self.procent_af_loft)


def samlet(kkr: Kkr, aar: int) -> Aaretsvaekst:
    """The area's døgntakster of a year against the ceiling, as `vaekst` tells it; or why that cannot be told. Two statements."""
    vilkaar, basisaar, hvorfor_ikke = _basisaar(kkr, aar)
    if vilkaar is None or basisaar is None:
        return Aaretsvaekst(aar, None, hvorfor_ikke)
    loft, hvorfor_ikke = _loft(vilkaar, Summer.hent(kkr, basisaar, aar, Takstenhed.DOEGN), aar)
    if loft is None:
        return Aaretsvaekst(aar, None, hvorfor_ikke)
    return Aaretsvaekst(aar, proev_loft(loft), kilde=vilkaarskilde.kilde(vilkaar, *vilkaarsinddata.LOFTSVILKAAR))


@dataclass(frozen=True, slots=True)
class Faste:
    """What a year's prices are held up against, the terms that say it; or why there is nothing."""

    niveau: Prisniveau | None
    vilkaar: GaeldendeVilkaar | None
    hvorfor_ikke: str = ""


def faste(kkr: Kkr, aar: int) -> Faste:
    """The base year and the PL that the growth of the area's takster to the year is told by. One statement."""
    vilkaar, basisaar, hvorfor_ikke = _basisaar(kkr, aar)
    if vilkaar is None or basisaar is None:
        return Faste(None, vilkaar, hvorfor_ikke)
    try:
        return Faste(Prisniveau(basisaar, aar, vilkaarsinddata.pl_satser(vilkaar, basisaar, aar)), vilkaar)
    except DomaeneFejl as fejl:
        return Faste(None, vilkaar, fejl.besked)


def _loft(vilkaar: GaeldendeVilkaar, summer: Summer, aar: int) -> tuple[Vaekstloft | None, str]:
    """The area's base year and year with the agreed terms, or what lacks."""
    try:
        udgifter = [et.som_pladsudgift() for et in summer.alle if et.pladsdage]
        return vilkaarsinddata.vaekstloft(vilkaar, aar=aar, udgifter=udgifter), ""
    except DomaeneFejl as fejl:
        return None, " ".join(besked for beskeder in fejl.felter.values() for besked in beskeder) or fejl.besked


def _basisaar(kkr: Kkr, aar: int) -> tuple[GaeldendeVilkaar | None, int | None, str]:
    """The terms and the base year, or why the year cannot be held up against one."""
    foerste = date(aar, 1, 1)
    try:
        vilkaar = gaeldende(kkr.pk, foerste)
    except DomaeneFejl as fejl:
        begynder = KkrMedlemskab.objects.filter(kkr=kkr).aggregate(dag=Min("periode__startswith"))["dag"]
        if begynder is not None and begynder > foerste:
            return None, None, f"KKR'et havde ingen kommuner den 1. januar {aar}, så året kan ikke måles."
        return None, None, fejl.besked
    try:
        basisaar = vilkaar.heltal(Noegle.VAEKSTLOFT_BASISAAR)
    except DomaeneFejl as fejl:
        return vilkaar, None, fejl.besked
    if basisaar >= aar:
        return vilkaar, None, f"Loftet gælder årene efter basisåret {basisaar}. Vælg et senere år."
    return vilkaar, basisaar, ""


def _kilder(vilkaar: GaeldendeVilkaar | None) -> list[Kilde]:
    noegler = (*vilkaarsinddata.LOFTSVILKAAR, Noegle.OVERHEAD_PROCENT)
    if vilkaar is None:
        return []
    return [Kilde(n, vilkaar.vaerdier[n], vilkaar.klausuler[n]) for n in noegler if n in vilkaar.vaerdier]


def _norm(vilkaar: GaeldendeVilkaar | None) -> Decimal | None:
    """The agreed overhead in percent of the direct costs; None when the terms have none."""
    return vilkaar.tal(Noegle.OVERHEAD_PROCENT) if vilkaar and Noegle.OVERHEAD_PROCENT in vilkaar.vaerdier else None


def _raekker(loft: Vaekstloft, serier: Mapping[Any, Sequence[Aarsudgift]], navne: Mapping[Any, str]) -> list[Raekke]:
    """In the order of the names."""
    return [Raekke(navn, maal(loft, serier[noegle]), noegle) for noegle, navn in navne.items()]


def _driftsherrenavne(noegler: Iterable[UUID]) -> Mapping[UUID, str]:
    return dict(Organisation.objects.filter(pk__in=list(noegler)).values_list("pk", "navn"))


def _hjemmelnavne(noegler: Iterable[str]) -> Mapping[str, str]:
    return {hjemmel.pk: str(hjemmel) for hjemmel in Hjemmel.objects.filter(pk__in=list(noegler))}


def _udeladte(summer: Summer, foer: int | None, nu: int, tilbud: Mapping[Grund, int]) -> list[Udeladt]:
    """Every reason there is something of, in the order of Grund; whole offers are counted for the year alone."""
    alle = [
        Udeladt(g, None, tilbud[g])
        if g in tilbud
        else Udeladt(g, None if foer is None else summer.flag.get((foer, g), 0), summer.flag.get((nu, g), 0))
        for g in Grund
    ]
    return [et for et in alle if et.nu or et.foer]
