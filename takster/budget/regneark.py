"""Budgets from a workbook: the sheets, the rules across their cells, and what a file that is in order would store. Writes nothing."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from faelles.regneark.fil import laes_fil
from faelles.regneark.indlaesning import Indlaest, Raekke, Raekkefejl, indlaes
from faelles.regneark.kolonner import Ark, Kolonne, decimaltal, et_af, heltal, ja_nej, tekst
from takster.beregning.tal import HOEJSTE_BELOEB
from takster.budget.indhold import Budgetindhold, Linje
from takster.budget.poster import POSTER, Gruppe
from takster.budget.regler import fejl_i
from takster.models import Takstenhed
from takster.models.budget import FOERSTE_AAR, SIDSTE_AAR

BUDGETTER, LINJER = "Budgetter", "Linjer"
_ID = tekst(60)
_KR = decimaltal(Decimal(0), HOEJSTE_BELOEB, 2)
_PROCENT = decimaltal(Decimal("0.000001"), Decimal(200), 6)
_ENHEDER = (("døgn", Takstenhed.DOEGN.value), ("dag", Takstenhed.DAG.value))


def _postnavn(kode: str) -> str:
    """The name of a line; the resident's own are told apart from costs of the same name."""
    post = POSTER[kode]
    return f"Egenbetaling: {post.navn}" if post.gruppe is Gruppe.EGENBETALING else post.navn


_POSTER = tuple((_postnavn(kode), kode) for kode in POSTER)
_TILBUD = Kolonne("Tilbud", "tilbud", _ID, "Tilbuddets id: jeres eget eller platformens.", paakraevet=True, bredde=38)
_AAR = Kolonne("År", "aar", heltal(FOERSTE_AAR, SIDSTE_AAR), "Budgetåret, fx 2027.", paakraevet=True, bredde=10)
SKEMA = (
    Ark(
        BUDGETTER,
        (
            _TILBUD,
            _AAR,
            Kolonne("Pladser", "pladser", decimaltal(Decimal("0.01"), Decimal(100_000), 2), "Det antal pladser, budgettet er lagt for.", paakraevet=True),
            Kolonne("Taksten gælder pr.", "enhed", et_af(_ENHEDER), "Tom betyder døgn.", tom=Takstenhed.DOEGN.value, valg=("døgn", "dag")),
            Kolonne("Akutte eller korte ophold", "kort", ja_nej, "Ja eller nej.", tom=False, valg=("ja", "nej"), bredde=12),
            Kolonne("Belægning tre år før", "belaegning_foer", _PROCENT, "Faktisk, procent, fx 97,2."),
            Kolonne("Belægning to år før", "belaegning_sidst", _PROCENT, "Faktisk, procent, fx 95,6."),
            Kolonne("Afvigende belægning", "aftalt_belaegning", decimaltal(Decimal("0.000001"), Decimal(100), 6), "Kun når aftalens styregruppe har godkendt den."),
            Kolonne("Afvigelse godkendt af", "aftalt_grund", tekst(200), "Organ og dato. Aldrig et personnavn.", tom="", bredde=30),
            Kolonne("Overhead, konkret", "overhead", _KR, "Kun når aftalen siger, at overhead beregnes konkret."),
            Kolonne("Koncernnote", "koncernnote", tekst(2000), "Private driftsherrer. Aldrig personnavne.", tom="", bredde=40),
        ),
        noegle=("tilbud", "aar"),
        forklaring="Et budget i hver række. Findes det i forvejen, erstattes hele dets indhold.",
    ),
    Ark(
        LINJER,
        (
            _TILBUD,
            _AAR,
            Kolonne("Post", "post", et_af(_POSTER), "En af skemaets linjer.", paakraevet=True, valg=tuple(navn for navn, _ in _POSTER), bredde=34),
            Kolonne("Ejendom", "ejendom", tekst(60), "Kun ved ejendomsposter, når der er flere ejendomme.", tom="", bredde=26),
            Kolonne("Beløb", "beloeb", _KR, "Kr. pr. år uden minus; egenbetaling pr. måned.", paakraevet=True, bredde=16),
        ),
        forklaring="Et beløb i hver række. Alle beløb skrives uden minus, også indtægter.",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Budgetraekke:
    """A budget as read: of which offer and year, and what it holds."""

    tilbud_id: UUID
    navn: str
    aar: int
    enhed: Takstenhed
    indhold: Budgetindhold

    def som_json(self) -> dict[str, Any]:
        """Ready to be signed and sent along with the page that asks whether to store it."""
        felter = {
            felt.name: None
            if (vaerdi := getattr(self.indhold, felt.name)) is None
            else vaerdi
            if isinstance(vaerdi, bool | str)
            else str(vaerdi)
            for felt in fields(Budgetindhold)
            if felt.name != "linjer"
        }
        linjer = [[*linje, str(beloeb)] for linje, beloeb in self.indhold.linjer.items()]
        return {
            "tilbud": str(self.tilbud_id),
            "navn": self.navn,
            "aar": self.aar,
            "enhed": self.enhed.value,
            "felter": felter,
            "linjer": linjer,
        }

    @classmethod
    def af_json(cls, data: Mapping[str, Any]) -> "Budgetraekke":
        """What `som_json` wrote."""
        tekster = {"aftalt_grund", "koncernnote"}
        felter: dict[str, Any] = {
            navn: Decimal(vaerdi) if isinstance(vaerdi, str) and navn not in tekster else vaerdi
            for navn, vaerdi in data["felter"].items()
        }
        linjer = {Linje(post, ejendom): Decimal(beloeb) for post, ejendom, beloeb in data["linjer"]}
        return cls(
            UUID(data["tilbud"]),
            data["navn"],
            data["aar"],
            Takstenhed(data["enhed"]),
            Budgetindhold(**felter, linjer=linjer),
        )


@dataclass(frozen=True, slots=True)
class Tilbudsid:
    """An offer a row may name: its id, its name, and the day it closes."""

    id: UUID
    navn: str
    lukket_fra: date | None


@dataclass(frozen=True, slots=True)
class Proeve:
    """A dry run: what would be stored, or every fault. With one fault nothing may be stored."""

    budgetter: Sequence[Budgetraekke]
    fejl: Sequence[Raekkefejl]


def proev(fil: bytes, filnavn: str, tilbud: Mapping[str, Tilbudsid]) -> Proeve:
    """Read a file; `tilbud` maps each id the actor's rows may use. Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken."""
    indlaest = indlaes(laes_fil(fil, filnavn), SKEMA)
    fejl = list(indlaest.fejl)
    if indlaest.i_orden and not indlaest.ark.get(BUDGETTER):
        fejl.append(Raekkefejl(BUDGETTER, 0, "", "", "Der er ingen budgetter i filen.", "Udfyld skabelonen."))
    linjer = _linjer(indlaest, tilbud, fejl)
    budgetter = list(_budgetter(indlaest, tilbud, linjer, fejl))
    return Proeve(() if fejl else budgetter, sorted(fejl))


_Noegle = tuple[UUID, int]


def _brud(raekke: Raekke, budgetter: Container[tuple[str, Any]]) -> Raekkefejl | None:
    """What is wrong with a line by itself, if anything."""
    felter = raekke.felter
    if (felter["tilbud"], felter["aar"]) not in budgetter:
        besked, loesning = "Linjens budget står ikke i arket Budgetter.", "Tilføj budgettet dér, eller ret id og år."
        return _fejl(LINJER, raekke, "Tilbud", felter["tilbud"], besked, loesning)
    if felter["ejendom"] and not POSTER[felter["post"]].pr_ejendom:
        besked = "Kun ejendomsposter specificeres på ejendomme."
        return _fejl(LINJER, raekke, "Ejendom", felter["ejendom"], besked, "Slet ejendommen.")
    return None


def _linjer(
    indlaest: Indlaest, tilbud: Mapping[str, Tilbudsid], fejl: list[Raekkefejl]
) -> dict[_Noegle, dict[Linje, Decimal]]:
    budgetter = {
        (str(raekke.felter.get("tilbud")), raekke.felter.get("aar")) for raekke in indlaest.ark.get(BUDGETTER, ())
    }
    fundne: dict[_Noegle, dict[Linje, Decimal]] = {}
    steder: dict[tuple[_Noegle, Linje], int] = {}
    for raekke in indlaest.ark.get(LINJER, ()):
        felter = raekke.felter
        if any(felter.get(felt) is None for felt in ("tilbud", "aar", "post", "beloeb")):
            continue  # said already
        if brud := _brud(raekke, budgetter):
            fejl.append(brud)
            continue
        if felter["tilbud"] not in tilbud:
            continue  # said of the budget
        noegle, linje = (tilbud[felter["tilbud"]].id, felter["aar"]), Linje(felter["post"], felter["ejendom"])
        if (foer := steder.setdefault((noegle, linje), raekke.nummer)) != raekke.nummer:
            fejl.append(
                _fejl(
                    LINJER,
                    raekke,
                    "Post",
                    _postnavn(linje.post),
                    f"Linjen står allerede i række {foer}.",
                    "Slet den ene, eller læg dem sammen.",
                )
            )
            continue
        fundne.setdefault(noegle, {})[linje] = felter["beloeb"]
    return fundne


def _budgetter(
    indlaest: Indlaest,
    tilbud: Mapping[str, Tilbudsid],
    linjer: Mapping[_Noegle, dict[Linje, Decimal]],
    fejl: list[Raekkefejl],
) -> Sequence[Budgetraekke]:
    raekker = []
    for raekke in indlaest.ark.get(BUDGETTER, ()):
        felter = dict(raekke.felter)
        id_, aar = felter.pop("tilbud", None), felter.pop("aar", None)
        if not id_ or aar is None:
            continue  # said already
        fundet = tilbud.get(id_)
        if fundet is None:
            fejl.append(
                _fejl(
                    BUDGETTER,
                    raekke,
                    "Tilbud",
                    id_,
                    "Tilbuddet findes ikke hos jer.",
                    "Ret id'et, eller opret tilbuddet først.",
                )
            )
            continue
        if fundet.lukket_fra is not None and fundet.lukket_fra <= date(aar, 1, 1):
            fejl.append(
                _fejl(
                    BUDGETTER,
                    raekke,
                    "År",
                    str(aar),
                    f"Tilbuddet er lukket fra {fundet.lukket_fra:%d.%m.%Y}.",
                    "Slet rækken og dens linjer.",
                )
            )
            continue
        enhed = felter.pop("enhed", None) or Takstenhed.DOEGN.value
        indhold = Budgetindhold(**felter, linjer=linjer.get((fundet.id, aar), {}))
        navne = {"aftalt_grund": "Afvigelse godkendt af"}
        for felt, beskeder in fejl_i(indhold).items():
            fejl.append(
                _fejl(BUDGETTER, raekke, navne.get(felt, felt), "", " ".join(beskeder), "Udfyld eller slet felterne.")
            )
        raekker.append(Budgetraekke(fundet.id, fundet.navn, aar, Takstenhed(enhed), indhold))
    return raekker


def _fejl(ark: str, raekke: Raekke, kolonne: str, vaerdi: str, regel: str, rettelse: str) -> Raekkefejl:
    return Raekkefejl(ark, raekke.nummer, kolonne, vaerdi, regel, rettelse)
