"""Where a result comes from: the clause and the numbered set, as every page and answer names them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject

from vilkaar.models import Saetstatus, Vilkaar
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, alle_gaeldende, gaeldende_pr_kommune

# What of a takst each term decides; what is only about when it may be set is not among them.
TAKSTENS_DELE: Mapping[Noegle, str] = {
    Noegle.BELAEGNING_METODE: "belægning",
    Noegle.BELAEGNING_MIN: "belægning",
    Noegle.BELAEGNING_MIN_KORT: "belægning",
    Noegle.BELAEGNING_MAKS: "belægning",
    Noegle.OVERHEAD_METODE: "overhead",
    Noegle.OVERHEAD_PROCENT: "overhead",
    Noegle.DAGSBASIS: "dage i året",
    Noegle.DAGSBASIS_DAGTILBUD: "dagtilbuds dage i året",
    Noegle.EFTERREGULERING_METODE: "efterregulering",
    Noegle.EFTERREGULERING_GRUNDLAG: "efterregulering",
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT: "efterregulering",
    Noegle.EFTERREGULERING_AARSFORSKYDNING: "efterregulering",
    Noegle.HENSAETTELSE_AAR: "efterregulering",
    Noegle.UNDERSKUD_REGEL: "efterregulering",
    Noegle.AFRUNDING: "afrunding",
}
EFTERREGULERINGENS = tuple(noegle for noegle, del_ in TAKSTENS_DELE.items() if del_ == "efterregulering")


@dataclass(frozen=True, slots=True)
class Kilde:
    """The clause that says it, and the set of the agreement it was read in."""

    klausul: str
    saet_id: UUID
    nummer: int
    aftale: str
    endelig: bool

    @property
    def i_ord(self) -> str:
        """As a table to take out, a letter and a document name it."""
        return i_ord(self.klausul, self.nummer, self.aftale, endelig=self.endelig)


def i_ord(klausul: str, nummer: int, aftale: str, *, endelig: bool) -> str:
    """`2.1 Belægning, sæt 3 i Rammeaftale 2027-2028`, and whether the set is preliminary."""
    return f"{klausul}, sæt {nummer} i {aftale}" + ("" if endelig else " (foreløbigt)")


def kilde(vilkaar: GaeldendeVilkaar, *noegler: Noegle) -> Kilde | None:
    """Of the term, or the terms, a result follows from; None when the set holds none of them."""
    klausuler = dict.fromkeys(vilkaar.klausuler[noegle] for noegle in noegler if noegle in vilkaar.klausuler)
    if not klausuler:
        return None
    return Kilde("; ".join(klausuler), vilkaar.saet_id, vilkaar.nummer, vilkaar.aftale, vilkaar.endelig)


KILDEHOVED = ("Vilkår", "Vilkårssættets status", "Klausul")


def kildeceller(kilde: Kilde | None) -> tuple[str, str, str]:
    """As `KILDEHOVED`, for the columns a table ends with; empty when nothing says it."""
    if kilde is None:
        return ("", "", "")
    status = Saetstatus.ENDELIG if kilde.endelig else Saetstatus.FORELOEBIG
    return (f"{kilde.aftale}, sæt {kilde.nummer}", status.label, kilde.klausul)


def kilde_i_ord(vilkaar: GaeldendeVilkaar, noegle: Noegle) -> str:
    """Of a term the set holds, as a refusal names it: the clause, the set and the agreement."""
    return i_ord(vilkaar.klausuler[noegle], vilkaar.nummer, vilkaar.aftale, endelig=vilkaar.endelig)


def hoejeste(kkr_id: UUID, dag: date, noegle: Noegle) -> tuple[int, Kilde | None]:
    """A term in whole units in the KKR on the day, and where it is said: the highest while its municipalities bring different ones with them.

    Raises Konflikt when there are no terms, or a set does not hold it.
    """
    vilkaar = max(alle_gaeldende(kkr_id, dag), key=lambda et: et.heltal(noegle))
    return vilkaar.heltal(noegle), kilde(vilkaar, noegle)


def i_kommune(kommunekode: str, dag: date, *noegler: Noegle) -> Kilde | None:
    """Of terms of the municipality's offers on the day, for a page that foretells what will follow from them; None when no set holds them."""
    vilkaar = gaeldende_pr_kommune([kommunekode], dag).get(kommunekode)
    return kilde(vilkaar, *noegler) if vilkaar else None


Term = tuple[UUID | None, Noegle]  # a set, and the term of it a result follows from


def kilder(spurgt: Iterable[Term]) -> Mapping[Term, Kilde]:
    """Of terms, each in the set the result was made under; what the set does not hold is left out. One statement however many.

    A result keeps its set: one that is adopted later takes over the days that were, never what was decided on them.
    """
    hvad = set(spurgt)
    fundne = Vilkaar.objects.filter(
        saet__in={saet for saet, _ in hvad if saet}, noegle__in={noegle for _, noegle in hvad}
    )
    return {
        (et.saet_id, Noegle(et.noegle)): Kilde(
            et.klausul, et.saet_id, et.saet.nummer, et.saet.aftale, endelig=et.saet.status == Saetstatus.ENDELIG
        )
        for et in fundne.select_related("saet")
    }


def kilder_i_ord(spurgt: Iterable[Term]) -> Mapping[Term, str]:
    """As `kilder`, for a table to take out or a letter: each as `Kilde.i_ord`, and nothing where the set does not hold it."""
    return defaultdict(str, {term: fundet.i_ord for term, fundet in kilder(spurgt).items()})


def alle_i_ord(spurgt: Iterable[Term]) -> list[str]:
    """Of terms, each clause and set once, for a page that tells of many results; which of them one follows, its own page tells."""
    return sorted({fundet.i_ord for fundet in kilder(spurgt).values()})


def kildefelt(noegle: Noegle) -> Subquery:
    """An annotation of what has a `vilkaarssaet`: where its set says the term, for `fra_felt`. What reads one row saves a statement by it."""
    saetter = Vilkaar.objects.filter(saet=OuterRef("vilkaarssaet"), noegle=noegle)
    felter = {navn: f"saet__{navn}" for navn in ("nummer", "aftale", "status")}
    return Subquery(saetter.values(raekke=JSONObject(klausul="klausul", saet="saet_id", **felter)))


def fra_felt(felt: Mapping[str, Any] | None) -> Kilde | None:
    """Of a `kildefelt`; None when the set does not hold the term."""
    if felt is None:
        return None
    endelig = felt["status"] == Saetstatus.ENDELIG
    return Kilde(felt["klausul"], UUID(felt["saet"]), felt["nummer"], felt["aftale"], endelig)


def takstens_klausuler(noegler: Collection[Noegle] = tuple(TAKSTENS_DELE), saet: str = "vilkaarssaet") -> ArraySubquery:
    """An annotation of what has a set in its field `saet`: of each term it is computed by, all a takst's or fewer, its key and clause in the set."""
    saetter = Vilkaar.objects.filter(saet=OuterRef(saet), noegle__in=noegler)
    return ArraySubquery(
        saetter.order_by("klausul", "noegle").values(raekke=JSONObject(noegle="noegle", klausul="klausul"))
    )


def klausuler_i_ord(takstens: Iterable[Mapping[str, str]]) -> str:
    """The clauses of `takstens_klausuler`, and where they are several, what of the takst each decides: `2.1 (belægning); 2.2 (overhead)`."""
    dele: dict[str, list[str]] = {}
    for et in takstens:
        dele.setdefault(et["klausul"], []).append(TAKSTENS_DELE[Noegle(et["noegle"])])
    if len(dele) == 1:
        return next(iter(dele))
    return "; ".join(f"{klausul} ({', '.join(dict.fromkeys(sine))})" for klausul, sine in sorted(dele.items()))
