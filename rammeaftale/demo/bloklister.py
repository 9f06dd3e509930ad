"""What Tilbudsportalen's blocks hold about the demo offers: traits, behaviour, methods, services, approval and reports."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from faelles.sprog import soegefold
from faelles.tid import Periode
from rammeaftale.demo.kopi import kopier
from rammeaftale.demo.skala import AAR_TILBAGE
from tilbud.models import (
    Adfaerd,
    Afdeling,
    FysiskTraek,
    Leveringsform,
    Merpladstilladelse,
    Plads,
    Pladsart,
    Tilbud,
    Tilsynsgodkendelse,
    Tilsynsrapport,
    Tilsynsvurdering,
    Ydelse,
    Ydelsestype,
)

METODER = (
    "Kognitiv tilgang",
    "Low arousal",
    "Neuropædagogik",
    "Recovery",
    "Miljøterapi",
    "Strukturpædagogik",
    "Traumebevidst tilgang",
    "Motiverende samtale",
    "Åben dialog",
)
HVERDAG = (
    "Hverdagen er forudsigelig, med faste måltider og aftaler.",
    "Der er have, værksted og dyr, og mange aktiviteter foregår ude.",
    "Borgeren har sin egen lejlighed og kan være med i fællesskabet, når det passer.",
    "Små grupper og god plads giver ro; personalet er der døgnet rundt.",
    "Der arbejdes tæt sammen med uddannelse, job og pårørende.",
)
SOCIALTILSYN = "Socialtilsynet (demo)"  # which of the five an offer belongs to is not in the data
VURDERINGER = (Tilsynsvurdering.GODKENDT, Tilsynsvurdering.VILKAAR, Tilsynsvurdering.PAABUD, Tilsynsvurdering.SKAERPET)
# Under supervision by lov om socialtilsyn; day offers and schools are not (rules-rammeaftale, section 1).
MED_TILSYN = frozenset({"SEL-101", "SEL-107", "SEL-108", "SEL-109", "SEL-110", "ABL-105", "BL-43", "BL-43-3"})
UDLOEBET_DAGE = 30  # since one approval ran out
SIGER_INTET = 0.15  # share of offers that have stated neither traits nor behaviour
SELVHENVENDELSE = frozenset({"SEL-109", "SEL-110"})  # rules-reservation, section 3: no reservation is needed


@dataclass(slots=True)
class Bloklister:
    """Fills offers in and collects the rows that hang on them."""

    rng: Random
    dag: date
    ydelsestyper: Sequence[Ydelsestype]
    godkendelser: list[Tilsynsgodkendelse] = field(default_factory=list)
    rapporter: list[Tilsynsrapport] = field(default_factory=list)
    ydelser: list[Ydelse] = field(default_factory=list)
    tilladelser: list[Merpladstilladelse] = field(default_factory=list)

    def udfyld(self, tilbud: Tilbud, hjemler: Sequence[str], art: Pladsart, pladser: int) -> None:
        """Give an offer its blocks; what it cannot take in and what it can never overlap."""
        rng = self.rng
        if rng.random() >= SIGER_INTET:
            tilbud.fysiske_traek = sorted(rng.sample(FysiskTraek.values, k=rng.randint(2, 6)))
            adfaerd = rng.sample(Adfaerd.values, k=rng.randint(2, 5))
            tilbud.rummer, tilbud.rummer_ikke = sorted(adfaerd[:-1]), sorted(adfaerd[-1:])
        tilbud.metoder = sorted(rng.sample(METODER, k=rng.randint(1, 3)))
        tilbud.beskrivelse = " ".join(rng.sample(HVERDAG, k=2))
        tilbud.beskrivelse_soegning = soegefold(" ".join([tilbud.beskrivelse, *tilbud.metoder]))
        tilbud.gruppe_hoejst = rng.choice((4, 6, 8, None))
        tilbud.kontakt_funktion = "Visitationen"
        tilbud.kontakt_email = "visitation@example.dk"
        tilbud.selvhenvendelse = not SELVHENVENDELSE.isdisjoint(hjemler)
        self._tilsyn(tilbud, hjemler, pladser)
        self._ydelser(tilbud, art)

    def specialiser(self, tilbud: Tilbud, niveau: int) -> None:
        """The more specialised know more methods. Nothing is drawn, so that what comes after is as it was."""
        flere = [metode for metode in METODER if metode not in tilbud.metoder][: 2 * (3 - niveau)]
        tilbud.metoder = sorted([*tilbud.metoder, *flere])
        tilbud.beskrivelse_soegning = soegefold(" ".join([tilbud.beskrivelse, *tilbud.metoder]))

    def _tilsyn(self, tilbud: Tilbud, hjemler: Iterable[str], pladser: int) -> None:
        under_tilsyn = [hjemmel for hjemmel in hjemler if hjemmel in MED_TILSYN]
        start = date(self.dag.year - AAR_TILBAGE, 1, 1)
        for nummer, hjemmel in enumerate(under_tilsyn):
            # The first legal basis carries the places; merpladser stand under a permission of their own.
            antal = pladser if nummer == 0 else 0
            self.godkendelser.append(
                Tilsynsgodkendelse(
                    tilbud=tilbud,
                    hjemmel_id=hjemmel,
                    pladser=antal,
                    periode=Periode(start).som_range,
                    socialtilsyn=SOCIALTILSYN,
                )
            )
        if under_tilsyn:
            self.rapporter.append(
                Tilsynsrapport(
                    tilbud=tilbud,
                    dato=self.dag - timedelta(days=self.rng.randint(20, 500)),
                    vurdering=self.rng.choices(VURDERINGER, (85, 9, 4, 2))[0],
                    rapport_url="https://tilsyn.example.dk/rapport",
                )
            )

    def tillad(self, afdeling: Afdeling, pladser: Sequence[Plads]) -> None:
        """A department's merpladser stand under a permission for their days, and are not among the approved. Nothing is drawn."""
        merpladser = [plads for plads in pladser if plads.merplads]
        if not merpladser:
            return
        perioder = [Periode.af_range(plads.periode) for plads in merpladser]
        slut = max(periode.til for periode in perioder if periode.til)
        periode = Periode(min(periode.fra for periode in perioder), slut).som_range
        antal = len(merpladser)
        self.tilladelser.append(
            Merpladstilladelse(afdeling=afdeling, pladser=antal, periode=periode, grund="Midlertidigt pres (demo)")
        )
        for godkendelse in self.godkendelser:
            if godkendelse.tilbud_id == afdeling.tilbud_id and godkendelse.pladser > antal:
                godkendelse.pladser -= antal

    def _lad_udloebe(self, reserverede: Collection[UUID]) -> None:
        """One offer's approval ran out a month ago; those who live there stay. One that nobody has just reserved in."""
        mulige = [en.tilbud for en in self.godkendelser if en.tilbud_id not in reserverede]
        valgt = next((tilbud.pk for tilbud in reversed(mulige) if tilbud.lukket_fra is None), None)
        slut = self.dag - timedelta(days=UDLOEBET_DAGE)
        for godkendelse in (en for en in self.godkendelser if en.tilbud_id == valgt):
            godkendelse.periode = Periode(Periode.af_range(godkendelse.periode).fra, slut).som_range
        for rapport in (en for en in self.rapporter if en.tilbud_id == valgt):
            rapport.dato, rapport.vurdering = slut, Tilsynsvurdering.OPHOERT

    def _ydelser(self, tilbud: Tilbud, art: Pladsart) -> None:
        antal = self.rng.randint(1, 3)
        for type_ in self.rng.sample(list(self.ydelsestyper), k=min(antal, len(self.ydelsestyper))):
            # One in five is delivered outside, and all of what has no places.
            ude = tilbud.uden_pladser or (art is not Pladsart.DAG and self.rng.random() < 0.2)  # noqa: PLR2004
            form = Leveringsform.UDGAAENDE if ude else Leveringsform.MATRIKELBUNDET
            periode = Periode(date(self.dag.year - self.rng.randint(1, AAR_TILBAGE), 1, 1)).som_range
            self.ydelser.append(Ydelse(tilbud=tilbud, type=type_, leveringsform=form, periode=periode))

    def skriv(self, reserverede: Collection[UUID]) -> int:
        """Write the rows but the permissions; the offers themselves must be there, and who lives there. Returns how many.

        `reserverede`: the offers with reservations.
        """
        self._lad_udloebe(reserverede)
        return sum(kopier(raekker) for raekker in (self.godkendelser, self.rapporter, self.ydelser))
