"""What a key of the registry means: the type, unit and bounds of its values, where they come from, and who may change them."""

import re
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from faelles.fejl import UgyldigtInput

_TAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_HELTAL = re.compile(r"[0-9]{1,4}")
_KODE = re.compile(r"[A-Za-z0-9-]{1,12}|\*")


class Noegletype(StrEnum):
    """What kind of value a key has."""

    TAL = "tal"
    ORD = "ord"
    AARSDAG = "aarsdag"
    TABEL = "tabel"
    KODETABEL = "kodetabel"


class Aendrer(StrEnum):
    """Who may change a term. Nobody does alone: the secretariat writes a draft, and only the parties together put it in force."""

    PARTERNE = "parterne"
    INDEN_FOR_LOVEN = "inden_for_loven"
    LOVEN = "loven"

    @property
    def navn(self) -> str:
        """In words, as they follow »ændres af«."""
        return {
            Aendrer.PARTERNE: "alle parter, gennem en ny aftale eller en allonge",
            Aendrer.INDEN_FOR_LOVEN: "alle parter, gennem en ny aftale eller en allonge, inden for lovens grænser",
            Aendrer.LOVEN: "kun loven; aftalen gengiver den",
        }[self]


@dataclass(frozen=True, slots=True)
class Noeglebeskrivelse:
    """What a key means. `mindst` and `hoejst` bound numbers; `valg` lists the allowed words of a word key.

    A key with `raekker` is a table from whole numbers within these bounds to numbers: `3=85; 4=100`. One with `koder` is a table
    from codes to values that match it: `SEL-108=3m; *=1m`, where `*` is every other code. One with `aarsdag` is a day that comes
    every year: `10.12`. `lovens` is the value the law itself says, where the source names one: no clause may say another.
    """

    navn: str
    enhed: str
    klausul: str
    kilde: str
    mindst: Decimal | None = None
    hoejst: Decimal | None = None
    valg: tuple[str, ...] = ()
    raekker: tuple[int, int] | None = None
    koder: str = ""
    aarsdag: bool = False
    aendres_af: Aendrer = Aendrer.PARTERNE
    lovens: str = ""

    @property
    def type(self) -> Noegletype:
        """What kind of value it has."""
        if self.valg:
            return Noegletype.ORD
        if self.raekker is not None:
            return Noegletype.TABEL
        if self.aarsdag:
            return Noegletype.AARSDAG
        return Noegletype.KODETABEL if self.koder else Noegletype.TAL

    @property
    def heltal(self) -> bool:
        """Whether it is counted in whole units: all numbers but percentages are."""
        return self.type is Noegletype.TAL and self.enhed != "procent"

    @property
    def krav(self) -> str:
        """What a value must be, in a sentence for people."""
        if self.lovens:
            return f"{self.lovens} {self.enhed}, som loven siger."
        if self.valg:
            return f"Et af: {', '.join(self.valg)}."
        if self.aarsdag:
            return "En dag i året, skrevet som dag og måned: 10.12."
        if self.koder:
            return f"En tabel, skrevet som kode={self.enhed}; *={self.enhed}, hvor * er alle andre koder."
        graenser = f"fra {self.mindst} til {self.hoejst} {self.enhed}".strip()
        if self.raekker is not None:
            return f"En tabel, skrevet som {self.raekker[0]}=tal; {self.raekker[1]}=tal, hvor tallene er {graenser}."
        return f"Et helt tal {graenser}." if self.heltal else f"Et tal {graenser}."

    def i_ord(self, vaerdi: Decimal | str) -> str:
        """A value as people write it, with its unit."""
        tekst = f"{vaerdi:f}" if isinstance(vaerdi, Decimal) else vaerdi
        match self.type:
            case Noegletype.TAL:
                return f"{tekst.replace('.', ',')} {self.enhed}".strip()
            case Noegletype.TABEL:
                return tekst.replace("=", ": ").replace(".", ",") + (f" ({self.enhed})" if self.enhed else "")
        return tekst

    def laes(self, noegle: str, tekst: str) -> Decimal | str:
        """The typed value of a stored text. Raises UgyldigtInput with the key, the value and what is allowed."""
        match self.type:
            case Noegletype.TAL:
                return self._tal(noegle, tekst)
            case Noegletype.ORD if tekst not in self.valg:
                raise UgyldigtInput(
                    "vilkaar_ugyldigt", f"{self.navn} ({noegle}) skal være en af: {', '.join(self.valg)}."
                )
            case Noegletype.TABEL:
                self.tabel(noegle, tekst)
            case Noegletype.AARSDAG:
                self.dag(noegle, tekst)
            case Noegletype.KODETABEL:
                self.kodetabel(noegle, tekst)
        return tekst

    def kraev(self, noegle: str, tekst: str) -> None:
        """What a clause may say: a value that can be read, and the law's own where it says one. Raises UgyldigtInput."""
        if self.laes(noegle, tekst) != self.laes(noegle, self.lovens or tekst):
            raise UgyldigtInput(
                "vilkaar_ugyldigt",
                f"{self.navn} ({noegle}) er {self.lovens} {self.enhed} efter {self.kilde}; parterne kan ikke aftale andet.",
            )

    def dag(self, noegle: str, tekst: str) -> tuple[int, int]:
        """Day and month of a day that comes every year (29 February does not). Raises UgyldigtInput as `laes`."""
        fundet = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})", tekst)
        dag, maaned = (int(fundet[1]), int(fundet[2])) if fundet else (0, 0)
        if not 1 <= maaned <= 12 or not 1 <= dag <= monthrange(2001, maaned)[1]:  # noqa: PLR2004 - months; a year without a leap day
            raise UgyldigtInput(
                "vilkaar_ugyldigt",
                f"{self.navn} ({noegle}) skal skrives som dag og måned, f.eks. 10.12; ikke »{tekst}«.",
            )
        return dag, maaned

    def tabel(self, noegle: str, tekst: str) -> dict[int, Decimal]:
        """The rows of a table key. Raises UgyldigtInput as `laes`, also when a number stands there twice."""
        fra, til = self.raekker or (0, 0)
        raekker: dict[int, Decimal] = {}
        for raekke in tekst.split(";"):
            nummer, _, tal = raekke.strip().partition("=")
            if not _HELTAL.fullmatch(nummer) or not fra <= int(nummer) <= til or int(nummer) in raekker:
                raise UgyldigtInput(
                    "vilkaar_ugyldigt",
                    f"{self.navn} ({noegle}) skal skrives som »{fra}=tal; {til}=tal« med tal fra {fra} til {til} før "
                    f"lighedstegnet, hvert højst én gang. Fejlen er ved »{raekke.strip()}«.",
                )
            raekker[int(nummer)] = self._tal(noegle, tal.strip())
        return raekker

    def kodetabel(self, noegle: str, tekst: str) -> dict[str, str]:
        """The rows of a table by code. Raises UgyldigtInput as `laes`, also when a code stands there twice."""
        raekker: dict[str, str] = {}
        for raekke in tekst.split(";"):
            kode, _, vaerdi = (del_.strip() for del_ in raekke.partition("="))
            if not _KODE.fullmatch(kode) or not re.fullmatch(self.koder, vaerdi) or kode in raekker:
                raise UgyldigtInput(
                    "vilkaar_ugyldigt",
                    f"{self.navn} ({noegle}) skal skrives som »kode={self.enhed}; *={self.enhed}«, hver kode højst én "
                    f"gang. Fejlen er ved »{raekke.strip()}«.",
                )
            raekker[kode] = vaerdi
        return raekker

    def _tal(self, noegle: str, tekst: str) -> Decimal:
        if not _TAL.fullmatch(tekst):
            raise UgyldigtInput("vilkaar_ugyldigt", f"{self.navn} ({noegle}) er ikke et tal: »{tekst}«.")
        tal = Decimal(tekst)
        if self.heltal and "." in tekst:
            raise UgyldigtInput("vilkaar_ugyldigt", f"{self.navn} ({noegle}) skal være et helt tal; ikke »{tekst}«.")
        if (self.mindst is not None and tal < self.mindst) or (self.hoejst is not None and tal > self.hoejst):
            raise UgyldigtInput(
                "vilkaar_ugyldigt",
                f"{self.navn} ({noegle}) skal ligge fra {self.mindst} til {self.hoejst} {self.enhed}.",
            )
        return tal
