"""What a search has already said, for the pages one comes to from it: nothing is typed twice."""

from collections.abc import Sequence
from uuid import UUID

from django.http import QueryDict

from faelles.fejl import IkkeFundet
from reservationer.sag.forespoergsler.forms import ForespoergselForm
from reservationer.sag.models import Aldersgruppe
from reservationer.soegning.sammenlign.views import valgte_afdelinger
from tilbud.models import Afdeling, Tilbud


def spurgte_tilbud(data: QueryDict) -> Sequence[Tilbud]:
    """The offers one came with, named or by their departments. Raises IkkeFundet when one of them does not exist."""
    afdelinger = valgte_afdelinger(data)
    fundne_afdelinger = dict(Afdeling.objects.filter(pk__in=afdelinger).values_list("pk", "tilbud"))
    if len(fundne_afdelinger) != len(afdelinger):
        raise IkkeFundet("afdeling_ikke_fundet", "En af afdelingerne findes ikke.")
    try:
        ider = {UUID(id_) for id_ in data.getlist("tilbud")} | set(fundne_afdelinger.values())
    except ValueError:
        raise IkkeFundet("tilbud_ikke_fundet", "Et af tilbuddene findes ikke.") from None
    fundne = Tilbud.objects.filter(pk__in=ider).select_related("driftsherre").order_by("navn_sortering", "pk")
    if len(fundne) != len(ider):
        raise IkkeFundet("tilbud_ikke_fundet", "Et af tilbuddene findes ikke.")
    return list(fundne)


def sagt_i_soegningen(data: QueryDict, form: type[ForespoergselForm]) -> dict[str, object]:
    """The need: the search's parameters bear the names of the form's fields, and an age becomes its group."""
    sagt = {navn: felt.widget.value_from_datadict(data, {}, navn) for navn, felt in form.base_fields.items()}
    alder = data.get("alder", "")
    gruppe = Aldersgruppe.for_alder(int(alder)) if alder.isascii() and alder.isdigit() else ""
    return {**{navn: vaerdi for navn, vaerdi in sagt.items() if vaerdi}, "aldersgruppe": gruppe}
