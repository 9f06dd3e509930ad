"""Collects the text of the agreement a report is about. Everything is read inside the caller's one transaction."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from rammeaftale.models import Version
from rammeaftale.queries import seneste_sendte
from rammeaftale.rapporter.aftaleteksten import data
from rammeaftale.tekst.gaeldende import vedtagne_allonger
from rammeaftale.tekst.queries import klausuler
from rammeaftale.tekst.samlet import Samlet, samlet
from rammeaftale.tekst.udsendelse import klausulnavn
from vilkaar.models import Saetstatus, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle


def tekst(version: Version, dag: date) -> data.Aftaletekst:
    """What the agreement says on the day, or on the nearest day of its period, with the adopted allonger that have begun by then."""
    laest = laesedag(version, dag)
    grundlag, allonger = _lag(version, laest)
    alle = samlet(klausuler(grundlag), map(klausuler, allonger))
    saet = udsendt_saet(version, laest)
    return data.Aftaletekst(
        dag=laest,
        dele=_dele(alle, {et.aftale_id: et.aftale.titel for et in allonger}),
        allonger=tuple(map(_allonge, allonger)),
        vilkaar=_af_saet(saet) if saet else _af_klausuler(alle),
        saet=data.Saet(saet.nummer, saet.aftale, saet.status == Saetstatus.ENDELIG, saet.demo) if saet else None,
    )


def udsendt_saet(version: Version, dag: date) -> Vilkaarssaet | None:
    """The set that the version and its allonger were published as and that holds on the nearest day of the period: a final one before a preliminary."""
    laest = laesedag(version, dag)
    grundlag, allonger = _lag(version, laest)
    fundne = Vilkaarssaet.objects.filter(version_id__in=[grundlag.pk, *(et.pk for et in allonger)])
    alle = fundne.filter(periode__contains=laest).prefetch_related("vilkaar")
    return min(alle, key=lambda saet: (saet.status != Saetstatus.ENDELIG, -saet.nummer), default=None)


def laesedag(version: Version, dag: date) -> date:
    """The day, or the nearest one of the agreement's period."""
    periode = version.aftale.aftaleperiode
    if periode.til is not None and dag >= periode.til:
        return periode.til - timedelta(days=1)
    return max(dag, periode.fra)


def _lag(version: Version, dag: date) -> tuple[Version, Sequence[Version]]:
    """The version that is amended, and what amends it by the day: of an allonge the agreement's, with the allonge as the last."""
    aftale = version.aftale
    vedtaget = seneste_sendte(aftale.hovedaftale) if aftale.hovedaftale else None
    if aftale.hovedaftale and vedtaget:
        return vedtaget, [*vedtagne_allonger(aftale.hovedaftale, aftale, dag), version]
    return version, vedtagne_allonger(aftale, dag=dag) if version == seneste_sendte(aftale) else []


def _dele(alle: Sequence[Samlet], allonger: Mapping[UUID, str]) -> tuple[data.Del, ...]:
    """Part by part: the agreement's own in their order, then those of the allonger (titles by id) that added clauses."""
    fundne = []
    for _, gruppe in groupby(alle, key=lambda en: en.klausul.dokumentdel_id):
        sine = list(gruppe)
        del_ = sine[0].klausul.dokumentdel
        klausuler_ = tuple(_klausul(en, allonger) for en in sine)
        fundne.append(data.Del(del_.art, del_.titel, allonger.get(del_.aftale_id, ""), klausuler_))
    return tuple(fundne)


def _klausul(en: Samlet, allonger: Mapping[UUID, str]) -> data.Klausul:
    udgave = en.tekst.udgave
    return data.Klausul(
        nummer=en.tekst.nummer,
        overskrift=udgave.overskrift,
        tekst=udgave.tekst,
        noegler=tuple(sorted(en.tekst.vilkaar)),
        aendret_ved=allonger.get(udgave.klausul.dokumentdel.aftale_id, ""),
    )


def _allonge(version: Version) -> data.Allonge:
    periode = version.aftale.aftaleperiode
    return data.Allonge(version.aftale.titel, periode.fra, periode.til, version.aftale.vedtaget, version.indledning)


def _af_saet(saet: Vilkaarssaet) -> tuple[data.Vilkaarslinje, ...]:
    sat = {Noegle(et.noegle): (et.vaerdi, et.klausul) for et in saet.vilkaar.all()}
    return tuple(_linje(noegle, *sat.get(noegle, ("", ""))) for noegle in Noegle)


def _af_klausuler(alle: Sequence[Samlet]) -> tuple[data.Vilkaarslinje, ...]:
    sat = {noegle: (vaerdi, klausulnavn(en.tekst)) for en in alle for noegle, vaerdi in en.tekst.vilkaar.items()}
    return tuple(_linje(noegle, *sat.get(noegle, ("", ""))) for noegle in Noegle)


def _linje(noegle: Noegle, vaerdi: str, klausul: str) -> data.Vilkaarslinje:
    beskrivelse = NOEGLER[noegle]
    return data.Vilkaarslinje(
        noegle=noegle.value,
        navn=beskrivelse.navn,
        vaerdi=vaerdi,
        i_ord=beskrivelse.i_ord(vaerdi) if klausul else "",
        enhed=beskrivelse.enhed,
        klausul=klausul,
    )
