"""Errors for people. Actions raise them; API, pages and tasks only translate them.

`kode` is part of the contract with callers and stable; `besked` is Danish and says what was wrong and what to do.
"""

from collections.abc import Mapping, Sequence

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError
from redis import RedisError


class DomaeneFejl(Exception):
    """A request that cannot be carried out, with the reason a person can act on. `felter`: field name → messages."""

    status = 400

    def __init__(
        self,
        kode: str,
        besked: str,
        felter: Mapping[str, Sequence[str]] | None = None,
        *,
        vent: int | None = None,
    ) -> None:
        """Keep the parts apart so that a page can link to the fields and the API can point at them.

        `vent`: the seconds after which the very same may be tried again, where that helps.
        """
        super().__init__(besked)
        self.kode = kode
        self.besked = besked
        self.vent = vent
        self.felter: dict[str, list[str]] = {navn: list(beskeder) for navn, beskeder in (felter or {}).items()}


class UgyldigtInput(DomaeneFejl):
    """The input itself is wrong (400)."""


class IngenAdgang(DomaeneFejl):
    """The actor's role does not allow this (403)."""

    status = 403


class IkkeFundet(DomaeneFejl):
    """It does not exist, or it is not visible to the actor (404); the two are never told apart."""

    status = 404


class Konflikt(DomaeneFejl):
    """The state does not allow this, or somebody else was first (409)."""

    status = 409


class AendretImens(DomaeneFejl):
    """It is no longer as the caller has seen it (412)."""

    status = 412

    def __init__(self) -> None:
        """The same words for every resource."""
        super().__init__(
            "aendret_imens", "Det er ændret, siden du hentede det. Intet er gemt; hent det igen, og ret ovenpå."
        )


class ForudsaetningMangler(DomaeneFejl):
    """The caller has not said what it has seen (428)."""

    status = 428

    def __init__(self) -> None:
        """The same words for every resource."""
        super().__init__(
            "if_match_mangler",
            "Send det ETag, I sidst har fået, i hovedet If-Match, så ingen overskriver andres rettelser.",
        )


_TO_MINUTTER = 120  # seconds


class ForMange(DomaeneFejl):
    """Too many of a kind in too short a time (429); `vent` says when there is room again."""

    status = 429

    def __init__(self, vent: int) -> None:
        """Seconds until the count starts over."""
        tid = f"{vent} sek." if vent < _TO_MINUTTER else f"{-(-vent // 60)} min."
        super().__init__("for_mange", f"Det er gjort for mange gange på kort tid. Prøv igen om {tid}", vent=vent)


class ForStor(DomaeneFejl):
    """More was sent than is taken in at once (413)."""

    status = 413

    def __init__(self) -> None:
        """The same words for a body, a form or a file."""
        super().__init__("for_stor", "Der er sendt mere, end vi tager imod på én gang. Intet er gemt.")


class Utilgaengelig(DomaeneFejl):
    """Something the platform stands on does not answer (503); nothing has been saved."""

    status = 503

    def __init__(self) -> None:
        """The same words whatever it is: which of our servers is down is nobody else's business."""
        besked = "Platformen kan ikke svare lige nu. Intet er gemt; prøv igen om et øjeblik."
        super().__init__("utilgaengelig", besked, vent=10)


_PLADS_OPTAGET = ("pladsen_er_optaget", "Pladsen er netop blevet optaget i perioden. Søg igen, og vælg en anden plads.")
_SQLSTATES = {
    "23P01": ("overlap", "Der er allerede registreret noget i perioden. Ret datoerne, og prøv igen."),
    "55P03": ("behandles_af_anden", "En anden er i gang med det samme. Intet er gemt; prøv igen om et øjeblik."),
    "40P01": ("samtidig_aendring", "To ændringer ramte hinanden. Intet er gemt; prøv igen."),
}
_GAAR_OVER = {"55P03", "40P01"}
GAAR_OVER = frozenset(_SQLSTATES[sqlstate][0] for sqlstate in _GAAR_OVER)  # what may go well when it is tried again


def brudt_regel(fejl: DatabaseError) -> str:
    """The name of the constraint the database refused for; empty when it was something else."""
    aarsag = fejl.__cause__
    return (aarsag.diag.constraint_name or "") if isinstance(aarsag, psycopg.Error) else ""


def som_konflikt(fejl: DatabaseError) -> Konflikt | None:
    """The conflict a database refusal means (exclusion, lock timeout, deadlock), or None when it is something else."""
    aarsag = fejl.__cause__
    if not isinstance(aarsag, psycopg.Error):
        return None
    if brudt_regel(fejl) == "optagelse_ingen_overlap":
        return Konflikt(*_PLADS_OPTAGET)
    sqlstate = aarsag.sqlstate or ""
    if sqlstate not in _SQLSTATES:
        return None
    return Konflikt(*_SQLSTATES[sqlstate], vent=1 if sqlstate in _GAAR_OVER else None)


def oversat(fejl: Exception) -> DomaeneFejl | None:
    """The error for people that an exception is or means; None when it is a fault of ours."""
    if isinstance(fejl, DomaeneFejl):
        return fejl
    if isinstance(fejl, DatabaseError) and (konflikt := som_konflikt(fejl)):
        return konflikt
    return Utilgaengelig() if isinstance(fejl, OperationalError | InterfaceError | RedisError) else None
