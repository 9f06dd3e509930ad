"""Agreements on their way: each function takes the step its name says, the way the secretariat takes it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from faelles.tid import idag
from rammeaftale.actions import flyt, opret_aftale, send_til_godkendelse
from rammeaftale.livscyklus import GODKENDENDE, Aendringsart, Aftaletilstand, Partsstatus
from rammeaftale.models import Delart, Dokumentdel, Klausul, Klausuludgave, Rammeaftale, Version
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.queries import partsstande, seneste_version
from rammeaftale.tekst.actions import Klausulindhold, opret_klausul, saet_vilkaar
from rammeaftale.tekst.dele import opret_del
from tests import fabrik
from tests.rammeaftale.moeder.situationer import besluttet, organ_i
from tests.rammeaftale.rapporter.situationer import beslut
from vilkaar.noegler import Noegle


def tom_kladde(
    *kommuner: str, fra: date = date(2027, 1, 1), til: date = date(2029, 1, 1), i: str = "KKR Hovedstaden"
) -> Rammeaftale:
    """A new agreement without text; the parties are the municipalities named and their region, as the register says."""
    for navn in kommuner or ("Rødovre", "Gladsaxe", "Herlev"):
        fabrik.kommune(navn)
    hjemler()
    return opret_aftale(aktoer=fabrik.sekretariat(i), titel=f"Rammeaftale {fra.year}", fra=fra, til=til)


def kladde(
    *kommuner: str,
    fra: date = date(2027, 1, 1),
    til: date = date(2029, 1, 1),
    i: str = "KKR Hovedstaden",
    andre: Mapping[Noegle, str] | None = None,
) -> Rammeaftale:
    """A new agreement with one clause, which sets every term (`andre` sets some otherwise), and one in the development part."""
    aftale = tom_kladde(*kommuner, fra=fra, til=til, i=i)
    saet(aftale, klausul(aftale), {**fabrik.VAERDIER, **(andre or {})})
    udvikling(aftale)
    return aftale


def udvikling(aftale: Rammeaftale) -> Klausuludgave:
    """The clause in a development part without which no agreement is sent."""
    af: Any = {"aktoer": fabrik.sekretariat(aftale.kkr.navn), "aftale_id": aftale.id}
    del_ = opret_del(art=Delart.UDVIKLINGSDEL, titel="Udviklingsdel", **af)
    indhold = Klausulindhold("U", "Udvikling", "Parterne følger behovet.")
    return opret_klausul(del_id=del_.id, indhold=indhold, **af)


def klausul(aftale: Rammeaftale, nummer: str = "3.1", tekst: str = "Parterne følger vilkårene.") -> Klausuludgave:
    """A new clause in the agreement's styringsdel."""
    del_ = aftale.dele.filter(art=Delart.STYRINGSDEL).first() or opret_del(
        aktoer=fabrik.sekretariat(aftale.kkr.navn), aftale_id=aftale.id, art=Delart.STYRINGSDEL, titel="Styringsdel"
    )
    indhold = Klausulindhold(nummer, "Takster og frister", tekst)
    return opret_klausul(
        aktoer=fabrik.sekretariat(aftale.kkr.navn), aftale_id=aftale.id, del_id=del_.id, indhold=indhold
    )


def med_udvikling(aftale: Rammeaftale) -> None:
    """Let what has been sent have a clause in a development part, which stands second."""
    version = aftale.versioner.get()
    aftale.versioner.update(sendt=None)
    del_ = Dokumentdel.objects.create(aftale=aftale, art=Delart.UDVIKLINGSDEL, titel="Udviklingsdel", nummer=2)
    Klausuludgave.objects.create(
        klausul=Klausul.objects.create(dokumentdel=del_), version=version, udgave=1, nummer="U", overskrift="Udvikling",
        organisation_id=fabrik.sekretariat(aftale.kkr.navn).organisation_id, identitet="test",
    )  # fmt: skip
    aftale.versioner.update(sendt=version.sendt)


def hjemler() -> None:
    """The legal bases that `fabrik.VAERDIER` has rows for."""
    for kode in ("SEL-107", "SEL-108", "SEL-109", "SEL-110"):
        fabrik.hjemmel(kode)


def saet(aftale: Rammeaftale, udgave: Klausuludgave, vilkaar: Mapping[Noegle, str]) -> Klausuludgave:
    """Let the clause, as saved last, set exactly these terms."""
    hjemler()
    return saet_vilkaar(
        aktoer=fabrik.sekretariat(aftale.kkr.navn),
        aftale_id=aftale.id,
        klausul_id=udgave.klausul_id,
        laest=udgave.udgave,
        vilkaar=vilkaar,
    )


def tag(aftale: Rammeaftale, til: Aftaletilstand) -> None:
    """Take a step today, with what any step can need; KKR's is KKR's decision."""
    if til is Aftaletilstand.KKR_ANBEFALET:
        besluttet(aftale, Organudfald.ANBEFALET, af=organ_i(aftale, Organart.KKR))
        return
    flyt(
        aktoer=fabrik.sekretariat(aftale.kkr.navn),
        aftale_id=aftale.id,
        til=til,
        dato=idag(),
        begrundelse="Aftalt på mødet",
    )


def anbefal(aftale: Rammeaftale) -> None:
    """From draft to recommended."""
    tag(aftale, Aftaletilstand.EMBEDSMANDSUDVALG)
    tag(aftale, Aftaletilstand.KKR_ANBEFALET)


def send(
    aftale: Rammeaftale,
    aendring: Aendringsart | None = None,
    beroerte: Collection[UUID] = (),
    *,
    kun_sprog: bool = False,
    trods_hoering: bool = False,
    uden_parter: bool = True,
) -> Version:
    """Send the version to the parties today, whoever else is in the KKR."""
    return send_til_godkendelse(
        aktoer=fabrik.sekretariat(aftale.kkr.navn),
        aftale_id=aftale.id,
        dato=idag(),
        frist=fabrik.om(90),
        aendring=aendring,
        beroerte=beroerte,
        kun_sprog=kun_sprog,
        trods_hoering=trods_hoering,
        uden_parter=uden_parter,
    )


def sendt(*kommuner: str) -> Rammeaftale:
    """An agreement that has been sent."""
    aftale = kladde(*kommuner)
    anbefal(aftale)
    send(aftale)
    aftale.refresh_from_db()
    return aftale


def godkend(aftale: Rammeaftale, *undtagen: str) -> None:
    """Every party that has not done so approves today, except those named."""
    version = seneste_version(aftale)
    assert version is not None
    for stand in partsstande(version):
        if stand.status not in GODKENDENDE and stand.part.organisation.navn not in undtagen:
            beslut(aftale, stand.part, Partsstatus.GODKENDT, dato=idag())
    aftale.refresh_from_db()
