"""Errors for people. Actions raise them; API, pages and tasks only translate them.

`kode` is part of the contract with callers and stable; `besked` is Danish and says what was wrong and what to do.
"""

from collections.abc import Mapping, Sequence

import psycopg
from django.db import DatabaseError


class DomaeneFejl(Exception):
    """A request that cannot be carried out, with the reason a person can act on. `felter`: field name → messages."""

    status = 400

    def __init__(self, kode: str, besked: str, felter: Mapping[str, Sequence[str]] | None = None) -> None:
        """Keep the parts apart so that a page can link to the fields and the API can point at them."""
        super().__init__(besked)
        self.kode = kode
        self.besked = besked
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


_PLADS_OPTAGET = ("pladsen_er_optaget", "Pladsen er netop blevet optaget i perioden. Søg igen, og vælg en anden plads.")
_SQLSTATES = {
    "23P01": ("overlap", "Der er allerede registreret noget i perioden. Ret datoerne, og prøv igen."),
    "55P03": ("behandles_af_anden", "En anden er i gang med det samme. Intet er gemt; prøv igen om et øjeblik."),
    "40P01": ("samtidig_aendring", "To ændringer ramte hinanden. Intet er gemt; prøv igen."),
}


def som_konflikt(fejl: DatabaseError) -> Konflikt | None:
    """The conflict a database refusal means (exclusion, lock timeout, deadlock), or None when it is something else."""
    aarsag = fejl.__cause__
    if not isinstance(aarsag, psycopg.Error):
        return None
    if aarsag.diag.constraint_name == "optagelse_ingen_overlap":
        return Konflikt(*_PLADS_OPTAGET)
    kendt = _SQLSTATES.get(aarsag.sqlstate or "")
    return Konflikt(*kendt) if kendt else None
