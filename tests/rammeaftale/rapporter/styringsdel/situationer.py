"""An agreement whose steering part is written in clauses, on its way; everything of fixed days."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from rammeaftale.actions import udsend_foreloebigt
from rammeaftale.models import Delart, Rammeaftale, Version
from rammeaftale.queries import gaeldende_version
from rammeaftale.rapporter.kanonisk import til_json
from rammeaftale.rapporter.rammeaftalen.data import Rammeaftalebillede
from rammeaftale.rapporter.styringsdel.data import Styringsdelbillede
from rammeaftale.rapporter.styringsdel.samling import saml
from rammeaftale.tekst.actions import Klausulindhold, opret_klausul
from rammeaftale.tekst.dele import opret_del
from tests import fabrik
from tests.rammeaftale.aftaler import anbefal, saet, send, tom_kladde, udvikling
from tests.rammeaftale.rapporter.situationer import OEJEBLIK
from vilkaar.noegler import NOEGLER, Noegle

B = TypeVar("B", Styringsdelbillede, Rammeaftalebillede)
SENDT = date(2026, 9, 7)
TAKST = tuple(noegle for noegle in Noegle if NOEGLER[noegle].klausul == "Takstberegning")
RESTEN = tuple(noegle for noegle in Noegle if noegle not in TAKST)
DELE = {
    Delart.HOVEDDOKUMENT: "Rammeaftale",
    Delart.STYRINGSDEL: "Bilag 1: Styringsdel",
    Delart.BILAG: "Bilag 3: Oversigt over tilbud",
}
KLAUSULER = (
    (Delart.HOVEDDOKUMENT, "1", "Formål", "Parterne samarbejder om **sjældne** behov."),
    (
        Delart.STYRINGSDEL,
        "2.1",
        "Formål med styringsdelen",
        "Styringsdelen gælder for alle tilbud.\n\n- køber\n- sælger",
    ),
    (
        Delart.STYRINGSDEL,
        "2.2",
        "Specialundervisning",
        "Også specialundervisning er omfattet. <script>alert(1)</script>",
    ),
    (Delart.STYRINGSDEL, "2.3", "Tal og takster", "Takster er *omkostningsbaserede*."),
    (Delart.STYRINGSDEL, "2.4", "Mere om takster", "Taksten er den samme for alle."),
    (Delart.STYRINGSDEL, "2.10", "Øvrige vilkår", "Parterne følger vilkårene."),
    (Delart.BILAG, "B1", "Tilbud", "Oversigten føres af sekretariatet."),
)


def kladde(andre: Mapping[Noegle, str] | None = None, uden: Noegle | None = None) -> Rammeaftale:
    """A draft in several parts; clause 2.3 sets the terms of takster, 2.10 the others."""
    aftale = tom_kladde("Rødovre", "Gladsaxe")
    af: Any = {"aktoer": fabrik.sekretariat(), "aftale_id": aftale.id}
    dele = {art: opret_del(art=art, titel=titel, **af) for art, titel in DELE.items()}
    vaerdier = {**fabrik.VAERDIER, **(andre or {})}
    saetter = {"2.3": TAKST, "2.10": RESTEN}
    for art, nummer, overskrift, tekst in KLAUSULER:
        udgave = opret_klausul(del_id=dele[art].id, indhold=Klausulindhold(nummer, overskrift, tekst), **af)
        if noegler := saetter.get(nummer):
            saet(aftale, udgave, {noegle: vaerdier[noegle] for noegle in noegler if noegle is not uden})
    udvikling(aftale)
    return aftale


def sendt(andre: Mapping[Noegle, str] | None = None) -> Rammeaftale:
    """Sent for approval, with its terms published as a preliminary set."""
    aftale = kladde(andre)
    anbefal(aftale)
    udsend_foreloebigt(aktoer=fabrik.sekretariat(), aftale_id=aftale.id)
    send(aftale)
    aftale.refresh_from_db()
    return aftale


def version(aftale: Rammeaftale) -> Version:
    """The version a report would be about."""
    fundet = gaeldende_version(aftale.id)
    assert fundet is not None
    return fundet


def af_faste_dage(billede: B) -> B:
    """A snapshot as if the agreement had been sent on a day that is the same whenever the test is run."""
    sendt_ = SENDT if billede.aftale.version_sendt else None
    return replace(billede, aftale=replace(billede.aftale, version_sendt=sendt_, godkendelsesfrist=None))


def billede(aftale: Rammeaftale) -> Styringsdelbillede:
    """The snapshot, of fixed days."""
    return af_faste_dage(saml(version(aftale), OEJEBLIK))


def data(aftale: Rammeaftale) -> str:
    """The snapshot as text."""
    return til_json(billede(aftale))
