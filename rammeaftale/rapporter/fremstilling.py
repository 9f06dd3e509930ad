"""From snapshot to checked PDF. Only the worker imports this, and with it WeasyPrint."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version

import pikepdf

from faelles.dokument.pdf import Dokument, lav_pdf
from faelles.dokument.tjek import tjek_pdf

_BIBLIOTEKER = ("django", "fonttools", "pydyf", "tinycss2", "tinyhtml5", "vl-convert-python", "weasyprint")


@dataclass(frozen=True, slots=True)
class Pdffremstiller:
    """Makes reports whose pages are templates. `dokument` turns snapshot and drawings into a document."""

    tegninger: Callable[[str], Mapping[str, bytes]]
    dokument: Callable[[str, Mapping[str, bytes]], Dokument]

    def tegn(self, data: str) -> Mapping[str, bytes]:
        """The drawings of a snapshot."""
        return self.tegninger(data)

    def saet(self, data: str, billeder: Mapping[str, bytes]) -> bytes:
        """The PDF; the same snapshot gives the same bytes."""
        return lav_pdf(self.dokument(data, billeder))

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
