"""When two have the same thing open: the second keeps what she wrote, sees what the other saved, and may save on top of it.

A form takes part by being a `Retteform`: its `initial` is what is saved, and its action asks `kraev_set` of what is saved now, under
the lock the change is made under. `rammeaftale/handling.html` shows the rest. Clauses, whose wordings are numbered, have a way of
their own (`tekst.samtidig`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from urllib.parse import parse_qsl, urlencode

from django import forms

from faelles.dokument.tal import dato
from faelles.fejl import Konflikt
from faelles.formularer import Formular
from faelles.tryk import tryk
from rammeaftale.tekst.forskel import Stykke, forskel


@dataclass(frozen=True, slots=True)
class Andens:
    """A value another has saved since the form was opened, in words; `forskel` is to the writer's own, when she has changed it too."""

    navn: str
    nu: str
    forskel: Sequence[Stykke]


class Retteform(Formular):
    """A form of something that is there already. It brings along a mark of each value as it was when the form was opened.

    What is in `initial` and no field of the form is something its page says; its name there is what people call it.
    """

    andens: Sequence[Andens] = ()

    @property
    def aabnet(self) -> str:
        """The marks, for a hidden input of this name."""
        return str(self.data.get("aabnet", "")) if self.is_bound else _maerker(self.initial)

    def kraev_set(self, nu: Mapping[str, object]) -> None:
        """Raise Konflikt when another has changed something since the form was opened; asked of a valid form, under the lock.

        `nu` is what is saved, by the names of `initial`. The form is then as `nu` says with the writer's own changes on top, and can be
        sent again.
        """
        skrevet, aabnet = self.cleaned_data, defaultdict(_intet, parse_qsl(self.aabnet))
        rettet = [
            navn
            for navn, vaerdi in nu.items()
            if _maerke(vaerdi) != aabnet[navn] and not (navn in skrevet and _maerke(vaerdi) == _maerke(skrevet[navn]))
        ]
        if not rettet:
            return
        mine = {navn: vaerdi for navn, vaerdi in skrevet.items() if _maerke(vaerdi) != aabnet[navn]}
        self.andens = [self._andens(navn, nu[navn], mine) for navn in rettet]
        self.data = {**nu, **mine, "aabnet": _maerker(nu)}
        self.full_clean()
        raise Konflikt("rettet_af_anden", "En anden har rettet det, siden du åbnede siden. Intet er gemt endnu.")

    def _andens(self, navn: str, nu: object, mine: Mapping[str, object]) -> Andens:
        felt = self.fields.get(navn)
        gemt = _i_ord(nu, felt)
        mit = forskel(gemt, _i_ord(mine[navn], felt)) if navn in mine else ()
        return Andens(str(felt.label) if felt else navn, gemt, mit)


def _maerker(vaerdier: Mapping[str, object]) -> str:
    return urlencode({navn: _maerke(vaerdi) for navn, vaerdi in vaerdier.items()})


def _maerke(vaerdi: object) -> str:
    """A mark that is the same for a value as it is saved and as it comes out of a form."""
    return tryk(_entydig(vaerdi))


def _intet() -> str:
    return _maerke(None)


def _entydig(vaerdi: object) -> str:
    if vaerdi is None or vaerdi is False:
        return ""
    if isinstance(vaerdi, str):
        return vaerdi.replace("\r\n", "\n").strip()
    if isinstance(vaerdi, Iterable):
        return "\n".join(sorted(_entydig(en) for en in vaerdi))
    return str(getattr(vaerdi, "pk", vaerdi))


def _i_ord(vaerdi: object, felt: forms.Field | None) -> str:
    """The value as the page says it; nothing is nothing."""
    if isinstance(vaerdi, date):
        return dato(vaerdi)
    tekst = _entydig(vaerdi)
    if isinstance(felt, forms.ChoiceField) and tekst:
        navne = {str(noegle): str(navn) for noegle, navn in cast("Iterable[tuple[object, object]]", felt.choices)}
        return ", ".join(navne.get(en, en) for en in tekst.split("\n"))
    return "ja" if vaerdi is True else tekst
