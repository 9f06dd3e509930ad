"""What every report says of the agreement it is about and of the terms in force, as its snapshot holds it."""

from dataclasses import dataclass
from datetime import date

from faelles.dokument.tal import dato
from faelles.tid import Periode
from rammeaftale.livscyklus import Aftaletilstand, stand
from rammeaftale.models import Version
from vilkaar.kilde import i_ord
from vilkaar.noegler import NOEGLER
from vilkaar.queries import GaeldendeVilkaar


@dataclass(frozen=True, slots=True)
class Aftale:
    """The agreement and the version the report is about; `stand` is where it was on the data date, in words."""

    slug: str
    titel: str
    kkr: str
    fra: date
    til: date | None
    stand: str
    sendt_til_godkendelse: bool
    vedtaget: date | None
    godkendelsesfrist: date | None
    demo: bool
    demo_forbehold: str
    versionsnummer: int
    version_sendt: date | None
    indledning: str

    @property
    def periode_i_ord(self) -> str:
        """`1. januar 2025 til 31. december 2026`, or an open end."""
        sidste = Periode(self.fra, self.til).sidste_dag
        return f"{dato(self.fra)} til {dato(sidste)}" if sidste else f"fra {dato(self.fra)}"


@dataclass(frozen=True, slots=True)
class Vilkaarsvaerdi:
    """A term in force: its name, value and unit, and the clause that sets it."""

    noegle: str
    navn: str
    vaerdi: str
    enhed: str
    klausul: str


@dataclass(frozen=True, slots=True)
class Vilkaarssaet:
    """The set of terms that held on the data date."""

    nummer: int
    aftale: str
    endelig: bool
    demo: bool
    vaerdier: tuple[Vilkaarsvaerdi, ...]

    def kilde(self, *noegler: str) -> str:
        """The clauses that set these terms, and the set, as every result that follows from them names it; nothing when it holds none of them."""
        klausuler = dict.fromkeys(v.klausul for v in self.vaerdier if v.noegle in noegler)
        return i_ord("; ".join(klausuler), self.nummer, self.aftale, endelig=self.endelig) if klausuler else ""


def om_aftalen(version: Version, dag: date) -> Aftale:
    """The version's agreement on a day."""
    aftale = version.aftale
    periode = aftale.aftaleperiode
    return Aftale(
        slug=aftale.slug,
        titel=aftale.titel,
        kkr=aftale.kkr.navn,
        fra=periode.fra,
        til=periode.til,
        stand=stand(Aftaletilstand(aftale.tilstand), periode, dag),
        sendt_til_godkendelse=aftale.tilstand == Aftaletilstand.SENDT,
        vedtaget=aftale.vedtaget,
        godkendelsesfrist=aftale.godkendelsesfrist,
        demo=aftale.demo,
        demo_forbehold=aftale.demo_forbehold,
        versionsnummer=version.nummer,
        version_sendt=version.sendt,
        indledning=version.indledning,
    )


def om_vilkaarene(vilkaar: GaeldendeVilkaar) -> Vilkaarssaet:
    """The set with its terms in the order of their keys."""
    return Vilkaarssaet(
        nummer=vilkaar.nummer,
        aftale=vilkaar.aftale,
        endelig=vilkaar.endelig,
        demo=vilkaar.demo,
        vaerdier=tuple(
            Vilkaarsvaerdi(
                noegle=noegle.value,
                navn=NOEGLER[noegle].navn,
                vaerdi=str(vaerdi),
                enhed=NOEGLER[noegle].enhed,
                klausul=vilkaar.klausuler[noegle],
            )
            for noegle, vaerdi in sorted(vilkaar.vaerdier.items())
        ),
    )
