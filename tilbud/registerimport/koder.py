"""Which code a word of a list means in a row: the one the row has already when the word is its, else the one in use today. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from tilbud.registerimport.regler import Brud
from tilbud.registerimport.skema import Skema


def koder(skema: Skema, felt: str, laest: Any, foer: Any) -> Any:
    """What was read, as the row is to have it. `foer`: what the row has (None or empty for a new one), in canonical form.

    An old code stands in a row until somebody chooses another: a template sent back as it was fetched changes nothing.
    """
    har = foer if isinstance(foer, list) else [foer]
    if isinstance(laest, list):
        return sorted({_kode(skema, felt, kode, har) for kode in laest}) if felt in skema.kodede else laest
    return _kode(skema, felt, laest, har) if felt in skema.kodede else laest


def _kode(skema: Skema, felt: str, kode: Any, har: list[Any]) -> Any:
    if kode in har:
        return kode
    ord_ = _ord(skema, felt, kode)
    ens = next((gammel for gammel in har if gammel is not None and _ord(skema, felt, gammel) == ord_), None)
    return (skema.gamle.get(felt, {}).get(kode) or kode) if ens is None else ens


def _ord(skema: Skema, felt: str, kode: Any) -> str:
    return str(skema.ord.get(felt, {}).get(kode, kode)).casefold()


def udgaaede(skema: Skema, foer: Mapping[str, Any], efter: Mapping[str, Any]) -> Iterator[Brud]:
    """The codes a row would get that nobody can choose any longer, and that nothing has taken the place of."""
    for felt, gamle in skema.gamle.items():
        if felt in efter:
            har, faar = (v if isinstance(v, list) else [v] for v in (foer.get(felt), efter[felt]))
            for kode in faar:
                if kode in gamle and kode not in har:
                    ord_ = skema.ord.get(felt, {}).get(kode, kode)
                    yield Brud(
                        felt, "En værdi fra listen.", f"»{ord_}« kan ikke vælges længere. Vælg en, der står på listen."
                    )
