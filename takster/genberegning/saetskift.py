"""Whether the sets a calculation was made with are still those that govern: its first day's, and the one its accounts were adjusted by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from faelles.dokument.tal import kort_dato
from faelles.tid import Periode
from takster.fastsaettelse.queries import resultat
from takster.models import Takstberegning
from vilkaar.forskelle import Forskel, forskelle
from vilkaar.noegler import Noegle
from vilkaar.queries import GaeldendeVilkaar, gaeldende_i_kommune_paa, i_saet

_TAKSTENS = (
    Noegle.BELAEGNING_METODE,
    Noegle.BELAEGNING_MIN,
    Noegle.BELAEGNING_MIN_KORT,
    Noegle.BELAEGNING_MAKS,
    Noegle.OVERHEAD_METODE,
    Noegle.OVERHEAD_PROCENT,
    Noegle.DAGSBASIS,
    Noegle.DAGSBASIS_DAGTILBUD,
    Noegle.AFRUNDING,
)
_REGNSKABETS = (
    Noegle.EFTERREGULERING_METODE,
    Noegle.EFTERREGULERING_GRUNDLAG,
    Noegle.EFTERREGULERING_TAERSKEL_PROCENT,
    Noegle.EFTERREGULERING_AARSFORSKYDNING,
    Noegle.UNDERSKUD_REGEL,
    Noegle.HENSAETTELSE_AAR,
)


@dataclass(frozen=True, slots=True)
class Saetskift:
    """Something made with one set, where another (None: none) governs its day now, and which of its terms differ."""

    hvad: str
    dag: date
    brugt: GaeldendeVilkaar
    nu: GaeldendeVilkaar | None
    aendret: Sequence[Forskel]

    @property
    def blevet_endeligt(self) -> bool:
        """Whether final terms have come in place of preliminary ones."""
        return self.nu is not None and self.nu.endelig and not self.brugt.endelig

    @property
    def i_ord(self) -> str:
        """What was used, what governs instead, and the clauses that say otherwise."""
        if self.nu is None:
            return f"{self.hvad} {_navn(self.brugt)}, som er trukket tilbage. Der er ingen vilkår for {kort_dato(self.dag)}."
        hvori = (
            f"Ændret: {'; '.join(en.i_ord for en in self.aendret)}."
            if self.aendret
            else "De siger det samme om det, der regnes med."
        )
        return f"{self.hvad} {_navn(self.brugt)}, men for {kort_dato(self.dag)} gælder nu {_navn(self.nu)}. {hvori}"


def saetskift(en: Takstberegning) -> list[Saetskift]:
    """None when every set it was made with governs its day now; else one for the takst and one for its accounts. Three statements."""
    foerste, regnskab = Periode.af_range(en.periode).fra, _regnskab(en)
    dage = {foerste} | ({regnskab[0]} if regnskab else set())
    gaelder = gaeldende_i_kommune_paa(en.tilbud.beliggenhedskommune_id, dage)
    takstens = gaelder.get(foerste)
    par: list[tuple[str, date, UUID, GaeldendeVilkaar | None, Sequence[Noegle]]] = [
        ("Beregningen er lavet efter", foerste, en.vilkaarssaet_id, takstens, _TAKSTENS)
    ]
    if regnskab:
        dag, saet_id = regnskab
        hvad = f"Regnskabet for {dag.year} er efterreguleret efter"
        # Where no terms are so old, the takst's own are used for its accounts, and they change with them.
        if dag in gaelder or saet_id != en.vilkaarssaet_id:
            par.append((hvad, dag, saet_id, gaelder.get(dag, takstens), _REGNSKABETS))
    skiftede = [et for et in par if et[3] is None or et[3].saet_id != et[2]]
    brugte = i_saet([et[2] for et in skiftede]) if skiftede else {}
    return [
        Saetskift(hvad, dag, brugte[saet_id], nu, forskelle(brugte[saet_id], nu, noegler) if nu else ())
        for hvad, dag, saet_id, nu, noegler in skiftede
    ]


def hindringer(en: Takstberegning) -> list[Saetskift]:
    """Those no recomputing of what is stored can mend. Preliminary terms of the takst that have become final can be: they may give the same."""
    skiftede = saetskift(en)
    kun_takstens = [et.dag for et in skiftede] == [Periode.af_range(en.periode).fra]
    return [] if kun_takstens and skiftede[0].blevet_endeligt else skiftede


def _regnskab(en: Takstberegning) -> tuple[date, UUID] | None:
    """The first day of the year whose accounts enter it, and the set they were adjusted by."""
    fundet = resultat(en.beregning)
    efter = fundet.inddata.efterregulering if fundet else None
    if efter is None or efter.regnskabsaar is None or efter.vilkaarssaet is None:
        return None
    return date(efter.regnskabsaar, 1, 1), UUID(efter.vilkaarssaet.saet)


def _navn(vilkaar: GaeldendeVilkaar) -> str:
    return f"{'det foreløbige ' if not vilkaar.endelig else ''}sæt {vilkaar.nummer} i {vilkaar.aftale}"
