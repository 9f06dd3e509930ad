"""Published takster of a year that no budget of it is behind here: loaded with the register, and not decided on the platform."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.dokument.tal import tal
from faelles.tid import Periode
from takster.frister.queries import stader
from takster.frister.regler import Stade
from takster.models import Takst, Takstenhed
from tilbud.models import Tilbud


@dataclass(frozen=True, slots=True)
class Uden:
    """What is published of an offer: its prices in words, and whether every part of the offer has one."""

    priser: str
    hele: bool


def uden_budget(aktoer: Aktoer, tilbud: Collection[UUID], aar: int) -> Mapping[UUID, Uden]:
    """Of these offers those with a published takst in the year. Four statements however many; one when there is none."""
    takster = Takst.objects.gaeldende().filter(afdeling__tilbud__in=tilbud, periode__overlap=Periode.aar(aar).som_range)
    fundne: dict[UUID, set[tuple[str, Decimal]]] = {}
    for tilbud_id, enhed, beloeb in takster.values_list("afdeling__tilbud", "enhed", "beloeb"):
        fundne.setdefault(tilbud_id, set()).add((enhed, beloeb))
    if not fundne:
        return {}
    deres = Tilbud.objects.drevet_af(aktoer).filter(pk__in=fundne)
    hele = {et.tilbud_id for et in stader(aktoer, deres, aar) if et.stade is Stade.OFFENTLIGGJORT}
    return {pk: Uden(priser_i_ord(sine), pk in hele) for pk, sine in fundne.items()}


def priser_i_ord(priser: Iterable[tuple[str, Decimal]]) -> str:
    """The lowest and the highest of each unit: `1.900,00 til 2.100,00 kr./døgn og 700,00 kr./dag`."""
    alle = set(priser)
    ord_ = []
    for enhed in Takstenhed:
        beloeb = sorted(beloeb for i_enhed, beloeb in alle if i_enhed == enhed)
        if beloeb:
            ord_.append(f"{' til '.join(tal(et, 2) for et in sorted({beloeb[0], beloeb[-1]}))} {enhed.label}")
    return " og ".join(ord_)
