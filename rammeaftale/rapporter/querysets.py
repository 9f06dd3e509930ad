"""Reading reports."""

from collections.abc import Collection
from typing import Self, TypeVar

from django.db.models import Exists, Func, JSONField, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce, ExtractYear

from faelles.aktoer import Aktoer, Funktion, Rettighed
from faelles.tid import SENEST, TIDLIGST
from rammeaftale.querysets import VEDTAGET_FOR_DENS_DAGE, alle, har_ikke_forladt
from rammeaftale.rapporter.udgaver import UDGAVE_ER, Udgave

M = TypeVar("M", bound=Model)


# The (Danish) year a report's data were read in; it was ordered in, where none are read yet.
DATAAAR = ExtractYear(Coalesce("oejebliksbillede__datatidspunkt", "bestilt"))
# What is written in the chapters, without the chapters' own keys.
_TEKSTERNE = Cast(
    Func(
        Cast("oejebliksbillede__tekster", JSONField()),
        template="jsonb_path_query_array(%(expressions)s, '$.*')",
        output_field=JSONField(),
    ),
    TextField(),
)
_SOEGES_I = (
    "version__aftale__titel",
    "version__aftale__kkr__navn",
    "kommune__kortnavn",
    "udgivelse__tilbagetraekning__grund",
    "teksterne",
)


class RapportQuerySet(QuerySet[M]):
    """Reports."""

    def soeg(self, tekst: str) -> Self:
        """Those that have each word in the name of their agreement, KKR or municipality, in what is written in their chapters, or in why they are withdrawn."""
        hvor = Q()
        for ord_ in tekst.split():
            et = Q()
            for sted in _SOEGES_I:
                et |= Q(**{f"{sted}__icontains": ord_})
            hvor &= et
        return self.alias(teksterne=_TEKSTERNE).filter(hvor)

    def fra_aar(self, aar: int) -> Self:
        """Those whose data are of the year; none of one nobody can mean, which may be outside the calendar."""
        if not TIDLIGST.year <= aar <= SENEST.year:
            return self.none()
        return self.alias(dataaar=DATAAAR).filter(dataaar=aar)

    def i_udgave(self, udgaver: Collection[Udgave]) -> Self:
        """Those that are one of these."""
        hvilke = Q()
        for udgave in udgaver:
            hvilke |= UDGAVE_ER[udgave]
        return self.filter(hvilke)

    def synlige_for(self, aktoer: Aktoer) -> Self:
        """All reports of the agreements of the actor's own secretariat; finished ones of the agreements it is party to.

        One that has left sees those of an adopted agreement, and of a version that was sent while it was a party. One about a
        municipality is seen by no other party, and what a municipality has ordered about itself by its own authority's people
        alone, those who may see its stays.
        """
        parter = alle(self.model, "version__aftale__parter").filter(
            har_ikke_forladt() | VEDTAGET_FOR_DENS_DAGE | Q(periode__endswith__gt=OuterRef("version__sendt")),
            aftale=OuterRef("version__aftale"),
            organisation=aktoer.organisation_id,
        )
        om_den = Q(kommune=None) | Q(kommune__organisation=aktoer.organisation_id)
        delte = Q(version__aftale__kkr__sekretariat=aktoer.organisation_id) | (
            Q(Exists(parter), job__status="faerdig") & om_den
        )
        synlige = Q(ejer=None) & delte
        if aktoer.funktion is Funktion.MYNDIGHED and aktoer.maa(Rettighed.RESERVATIONER_LAES):
            synlige |= Q(ejer=aktoer.organisation_id)
        return self.filter(synlige)

    def bestilt_af(self, aktoer: Aktoer) -> Self:
        """Those the actor may act on: its secretariat's, or what its own municipality ordered about itself."""
        if aktoer.funktion is Funktion.MYNDIGHED:
            return self.filter(ejer=aktoer.organisation_id)
        return self.filter(ejer=None, version__aftale__kkr__sekretariat=aktoer.organisation_id)
