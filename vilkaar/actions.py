"""The only way terms come into being. Called by rammeaftale alone (import-linter keeps the others on queries)."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Max

from faelles.haendelser import publicer
from faelles.tid import Periode
from kommuner.models import Kkr
from vilkaar.models import Saetstatus, Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle


def udsend_saet(
    *, kkr: Kkr, periode: Periode, status: Saetstatus, aftale: str, vaerdier: Mapping[Noegle, str], demo: bool
) -> Vilkaarssaet:
    """Publish a numbered, immutable set of terms. Raises UgyldigtInput when a value is outside its bounds.

    Two sets of the same status may not overlap (constraint vilkaarssaet_et_ad_gangen).
    """
    for noegle, vaerdi in vaerdier.items():
        NOEGLER[noegle].laes(noegle, vaerdi)
    with transaction.atomic():
        Kkr.objects.select_for_update(no_key=True).order_by("id").get(pk=kkr.pk)
        nummer = (Vilkaarssaet.objects.filter(kkr=kkr).aggregate(hoejst=Max("nummer"))["hoejst"] or 0) + 1
        saet = Vilkaarssaet.objects.create(
            nummer=nummer, kkr=kkr, periode=periode.som_range, status=status, aftale=aftale, demo=demo
        )
        Vilkaar.objects.bulk_create(
            Vilkaar(saet=saet, noegle=noegle, vaerdi=vaerdi, klausul=NOEGLER[noegle].klausul)
            for noegle, vaerdi in vaerdier.items()
        )
        publicer("vilkaar.udsendt", "vilkaarssaet", saet.id)
    return saet
