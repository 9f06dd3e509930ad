"""The comparison as words: columns, and rows in sections. Pure, and the same when it is read back from where it was kept."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from faelles.tryk import tryk

FAERREST, FLEST = 2, 4  # departments that can be compared
ADRESSE = "Adresse"
Celle = tuple[str, ...]  # lines


@dataclass(frozen=True, slots=True)
class Kolonne:
    """A department that is compared, by the names it had."""

    afdeling_id: UUID
    tilbud_id: UUID
    tilbud: str
    afdeling: str

    def __str__(self) -> str:
        """As people name it."""
        return f"{self.tilbud}, {self.afdeling}"


@dataclass(frozen=True, slots=True)
class Raekke:
    """What is compared, and what it is for each department in their order; `kode` is the criterion (`Kriterium`), if it is one."""

    navn: str
    celler: tuple[Celle, ...]
    kode: str = ""

    @property
    def forskellig(self) -> bool:
        """Whether the departments differ in it."""
        return len(set(self.celler)) > 1


@dataclass(frozen=True, slots=True)
class Afsnit:
    """Rows that belong together; `frit_valg` are those about the check of serviceloven § 108 stk. 2."""

    titel: str
    raekker: tuple[Raekke, ...]
    frit_valg: bool = False


@dataclass(frozen=True, slots=True)
class Sammenligning:
    """Departments side by side as they were known for a need that begins on `dato`, which is the day takster and levels hold."""

    dato: date
    kolonner: tuple[Kolonne, ...]
    afsnit: tuple[Afsnit, ...]

    @property
    def frit_valg(self) -> bool:
        """Whether the free choice can be checked between two of them."""
        return any(afsnit.frit_valg for afsnit in self.afsnit)

    @property
    def tryk(self) -> str:
        """The fingerprint of what may be kept of it: the same for those who were shown the same."""
        return tryk(json.dumps(self.uden_adresser().som_json(), ensure_ascii=False))

    def kolonne(self, afdeling_id: UUID) -> Kolonne:
        """One of the columns. Raises KeyError when the department is not compared."""
        return {kolonne.afdeling_id: kolonne for kolonne in self.kolonner}[afdeling_id]

    def uden_adresser(self) -> Self:
        """What may be kept for good: an address that is protected one day must then be nowhere (docs/persondata.md)."""
        return replace(
            self,
            afsnit=tuple(
                replace(afsnit, raekker=tuple(raekke for raekke in afsnit.raekker if raekke.navn != ADRESSE))
                for afsnit in self.afsnit
            ),
        )

    def som_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "dato": self.dato.isoformat(),
            "kolonner": [
                {"afdelingId": str(k.afdeling_id), "tilbudId": str(k.tilbud_id), "tilbud": k.tilbud, "afdeling": k.afdeling}
                for k in self.kolonner
            ],
            "afsnit": [
                {
                    "titel": afsnit.titel,
                    "fritValg": afsnit.frit_valg,
                    "raekker": [
                        {"navn": raekke.navn, "celler": raekke.celler, "kode": raekke.kode} for raekke in afsnit.raekker
                    ],
                }
                for afsnit in self.afsnit
            ],
        }  # fmt: skip

    @classmethod
    def af_json(cls, data: Any) -> Self:
        """What `som_json` made."""
        return cls(
            date.fromisoformat(data["dato"]),
            tuple(
                Kolonne(UUID(k["afdelingId"]), UUID(k["tilbudId"]), k["tilbud"], k["afdeling"])
                for k in data["kolonner"]
            ),
            tuple(
                Afsnit(
                    afsnit["titel"],
                    tuple(
                        # The oldest were kept without codes.
                        Raekke(r["navn"], tuple(tuple(celle) for celle in r["celler"]), r.get("kode", ""))
                        for r in afsnit["raekker"]
                    ),
                    frit_valg=afsnit["fritValg"],
                )
                for afsnit in data["afsnit"]
            ),
        )
