"""What the operator has published, said at the fields of an agreed price, so that it is typed as it stands and not as it is remembered."""

from collections.abc import Iterable
from uuid import UUID

from django import forms

from faelles.aktoer import Aktoer
from faelles.dokument.tal import dage_i_ord, tal
from faelles.tid import Periode, idag
from reservationer.sag.priser import TILLAEG_NAVN, Tillaegsart
from takster.models import Prisart, Prisblad
from takster.prisblade.queries import fra

_ARTER = {navn.casefold(): art for art, navn in TILLAEG_NAVN.items()}


def vis_offentliggjorte(form: forms.Form, aktoer: Aktoer, tilbud_id: UUID) -> None:
    """Say what holds today or later at the fields it belongs to; a form that asks for no price is left alone."""
    if "takst" not in form.fields:
        return
    fundne: dict[str, list[Prisblad]] = {}
    for blad in fra(aktoer, tilbud_id, idag()):
        fundne.setdefault(_felt(blad), []).append(blad)
    for navn, blade in fundne.items():
        felt = form.fields[navn]
        felt.help_text = f"{felt.help_text} Offentliggjort: {_i_ord(blade)}.".strip()


def _felt(blad: Prisblad) -> str:
    """A supplement stands at the kind of its name, or with the others; levels and packages take the place of the takst."""
    if blad.art != Prisart.TILLAEG:
        return "takst"
    return f"tillaeg_{_ARTER.get(blad.navn.casefold(), Tillaegsart.ANDET)}"


def _i_ord(blade: Iterable[Prisblad]) -> str:
    return "; ".join(
        f"{linje.navn}, {tal(linje.beloeb, 2)} {blad.get_enhed_display()} ({blad.afdeling}, {blad.hjemmel_i_ord},"
        f" {dage_i_ord(Periode.af_range(blad.periode))})"
        for blad in blade
        for linje in blad.linjer
    )
