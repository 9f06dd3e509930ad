"""Budgets from a workbook: its columns, and what a file that is in order would store. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from faelles.regneark.kolonner import Kolonne, decimaltal, et_af, ja_nej, tekst
from takster import skemaark
from takster.budget.indhold import Budgetindhold
from takster.budget.poster import POSTER
from takster.budget.regler import fejl_i
from takster.models import Takstenhed
from takster.skemaark import KR, Proeve, Skema, Tilbudsid, fejl_ved

_PROCENT = decimaltal(Decimal("0.000001"), Decimal(200), 6)
_ENHEDER = (("døgn", Takstenhed.DOEGN.value), ("dag", Takstenhed.DAG.value))
_GODKENDT_AF = "Afvigelse godkendt af"
SKEMA = Skema(
    "Budgetter",
    "budget",
    (
        Kolonne("Pladser", "pladser", decimaltal(Decimal("0.01"), Decimal(100_000), 2), "Det antal pladser, budgettet er lagt for.", paakraevet=True),
        Kolonne("Taksten gælder pr.", "enhed", et_af(_ENHEDER), "Tom betyder døgn.", tom=Takstenhed.DOEGN.value, valg=("døgn", "dag")),
        Kolonne("Akutte eller korte ophold", "kort", ja_nej, "Ja eller nej.", tom=False, valg=("ja", "nej"), bredde=12),
        Kolonne("Belægning tre år før", "belaegning_foer", _PROCENT, "Faktisk, procent, fx 97,2."),
        Kolonne("Belægning to år før", "belaegning_sidst", _PROCENT, "Faktisk, procent, fx 95,6."),
        Kolonne("Afvigende belægning", "aftalt_belaegning", decimaltal(Decimal("0.000001"), Decimal(100), 6), "Kun når aftalens styregruppe har godkendt den."),
        Kolonne(_GODKENDT_AF, "aftalt_grund", tekst(200), "Organ og dato. Aldrig et personnavn.", tom="", bredde=30),
        Kolonne("Overhead, konkret", "overhead", KR, "Kun når aftalen siger, at overhead beregnes konkret."),
        Kolonne("Koncernnote", "koncernnote", tekst(2000), "Private driftsherrer. Aldrig personnavne.", tom="", bredde=40),
    ),
    POSTER,
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
        return {
            "tilbud": str(self.tilbud_id),
            "navn": self.navn,
            "aar": self.aar,
            "enhed": self.enhed.value,
            **skemaark.som_json(self.indhold),
        }

    @classmethod
    def af_json(cls, data: Mapping[str, Any]) -> "Budgetraekke":
        """What `som_json` wrote."""
        indhold = Budgetindhold(**skemaark.af_json(data, tekster=("aftalt_grund", "koncernnote")))
        return cls(UUID(data["tilbud"]), data["navn"], data["aar"], Takstenhed(data["enhed"]), indhold)


def proev(fil: bytes, filnavn: str, tilbud: Mapping[str, Tilbudsid]) -> Proeve[Budgetraekke]:
    """Read a file; `tilbud` maps each id the actor's rows may use. Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken."""
    hoveder, fejl = skemaark.laes(fil, filnavn, SKEMA, tilbud)
    raekker = []
    for hoved in hoveder:
        felter = dict(hoved.felter)
        enhed = Takstenhed(felter.pop("enhed", None) or Takstenhed.DOEGN)
        indhold = Budgetindhold(**felter, linjer=hoved.linjer)
        for felt, beskeder in fejl_i(indhold).items() if hoved.laest else ():
            kolonne = _GODKENDT_AF if felt == "aftalt_grund" else felt
            fejl.append(
                fejl_ved(SKEMA.ark, hoved.raekke, kolonne, "", " ".join(beskeder), "Udfyld eller slet felterne.")
            )
        raekker.append(Budgetraekke(hoved.tilbud.id, hoved.tilbud.navn, hoved.aar, enhed, indhold))
    return Proeve(() if fejl else raekker, sorted(fejl))
