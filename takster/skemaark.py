"""What the workbooks of budgets and accounts share: a sheet with a row for each offer and year, and one with the lines of each. Writes nothing."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from faelles.regneark.fil import laes_fil
from faelles.regneark.indlaesning import Indlaest, Raekke, Raekkefejl, indlaes
from faelles.regneark.kolonner import Ark, Kolonne, decimaltal, et_af, heltal, tekst
from takster.beregning.tal import HOEJSTE_BELOEB
from takster.budget.indhold import Budgetindhold, Linje
from takster.budget.poster import Gruppe, Post
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR
from takster.regnskab.indhold import Regnskabsindhold

LINJER = "Linjer"
KR = decimaltal(Decimal(0), HOEJSTE_BELOEB, 2)
TILBUD = Kolonne(
    "Tilbud", "tilbud", tekst(60), "Tilbuddets id: jeres eget eller platformens.", paakraevet=True, bredde=38
)
AAR = Kolonne("År", "aar", heltal(FOERSTE_AAR, SIDSTE_AAR), "Fx 2027.", paakraevet=True, bredde=10)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Tilbudsid:
    """An offer a row may name: its id, its name, and the day it closes."""

    id: UUID
    navn: str
    lukket_fra: date | None


@dataclass(frozen=True, slots=True)
class Proeve(Generic[R]):
    """A dry run: what would be stored, or every fault. With one fault nothing may be stored."""

    raekker: Sequence[R]
    fejl: Sequence[Raekkefejl]


@dataclass(frozen=True, slots=True)
class Skema:
    """A workbook: its sheet of one row for each (`ark`, `kolonner`), what such a row is called, and the lines it may have."""

    ark: str
    en: str
    kolonner: tuple[Kolonne, ...]
    poster: Mapping[str, Post]

    @property
    def alle(self) -> tuple[Ark, Ark]:
        """Both sheets."""
        hoved = f"Et {self.en} i hver række. Findes det i forvejen, erstattes hele dets indhold."
        navne = tuple((_postnavn(post), kode) for kode, post in self.poster.items())
        kolonner = (
            TILBUD,
            AAR,
            Kolonne("Post", "post", et_af(navne), "En af skemaets linjer.", paakraevet=True, valg=tuple(navn for navn, _ in navne), bredde=34),
            Kolonne("Ejendom", "ejendom", tekst(60), "Kun ved ejendomsposter, når der er flere ejendomme.", tom="", bredde=26),
            Kolonne("Beløb", "beloeb", KR, "Kr. uden minus.", paakraevet=True, bredde=16),
        )  # fmt: skip
        forklaring = "Et beløb i hver række. Alle beløb skrives uden minus, også indtægter. Beboerens egen betaling er pr. måned, resten pr. år."
        return (
            Ark(self.ark, (TILBUD, AAR, *self.kolonner), noegle=("tilbud", "aar"), forklaring=hoved),
            Ark(LINJER, kolonner, forklaring=forklaring),
        )


def _postnavn(post: Post) -> str:
    """The name of a line; the resident's own are told apart from costs of the same name."""
    return f"Egenbetaling: {post.navn}" if post.gruppe is Gruppe.EGENBETALING else post.navn


@dataclass(frozen=True, slots=True)
class Hoved:
    """A row of the first sheet that names an offer and year it may: the rest of its values, and its lines.

    `laest`: every cell of it could be read; else rules across its cells would call one missing that is wrong.
    """

    raekke: Raekke
    tilbud: Tilbudsid
    aar: int
    felter: Mapping[str, Any]
    linjer: Mapping[Linje, Decimal]
    laest: bool


_Noegle = tuple[UUID, int]
_Linjer = dict[_Noegle, dict[Linje, Decimal]]


def laes(
    fil: bytes, filnavn: str, skema: Skema, tilbud: Mapping[str, Tilbudsid]
) -> tuple[Sequence[Hoved], list[Raekkefejl]]:
    """Rows and faults; `tilbud` maps each id the actor's rows may use. Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken."""
    indlaest = indlaes(laes_fil(fil, filnavn), skema.alle)
    fejl = list(indlaest.fejl)
    if indlaest.i_orden and not indlaest.ark.get(skema.ark):
        fejl.append(
            Raekkefejl(skema.ark, 0, "", "", f"Der er ingen {skema.ark.lower()} i filen.", "Udfyld skabelonen.")
        )
    linjer = _linjer(skema, indlaest, tilbud, fejl)
    return list(_hoveder(skema, indlaest, tilbud, linjer, fejl)), fejl


def fejl_ved(ark: str, raekke: Raekke, kolonne: str, vaerdi: str, regel: str, rettelse: str) -> Raekkefejl:
    """A fault of a row."""
    return Raekkefejl(ark, raekke.nummer, kolonne, vaerdi, regel, rettelse)


def _brud(skema: Skema, raekke: Raekke, hoveder: Collection[tuple[str, Any]]) -> Raekkefejl | None:
    """What is wrong with a line by itself, if anything."""
    felter = raekke.felter
    if (felter["tilbud"], felter["aar"]) not in hoveder:
        besked = f"Linjens {skema.en} står ikke i arket {skema.ark}."
        loesning = "Tilføj rækken dér, eller ret id og år."
        return fejl_ved(LINJER, raekke, "Tilbud", felter["tilbud"], besked, loesning)
    if felter["ejendom"] and not skema.poster[felter["post"]].pr_ejendom:
        besked = "Kun ejendomsposter specificeres på ejendomme."
        return fejl_ved(LINJER, raekke, "Ejendom", felter["ejendom"], besked, "Slet ejendommen.")
    return None


def _linjer(skema: Skema, indlaest: Indlaest, tilbud: Mapping[str, Tilbudsid], fejl: list[Raekkefejl]) -> _Linjer:
    hoveder = {
        (str(raekke.felter.get("tilbud")), raekke.felter.get("aar")) for raekke in indlaest.ark.get(skema.ark, ())
    }
    fundne: _Linjer = {}
    steder: dict[tuple[_Noegle, Linje], int] = {}
    for raekke in indlaest.ark.get(LINJER, ()):
        felter = raekke.felter
        if any(felter.get(felt) is None for felt in ("tilbud", "aar", "post", "beloeb")):
            continue  # said already
        if brud := _brud(skema, raekke, hoveder):
            fejl.append(brud)
            continue
        if felter["tilbud"] not in tilbud:
            continue  # said of the row it belongs to
        noegle, linje = (tilbud[felter["tilbud"]].id, felter["aar"]), Linje(felter["post"], felter["ejendom"])
        if (foer := steder.setdefault((noegle, linje), raekke.nummer)) != raekke.nummer:
            besked, loesning = f"Linjen står allerede i række {foer}.", "Slet den ene, eller læg dem sammen."
            fejl.append(fejl_ved(LINJER, raekke, "Post", _postnavn(skema.poster[linje.post]), besked, loesning))
            continue
        fundne.setdefault(noegle, {})[linje] = felter["beloeb"]
    return fundne


def _hoveder(
    skema: Skema, indlaest: Indlaest, tilbud: Mapping[str, Tilbudsid], linjer: _Linjer, fejl: list[Raekkefejl]
) -> Iterator[Hoved]:
    steder: dict[_Noegle, tuple[int, str]] = {}
    med_fejl = {en.raekke for en in fejl if en.ark == skema.ark}
    for raekke in indlaest.ark.get(skema.ark, ()):
        felter = dict(raekke.felter)
        id_, aar = felter.pop("tilbud", None), felter.pop("aar", None)
        if not id_ or aar is None:
            continue  # said already
        fundet = tilbud.get(id_)
        if fundet is None:
            besked, loesning = "Tilbuddet findes ikke hos jer.", "Ret id'et, eller opret tilbuddet først."
            fejl.append(fejl_ved(skema.ark, raekke, TILBUD.navn, id_, besked, loesning))
        elif fundet.lukket_fra is not None and fundet.lukket_fra <= date(aar, 1, 1):
            besked = f"Tilbuddet er lukket fra {fundet.lukket_fra:%d.%m.%Y}."
            fejl.append(fejl_ved(skema.ark, raekke, AAR.navn, str(aar), besked, "Slet rækken og dens linjer."))
        elif (foer := steder.setdefault((fundet.id, aar), (raekke.nummer, id_)))[1] != id_:
            besked = f"Tilbuddet står for {aar} allerede i række {foer[0]}, med et andet id."
            fejl.append(fejl_ved(skema.ark, raekke, TILBUD.navn, id_, besked, "Slet den ene."))
        else:
            laest = raekke.nummer not in med_fejl
            yield Hoved(raekke, fundet, aar, felter, linjer.get((fundet.id, aar), {}), laest)


def som_json(indhold: Budgetindhold | Regnskabsindhold) -> dict[str, Any]:
    """The content, ready to be signed and sent along with the page that asks whether to store it."""
    vaerdier = {felt.name: getattr(indhold, felt.name) for felt in fields(indhold) if felt.name != "linjer"}
    return {
        "felter": {
            navn: vaerdi if vaerdi is None or isinstance(vaerdi, bool | str) else str(vaerdi)
            for navn, vaerdi in vaerdier.items()
        },
        "linjer": [[*linje, str(beloeb)] for linje, beloeb in indhold.linjer.items()],
    }


def af_json(data: Mapping[str, Any], *, tekster: Collection[str]) -> dict[str, Any]:
    """The values of what `som_json` wrote; those of `tekster` are words, other text is a number."""
    felter = {
        navn: Decimal(vaerdi) if isinstance(vaerdi, str) and navn not in tekster else vaerdi
        for navn, vaerdi in data["felter"].items()
    }
    return {**felter, "linjer": {Linje(post, ejendom): Decimal(beloeb) for post, ejendom, beloeb in data["linjer"]}}
