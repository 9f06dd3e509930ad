"""Offers, departments, places, confirmations and levels of the demo data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from uuid import UUID

from faelles.ids import uuid7
from faelles.sprog import soegefold, sortnoegle
from faelles.tid import KOEBENHAVN, Periode
from kommuner.models import Kommune, Organisation, Organisationsart, RegionMedlemskab
from rammeaftale.demo.bloklister import Bloklister
from rammeaftale.demo.kopi import kopier
from rammeaftale.demo.navne import FLEST_AFDELINGER, Navne, afdelinger
from rammeaftale.demo.skala import AAR_TILBAGE, RATER, Skala
from tilbud.beskyttelse import beskyttes
from tilbud.models import Afdeling, Bekraeftelse, Maalgruppe, Niveau, Plads, Pladsart, Tilbud, Ydelsestype
from tilbud.models.register import alle_ugedage

HVERDAGE = [1, 2, 3, 4, 5]
MINDSTE_AFDELING = 5  # places


TEAM = "Det udgående team"


@dataclass(frozen=True, slots=True)
class Slags:
    """A kind of offer: how often, under which legal basis, for whom, and the level of price (kr. per døgn or dag)."""

    vaegt: int
    hjemmel: str
    forstavelser: tuple[str, ...]
    maalgrupper: tuple[str, ...]
    pris: int
    art: Pladsart = Pladsart.DOEGN
    alder: tuple[int, int | None] = (18, None)
    ogsaa: str = ""  # a second legal basis some of them have
    navn: str = ""  # instead of a drawn one
    uden_pladser: bool = False


_KOGNITIV = (
    "Autismespektrum",
    "Udviklingshæmning",
    "Opmærksomhedsforstyrrelse",
    "Erhvervet hjerneskade",
    "Medfødt hjerneskade",
)
_PSYKISK = ("Forandret virkelighedsopfattelse", "Personlighedsforstyrrelse", "Angst", "Depression", "Spiseforstyrrelse")
_SOCIAL = ("Hjemløshed", "Stofmisbrug", "Alkoholmisbrug", "Udadreagerende adfærd", "Selvskadende adfærd")
_FYSISK = (
    "Mobilitetsnedsættelse",
    "Synsnedsættelse",
    "Hørenedsættelse",
    "Multipel funktionsnedsættelse",
    "Medfødt døvblindhed",
)
# Groups few offers are for, so that the levels of the demo data look like levels.
SMAA_GRUPPER = frozenset(
    {
        "Medfødt døvblindhed",
        "Multipel funktionsnedsættelse",
        "Spiseforstyrrelse",
        "Synsnedsættelse",
        "Erhvervet hjerneskade",
    }
)
_BARN = ("Omsorgssvigt", "Tilknytningsforstyrrelse", "Autismespektrum", "Udadreagerende adfærd")

SLAGS: tuple[Slags, ...] = (
    Slags(
        24,
        "SEL-107",
        ("Botilbuddet", "Bostedet", "Opgangsfællesskabet"),
        _KOGNITIV + _PSYKISK + _SOCIAL,
        2500,
        ogsaa="SEL-108",
    ),
    Slags(22, "SEL-108", ("Botilbuddet", "Bostedet", "Bocentret"), _KOGNITIV + _PSYKISK + _FYSISK, 2350),
    Slags(8, "ABL-105", ("Bofællesskabet", "Bo og støtte"), _KOGNITIV + _FYSISK, 1450, ogsaa="SEL-85"),
    Slags(
        12,
        "SEL-103",
        ("Værkstedet", "Det beskyttede værksted"),
        _KOGNITIV + _PSYKISK,
        470,
        Pladsart.DAG,
        ogsaa="SEL-104",
    ),
    Slags(14, "SEL-104", ("Aktivitetshuset", "Dagcentret"), _KOGNITIV + _FYSISK, 680, Pladsart.DAG),
    Slags(5, "SEL-110", ("Forsorgshjemmet", "Herberget"), _SOCIAL, 1650),
    Slags(3, "SEL-109", ("Krisecentret",), ("Voldeligt overgreb", "Seksuelt overgreb"), 1900),
    Slags(8, "BL-43", ("Døgntilbuddet", "Opholdsstedet"), _BARN, 4200, alder=(6, 17)),
    Slags(2, "BL-43-3", ("Døgninstitutionen",), _BARN, 6800, alder=(12, 17)),
    Slags(2, "BL-83", ("Det særlige dagtilbud",), (*_KOGNITIV[:3], *_FYSISK[:1]), 1500, Pladsart.DAG, alder=(0, 6)),
)
# Delivered where the citizen lives: no places, no takst per døgn or dag.
UDGAAENDE = Slags(
    0, "SEL-85", ("Hjemmevejledningen", "Støttekorpset"), _KOGNITIV + _PSYKISK + _SOCIAL, 0, uden_pladser=True
)
# The offer the demonstration begins with: places in Gladsaxe for a citizen of Rødovre.
FOERSTE = Slags(0, "SEL-107", (), ("Autismespektrum",), 2650, navn="Botilbuddet Kærgården")
# Gladsaxe's other sure offer: its free places carry the reservations that are there from the start.
ANDEN = Slags(0, "SEL-108", (), ("Udviklingshæmning",), 2400, navn="Bostedet Lindetoften")


@dataclass(frozen=True, slots=True)
class DemoPlads:
    """What the ledger needs to know about a place."""

    id: UUID
    art: Pladsart
    ugedage: tuple[int, ...]
    periode: Periode
    fredet: bool


@dataclass(frozen=True, slots=True)
class DemoAfdeling:
    """What the takst needs to know about a department."""

    id: UUID
    hjemler: tuple[str, ...]
    dagtilbud: bool
    pris: int
    pladser: int
    kkr_id: UUID


class Register:
    """Collects rows and writes them in batches; `pladser` and `demo_afdelinger` are then what ledger and takster build on."""

    def __init__(self, skala: Skala, kommuner: list[Kommune], rng: Random, dag: date) -> None:
        """Prepare the operators and code lists."""
        self.skala, self.kommuner, self.rng, self.dag = skala, kommuner, rng, dag
        self.navne = Navne(rng, FOERSTE.navn, ANDEN.navn)
        self.maalgrupper = {gruppe.term: gruppe for gruppe in Maalgruppe.objects.filter(valgbar=True)}
        self.regioner = {
            medlemskab.kommune_id: medlemskab.region.organisation
            for medlemskab in RegionMedlemskab.objects.paa(dag).select_related("region__organisation")
        }
        self.kkr = {kommune.pk: kommune.kkr_medlemskaber.paa(dag).get().kkr_id for kommune in kommuner}
        self.postnumre = {kommune.pk: list(kommune.postnumre.order_by("postnr")) for kommune in kommuner}
        self.private = self._leverandoerer()
        self.tilbud: list[Tilbud] = []
        self.afdelinger: list[Afdeling] = []
        self.plads_raekker: list[Plads] = []
        self.doegnpladser = count()
        self.bekraeftelser: list[Bekraeftelse] = []
        self.niveauer: list[Niveau] = []
        self.blokke = Bloklister(rng, dag, list(Ydelsestype.objects.filter(overordnet=None)))
        self.koblinger: list[tuple[UUID, tuple[str, ...], tuple[UUID, ...]]] = []
        self.pladser: list[DemoPlads] = []
        self.demo_afdelinger: list[DemoAfdeling] = []

    def _leverandoerer(self) -> list[Organisation]:
        antal = max(3, self.skala.tilbud // 12)
        arter = (Organisationsart.PRIVAT, Organisationsart.SELVEJENDE)
        navne = sorted({self.navne.leverandoer() for _ in range(antal)})
        raekker = [
            Organisation(art=arter[n % 2], navn=navn, navn_sortering=sortnoegle(navn), demo=True)
            for n, navn in enumerate(navne)
        ]
        return Organisation.objects.bulk_create(raekker)

    def lav(self) -> None:
        """Make everything in memory and write it."""
        gladsaxe = next(kommune for kommune in self.kommuner if kommune.kortnavn == "Gladsaxe")
        for fast in (FOERSTE, ANDEN):
            self._tilbud(fast, gladsaxe, pladser=12, foerste=True)
        pr_tilbud = self.skala.pladser / (self.skala.tilbud * (1 - RATER.uden_pladser))
        vaegte = [slags.vaegt for slags in SLAGS]
        indbyggere = [
            max(1, kommune.folketal.order_by("-aar").values_list("antal", flat=True)[0]) for kommune in self.kommuner
        ]
        for _ in range(self.skala.tilbud - len(self.tilbud)):
            slags = UDGAAENDE if self._plantes(RATER.uden_pladser, 9) else self.rng.choices(SLAGS, vaegte)[0]
            kommune = self.rng.choices(self.kommuner, indbyggere)[0]
            pladser = max(3, round(self.rng.gauss(pr_tilbud, pr_tilbud / 3)))
            self._tilbud(slags, kommune, pladser=pladser)
        self._skriv()

    def _driftsherre(self, kommune: Kommune) -> Organisation:
        valg = self.rng.random()
        if valg < RATER.kommunal_driftsherre:
            return kommune.organisation
        if valg < RATER.kommunal_driftsherre + RATER.regional_driftsherre:
            return self.regioner[kommune.pk]
        return self.rng.choice(self.private)

    def _tilbud(self, slags: Slags, kommune: Kommune, *, pladser: int, foerste: bool = False) -> None:
        rng = self.rng
        lukker = self._plantes(RATER.lukket_tilbud, 3)
        beskyttet = beskyttes({slags.hjemmel}) or self._plantes(RATER.beskyttet_adresse, 5)
        langt = self._plantes(RATER.meget_langt_navn, 7)
        navn = slags.navn or self.navne.tilbud(rng.choice(slags.forstavelser), kommune.kortnavn, langt=langt)
        by = rng.choice(self.postnumre[kommune.pk])
        tilbud = Tilbud(
            navn=navn,
            navn_sortering=sortnoegle(navn),
            navn_soegning=soegefold(navn),
            driftsherre=kommune.organisation if foerste else self._driftsherre(kommune),
            beliggenhedskommune=kommune,
            adresse="" if beskyttet else f"{self.navne.vej()}, {by.postnr} {by.by}",
            laengdegrad=None if beskyttet else self._naer(kommune.laengdegrad),
            breddegrad=None if beskyttet else self._naer(kommune.breddegrad),
            beskyttet_adresse=beskyttet,
            alder_fra=slags.alder[0],
            alder_til=slags.alder[1],
            uden_pladser=slags.uden_pladser,
            lukket_fra=self.dag + timedelta(days=rng.randint(-1500, 200)) if lukker else None,
            demo=True,
        )
        grupper = rng.sample(slags.maalgrupper, k=min(len(slags.maalgrupper), 1 if foerste else rng.randint(1, 3)))
        self.tilbud.append(tilbud)
        flere = slags.ogsaa and rng.random() < RATER.flere_hjemler
        hjemler = (slags.hjemmel, slags.ogsaa) if flere else (slags.hjemmel,)
        self.blokke.udfyld(tilbud, hjemler, slags.art, pladser)
        self.koblinger.append((tilbud.id, hjemler, tuple(self.maalgrupper[gruppe].pk for gruppe in grupper)))
        self.blokke.specialiser(tilbud, self._niveau(tilbud, grupper))
        if slags.uden_pladser:
            self.afdelinger.append(Afdeling(tilbud=tilbud, navn=TEAM, navn_sortering=sortnoegle(TEAM)))
            tilbud.afdelinger_soegning = soegefold(TEAM)
        else:
            self._afdelinger(tilbud, slags, hjemler, pladser, foerste=foerste)

    def _plantes(self, rate: float, forskudt: int) -> bool:
        """Whether the offer now being made carries the trouble: at the stated rate, and once even among a dozen offers."""
        return len(self.tilbud) % round(1 / rate) == forskudt

    def _naer(self, grad: Decimal) -> Decimal:
        return grad + Decimal(self.rng.randint(-2000, 2000)) / 100_000

    def _niveau(self, tilbud: Tilbud, grupper: Sequence[str]) -> int:
        """Offers for a small target group are more specialised. Returns the level of today."""
        rng = self.rng
        niveau = rng.choices((1, 2, 3), (35, 45, 20) if SMAA_GRUPPER.issuperset(grupper) else (3, 27, 70))[0]
        start = date(self.dag.year - AAR_TILBAGE, 1, 1)
        skift = date(self.dag.year - rng.randint(1, AAR_TILBAGE - 2), 1, 1)
        if rng.random() < RATER.niveau_flyttet:
            foer = rng.choice([andet for andet in (1, 2, 3) if andet != niveau])
            grund = "Behovet er blevet mere almindeligt" if niveau > foer else "Viden skal samles på færre tilbud"
            perioder = [(foer, Periode(start, skift), "Første indplacering"), (niveau, Periode(skift), grund)]
        else:
            perioder = [(niveau, Periode(start), "Første indplacering")]
        self.niveauer += [
            Niveau(tilbud=tilbud, niveau=n, periode=periode.som_range, grund=f"{grund} (demo)")
            for n, periode, grund in perioder
        ]
        return niveau

    def _afdelinger(
        self, tilbud: Tilbud, slags: Slags, hjemler: tuple[str, ...], pladser: int, *, foerste: bool
    ) -> None:
        mulige = min(FLEST_AFDELINGER, pladser // MINDSTE_AFDELING)
        antal = 1 if foerste or mulige < 2 else self.rng.randint(1, mulige)  # noqa: PLR2004 - small homes are one house
        kkr_id, dagtilbud = self.kkr[tilbud.beliggenhedskommune_id], slags.art is Pladsart.DAG
        navne = afdelinger(antal)
        tilbud.afdelinger_soegning = soegefold(" ".join(navne))
        for nummer, navn in enumerate(navne):
            afdeling = Afdeling(tilbud=tilbud, navn=navn, navn_sortering=sortnoegle(navn))
            her = pladser // antal + (nummer < pladser % antal)
            pris = round(slags.pris * self.rng.uniform(0.8, 1.3))
            self.afdelinger.append(afdeling)
            self.demo_afdelinger.append(DemoAfdeling(afdeling.id, hjemler, dagtilbud, pris, her, kkr_id))
            self._bekraeft(afdeling, tilbud.driftsherre_id, foerste=foerste)
            for plads in range(1, her + 1):
                self._plads(afdeling, slags, tilbud.lukket_fra, plads, foerste=foerste)
            self.blokke.tillad(afdeling, self.plads_raekker[-her:])

    def _bekraeft(self, afdeling: Afdeling, driftsherre_id: UUID, *, foerste: bool) -> None:
        rng, valg = self.rng, self.rng.random()
        frisk = RATER.bekraeftet_frisk
        forfalden = frisk + RATER.bekraeftet_forfalden
        if foerste or valg < frisk:
            dage = rng.randint(1, 6)
        elif valg < forfalden:
            dage = rng.randint(8, 29)
        elif valg < forfalden + RATER.bekraeftet_foraeldet:
            dage = rng.randint(31, 400)
        else:
            return
        tidspunkt = datetime.combine(
            self.dag - timedelta(days=dage), time(rng.randint(8, 15), rng.randint(0, 59)), KOEBENHAVN
        )
        self.bekraeftelser.append(
            Bekraeftelse(
                afdeling=afdeling, tidspunkt=tidspunkt, organisation_id=driftsherre_id, rolle_navn="Tilbudsleder"
            )
        )

    def _plads(self, afdeling: Afdeling, slags: Slags, lukket_fra: date | None, nummer: int, *, foerste: bool) -> None:
        rng = self.rng
        aabnet = date(self.dag.year - AAR_TILBAGE, 1, 1)
        if not foerste and lukket_fra is None and rng.random() < RATER.plads_aabnet_undervejs:
            # Drawn alike in every month, so that the offers that follow are the same whatever day they are made.
            aabnet = date(self.dag.year - rng.randint(0, AAR_TILBAGE - 1), 1 + int(rng.random() * self.dag.month), 1)
        merplads = not foerste and lukket_fra is None and rng.random() < RATER.merplads
        periode = Periode(aabnet, aabnet + timedelta(days=rng.randint(200, 500)) if merplads else lukket_fra)
        art = slags.art if foerste else self._art(slags.art)
        ugedage = HVERDAGE if slags.art is Pladsart.DAG else alle_ugedage()
        plads = Plads(
            id=uuid7(),
            afdeling=afdeling,
            betegnelse=f"Plads {nummer}",
            betegnelse_sortering=sortnoegle(f"Plads {nummer}"),
            art=art,
            ugedage=ugedage,
            periode=periode.som_range,
            merplads=merplads,
        )
        self.plads_raekker.append(plads)
        # Half of the first offer's places stay free, so that there is always something to find.
        self.pladser.append(DemoPlads(plads.id, art, tuple(ugedage), periode, foerste and nummer % 2 == 0))

    def _art(self, slagsens: Pladsart) -> Pladsart:
        """A few of the døgnpladser are for relief or for emergencies. Counted, not drawn, so that the small scale has some."""
        if slagsens is not Pladsart.DOEGN:
            return slagsens
        nummer = next(self.doegnpladser)
        if nummer % round(1 / RATER.aflastningsplads) == 0:
            return Pladsart.AFLASTNING
        return Pladsart.AKUT if nummer % round(1 / RATER.akutplads) == 1 else slagsens

    def _skriv(self) -> None:
        for raekker in (self.tilbud, self.afdelinger, self.plads_raekker, self.bekraeftelser, self.niveauer):
            kopier(raekker)
        hjemler, maalgrupper = Tilbud.hjemler.through, Tilbud.maalgrupper.through
        kopier(self.blokke.tilladelser)  # before the stays: nobody takes a merplads without one
        kopier(hjemler(tilbud_id=tilbud, hjemmel_id=kode) for tilbud, koder, _ in self.koblinger for kode in koder)
        kopier(
            maalgrupper(tilbud_id=tilbud, maalgruppe_id=gruppe)
            for tilbud, _, grupper in self.koblinger
            for gruppe in grupper
        )
