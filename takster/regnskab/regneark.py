"""Accounts from a workbook: its columns, and what a file that is in order would store. Writes nothing."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from faelles.regneark.kolonner import Kolonne, decimaltal, tekst
from takster import skemaark
from takster.beregning.tal import HOEJSTE_BELOEB
from takster.budget.poster import REGNSKABSPOSTER
from takster.regnskab.indhold import Regnskabsindhold
from takster.skemaark import AAR, KR, Proeve, Skema, Tilbudsid, fejl_ved

_OEVRIGT_ER = "Hvad er øvrigt provenu"
SKEMA = Skema(
    "Regnskaber",
    "regnskab",
    (
        Kolonne("Indirekte omkostninger", "overhead", KR, "Tilbuddets andel af ledelse, administration og andet fælles i året.", paakraevet=True),
        Kolonne("Øvrigt provenu", "oevrigt_provenu", KR, "Det, der er solgt ud over de døgn, platformen kender taksten for."),
        Kolonne(_OEVRIGT_ER, "oevrigt_grund", tekst(200), "Fx døgn fra før platformen. Aldrig personnavne.", tom="", bredde=30),
        Kolonne("Grundlag for tærsklen", "grundlag", decimaltal(Decimal("0.01"), HOEJSTE_BELOEB, 2), "Kun når årets takst ikke er beregnet på platformen."),
        Kolonne("Overført eller hensat", "overfoert", KR, "Tom betyder alt, hvad aftalen tillader."),
    ),
    REGNSKABSPOSTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regnskabsraekke:
    """Accounts as read: of which offer and year, and what they hold."""

    tilbud_id: UUID
    navn: str
    aar: int
    indhold: Regnskabsindhold

    def som_json(self) -> dict[str, Any]:
        """Ready to be signed and sent along with the page that asks whether to store it."""
        hvis = {"tilbud": str(self.tilbud_id), "navn": self.navn, "aar": self.aar}
        return {**hvis, **skemaark.som_json(self.indhold)}

    @classmethod
    def af_json(cls, data: Mapping[str, Any]) -> "Regnskabsraekke":
        """What `som_json` wrote."""
        indhold = Regnskabsindhold(**skemaark.af_json(data, tekster=("oevrigt_grund",)))
        return cls(UUID(data["tilbud"]), data["navn"], data["aar"], indhold)


def proev(
    fil: bytes, filnavn: str, tilbud: Mapping[str, Tilbudsid], afsluttede: Container[tuple[UUID, int]]
) -> Proeve[Regnskabsraekke]:
    """Read a file; `tilbud` maps each id the actor's rows may use, `afsluttede` are offers and years whose accounts stand fast.

    Raises UgyldigtInput `fil_ulaeselig` when it cannot be taken.
    """
    hoveder, fejl = skemaark.laes(fil, filnavn, SKEMA, tilbud)
    raekker = []
    for hoved in hoveder:
        if (hoved.tilbud.id, hoved.aar) in afsluttede:
            besked, loesning = (
                f"Regnskabet for {hoved.aar} er afsluttet.",
                "Åbn det igen, eller slet rækken og dens linjer.",
            )
            fejl.append(fejl_ved(SKEMA.ark, hoved.raekke, AAR.navn, str(hoved.aar), besked, loesning))
            continue
        indhold = Regnskabsindhold(**hoved.felter, linjer=hoved.linjer)
        for felt, beskeder in indhold.fejl().items() if hoved.laest else ():
            kolonne = _OEVRIGT_ER if felt == "oevrigt_grund" else felt
            fejl.append(
                fejl_ved(SKEMA.ark, hoved.raekke, kolonne, "", " ".join(beskeder), "Udfyld eller slet felterne.")
            )
        raekker.append(Regnskabsraekke(hoved.tilbud.id, hoved.tilbud.navn, hoved.aar, indhold))
    return Proeve(() if fejl else raekker, sorted(fejl))
