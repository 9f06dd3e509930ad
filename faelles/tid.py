"""The one clock and the one kind of period.

Everything else asks here, so that tests can move time and so that "today" means Europe/Copenhagen everywhere.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateRange

KOEBENHAVN = ZoneInfo("Europe/Copenhagen")


def nu() -> datetime:
    """The current instant, timezone-aware (UTC)."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one place that reads the clock


def idag() -> date:
    """Today's date in Europe/Copenhagen."""
    return dansk_dag(nu())


def dansk_dag(tidspunkt: datetime) -> date:
    """The day in Denmark at an instant."""
    return tidspunkt.astimezone(KOEBENHAVN).date()


def om_maaneder(dag: date, antal: int) -> date:
    """The same day so many months later (earlier when negative), or the month's last day when it has no such day."""
    aar, maaned = divmod(dag.year * 12 + dag.month - 1 + antal, 12)
    return date(aar, maaned + 1, min(dag.day, monthrange(aar, maaned + 1)[1]))


def midnat_efter(dag: date) -> datetime:
    """The instant the day ends in Copenhagen."""
    return datetime.combine(dag + timedelta(days=1), time(), KOEBENHAVN)


def rfc3339(tidspunkt: datetime) -> str:
    """An instant as the API writes it: UTC with a Z, whole seconds."""
    return tidspunkt.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# What somebody can mean by a day: nothing the platform knows of is older, and nothing is agreed for longer. A day far ahead that
# stands for »no end« is left empty instead, and is no day to count on from.
TIDLIGST, SENEST = date(1900, 1, 1), date(2200, 1, 1)
MULIG_DAG = f"En dag mellem {TIDLIGST.year} og {SENEST.year}."
UDEN_SLUTDAG = "Ret året. Kendes ingen slutdag, så lad feltet stå tomt."


def er_mulig(dag: date) -> bool:
    """Whether it is a day somebody can mean."""
    return TIDLIGST <= dag <= SENEST


@dataclass(frozen=True, slots=True)
class Periode:
    """Days from `fra` up to but not including `til`; `til` None means open-ended.

    Raises ValueError when the period would hold no day.
    """

    fra: date
    til: date | None = None

    def __post_init__(self) -> None:
        """Refuse an empty period: it would be free everywhere and cost nothing."""
        if self.til is not None and self.til <= self.fra:
            raise ValueError(f"Perioden fra {self.fra} til {self.til} indeholder ingen dage")

    @classmethod
    def af_range(cls, interval: DateRange) -> Self:
        """A database range in canonical form `[fra, til)`; a range without a lower bound is not one of ours."""
        if interval.lower is None:
            raise ValueError("Perioden har ingen første dag")
        return cls(interval.lower, interval.upper)

    @classmethod
    def dag(cls, dag: date) -> Self:
        """The period of one day."""
        return cls(dag, dag + timedelta(days=1))

    @classmethod
    def aar(cls, aar: int) -> Self:
        """A calendar year."""
        return cls(date(aar, 1, 1), date(aar + 1, 1, 1))

    @property
    def som_range(self) -> DateRange:
        """The same period as PostgreSQL stores it."""
        return DateRange(self.fra, self.til, "[)")

    @property
    def sidste_dag(self) -> date | None:
        """The last day people would name; None when open-ended."""
        return None if self.til is None else self.til - timedelta(days=1)

    @property
    def dage(self) -> int:
        """Number of days. Raises ValueError for an open-ended period."""
        if self.til is None:
            raise ValueError("Perioden har ingen sidste dag")
        return (self.til - self.fra).days

    def indeholder(self, dag: date) -> bool:
        """Whether the day lies in the period."""
        return self.fra <= dag and (self.til is None or dag < self.til)

    def overlapper(self, anden: "Periode") -> bool:
        """Whether the two periods share at least one day."""
        return (anden.til is None or self.fra < anden.til) and (self.til is None or anden.fra < self.til)

    def faelles(self, anden: "Periode") -> "Periode | None":
        """The days the two periods share, or None."""
        if not self.overlapper(anden):
            return None
        slutninger = [til for til in (self.til, anden.til) if til is not None]
        return Periode(max(self.fra, anden.fra), min(slutninger) if slutninger else None)
