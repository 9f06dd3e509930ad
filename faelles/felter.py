"""Model fields for what people write. Whatever path text takes to the database, a CPR number stops here.

The column is the plain one, and migrations say so: the guard is Python's and makes no migration. Text that comes from a
form or the API has been tried before (faelles.formularer, kommuner.api_base), where the refusal can point at its field.
"""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from faelles.cpr import BESKED, ligner_cpr
from faelles.fejl import UgyldigtInput

if TYPE_CHECKING:  # generic only for the type checker
    from django.db.models.expressions import Combinable

    _Char = models.CharField[str | int | Combinable, str]
    _Text = models.TextField[str | Combinable, str]
    _Url = models.URLField[str | Combinable, str]
    _Email = models.EmailField[str | Combinable, str]
    _Array = ArrayField[list[str] | Combinable, list[str]]
else:
    _Char, _Text, _Url, _Email = models.CharField, models.TextField, models.URLField, models.EmailField
    _Array = ArrayField


class UdenCpr:
    """Mix-in of a text field that stores no CPR number; saving one raises UgyldigtInput, which does not repeat it."""

    name: str

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Every INSERT and UPDATE of Django asks here, bulk ones too."""
        tekster = value if isinstance(value, list) else [value]
        if any(isinstance(tekst, str) and ligner_cpr(tekst) for tekst in tekster):
            raise UgyldigtInput("cpr_nummer", BESKED, {self.name: [BESKED]})
        return super().get_db_prep_save(value, connection)  # type: ignore[misc]  # of the field it is mixed into

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        """As the plain field, in migrations and in the history tables, which are written by triggers."""
        navn, _, args, kwargs = super().deconstruct()  # type: ignore[misc]  # as above
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        pakke = "django.contrib.postgres.fields" if plain is ArrayField else "django.db.models"
        return navn, f"{pakke}.{plain.__name__}", args, kwargs


class Fritekst(UdenCpr, _Char):
    """A line of text."""


class Fritekster(UdenCpr, _Array):
    """Lines of text."""


class Langtekst(UdenCpr, _Text):
    """Text of any length."""


class Link(UdenCpr, _Url):
    """A web address."""


class Email(UdenCpr, _Email):
    """An e-mail address."""
