"""The lines of a budget, in the form of socialtilsynet's budgetskema (rules-takst § 2 and § 7): pure, no table is read.

The schema itself was not at hand: groups, positive amounts, mandatory and voluntary lines, guide texts and the specification
per property are sourced; the wording of the single lines is ours and stands here alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Gruppe(StrEnum):
    """Where a line stands. Incomes are subtracted; what the resident pays is outside the takst, in kr. per month."""

    PERSONALE = "personale"
    EJENDOM = "ejendom"
    DRIFT = "drift"
    KAPITAL = "kapital"
    INDTAEGT = "indtaegt"
    EGENBETALING = "egenbetaling"


GRUPPENAVN: Mapping[Gruppe, str] = {
    Gruppe.PERSONALE: "Personale",
    Gruppe.EJENDOM: "Ejendom",
    Gruppe.DRIFT: "Aktivitet og drift",
    Gruppe.KAPITAL: "Afskrivning og forrentning",
    Gruppe.INDTAEGT: "Indtægter, trækkes fra",
    Gruppe.EGENBETALING: "Beboerens egen betaling, uden for taksten (kr. pr. måned)",
}
OMKOSTNINGER = (Gruppe.PERSONALE, Gruppe.EJENDOM, Gruppe.DRIFT, Gruppe.KAPITAL)


@dataclass(frozen=True, slots=True)
class Post:
    """A line: mandatory ones must be filled in before a takst is computed, if only with 0; property lines stand once per property."""

    kode: str
    navn: str
    gruppe: Gruppe
    hjaelp: str
    obligatorisk: bool = False

    @property
    def pr_ejendom(self) -> bool:
        """Whether the line is specified per property."""
        return self.gruppe is Gruppe.EJENDOM


_ALLE = (
    Post("loen", "Løn", Gruppe.PERSONALE, "Løn til fastansatte og vikarer i tilbuddet.", obligatorisk=True),
    Post("pension", "Pension", Gruppe.PERSONALE, "Arbejdsgiverens bidrag.", obligatorisk=True),
    Post("tjenestemandspension", "Tjenestemandspension", Gruppe.PERSONALE, "Den beregnede udgift for tjenestemænd."),
    Post("personale_oevrigt", "Øvrige personaleudgifter", Gruppe.PERSONALE, "Uddannelse, supervision, forsikring."),
    Post("husleje", "Husleje eller ejendomsudgift", Gruppe.EJENDOM, "Leje, ejendomsskat og forsikring.", obligatorisk=True),
    Post("vedligehold", "Vedligehold", Gruppe.EJENDOM, "Indvendigt og udvendigt vedligehold."),
    Post("energi", "Energi og forbrug", Gruppe.EJENDOM, "El, vand, varme og renovation."),
    Post("aktivitet", "Materialer og aktiviteter", Gruppe.DRIFT, "Aktiviteter, kost og materialer til borgerne.", obligatorisk=True),
    Post("tilsyn", "Socialtilsynets takst", Gruppe.DRIFT, "Afgiften for tilsyn efter antal pladser.", obligatorisk=True),
    Post("oevrig_drift", "Øvrig drift", Gruppe.DRIFT, "Kontor, it, transport og andet, der hører til tilbuddet."),
    Post("afskrivning", "Afskrivning", Gruppe.KAPITAL, "Årets afskrivning på bygninger og inventar."),
    Post("forrentning", "Forrentning", Gruppe.KAPITAL, "Rente af det, der er bundet i tilbuddet."),
    Post("salg", "Salg", Gruppe.INDTAEGT, "Salg af varer og ydelser til andre."),
    Post("indtaegt_oevrig", "Øvrige indtægter", Gruppe.INDTAEGT, "Tilskud, refusioner og andet."),
    Post("egen_husleje", "Husleje", Gruppe.EGENBETALING, "Det, beboeren selv betaler i husleje pr. måned."),
    Post("egen_kost", "Kost", Gruppe.EGENBETALING, "Det, beboeren selv betaler for kost pr. måned."),
    Post("egen_oevrig", "Andet", Gruppe.EGENBETALING, "Vask, rengøring og lignende pr. måned."),
)  # fmt: skip
POSTER: Mapping[str, Post] = {post.kode: post for post in _ALLE}
# What accounts have lines of: the resident's own payment is no cost of the offer's.
REGNSKABSPOSTER = {post.kode: post for post in _ALLE if post.gruppe is not Gruppe.EGENBETALING}
PR_EJENDOM = tuple(post.kode for post in _ALLE if post.pr_ejendom)
