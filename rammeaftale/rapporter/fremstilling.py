"""From snapshot to checked PDF. Only the worker imports this, and with it WeasyPrint."""

import base64
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from html import escape
from importlib.metadata import version

import pikepdf

from faelles.dokument.fletning import flet
from faelles.dokument.kapitler import Opdelt, del_op
from faelles.dokument.pdf import Dokument, Stykke, lav_stykke, stilark
from faelles.dokument.tjek import tjek_pdf
from rammeaftale.rapporter.kanonisk import kontrolsum
from rammeaftale.rapporter.register import UDKAST, Kapitelkilde, Manuskript

_BIBLIOTEKER = ("django", "fonttools", "pikepdf", "pydyf", "tinycss2", "tinyhtml5", "vl-convert-python", "weasyprint")
UDGAVEMAERKE = "<!-- udgave -->"  # where templates/dokument/grundlag.html leaves room on the cover
VANDMAERKE = "Udkast"
_TEKSTMAERKE = re.compile(r"<!-- tekst:(\w+) -->")


@dataclass(frozen=True)
class Pdfopdeling:
    """A document in chapters; `opskrift` says what else decides how a chapter comes out, `vandmaerke` stands behind every page."""

    opdelt: Opdelt
    opskrift: str
    vandmaerke: str

    @cached_property
    def kapitler(self) -> Sequence[Kapitelkilde]:
        """Each with its HTML and the drawings it shows."""
        return tuple(Kapitelkilde(stykke.titel, _til_kilde(stykke, self.opskrift)) for stykke in self.opdelt.kapitler)

    def flet(self, kapitler: Sequence[bytes]) -> bytes:
        """Front and chapters as one."""
        return flet(self.opdelt.forside, kapitler, self.vandmaerke)


@dataclass(frozen=True, slots=True)
class Pdffremstiller:
    """Makes reports whose pages are templates. `dokument` turns snapshot and drawings into a document."""

    tegninger: Callable[[str], Mapping[str, bytes]]
    dokument: Callable[[str, Mapping[str, bytes]], Dokument]

    def tegn(self, data: str) -> Mapping[str, bytes]:
        """The drawings of a snapshot."""
        return self.tegninger(data)

    def opdel(self, data: str, billeder: Mapping[str, bytes], manuskript: Manuskript = UDKAST) -> Pdfopdeling:
        """The chapters of a snapshot; the same snapshot gives the same chapters, in a draft and in its final."""
        opskrift = json.dumps(self.biblioteker(), sort_keys=True) + stilark()
        dokument = self.dokument(data, billeder)
        opdelt = del_op(replace(dokument, html=_indsaet(dokument.html, manuskript)))
        return Pdfopdeling(opdelt, kontrolsum(opskrift.encode()), VANDMAERKE if manuskript.er_udkast else "")

    def saet(self, kilde: bytes) -> bytes:
        """The PDF of a chapter."""
        return lav_stykke(_fra_kilde(kilde))

    def kontroller(self, pdf: bytes) -> tuple[str, ...]:
        """What keeps the PDF from being accessible."""
        return tjek_pdf(pdf)

    def antal_sider(self, pdf: bytes) -> int:
        """Number of pages."""
        with pikepdf.open(io.BytesIO(pdf)) as aaben:
            return len(aaben.pages)

    def biblioteker(self) -> dict[str, str]:
        """Versions of what decides the bytes."""
        return {navn: version(navn) for navn in _BIBLIOTEKER}


def _indsaet(html: str, manuskript: Manuskript) -> str:
    """The pages with edition and texts in their places. Raises LookupError when a text has none: it would be lost unseen."""
    uden_plads = manuskript.tekster.keys() - set(_TEKSTMAERKE.findall(html))
    if uden_plads:
        raise LookupError(f"Rapportens sider har ingen plads til teksten i {', '.join(sorted(uden_plads))}")

    def tekst(fundet: re.Match[str]) -> str:
        skrevet = manuskript.tekster.get(fundet[1], "")
        return skrevet.replace("<table>", '<table class="tabel">').replace("<th>", '<th scope="col">')

    udgave = f'<p class="udgave">{escape(manuskript.udgave)}</p>'
    return _TEKSTMAERKE.sub(tekst, html.replace(UDGAVEMAERKE, udgave))


def _til_kilde(stykke: Stykke, opskrift: str) -> bytes:
    billeder = {navn: base64.b64encode(data).decode() for navn, data in stykke.billeder.items()}
    indhold = {"titel": stykke.titel, "html": stykke.html, "billeder": billeder, "opskrift": opskrift}
    return json.dumps(indhold, ensure_ascii=False, sort_keys=True).encode()


def _fra_kilde(kilde: bytes) -> Stykke:
    indhold = json.loads(kilde)
    billeder = {navn: base64.b64decode(data) for navn, data in indhold["billeder"].items()}
    return Stykke(indhold["titel"], indhold["html"], billeder)
