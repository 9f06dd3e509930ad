"""Reading cases: always for somebody."""

from typing import Any, Self, TypeVar

from django.db.models import DateField, F, Func, Model, Q, UUIDField, Value
from django.db.models.functions import Cast, Coalesce, NullIf

from faelles.aktoer import Aktoer, Funktion
from faelles.scope import ScopedQuerySet
from vilkaar.kilde import takstens_klausuler
from vilkaar.noegler import Noegle

M = TypeVar("M", bound=Model)


def _part(aktoer: Aktoer, sti: str) -> Q:
    """Buyer sees as authority, seller as operator; an organisation that is both sees each side in that function only.

    An actor who works with some of the organisation's offers sees those offers' only.
    """
    if aktoer.funktion is Funktion.MYNDIGHED:
        return Q(**{f"{sti}handlekommune": aktoer.organisation_id})
    if aktoer.funktion is Funktion.DRIFTSHERRE:
        egne = Q(**{f"{sti}driftsherre": aktoer.organisation_id})
        return egne if aktoer.tilbud is None else egne & Q(**{f"{sti}tilbud__in": aktoer.tilbud})
    return Q(pk__in=[])


class ReservationQuerySet(ScopedQuerySet[M]):
    """Reservations: visible to the handlekommune as authority and to the driftsherre as operator, until they are anonymised."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, ""), anonymiseret=None)


class HenvendelseQuerySet(ScopedQuerySet[M]):
    """Enquiries at one offer: visible to the handlekommune as authority and to the driftsherre as operator, until they are anonymised."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, ""), forespoergsel__anonymiseret=None)


class ForespoergselQuerySet(ScopedQuerySet[M]):
    """Enquiries: visible to the handlekommune as authority, and to an operator one of whose offers is asked."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is Funktion.MYNDIGHED:
            return self.filter(handlekommune=aktoer.organisation_id, anonymiseret=None)
        henvendelser: HenvendelseQuerySet[Any] = self.model._meta.get_field("henvendelser").related_model.objects.all()  # type: ignore[union-attr]  # a relation
        mine = henvendelser._aabn()._synlige(aktoer)  # noqa: SLF001 - our own class; the database has been told who asks
        return self.filter(pk__in=mine.values("forespoergsel"))


class UnderHenvendelseQuerySet(ScopedQuerySet[M]):
    """What hangs on an enquiry at one offer: visible with it."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, "henvendelse__"), henvendelse__forespoergsel__anonymiseret=None)


def _opholdspart(aktoer: Aktoer, sti: str) -> Q:
    """The operator sees its stays, a municipality those it is or was responsible for or pays."""
    if aktoer.funktion is Funktion.MYNDIGHED:
        return Q(**{f"{sti}parter__contains": [aktoer.organisation_id]})
    if aktoer.funktion is Funktion.DRIFTSHERRE:
        return Q(**{f"{sti}driftsherre": aktoer.organisation_id}) & (
            Q() if aktoer.tilbud is None else Q(**{f"{sti}tilbud__in": aktoer.tilbud})
        )
    return Q(pk__in=[])


class OpholdQuerySet(ScopedQuerySet[M]):
    """Stays: visible to the operator and to every municipality that is a party, until they are anonymised."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_opholdspart(aktoer, ""), anonymiseret=None)


def ansvar_til(aktoer: Aktoer, ophold: str) -> Func:
    """The day a municipality's responsibility for a stay ends, as payer or as handlekommune; `infinity` while it goes on.

    `ophold` is the column with the stay's id. The function is the database's own: row-level security asks the same.
    """
    hvem = Value(aktoer.organisation_id, output_field=UUIDField())
    return Func(F(ophold), hvem, function="sag_ansvar_til", output_field=DateField())


def mit_ansvar_til(aktoer: Aktoer, ophold: str = "") -> Any:
    """The day the actor's part in a stay ends, NULL while it goes on: `ophold` is the way to the stay from the row.

    A municipality that turned out never to have had one, because the change was of the first day, had none from that day.
    """
    if aktoer.funktion is not Funktion.MYNDIGHED:
        return Value(None, output_field=DateField())
    slut = Coalesce(ansvar_til(aktoer, f"{ophold}id"), F(f"{ophold}foerste_dag"))
    return NullIf(slut, Cast(Value("infinity"), DateField()))


def _i_ansvarets_tid(aktoer: Aktoer, fra: str) -> Q:
    """What began before the municipality's responsibility ended; what came later is others' (rules-reservation § 7)."""
    return Q(**{f"{fra}__lt": ansvar_til(aktoer, "ophold_id")}) if aktoer.funktion is Funktion.MYNDIGHED else Q()


class UnderOpholdQuerySet(ScopedQuerySet[M]):
    """What hangs on a stay: visible with it, to a municipality as far as it began before its responsibility ended."""

    begyndte = "periode__startswith"

    def _synlige(self, aktoer: Aktoer) -> Self:
        part = _opholdspart(aktoer, "ophold__") & _i_ansvarets_tid(aktoer, self.begyndte)
        return self.filter(part, ophold__anonymiseret=None)


class OpholdspladsQuerySet(UnderOpholdQuerySet[M]):
    """The stay's claims: each began when the ledger says."""

    begyndte = "optagelse__periode__startswith"


class OpsigelseQuerySet(UnderOpholdQuerySet[M]):
    """Notices: each began when it was given."""

    begyndte = "givet"


class PlaceringsaftaleQuerySet(ScopedQuerySet[M]):
    """Placement agreements: visible to the two parties of that version only, until they are anonymised."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, ""), anonymiseret=None)


class AftaledokumentQuerySet(ScopedQuerySet[M]):
    """The agreement as a document: visible with it."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        return self.filter(_part(aktoer, "aftale__"), aftale__anonymiseret=None)


class BeslutningQuerySet(ScopedQuerySet[M]):
    """Decisions: visible with what they are about."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        om_reservation = _part(aktoer, "reservation__") & Q(reservation__anonymiseret=None, reservation__isnull=False)
        # Its own decisions a municipality always sees, also the one by which it gave the responsibility away.
        i_tide = _i_ansvarets_tid(aktoer, "tidspunkt__date") | Q(organisation=aktoer.organisation_id)
        om_ophold = _opholdspart(aktoer, "ophold__") & Q(ophold__anonymiseret=None, ophold__isnull=False)
        if aktoer.funktion is Funktion.MYNDIGHED:
            om_ophold &= i_tide
        om_aftale = _part(aktoer, "placeringsaftale__") & Q(placeringsaftale__anonymiseret=None)
        # The reference of an anonymised enquiry is empty, and there is none where the database hides its row.
        om_henvendelse = _part(aktoer, "henvendelse__") & Q(henvendelse__forespoergsel__sagsreference__gt="")
        om_pladstilbud = _part(aktoer, "pladstilbud__henvendelse__") & Q(
            pladstilbud__henvendelse__forespoergsel__sagsreference__gt=""
        )
        return self.filter(
            om_reservation
            | om_ophold
            | (om_aftale & Q(placeringsaftale__isnull=False))
            | om_henvendelse
            | om_pladstilbud
        )


class AftalebrevQuerySet(ScopedQuerySet[M]):
    """That the parties are mailed about an agreement: the platform's own, for nobody to read."""

    def _synlige(self, _aktoer: Aktoer) -> Self:
        return self.none()


class TakstbeskedQuerySet(ScopedQuerySet[M]):
    """That a municipality is told of a changed price: for the municipality alone."""

    def _synlige(self, aktoer: Aktoer) -> Self:
        if aktoer.funktion is not Funktion.MYNDIGHED:
            return self.none()
        return self.filter(kommune=aktoer.organisation_id)

    def aktuelle(self) -> Self:
        """Of what has not been changed again: that is told of by the newest alone."""
        return self.filter(takst__ophoert=None, prisblad__ophoert=None, finansiering__ophoert=None)

    def nye(self) -> Self:
        """Those nobody has seen."""
        return self.aktuelle().filter(kvitteret=None)

    def med_det_aendrede(self) -> Self:
        """With all that is told of what is changed: see `takstbeskeder.aendringer`."""
        fra = {
            "takst": ("afdeling__tilbud", "hjemmel", "erstatter", "takstberegning", "vilkaarssaet"),
            "prisblad": ("afdeling", "tilbud", "hjemmel", "erstatter", "vilkaarssaet"),
            "finansiering": ("tilbud", "erstatter", "vilkaarssaet"),
        }
        return (
            self.select_related("kommune__kommune", *(f"{om}__{vej}" for om, veje in fra.items() for vej in veje))
            .annotate(
                takstens=takstens_klausuler(saet="takst__vilkaarssaet"),
                prisbladets=takstens_klausuler(saet="prisblad__vilkaarssaet"),
                finansieringens=takstens_klausuler((Noegle.AFRUNDING,), saet="finansiering__vilkaarssaet"),
            )
            .defer(
                "kommune__kommune__graense",
                "takst__beregning",
                "takst__erstatter__beregning",
                "takst__takstberegning__beregning",
            )
        )
