"""The text in force: the agreement as its adopted allonger have made it, and as one more would."""

from collections.abc import Callable, Iterable

from django.db.models import Max, Q

from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Rammeaftale, Version
from rammeaftale.queries import seneste_sendte
from rammeaftale.tekst.queries import Klausultekst, klausuler
from rammeaftale.tekst.samlet import Samlet, samlet


def vedtagne_allonger(aftale: Rammeaftale, foer: Rammeaftale | None = None) -> list[Version]:
    """The versions adopted of its allonger, in the order they were: the last one's terms are those in force, whichever day they began.

    `foer`: only those adopted before this allonge was.
    """
    naar = Max("trin__registreret", filter=Q(trin__til=Aftaletilstand.VEDTAGET))
    alle = aftale.allonger.filter(tilstand=Aftaletilstand.VEDTAGET).alias(naar=naar).order_by("naar", "vedtaget", "id")
    allonger = list(alle)
    tidligere = allonger[: allonger.index(foer)] if foer in allonger else allonger
    return [version for allonge in tidligere if (version := seneste_sendte(allonge))]


def som_aendret(version: Version, foer: Rammeaftale | None = None) -> list[Samlet]:
    """The clauses of the agreement's version; of the one adopted, as its adopted allonger (those before `foer`) have made them."""
    allonger = vedtagne_allonger(version.aftale, foer) if version == seneste_sendte(version.aftale) else []
    return samlet(klausuler(version), map(klausuler, allonger))


def kan_aendres(allonge: Rammeaftale) -> list[Samlet]:
    """The clauses an allonge under way may amend: those of its agreement, and those earlier allonger added. None for an agreement."""
    vedtaget = seneste_sendte(allonge.hovedaftale) if allonge.hovedaftale else None
    return som_aendret(vedtaget) if vedtaget else []


def som_den_bliver(version: Version) -> list[Samlet]:
    """The whole text when the version is adopted: its own clauses; of an allonge, what it makes of the agreement."""
    hoved = version.aftale.hovedaftale
    vedtaget = seneste_sendte(hoved) if hoved else None
    if hoved is None or vedtaget is None:
        return samlet(klausuler(version), ())
    return samlet(klausuler(vedtaget), [*map(klausuler, vedtagne_allonger(hoved)), klausuler(version)])


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
