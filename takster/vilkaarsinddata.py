"""What the terms in force say of the engine's inputs. A term that is missing is a Konflikt naming key and clause, never a guess."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from faelles.fejl import Konflikt, UgyldigtInput
from faelles.penge import Enhed
from takster.beregning.belaegning import Belaegning, Dagsbasis
from takster.beregning.betaling import Betalingsperiode
from takster.beregning.efterregulering import Efterregulering, Efterreguleringsmetode, Underskudsregel
from takster.beregning.finansiering import Deltidsfaktor
from takster.beregning.loft import Loftmetode, Pl, Pladsudgift, Vaekstloft
from takster.beregning.takst import Overhead, Overheadmetode
from takster.beregning.trin import Afrunding, Afrundingsmetode, Vilkaarsreference
from takster.beregning.vaerdiobjekt import KODE
from vilkaar.kilde import kilde_i_ord
from vilkaar.noegler import NOEGLER, Noegle
from vilkaar.queries import GaeldendeVilkaar

LOFTSVILKAAR = (
    Noegle.VAEKSTLOFT_BASISAAR, Noegle.VAEKSTLOFT, Noegle.VAEKSTLOFT_FRADRAG_PROCENT, Noegle.VAEKSTLOFT_METODE,
)  # fmt: skip


def reference(vilkaar: GaeldendeVilkaar) -> Vilkaarsreference:
    """The set, as stored with every result made under it."""
    return Vilkaarsreference(str(vilkaar.saet_id), vilkaar.nummer, vilkaar.aftale, vilkaar.endelig)


def afrunding(vilkaar: GaeldendeVilkaar) -> Afrunding:
    """How a takst is rounded."""
    return Afrunding(enhed=Enhed(vilkaar.ord(Noegle.AFRUNDING)), metode=Afrundingsmetode.HALF_UP)


def dagsbasis(vilkaar: GaeldendeVilkaar, *, dagtilbud: bool) -> Dagsbasis:
    """The days a year is sold by; day offers have a term of their own."""
    return Dagsbasis(vilkaar.ord(Noegle.DAGSBASIS_DAGTILBUD if dagtilbud else Noegle.DAGSBASIS))


def overhead(vilkaar: GaeldendeVilkaar, konkret: Decimal | None = None) -> Overhead:
    """The agreed percent, or where the agreement says so the operator's concrete amount (kr.), which must then be given."""
    metode = Overheadmetode(vilkaar.ord(Noegle.OVERHEAD_METODE))
    if metode is Overheadmetode.KONKRET:
        return Overhead(metode=metode, beloeb=konkret)
    return Overhead(metode=metode, procent=vilkaar.tal(Noegle.OVERHEAD_PROCENT))


def belaegning(
    vilkaar: GaeldendeVilkaar,
    *,
    faktisk: Sequence[Decimal] = (),
    godkendt_afvigelse: Decimal | None = None,
    kort: bool = False,
) -> Belaegning:
    """The last known years within the agreed bounds, or an approved departure; short and acute stays have a lower bound of their own.

    Raises UgyldigtInput when what the agreement's method needs is not given.
    """
    if godkendt_afvigelse is not None or vilkaar.ord(Noegle.BELAEGNING_METODE) == "aftale":
        return Belaegning(aftalt=godkendt_afvigelse)
    return Belaegning(
        faktisk=tuple(faktisk),
        mindst=vilkaar.tal(Noegle.BELAEGNING_MIN_KORT if kort else Noegle.BELAEGNING_MIN),
        hoejst=vilkaar.tal(Noegle.BELAEGNING_MAKS),
    )


def efterregulering(
    aarets: GaeldendeVilkaar,
    *,
    regnskabsaar: int,
    provenu: Decimal,
    regnskab: Decimal,
    budget: Decimal,
    takstgrundlag: Decimal,
    overfoert: Decimal | None = None,
) -> Efterregulering:
    """A year's accounts by the terms of that year alone: threshold, rule, and the year the rest enters. All in kr.; `budget` or `takstgrundlag` is the base, as agreed."""
    metode = Efterreguleringsmetode(aarets.ord(Noegle.EFTERREGULERING_METODE))
    paa_budget = aarets.ord(Noegle.EFTERREGULERING_GRUNDLAG) == "budget"
    hensaettes = metode is Efterreguleringsmetode.HENSAETTELSE
    return Efterregulering(
        metode=metode,
        taerskel_procent=aarets.tal(Noegle.EFTERREGULERING_TAERSKEL_PROCENT),
        provenu=provenu,
        regnskab=regnskab,
        budget=budget if paa_budget else takstgrundlag,
        underskud_regel=Underskudsregel(aarets.ord(Noegle.UNDERSKUD_REGEL)) if provenu < regnskab else None,
        overfoert=overfoert,
        regnskabsaar=regnskabsaar,
        aarsforskydning=aarets.heltal(Noegle.EFTERREGULERING_AARSFORSKYDNING),
        hensaettelse_aar=aarets.heltal(Noegle.HENSAETTELSE_AAR) if hensaettes else None,
        vilkaarssaet=reference(aarets),
    )


def deltidsfaktorer(vilkaar: GaeldendeVilkaar) -> tuple[Deltidsfaktor, ...]:
    """The agreement's table from days a week to percent of the full price."""
    tabel = vilkaar.tabel(Noegle.DELTIDSFAKTORER)
    return tuple(Deltidsfaktor(mindst_dage=dage, procent=procent) for dage, procent in tabel.items())


def pl(vilkaar: GaeldendeVilkaar, aar: int) -> Decimal:
    """The agreed rise in prices and wages of a year, in percent. Raises Konflikt naming key and clause when it is not among the terms."""
    tabel = vilkaar.tabel(Noegle.VAEKSTLOFT)
    if aar not in tabel:
        raise Konflikt(
            "vilkaar_mangler",
            f"Der mangler PL for {aar} i vilkåret »{NOEGLER[Noegle.VAEKSTLOFT].navn}« ({Noegle.VAEKSTLOFT}, "
            f"klausulen {kilde_i_ord(vilkaar, Noegle.VAEKSTLOFT)}). Sekretariatet skal udfylde det.",
        )
    return tabel[aar]


def pl_satser(vilkaar: GaeldendeVilkaar, fra: int, til: int) -> tuple[Pl, ...]:
    """The agreed PL of each year after `fra`, `til` included. Raises Konflikt as `pl`."""
    return tuple(Pl(aar=et, procent=pl(vilkaar, et)) for et in range(fra + 1, til + 1))


def vaekstloft(vilkaar: GaeldendeVilkaar, *, aar: int, udgifter: Sequence[Pladsudgift]) -> Vaekstloft:
    """The year against the agreement's base year. Raises UgyldigtInput when the cost of one of the two is not among `udgifter`."""
    basisaar = vilkaar.heltal(Noegle.VAEKSTLOFT_BASISAAR)
    efter_aar = {udgift.aar: udgift for udgift in udgifter}
    mangler = [str(et) for et in (basisaar, aar) if et not in efter_aar]
    if mangler:
        besked = f"Udgiften mangler for {' og '.join(mangler)}. Tilføj den, før året kan holdes op mod loftet."
        raise UgyldigtInput(KODE, besked, {"udgifter": [besked]})
    return Vaekstloft(
        basis=efter_aar[basisaar],
        aaret=efter_aar[aar],
        pl=pl_satser(vilkaar, basisaar, aar),
        fradrag_procent=vilkaar.tal(Noegle.VAEKSTLOFT_FRADRAG_PROCENT),
        metode=Loftmetode(vilkaar.ord(Noegle.VAEKSTLOFT_METODE)),
        vilkaarssaet=reference(vilkaar),
    )


def betalingsperiode(
    vilkaar: GaeldendeVilkaar, *, takst: Decimal, fra: date, til: date, begynder: bool, slutter: bool
) -> Betalingsperiode:
    """Days of a stay at one takst, [fra, til); `begynder` and `slutter` say whether the stay itself does so here."""
    return Betalingsperiode(
        takst=takst,
        fra=fra,
        til=til,
        foerste_dag_betales=not begynder or vilkaar.ord(Noegle.FOERSTE_DAG_TAELLER) == "ja",
        sidste_dag_betales=not slutter or vilkaar.ord(Noegle.SIDSTE_DAG_TAELLER) == "ja",
        vilkaarssaet=reference(vilkaar),
    )
