"""Carry a change set out. Called inside the transaction that has locked and compared; the database's rules stand behind it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from faelles.tid import KOEBENHAVN, Periode
from faelles.tid import nu as klokken
from tilbud.belaegning.actions import luk_ny_plads, luk_pladser
from tilbud.belaegning.models import Pladslukning
from tilbud.models import Afdeling, Plads, Tilbud
from tilbud.registerimport.blokark import LUKNINGER
from tilbud.registerimport.blokposter import SLAGS
from tilbud.registerimport.lukningsbrud import lukkes, oensket
from tilbud.registerimport.pladsbrud import plads_periode
from tilbud.registerimport.sammenligning import Aendring
from tilbud.registerimport.skema import AFDELINGER, PLADSER, TILBUD

_TAL = {"laengdegrad", "breddegrad", "normering"}
_DATOER = {"lukket_fra", "dato"}
_RELATIONER = ("hjemler", "maalgrupper")


def skriv(aendringer: Sequence[Aendring], organisation_id: UUID, nu: datetime) -> None:
    """Write every change; parents stand before what belongs to them, and places are closed before their offer has none.

    Names are unique again at the end, so that two may change places on the way. Raises IntegrityError when they are not.
    """
    _navne_maa_bytte("DEFERRED")
    nye: dict[str, Tilbud | Afdeling] = {}
    med_nyt: set[UUID] = set()
    uden_pladser: list[str] = []
    med_nye_pladser: set[UUID] = set()
    for aendring in aendringer:
        efter = {felt: vaerdi for felt, (_, vaerdi) in aendring.felter.items()}
        if aendring.ark == TILBUD:
            if not aendring.ny and efter.get("uden_pladser"):
                uden_pladser.append(aendring.id)
                del efter["uden_pladser"]
            nye[aendring.noegle] = _tilbud(aendring, efter, organisation_id, nu)
        elif aendring.ark == AFDELINGER:
            nye[aendring.noegle] = _afdeling(aendring, efter, nye)
        elif aendring.ark == LUKNINGER:
            _luk(aendring)
        elif aendring.ark == PLADSER:
            plads = _plads(aendring, efter, nye)
            if aendring.ny:
                luk_ny_plads(plads, nu.astimezone(KOEBENHAVN).date())
                med_nye_pladser.add(plads.afdeling_id)
        else:
            _blok(aendring, efter, nye)
            med_nyt.add(_tilbud_id(aendring, nye))
    Tilbud.objects.filter(pk__in=uden_pladser).update(uden_pladser=True)
    Tilbud.objects.filter(pk__in=med_nyt).update(aendret=nu)
    # The clock of now, not of the beginning: a confirmation that had the offer's lock before us is older than our places.
    Afdeling.objects.filter(pk__in=med_nye_pladser).update(pladser_tilfoejet=klokken())
    _navne_maa_bytte("IMMEDIATE")


def _navne_maa_bytte(hvornaar: Literal["DEFERRED", "IMMEDIATE"]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS afdeling_navn_unikt_i_tilbud, plads_betegnelse_unik_i_afdeling {hvornaar}")


def _tilbud(aendring: Aendring, efter: dict[str, Any], organisation_id: UUID, nu: datetime) -> Tilbud:
    tilbud = (
        Tilbud(driftsherre_id=organisation_id, ekstern_id=aendring.sti[-1])
        if aendring.ny
        else Tilbud.objects.get(pk=aendring.id)
    )
    relationer = {felt: efter.pop(felt) for felt in _RELATIONER if felt in efter}
    if "kommune" in efter:
        tilbud.beliggenhedskommune_id = efter.pop("kommune")
    for felt, vaerdi in efter.items():
        setattr(tilbud, felt, _vaerdi(felt, vaerdi))
    tilbud.aendret = nu
    tilbud.save()
    for felt, koder in relationer.items():
        getattr(tilbud, felt).set(koder)
    return tilbud


def _vaerdi(felt: str, vaerdi: Any) -> Any:
    """A canonical value as the model holds it."""
    if vaerdi is None:
        return None
    if felt in _TAL:
        return Decimal(vaerdi)
    return date.fromisoformat(vaerdi) if felt in _DATOER else vaerdi


def _tilbud_id(aendring: Aendring, nye: Mapping[str, Tilbud | Afdeling]) -> UUID:
    """The id of the offer a change is in: made a moment ago, or registered."""
    nyt = nye.get(aendring.tilbud)
    return nyt.pk if nyt else UUID(aendring.tilbud)


def _over(aendring: Aendring, nye: Mapping[str, Tilbud | Afdeling]) -> Any:
    """The id of what a new row belongs to: made a moment ago, or registered."""
    fundet = nye.get(aendring.over)
    return fundet.pk if fundet else UUID(aendring.over)


def _afdeling(aendring: Aendring, efter: Mapping[str, Any], nye: Mapping[str, Tilbud | Afdeling]) -> Afdeling:
    afdeling = (
        Afdeling(tilbud_id=_over(aendring, nye), ekstern_id=aendring.sti[-1])
        if aendring.ny
        else Afdeling.objects.get(pk=aendring.id)
    )
    afdeling.navn = efter["navn"]
    afdeling.save()
    return afdeling


def _plads(aendring: Aendring, efter: dict[str, Any], nye: Mapping[str, Tilbud | Afdeling]) -> Plads:
    plads = (
        Plads(afdeling_id=_over(aendring, nye), ekstern_id=aendring.sti[-1])
        if aendring.ny
        else Plads.objects.get(pk=aendring.id)
    )
    _saet_periode(plads, efter, "aaben_fra", ny=aendring.ny)
    for felt, vaerdi in efter.items():
        setattr(plads, felt, vaerdi)
    plads.save()
    return plads


def _saet_periode(raekke: Any, efter: dict[str, Any], fra_felt: str, *, ny: bool) -> None:
    """Take the sheet's two columns of days out of the values, and give the row the period they make."""
    if fra_felt not in efter and "sidste_dag" not in efter:
        return
    foer = None if ny else Periode.af_range(raekke.periode)
    fra = efter.pop(fra_felt, foer and foer.fra.isoformat())
    sidste = foer.sidste_dag if foer else None
    raekke.periode = plads_periode(str(fra), efter.pop("sidste_dag", sidste and sidste.isoformat())).som_range


def _luk(aendring: Aendring) -> None:
    """A temporary closure; its department's places are locked."""
    oenske = oensket(aendring)
    ny = Pladslukning.objects.create(
        afdeling_id=oenske.afdeling_id,
        plads_id=oenske.plads_id,
        periode=Periode(oenske.fra, oenske.til).som_range,
        grund=oenske.grund,
        bemaerkning=oenske.bemaerkning,
    )
    luk_pladser(ny, lukkes(oenske))


def _blok(aendring: Aendring, efter: dict[str, Any], nye: Mapping[str, Tilbud | Afdeling]) -> None:
    """An approval, a report, a service or a permission."""
    slags = SLAGS[aendring.ark]
    led = "afdeling_id" if slags.i_afdeling else "tilbud_id"
    blok: Any = (
        slags.model(**{led: _over(aendring, nye), "ekstern_id": aendring.sti[-1]})
        if aendring.ny
        else slags.model._default_manager.get(pk=aendring.id)
    )
    if slags.dateret:
        _saet_periode(blok, efter, "fra", ny=aendring.ny)
    for felt, vaerdi in efter.items():
        setattr(blok, slags.felter[felt], _vaerdi(felt, vaerdi))
    blok.save()
