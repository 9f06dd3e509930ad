"""How long a stay is kept as it is: pure rules on dates (rules-reservation § 3 nr. 12 and § 7 nr. 4).

The accounting period and the claim period both run from the stay's last day: of the period for a stay that was, of the
decision for one that never became any. A stay without a known last day goes on, and is never anonymised.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from faelles.tid import om_maaneder

EN_DAG = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opbevaring:
    """The two periods in months (terms `opbevaring_regnskab_maaneder` and `opbevaring_krav_maaneder`)."""

    regnskab: int
    krav: int

    @property
    def maaneder(self) -> int:
        """Both must have passed."""
        return max(self.regnskab, self.krav)

    def anonymiseres_fra(self, sidste_dag: date) -> date:
        """The first day a stay with this last day may be anonymised. 31 January and a month is the last day of February."""
        return om_maaneder(sidste_dag, self.maaneder) + EN_DAG

    def skaeringsdag(self, dag: date) -> date:
        """The latest last day whose stays may be anonymised on the day: `anonymiseres_fra` turned round, for the database."""
        return skaeringsdag(dag, self.maaneder)


def skaeringsdag(dag: date, maaneder: int) -> date:
    """The latest day that so many whole months have passed since, the day after they had."""
    udloeb = dag - EN_DAG
    fra = om_maaneder(udloeb, -maaneder)
    sidste_i_maaneden = udloeb.day == monthrange(udloeb.year, udloeb.month)[1]
    return fra.replace(day=monthrange(fra.year, fra.month)[1]) if sidste_i_maaneden else fra
