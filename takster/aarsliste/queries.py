"""Reading the takst list of a year."""

from datetime import date
from uuid import UUID

from django.db.models import DecimalField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery

from faelles.sprog import soegefold
from faelles.tid import Periode
from kommuner.models import KkrMedlemskab
from takster.models import Takst
from tilbud.models import Hjemmel
from vilkaar.kilde import takstens_klausuler

# What the list can be sorted by; the rest of the order makes it the same each time.
SORTERINGER = {
    "tilbud": "afdeling__tilbud__navn_sortering",
    "driftsherre": "afdeling__tilbud__driftsherre__navn_sortering",
    "kommune": "afdeling__tilbud__beliggenhedskommune__kortnavn_sortering",
    "takst": "beloeb",
    "aendring": "aendring",
}


def aarets_takster(
    *, aar: int, kkr: UUID | None = None, hjemmel: str = "", tekst: str = "", sorter: str = "tilbud"
) -> QuerySet[Takst]:
    """The takster we say hold on days of the year, with last year's beside them, in the order asked for (`-` in front: descending).

    `sidste` is what held at the end of the year before for the same department, legal basis and unit, in kr.; `aendring` the
    change from it as a fraction, None where there is none. With a KKR: of what lies in it on the year's first day. `tekst` is found in the
    offer's name.
    """
    aaret = Periode.aar(aar)
    foer = Takst.objects.paa(date(aar - 1, 12, 31)).filter(
        afdeling=OuterRef("afdeling"), hjemmel=OuterRef("hjemmel"), enhed=OuterRef("enhed")
    )
    takster = (
        Takst.objects.gaeldende()
        .filter(periode__overlap=aaret.som_range)
        .annotate(sidste=Subquery(foer.order_by().values("beloeb")[:1]))
        .annotate(aendring=ExpressionWrapper((F("beloeb") - F("sidste")) / F("sidste"), output_field=DecimalField()))
    )
    if kkr is not None:
        medlemmer = KkrMedlemskab.objects.paa(aaret.fra).filter(kkr=kkr).order_by().values("kommune")
        takster = takster.filter(afdeling__tilbud__beliggenhedskommune__in=medlemmer)
    if hjemmel:
        takster = takster.filter(hjemmel=hjemmel)
    if tekst.strip():
        takster = takster.filter(afdeling__tilbud__navn_soegning__contains=soegefold(tekst))
    noegle = F(SORTERINGER.get(sorter.removeprefix("-"), SORTERINGER["tilbud"]))
    return (
        takster.annotate(klausuler=takstens_klausuler())
        .select_related(
            "afdeling__tilbud__driftsherre",
            "afdeling__tilbud__beliggenhedskommune",
            "hjemmel",
            "vilkaarssaet",
            "bekraeftet",
        )
        .defer("beregning", "afdeling__tilbud__beliggenhedskommune__graense")
        .order_by(
            noegle.desc(nulls_last=True) if sorter.startswith("-") else noegle.asc(nulls_last=True),
            "afdeling__tilbud__navn_sortering",
            "afdeling__navn_sortering",
            "hjemmel__raekkefoelge",
            "periode",
            "pk",
        )
    )


def hjemler_med_takst(aar: int) -> QuerySet[Hjemmel]:
    """The legal bases there are takster under in the year, in the order of the code list."""
    takster = Takst.objects.gaeldende().filter(periode__overlap=Periode.aar(aar).som_range).order_by()
    return Hjemmel.objects.filter(pk__in=takster.values("hjemmel")).order_by("raekkefoelge", "pk")
