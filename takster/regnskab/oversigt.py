"""Reading closed accounts over the years: an operator's own, or those of a secretariat's KKR, with what takster have taken up of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from uuid import UUID

from faelles.aktoer import Aktoer
from takster.models import Regnskab, Takstberegning
from takster.regnskab.saldo import NUL, Aarssaldo, Tilgodehavende, aarssaldi
from takster.tilstande import Beregningstilstand
from vilkaar.kilde import EFTERREGULERINGENS, Kilde, klausuler_i_ord, takstens_klausuler
from vilkaar.models import Saetstatus


@dataclass(frozen=True, slots=True)
class Raekke:
    """Closed accounts and where what they adjust is."""

    regnskab: Regnskab
    taget_op: bool

    @property
    def tilgode(self) -> Tilgodehavende:
        """In the open balance."""
        et = self.regnskab
        return Tilgodehavende(et.aar, -(et.efterregulering or NUL), et.indgaar_aar or et.aar, self.taget_op)

    @property
    def kilde(self) -> Kilde | None:
        """The clauses and the set they were adjusted by."""
        saet = self.regnskab.vilkaarssaet
        if saet is None:
            return None
        klausuler = klausuler_i_ord(vars(self.regnskab)["klausuler"])
        return Kilde(klausuler, saet.pk, saet.nummer, saet.aftale, endelig=saet.status == Saetstatus.ENDELIG)

    def stand(self, i_aar: int) -> str:
        """Where the adjustment is, in words."""
        aar = self.regnskab.indgaar_aar or 0
        if not self.regnskab.efterregulering:
            return "Intet at efterregulere"
        if self.taget_op:
            return f"I taksten for {aar}"
        return f"Venter på taksten for {aar}" if aar >= i_aar else f"Ikke med i taksten for {aar}"


@dataclass(frozen=True, slots=True)
class Gruppe:
    """An operator's, or an offer's, accounts and what is open of them."""

    navn: str
    raekker: Sequence[Raekke]

    @property
    def aaben(self) -> Decimal:
        """Kr.; positive is owed to those who paid."""
        return sum((raekke.tilgode.aaben for raekke in self.raekker), NUL)

    @property
    def hensat(self) -> Decimal:
        """What is set aside for later years (F6), kr."""
        return sum((r.regnskab.beholdt or NUL for r in self.raekker if r.regnskab.anvendes_senest), NUL)

    def forsinket(self, i_aar: int) -> Decimal:
        """What is open though the year it was to enter has begun."""
        return sum((r.tilgode.aaben for r in self.raekker if r.tilgode.indgaar_aar <= i_aar), NUL)


def afsluttede(aktoer: Aktoer) -> list[Raekke]:
    """All that the actor may see, by operator, offer and part in Danish order, the newest first. Two statements however many."""
    regnskaber = list(
        Regnskab.objects.synlige_for(aktoer)
        .filter(afsluttet__isnull=False)
        .select_related("tilbud__driftsherre", "afdeling", "hjemmel", "vilkaarssaet")
        .annotate(klausuler=takstens_klausuler(EFTERREGULERINGENS))
        .defer("opgoerelse")
        .order_by(
            "tilbud__driftsherre__navn_sortering",
            "tilbud__navn_sortering",
            "tilbud",
            "afdeling__navn_sortering",
            "hjemmel",
            "-aar",
        )
    )
    taget = _taget_op(aktoer, {et.tilbud_id for et in regnskaber})
    return [
        Raekke(et, (et.tilbud_id, et.afdeling_id, et.hjemmel_id, et.indgaar_aar, et.aar) in taget) for et in regnskaber
    ]


def _taget_op(aktoer: Aktoer, tilbud: set[UUID]) -> set[tuple[UUID, UUID | None, str | None, int | None, int]]:
    """Offer, part and year of each published calculation whose takst is what we say, and the year whose accounts it took up."""
    regnskabsaar = "beregning__inddata__efterregulering__regnskabsaar"
    beregninger = Takstberegning.objects.synlige_for(aktoer).filter(
        tilbud__in=tilbud, tilstand=Beregningstilstand.OFFENTLIGGJORT, takster__ophoert=None
    )
    return set(beregninger.values_list("tilbud", "afdeling", "hjemmel", "aar", regnskabsaar))


def pr_driftsherre(raekker: Sequence[Raekke]) -> list[Gruppe]:
    """The operators, in the order the rows have."""
    return [
        Gruppe(navn, list(sine)) for navn, sine in groupby(raekker, key=lambda r: str(r.regnskab.tilbud.driftsherre))
    ]


def saldi(raekker: Sequence[Raekke], i_aar: int) -> tuple[Aarssaldo, ...]:
    """The balance of them all, year by year to this one."""
    return aarssaldi((raekke.tilgode for raekke in raekker), i_aar)
