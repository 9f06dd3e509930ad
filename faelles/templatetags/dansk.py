"""Danish numbers and dates as template filters. A missing value (None) is shown as an en dash."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.db.backends.postgresql.psycopg_any import DateRange

from faelles.dokument import tal as dansk
from faelles.tid import Periode, nu

register = template.Library()
MANGLER = "–"


@register.filter
def tal(vaerdi: Decimal | int | None, decimaler: int = 0) -> str:
    """`{{ 1234567|tal }}`: 1.234.567; `{{ x|tal:2 }}`: two decimals."""
    return MANGLER if vaerdi is None else dansk.tal(vaerdi, decimaler)


@register.filter
def kr(vaerdi: Decimal | int | None, decimaler: int = 2) -> str:
    """`{{ beloeb|kr }}`: 1.234,50 kr.; `{{ beloeb|kr:0 }}`: whole kroner."""
    return MANGLER if vaerdi is None else dansk.kr(vaerdi, decimaler)


@register.filter
def procent(vaerdi: Decimal | int | None, decimaler: int = 1) -> str:
    """`{{ andel|procent }}`: 0.825 becomes 82,5 %."""
    return MANGLER if vaerdi is None else dansk.procent(vaerdi, decimaler)


@register.filter
def dato(vaerdi: date | None) -> str:
    """`{{ dag|dato }}`: 21. november 2026."""
    return MANGLER if vaerdi is None else dansk.dato(vaerdi)


@register.filter
def dato_kort(vaerdi: date | None) -> str:
    """`{{ dag|dato_kort }}`: 21.11.2026."""
    return MANGLER if vaerdi is None else dansk.kort_dato(vaerdi)


@register.filter
def tidspunkt(vaerdi: datetime | None) -> str:
    """`{{ oejeblik|tidspunkt }}`: 21. november 2026 kl. 14.05, Danish clock time."""
    return MANGLER if vaerdi is None else dansk.tidspunkt(vaerdi)


@register.filter
def tid_til(vaerdi: datetime) -> str:
    """`{{ oejeblik|tid_til }}`: how long there is left until then, as `2 dage og 4 timer`."""
    return dansk.varighed(vaerdi - nu())


@register.filter
def ugedage(vaerdi: Collection[int]) -> str:
    """`{{ optagelse.ugedage|ugedage }}`: mandag, tirsdag og onsdag; or alle ugedage."""
    return dansk.ugedage(vaerdi)


@register.filter
def periode(vaerdi: Periode | DateRange | None) -> str:
    """`{{ takst.periode|periode }}`: 01.01.2026 til og med 31.12.2026, as people name the days; open-ended: fra 01.01.2026."""
    if vaerdi is None:
        return MANGLER
    fundet = vaerdi if isinstance(vaerdi, Periode) else Periode.af_range(vaerdi)
    if fundet.sidste_dag is None:
        return f"fra {dansk.kort_dato(fundet.fra)}"
    return f"{dansk.kort_dato(fundet.fra)} til og med {dansk.kort_dato(fundet.sidste_dag)}"
