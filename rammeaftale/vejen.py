"""The way an agreement has gone: its steps, with the accessions of the embedsmandsudvalg and of later parties among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from uuid import UUID

from faelles.tid import Periode
from rammeaftale.livscyklus import GODKENDENDE, PART_TILTRAADTE, UDVALGET_TILTRAADTE, Aftaletilstand
from rammeaftale.models import Aftaletrin, Godkendelse, Organ, Organbeslutning, Rammeaftale
from rammeaftale.moeder.queries import gaeldende
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart
from rammeaftale.queries import tiltraeder

UDEN_UDVALG = "KKR'et havde intet embedsmandsudvalg den dag, så kun KKR tager stilling."


@dataclass(frozen=True, slots=True)
class Vejskridt:
    """A step of the agreement's life as its page tells it: with why (`naermere`), and the body that took it ("": the secretariat).

    `retter`: what was registered first was wrong, and this stands in its place.
    """

    id: UUID
    art: str
    dato: date
    navn: str
    naermere: str
    version: int | None
    organ: str
    referat_url: str
    registreret: datetime
    registreret_af: str
    retter: bool = False


def vejen(aftale: Rammeaftale) -> list[Vejskridt]:
    """Every step, in the order they were registered."""
    alle = [*_trinnene(aftale), *_udvalgets(aftale), *_parternes(aftale)]
    return sorted(alle, key=lambda skridt: (skridt.registreret, skridt.id))


def _trinnene(aftale: Rammeaftale) -> Iterator[Vejskridt]:
    udvalg = Organ.objects.filter(kkr=aftale.kkr_id, art=Organart.EMBEDSMANDSUDVALG)
    perioder = [Periode.af_range(et.periode) for et in udvalg]
    alle = list(aftale.trin.select_related("version", "registreret_af").order_by("registreret", "id"))
    rettet = {foer.pk for foer, trin in pairwise(alle) if _retter(trin)}
    oprindelig = ""
    for trin in alle:
        if not _retter(trin):
            oprindelig = trin.begrundelse
        if trin.pk not in rettet:
            naermere = f"{oprindelig} {trin.begrundelse}".strip() if _retter(trin) else oprindelig
            yield _trinnet(trin, naermere, perioder)


def _retter(trin: Aftaletrin) -> bool:
    """Whether it stands in the place of the step before it: the day the version was sent was another."""
    return trin.fra == trin.til == Aftaletilstand.SENDT


def _trinnet(trin: Aftaletrin, naermere: str, udvalg: Sequence[Periode]) -> Vejskridt:
    if trin.til == Aftaletilstand.EMBEDSMANDSUDVALG and not any(periode.indeholder(trin.dato) for periode in udvalg):
        naermere = f"{UDEN_UDVALG} {naermere}".strip()
    return Vejskridt(
        id=trin.pk,
        art=trin.til,
        dato=trin.dato,
        navn=trin.get_til_display(),
        naermere=naermere,
        version=trin.version.nummer if trin.version else None,
        organ=trin.organ,
        referat_url=trin.referat_url,
        registreret=trin.registreret,
        registreret_af=str(trin.registreret_af),
        retter=_retter(trin),
    )


def _udvalgets(aftale: Rammeaftale) -> Iterator[Vejskridt]:
    """Its accessions that count; what another decision of the same meeting stands in the place of is left out."""
    alle = Organbeslutning.objects.filter(sag__version__aftale=aftale, moede__organ__art=Organart.EMBEDSMANDSUDVALG)
    alle = alle.select_related("moede__organ", "sag__version", "registreret_af").order_by("registreret", "id")
    foerste: dict[tuple[UUID, UUID], Organbeslutning] = {}
    for beslutning in alle:
        foerste.setdefault((beslutning.moede_id, beslutning.sag_id), beslutning)
    for beslutning in gaeldende(alle):
        if beslutning.udfald == Organudfald.TILTRAADT:
            version, foerst = beslutning.sag.version, foerste[beslutning.moede_id, beslutning.sag_id]
            yield Vejskridt(
                id=beslutning.pk,
                art=UDVALGET_TILTRAADTE,
                dato=beslutning.moede.dato,
                navn="Tiltrådt af embedsmandsudvalget",
                naermere=beslutning.tekst,
                version=version.nummer if version else None,
                organ=beslutning.moede.organ.navn,
                referat_url=beslutning.moede.referat_url,
                registreret=beslutning.registreret,
                registreret_af=str(beslutning.registreret_af),
                retter=(foerst.udfald, foerst.tekst) != (beslutning.udfald, beslutning.tekst),
            )


def _parternes(aftale: Rammeaftale) -> Iterator[Vejskridt]:
    """That those who became parties after the adoption have acceded, each where it stands."""
    if aftale.vedtaget is None:
        return
    alle = Godkendelse.objects.filter(part__aftale=aftale)
    alle = alle.select_related("part__organisation", "version", "registreret_af").order_by("registreret", "id")
    for sidste in {godkendelse.part_id: godkendelse for godkendelse in alle}.values():
        if sidste.status in GODKENDENDE and tiltraeder(sidste.part, aftale):
            yield Vejskridt(
                id=sidste.pk,
                art=PART_TILTRAADTE,
                dato=sidste.dato,
                navn=f"Tiltrådt af {sidste.part}",
                naermere=sidste.bemaerkning,
                version=sidste.version.nummer,
                organ=sidste.organ,
                referat_url=sidste.referat_url,
                registreret=sidste.registreret,
                registreret_af=str(sidste.registreret_af),
                retter=sidste.retter,
            )
