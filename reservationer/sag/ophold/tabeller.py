"""Stays as tables to take out."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from faelles.aktoer import Aktoer
from faelles.dokument.tal import dage_i_ord
from faelles.tid import Periode
from reservationer.sag.models import Ophold
from reservationer.sag.ophold.queries import akutforloeb, akutnoegle, akutterm, akuttermer, foelger, ophold, som_set
from reservationer.sag.overgange import TILSTAND_NAVN, Tilstand
from vilkaar.kilde import kilder_i_ord

HOVED = (
    "Sagsreference", "Reference", "Tilbud", "Plads", "Handlekommune", "Betalingskommune", "Driftsherre", "Hjemmel", "Målgruppe",
    "Tilstand", "Første dag", "Betales fra", "Opsagt til og med", "Sidste dag", "Betales til og med", "Dagene efter", "Pris nu", "Platformens id",
)  # fmt: skip
AKUTHOVED = (
    "Sagsreference", "Reference", "Tilbud", "Første dag", "Sidste lovlige dag", "Dagen efter", "Overskredet", "Socialtilsynet orienteret",
    "Forlænget", "Overskredet tidligere", "Platformens id",
)  # fmt: skip


DAGE = {
    "betalesFra": "betales fra", "akutfrist": "uden godkendelse højst til", "opsagtTil": "opsagt til", "betalesTil": "betales til",
}  # fmt: skip


def raekker(aktoer: Aktoer, noegler: Sequence[UUID], dag: date) -> Iterator[Sequence[Any]]:
    """A row for each of these stays the actor may see, with what holds on the day, in the order given."""
    fundne = _fundne(aktoer, noegler, dag)
    kilder = kilder_i_ord(term for o in fundne for _, term in foelger(o))
    for o in fundne:
        yield (
            o.sagsreference,
            o.reference,
            o.tilbud.navn,
            o.plads_navn,
            o.handlekommune_navn,
            o.betalingskommune_navn,
            o.driftsherre.navn,
            o.hjemmel_kode,
            o.maalgruppe.term if o.maalgruppe else "",
            TILSTAND_NAVN[Tilstand(o.tilstand)],
            o.foerste_dag,
            o.betales_fra,
            o.opsagt_til,
            o.sidste_dag,
            o.betales_til,
            # two terms of one clause are one source
            "; ".join(
                [
                    *_aftalt(o),
                    *dict.fromkeys(f"{DAGE[felt]}: {kilder[term]}" for felt, term in foelger(o) if kilder[term]),
                ]
            ),
            o.pris_nu,
            str(o.pk),
        )


def _aftalt(o: Any) -> list[str]:
    """That the notice of a stay with its annotations follows from the parties' agreement; the version is its parties' to see."""
    if o.opsagt_aftale_id is None:
        return []
    version = f", version {o.opsagt_aftale_nummer}" if o.opsagt_aftale_nummer else ""
    return [f"{DAGE['opsagtTil']}: placeringsaftalen{version}"]


def akutraekker(aktoer: Aktoer, noegler: Sequence[UUID], dag: date) -> Iterator[Sequence[Any]]:
    """A row for each of these stays without approval the actor may see, in the order given."""
    fundne = _fundne(aktoer, noegler, dag)
    tidligere = akutforloeb(aktoer, fundne, dag)
    kilder = kilder_i_ord(akuttermer(fundne, tidligere))
    for o in fundne:
        yield (
            o.sagsreference,
            o.reference,
            o.tilbud.navn,
            o.foerste_dag,
            o.akutfrist,
            kilder[o.akut_vilkaarssaet_id, akutnoegle(forlaenget=o.akut_forlaenget)] if o.akutfrist else "",
            "ja" if o.akutfrist and o.akutfrist < dag else "nej",
            o.tilsyn_orienteret,
            "ja" if o.akut_forlaenget else "nej",
            "; ".join(
                f"{dage_i_ord(Periode.af_range(en.overskredet))}: {kilder[akutterm(en)]}"
                for en in tidligere.get(o.pk, [])
                if en.overskredet
            ),
            str(o.pk),
        )


def _fundne(aktoer: Aktoer, noegler: Sequence[UUID], dag: date) -> list[Any]:
    """The stays with their annotations; one anonymised since the list was made is left out."""
    fundne: dict[UUID, Ophold] = {et.pk: et for et in som_set(ophold(aktoer, dag).filter(pk__in=noegler), dag)}
    return [fundne[noegle] for noegle in noegler if noegle in fundne]
