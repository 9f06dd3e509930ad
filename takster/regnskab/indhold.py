"""What accounts hold, apart from what they are of, and the pure rules on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from takster.budget.indhold import Linje, poster
from takster.budget.poster import OMKOSTNINGER, REGNSKABSPOSTER, Gruppe


@dataclass(frozen=True, slots=True, kw_only=True)
class Regnskabsindhold:
    """Amounts of the year in kr., all positive. `overhead` is the indirect costs there were.

    `oevrigt_provenu` is what was sold besides the døgn of the ledger that have a takst, with what it is: places or days from before the
    platform, help given without places. `grundlag` is what the threshold is a percent of, where the year's takst does not say it. `overfoert` is how much within
    the threshold is carried on or set aside; None is all that the agreement allows.
    """

    overhead: Decimal | None = None
    oevrigt_provenu: Decimal | None = None
    oevrigt_grund: str = ""
    grundlag: Decimal | None = None
    overfoert: Decimal | None = None
    linjer: Mapping[Linje, Decimal] = field(default_factory=dict)

    @property
    def ejendomme(self) -> tuple[str, ...]:
        """The properties with a name, in order."""
        return tuple(sorted({linje.ejendom for linje in self.linjer} - {""}))

    @property
    def omkostninger(self) -> Decimal:
        """The cost-based accounts: direct costs minus incomes, plus overhead."""
        direkte = sum((post.beloeb for post in poster(self.linjer, OMKOSTNINGER)), Decimal(0))
        indtaegter = sum((post.beloeb for post in poster(self.linjer, (Gruppe.INDTAEGT,))), Decimal(0))
        return direkte - indtaegter + (self.overhead or Decimal(0))

    def mangler(self) -> dict[str, str]:
        """What must be filled in before the accounts can be closed: the form's field → what to do."""
        fejl = {
            f"linje_{post.kode}": f"»{post.navn}« skal udfyldes. Skriv 0, hvis der ingen udgift var."
            for post in REGNSKABSPOSTER.values()
            if post.obligatorisk and not any(linje.post == post.kode for linje in self.linjer)
        }
        if self.overhead is None:
            fejl["overhead"] = "Skriv årets indirekte omkostninger, om så 0."
        return fejl

    def fejl(self) -> dict[str, list[str]]:
        """What the database would refuse: field → what is wrong and what to do."""
        fejl: dict[str, list[str]] = {}
        if (self.oevrigt_provenu is None) != (not self.oevrigt_grund):
            fejl["oevrigt_grund"] = ["Øvrigt provenu, og hvad det er, skrives begge eller ingen af dem."]
        for linje, beloeb in self.linjer.items():
            post = REGNSKABSPOSTER.get(linje.post)
            if post is None or (linje.ejendom and not post.pr_ejendom) or beloeb < 0:
                fejl[f"linje_{linje.post}"] = ["Beløbet skal høre til en af skemaets linjer og være uden minus."]
        return fejl
