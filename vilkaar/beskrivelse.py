"""What a key of the registry means: the type, unit and bounds of its values, where they come from, and who may change them."""

import re
from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum

from faelles.fejl import UgyldigtInput

_TAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?")
_HELTAL = re.compile(r"[0-9]{1,4}")
_KODE = re.compile(r"[A-Za-z0-9-]{1,12}|\*")
_KODE_EFTER = re.compile(rf"({_KODE.pattern})(/[A-Za-z0-9-]{{1,12}})?")  # of the one list, and perhaps of the other


class Noegletype(StrEnum):
    """What kind of value a key has."""

    TAL = "tal"
    ORD = "ord"
    AARSDAG = "aarsdag"
    TABEL = "tabel"
    KODETABEL = "kodetabel"


class Kodeliste(StrEnum):
    """Whose codes a table by code has. The codes themselves belong to floors above, which pass them in."""

    HJEMLER = "hjemler"
    FRAVAERSARTER = "slags fravær"


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
    from codes to values that match it: `SEL-108=3m; *=1m`, where `*` is every other code of the `kodeliste`. One with `aarsdag` is a day that comes
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
    kodeliste: Kodeliste | None = None
    efter: Kodeliste | None = None  # a row may be for one of these only: `ferie/SEL-104`
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
            kun = (
                f" En række kan gælde kun for en af {self.efter}, skrevet efter en skråstreg: */kode={self.enhed}."
                if self.efter
                else ""
            )
            return f"En tabel, skrevet som kode={self.enhed}; *={self.enhed}, hvor koderne er {self.kodeliste}, og * er alle andre.{kun}"
        graenser = f"fra {self.mindst} til {self.hoejst} {self.enhed}".strip()
        if self.raekker is not None:
            return f"En tabel, skrevet som {self.raekker[0]}=tal; {self.raekker[1]}=tal, hvor tallene er {graenser}, f.eks. 1,5."
        return f"Et helt tal {graenser}." if self.heltal else f"Et tal {graenser}, f.eks. 6,5."

    def i_ord(self, vaerdi: Decimal | str) -> str:
        """A value as people read it, with its unit."""
        tekst = self.som_skrevet(f"{vaerdi:f}" if isinstance(vaerdi, Decimal) else vaerdi)
        enhed = "" if self.enhed == "antal" else self.enhed
        match self.type:
            case Noegletype.TAL:
                return f"{tekst} {enhed}".strip()
            case Noegletype.TABEL:
                return tekst.replace("=", ": ") + (f" ({enhed})" if enhed else "")
        return tekst

    def som_skrevet(self, tekst: str) -> str:
        """A stored text as people write it: numbers with a comma."""
        return tekst.replace(".", ",") if self._har_tal and "," not in tekst else tekst

    def som_gemt(self, tekst: str) -> str:
        """What people wrote, as it is stored: numbers with a point. One with both is left as it is, and is no number."""
        if not self._har_tal:
            return tekst
        return ";".join(del_ if "." in del_ else del_.replace(",", ".") for del_ in tekst.split(";"))

    @property
    def _har_tal(self) -> bool:
        return self.type in {Noegletype.TAL, Noegletype.TABEL}

    def laes(self, tekst: str) -> Decimal | str:
        """The typed value of a stored text. A set never changes, so whatever was once written can be read for ever."""
        return Decimal(tekst) if self.type is Noegletype.TAL else tekst

    def dag(self, tekst: str) -> tuple[int, int]:
        """Day and month of a stored day that comes every year."""
        dag, maaned = tekst.split(".")
        return int(dag), int(maaned)

    def tabel(self, tekst: str) -> dict[int, Decimal]:
        """The rows of a stored table."""
        return {int(nummer): Decimal(tal.strip()) for nummer, tal in _raekker(tekst)}

    def kodetabel(self, tekst: str) -> dict[str, str]:
        """The rows of a stored table by code."""
        return dict(_raekker(tekst))

    def kraev(self, noegle: str, tekst: str, kendte: Mapping[Kodeliste, Collection[str]]) -> None:
        """What a clause may say: a value of the right form, codes there are, and the law's own where it says one. Raises UgyldigtInput."""
        self.kraev_form(noegle, tekst)
        if self.kodeliste:
            self._kraev_kendte(noegle, tekst, kendte)
        if self.laes(tekst) != self.laes(self.lovens or tekst):
            raise _ugyldigt(
                f"{self.navn} ({noegle}) er {self.lovens} {self.enhed} efter {self.kilde}; parterne kan ikke aftale andet."
            )

    def kraev_form(self, noegle: str, tekst: str) -> None:
        """What may be written from now on. Raises UgyldigtInput with the key, the value and what is allowed."""
        match self.type:
            case Noegletype.TAL:
                self._kraev_tal(noegle, tekst)
            case Noegletype.ORD if tekst not in self.valg:
                raise _ugyldigt(f"{self.navn} ({noegle}) skal være en af: {', '.join(self.valg)}.")
            case Noegletype.TABEL:
                self._kraev_tabel(noegle, tekst)
            case Noegletype.AARSDAG:
                self._kraev_dag(noegle, tekst)
            case Noegletype.KODETABEL:
                self._kraev_kodetabel(noegle, tekst)

    def _kraev_dag(self, noegle: str, tekst: str) -> None:
        """29 February does not come every year."""
        fundet = re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})", tekst)
        dag, maaned = (int(fundet[1]), int(fundet[2])) if fundet else (0, 0)
        if not 1 <= maaned <= 12 or not 1 <= dag <= monthrange(2001, maaned)[1]:  # noqa: PLR2004 - months; a year without a leap day
            raise _ugyldigt(f"{self.navn} ({noegle}) skal skrives som dag og måned, f.eks. 10.12; ikke »{tekst}«.")

    def _kraev_tabel(self, noegle: str, tekst: str) -> None:
        """Also that no number stands there twice."""
        fra, til = self.raekker or (0, 0)
        fundne: set[int] = set()
        for raekke in tekst.split(";"):
            nummer, _, tal = raekke.strip().partition("=")
            if not _HELTAL.fullmatch(nummer) or not fra <= int(nummer) <= til or int(nummer) in fundne:
                raise _ugyldigt(
                    f"{self.navn} ({noegle}) skal skrives som »{fra}=tal; {til}=tal« med tal fra {fra} til {til} før "
                    f"lighedstegnet, hvert højst én gang. Fejlen er ved »{self.som_skrevet(raekke.strip())}«."
                )
            self._kraev_tal(noegle, tal.strip())
            fundne.add(int(nummer))

    def _kraev_kodetabel(self, noegle: str, tekst: str) -> None:
        """Also that no code stands there twice."""
        fundne: set[str] = set()
        form = _KODE_EFTER if self.efter else _KODE
        for raekke in tekst.split(";"):
            kode, _, vaerdi = (del_.strip() for del_ in raekke.partition("="))
            if not form.fullmatch(kode) or not re.fullmatch(self.koder, vaerdi) or kode in fundne:
                raise _ugyldigt(
                    f"{self.navn} ({noegle}) skal skrives som »kode={self.enhed}; *={self.enhed}«, hver kode højst én "
                    f"gang. Fejlen er ved »{raekke.strip()}«."
                )
            fundne.add(kode)

    def _kraev_kendte(self, noegle: str, tekst: str, kendte: Mapping[Kodeliste, Collection[str]]) -> None:
        """A code nobody has matches nothing, and what is said of all others would hold instead."""
        for raekke in self.kodetabel(tekst):
            kode, _, efter = raekke.partition("/")
            for den, liste in ((kode, self.kodeliste), (efter, self.efter)):
                if den and den != "*" and liste is not None and den not in kendte[liste]:
                    raise _ugyldigt(
                        f"{self.navn} ({noegle}): koden »{den}« findes ikke blandt {liste}. {_forslag(den, kendte[liste])}"
                    )

    def _kraev_tal(self, noegle: str, tekst: str) -> None:
        skrevet = self.som_skrevet(tekst)
        if not _TAL.fullmatch(tekst):
            raise _ugyldigt(
                f"{self.navn} ({noegle}) er ikke et tal: »{skrevet}«. Skriv kun cifre, uden punktum mellem tusinder"
                f"{'' if self.heltal else ', og decimaler efter komma, f.eks. 6,5'}."
            )
        tal = Decimal(tekst)
        if self.heltal and "." in tekst:
            raise _ugyldigt(
                f"{self.navn} ({noegle}) skal være et helt tal; ikke »{skrevet}«. Skriv det uden decimaler."
            )
        if (self.mindst is not None and tal < self.mindst) or (self.hoejst is not None and tal > self.hoejst):
            raise _ugyldigt(
                f"{self.navn} ({noegle}) skal ligge fra {self.mindst} til {self.hoejst} {self.enhed}".strip()
                + f"; ikke »{skrevet}«."
            )


def _raekker(tekst: str) -> Iterator[tuple[str, str]]:
    for raekke in tekst.split(";"):
        foer, _, efter = raekke.partition("=")
        yield foer.strip(), efter.strip()


def _forslag(kode: str, kendte: Collection[str]) -> str:
    skrevet_ens = {kendt.casefold(): kendt for kendt in kendte}
    naere = get_close_matches(kode.casefold(), skrevet_ens, n=1)
    return f"Mente du {skrevet_ens[naere[0]]}?" if naere else f"De mulige er {', '.join(sorted(kendte))}."


def _ugyldigt(besked: str) -> UgyldigtInput:
    return UgyldigtInput("vilkaar_ugyldigt", besked)
