"""The life of an agreement and of a party's decision: pure rules (rules-rammeaftale § 3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from faelles.tid import Periode


class Aftaletilstand(StrEnum):
    """What is stored. Whether an adopted agreement is in force or has run out follows from its dates (`stand`)."""

    KLADDE = "kladde"
    EMBEDSMANDSUDVALG = "embedsmandsudvalg"
    KKR_ANBEFALET = "kkr_anbefalet"
    SENDT = "sendt"
    VEDTAGET = "vedtaget"
    BORTFALDET = "bortfaldet"


AFTALETILSTAND_NAVN: Mapping[Aftaletilstand, str] = {
    Aftaletilstand.KLADDE: "Kladde",
    Aftaletilstand.EMBEDSMANDSUDVALG: "I embedsmandsudvalget",
    Aftaletilstand.KKR_ANBEFALET: "Anbefalet af KKR",
    Aftaletilstand.SENDT: "Sendt til godkendelse",
    Aftaletilstand.VEDTAGET: "Vedtaget",
    Aftaletilstand.BORTFALDET: "Bortfaldet",
}
# What the way of an agreement tells of beside the states it comes to.
UDVALGET_TILTRAADTE = "udvalget_tiltraadte"
PART_TILTRAADTE = "part_tiltraadte"
TRINARTER = (*(tilstand.value for tilstand in Aftaletilstand), UDVALGET_TILTRAADTE, PART_TILTRAADTE)

# The whole table: what may follow what. Back to `kladde` is for correcting; from `sendt` it opens a new version. Nobody moves
# an agreement to `vedtaget`: that is what the last party's approval does (`optael`). Allonger live the same life.
OVERGANGE: Mapping[Aftaletilstand, frozenset[Aftaletilstand]] = {
    Aftaletilstand.KLADDE: frozenset({Aftaletilstand.EMBEDSMANDSUDVALG, Aftaletilstand.BORTFALDET}),
    Aftaletilstand.EMBEDSMANDSUDVALG: frozenset(
        {Aftaletilstand.KKR_ANBEFALET, Aftaletilstand.KLADDE, Aftaletilstand.BORTFALDET}
    ),
    Aftaletilstand.KKR_ANBEFALET: frozenset({Aftaletilstand.SENDT, Aftaletilstand.KLADDE, Aftaletilstand.BORTFALDET}),
    Aftaletilstand.SENDT: frozenset({Aftaletilstand.VEDTAGET, Aftaletilstand.KLADDE, Aftaletilstand.BORTFALDET}),
    Aftaletilstand.VEDTAGET: frozenset(),
    Aftaletilstand.BORTFALDET: frozenset(),
}


# While the text may be written: KKR recommends a text, and the parties decide on the very same.
SKRIVES = frozenset({Aftaletilstand.KLADDE, Aftaletilstand.EMBEDSMANDSUDVALG})
# While a version is on its way to the parties.
FOER_AFSENDELSEN = SKRIVES | {Aftaletilstand.KKR_ANBEFALET}
# While its terms may be published as preliminary: when the parties' own bodies stand behind them, and until they are final.
UDSENDES = frozenset({Aftaletilstand.KKR_ANBEFALET, Aftaletilstand.SENDT})


class Partsstatus(StrEnum):
    """Where a party stands. `afventer` is the absence of any registered step."""

    AFVENTER = "afventer"
    UDVALG = "udvalg"
    GODKENDT = "godkendt"
    GODKENDT_MED_BEMAERKNING = "godkendt_med_bemaerkning"
    AFVIST = "afvist"


PARTSSTATUS_NAVN: Mapping[Partsstatus, str] = {
    Partsstatus.AFVENTER: "Afventer",
    Partsstatus.UDVALG: "I udvalg",
    Partsstatus.GODKENDT: "Godkendt",
    Partsstatus.GODKENDT_MED_BEMAERKNING: "Godkendt med bemærkning",
    Partsstatus.AFVIST: "Afvist",
}

# What is said at each field of a decision, on the page and in the API: who sees it, and on what basis.
SES_AF = "Ses af alle aftalens parter og trykkes i rapporten."
REFERATET = "Skriv kun det, der står i det offentlige referat."

REGISTRERES = tuple(status for status in Partsstatus if status is not Partsstatus.AFVENTER)
GODKENDENDE = frozenset({Partsstatus.GODKENDT, Partsstatus.GODKENDT_MED_BEMAERKNING})
AFGOERENDE = GODKENDENDE | {Partsstatus.AFVIST}


class Aendringsart(StrEnum):
    """What a new version changes for the parties; it decides who must approve again."""

    REDAKTIONEL = "redaktionel"
    NOGLE_PARTER = "nogle_parter"
    ALLE_PARTER = "alle_parter"


AENDRINGSART_NAVN: Mapping[Aendringsart, str] = {
    Aendringsart.REDAKTIONEL: "Kun sproglige rettelser",
    Aendringsart.NOGLE_PARTER: "Indholdet er ændret for nogle parter",
    Aendringsart.ALLE_PARTER: "Indholdet er ændret for alle parter",
}


class Omfang(StrEnum):
    """How far a version goes from the one that was sent before it, the farthest last."""

    UAENDRET = "uaendret"
    ORDLYD = "ordlyd"  # clauses or the introduction say it in other words
    KLAUSULER = "klausuler"  # a clause is new, or has gone
    VILKAAR = "vilkaar"  # a term is set, dropped or changed, or a clause of the agreement is repealed


# What the secretariat may call such a change. The terms bind every party, so nobody's approval is carried over to other ones.
AENDRINGER_VED: Mapping[Omfang, tuple[Aendringsart, ...]] = {
    Omfang.UAENDRET: tuple(Aendringsart),
    Omfang.ORDLYD: tuple(Aendringsart),
    Omfang.KLAUSULER: (Aendringsart.NOGLE_PARTER, Aendringsart.ALLE_PARTER),
    Omfang.VILKAAR: (Aendringsart.ALLE_PARTER,),
}
OMFANG_BETYDER: Mapping[Omfang, str] = {
    Omfang.UAENDRET: "Indledning, klausuler og vilkår er, som de var i den forrige version.",
    Omfang.ORDLYD: "Klausuler eller indledningen er skrevet om. Er det kun sproget, skal det bekræftes.",
    Omfang.KLAUSULER: "Klausuler er nye eller udgået; det er ikke kun sproglige rettelser.",
    Omfang.VILKAAR: "Vilkår eller ophævelser er ændret, og de binder alle parter; alle skal godkende igen.",
}


class Genstartsgrund(StrEnum):
    """Why a party's earlier approval does not count for a new version."""

    IKKE_GODKENDT = "ikke_godkendt"
    AFVIST = "afvist"
    BEROERT = "beroert"


GENSTARTSGRUND_NAVN: Mapping[Genstartsgrund, str] = {
    Genstartsgrund.IKKE_GODKENDT: "Parten havde ikke godkendt den forrige version",
    Genstartsgrund.AFVIST: "Parten afviste den forrige version",
    Genstartsgrund.BEROERT: "Ændringen berører parten",
}


@dataclass(frozen=True, slots=True)
class Optaelling:
    """How many of the parties have approved a version. Every party has a veto, so only all is enough."""

    i_alt: int
    godkendt: int
    afvist: int

    @property
    def enstemmig(self) -> bool:
        """Whether every party has approved (an agreement without parties is never adopted)."""
        return 0 < self.i_alt == self.godkendt

    @property
    def tekst(self) -> str:
        """The sentence the board shows."""
        return f"{self.godkendt} af {self.i_alt} har godkendt"


def optael(statusser: Iterable[Partsstatus]) -> Optaelling:
    """Count the parties' present statuses."""
    alle = list(statusser)
    return Optaelling(
        i_alt=len(alle),
        godkendt=sum(status in GODKENDENDE for status in alle),
        afvist=sum(status is Partsstatus.AFVIST for status in alle),
    )


def raekkefoelgefejl(status: Partsstatus, dato: date, sidste: Partsstatus, sidste_dato: date) -> Mapping[str, str]:
    """What is wrong, by field, with a party's step after the one it stands at: the last registered counts, so it is the latest taken."""
    fejl = {}
    if dato < sidste_dato:
        fejl["dato"] = (
            f"Datoen ligger før partens seneste trin den {sidste_dato:%d.%m.%Y}. Er det trin forkert, så sæt kryds ved, at dette retter det."
        )
    if status is Partsstatus.UDVALG and sidste in AFGOERENDE:
        fejl["status"] = (
            "Parten har allerede besluttet sig. Er det trin forkert, så sæt kryds ved, at dette retter det."
        )
    return fejl


def genstart(status: Partsstatus, aendring: Aendringsart, *, beroert: bool) -> Genstartsgrund | None:
    """Why a party that stood so on the previous version must decide again; None when its approval counts for the new one too.

    Nobody is bound by a text it has not approved: a change that touches a party always restarts it.
    """
    if status is Partsstatus.AFVIST:
        return Genstartsgrund.AFVIST
    if status not in GODKENDENDE:
        return Genstartsgrund.IKKE_GODKENDT
    if aendring is Aendringsart.ALLE_PARTER or (aendring is Aendringsart.NOGLE_PARTER and beroert):
        return Genstartsgrund.BEROERT
    return None


def afgoerelsesdag(periode: Periode, dag: date) -> date:
    """The day whose parties decide: the day itself, but never before the agreement begins nor after it has run out.

    A party succeeded by then decides nothing; one that becomes a party later succeeds to, or accedes to, what is adopted.
    """
    senest = max(periode.fra, dag)
    return min(senest, periode.til - timedelta(days=1)) if periode.til else senest


@dataclass(frozen=True, slots=True)
class Partsbeslutning:
    """The days an organisation is a party, and the day it approved the version (None: it has not)."""

    periode: Periode
    godkendt: date | None


def vedtagelsesdag(periode: Periode, sendt: date, parter: Sequence[Partsbeslutning], senest: date) -> date | None:
    """The first day, `senest` at the latest, on which every party of that day has approved what was sent; None when there is none.

    It is the day of the last approval, not the one it was registered; later only when a party came or left meanwhile.
    """
    dage = {sendt, *(dag for part in parter for dag in (part.godkendt, part.periode.fra, part.periode.til) if dag)}
    for dag in sorted(dag for dag in dage if sendt <= dag <= senest):
        afgoeres = afgoerelsesdag(periode, dag)
        dagens = [part.godkendt for part in parter if part.periode.indeholder(afgoeres)]
        if dagens and all(godkendt is not None and godkendt <= dag for godkendt in dagens):
            return dag
    return None


def stand(tilstand: Aftaletilstand, periode: Periode, dag: date) -> str:
    """The Danish word for where the agreement is on a day: an adopted one is in force exactly in its period."""
    if tilstand is not Aftaletilstand.VEDTAGET:
        return AFTALETILSTAND_NAVN[tilstand]
    if periode.indeholder(dag):
        return "I kraft"
    return "Vedtaget" if dag < periode.fra else "Udløbet"
