"""The text in force: the agreement as its adopted allonger have made it, and as one more would."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from faelles.dokument.tal import dage_i_ord
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Klausul, Rammeaftale, Version
from rammeaftale.queries import seneste_sendte
from rammeaftale.tekst.queries import Klausultekst, klausuler
from rammeaftale.tekst.samlet import Samlet, samlet


def vedtagne_allonger(
    aftale: Rammeaftale, foer: Rammeaftale | None = None, dag: date | None = None, senest: datetime | None = None
) -> list[Version]:
    """The versions adopted of its allonger, in the order they were: the last one's terms are those in force, whichever day they began.

    `foer`: only those adopted before this allonge was. `dag`: only those that have begun by the day. `senest`: only those adopted by the instant.
    """
    naar = Max("trin__registreret", filter=Q(trin__til=Aftaletilstand.VEDTAGET))
    alle = aftale.allonger.filter(tilstand=Aftaletilstand.VEDTAGET).alias(naar=naar).order_by("naar", "vedtaget", "id")
    allonger = list(alle.filter(naar__lte=senest) if senest else alle)
    tidligere = allonger[: allonger.index(foer)] if foer in allonger else allonger
    begyndt = [allonge for allonge in tidligere if dag is None or allonge.aftaleperiode.fra <= dag]
    return [version for allonge in begyndt if (version := seneste_sendte(allonge))]


def som_aendret(version: Version, foer: Rammeaftale | None = None) -> list[Samlet]:
    """The clauses of the agreement's version; of the one adopted, as its adopted allonger (those before `foer`) have made them."""
    allonger = vedtagne_allonger(version.aftale, foer) if version == seneste_sendte(version.aftale) else []
    return samlet(klausuler(version), map(klausuler, allonger))


def kan_aendres(allonge: Rammeaftale) -> list[Samlet]:
    """The clauses an allonge under way may amend or repeal: those of its agreement, and those earlier allonger added. None for an agreement."""
    vedtaget = seneste_sendte(allonge.hovedaftale) if allonge.hovedaftale else None
    return som_aendret(vedtaget) if vedtaget else []


def som_den_bliver(version: Version) -> list[Samlet]:
    """The whole text when the version is adopted: its own clauses; of an allonge, what it makes of the agreement."""
    hoved = version.aftale.hovedaftale
    vedtaget = seneste_sendte(hoved) if hoved else None
    if hoved is None or vedtaget is None:
        return samlet(klausuler(version), ())
    return samlet(klausuler(vedtaget), [*map(klausuler, vedtagne_allonger(hoved)), klausuler(version)])


def ophaevet(version: Version, klausul: Klausul) -> Klausultekst | None:
    """What a clause of the allonge's version takes out of the agreement, or amends there; None for any other, and when it is gone already."""
    hoved = version.aftale.hovedaftale
    vedtaget = seneste_sendte(hoved) if hoved and klausul.forgaenger_id else None
    alle = som_aendret(vedtaget, version.aftale) if vedtaget else ()
    return next((en.tekst for en in alle if en.klausul.pk == klausul.forgaenger_id), None)


def afloeses(version: Version, egne: Iterable[Klausultekst], senest: datetime | None) -> dict[UUID, Klausultekst]:
    """What these clauses of the allonge's version amend or repeal, by their ids, as the agreement stood at the instant, or stands now."""
    hoved = version.aftale.hovedaftale
    vedtaget = seneste_sendte(hoved) if hoved else None
    if hoved is None or vedtaget is None:
        return {}
    allonger = vedtagne_allonger(hoved, version.aftale, senest=senest)
    stod = {en.klausul.pk: en.tekst for en in samlet(klausuler(vedtaget), map(klausuler, allonger))}
    forgaengere = {egen.id: egen.udgave.klausul.forgaenger_id for egen in egne}
    return {pk: stod[foer] for pk, foer in forgaengere.items() if foer in stod}


def bortfalder(version: Version, dag: date) -> set[str]:
    """The terms set on the day that go with the clauses the allonge repeals, as no clause sets them after that."""
    egne = klausuler(version)
    hoved = version.aftale.hovedaftale
    vedtaget = seneste_sendte(hoved) if hoved and any(tekst.udgave.ophaever for tekst in egne) else None
    if hoved is None or vedtaget is None:
        return set()
    andre = [klausuler(allonge) for allonge in vedtagne_allonger(hoved, version.aftale, dag)]
    foer, efter = (
        {noegle for en in samlet(klausuler(vedtaget), allonger) for noegle in en.tekst.vilkaar}
        for allonger in (andre, [*andre, egne])
    )
    return foer - efter


def allerede_ophaevede(version: Version) -> list[str]:
    """A sentence for each clause of the allonge's version that amends or repeals one another allonge has repealed, with the days."""
    aftale, hoved = version.aftale, version.aftale.hovedaftale
    egne = {tekst.udgave.klausul.forgaenger_id: tekst for tekst in klausuler(version)} if hoved else {}
    if hoved is None or set(egne) <= {None, *(en.klausul.pk for en in kan_aendres(aftale))}:
        return []
    return [
        f"{dage_i_ord(dage)}: {egen.navn} {'ophæver' if egen.udgave.ophaever else 'ændrer'} en klausul, som {allonge.aftale} har ophævet."
        for allonge in vedtagne_allonger(hoved, aftale)
        for tekst in klausuler(allonge)
        if tekst.udgave.ophaever
        and (egen := egne.get(tekst.udgave.klausul.forgaenger_id))
        and (dage := aftale.aftaleperiode.faelles(allonge.aftale.aftaleperiode))
    ]


def dobbelte(version: Version) -> list[str]:
    """A sentence for each number that two clauses would go by, one of them the version's, and for each clause that two of its own amend."""
    egne = klausuler(version)
    ider = {tekst.id for tekst in egne}
    alle = [en.tekst for en in som_den_bliver(version)]
    fejl = [
        f"Nummeret {ens[0].nummer} bruges af både {ens[0].navn} og {ens[1].navn}."
        for ens in _flere(alle, lambda tekst: tekst.nummer)
        if any(tekst.id in ider for tekst in ens)
    ]
    aendrer = [tekst for tekst in egne if version.aftale.hovedaftale_id and tekst.udgave.klausul.forgaenger_id]
    ens_aendrede = _flere(aendrer, lambda tekst: tekst.udgave.klausul.forgaenger_id)
    return fejl + [f"{ens[0].navn} og {ens[1].navn} ændrer den samme klausul." for ens in ens_aendrede]


def _flere(tekster: Iterable[Klausultekst], noegle: Callable[[Klausultekst], object]) -> list[list[Klausultekst]]:
    """Those that share a key with another, together."""
    efter_noegle: dict[object, list[Klausultekst]] = {}
    for tekst in tekster:
        efter_noegle.setdefault(noegle(tekst), []).append(tekst)
    return [ens for ens in efter_noegle.values() if len(ens) > 1]
