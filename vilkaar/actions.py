"""The only way terms come into being. Called by rammeaftale alone (import-linter keeps the others on queries)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from faelles.fejl import Konflikt
from faelles.haendelser import publicer
from faelles.tid import Periode
from kommuner.models import Kkr
from vilkaar.models import Saetstatus, Vilkaar, Vilkaarssaet
from vilkaar.noegler import NOEGLER, Noegle


def udsend_saet(
    *,
    kkr: Kkr,
    periode: Periode,
    status: Saetstatus,
    aftale: str,
    vaerdier: Mapping[Noegle, str],
    demo: bool,
    klausuler: Mapping[Noegle, str] | None = None,
    version_id: UUID | None = None,
    afloeser: bool = False,
) -> Vilkaarssaet:
    """Publish a numbered, immutable set of terms. Raises UgyldigtInput when a value is outside its bounds.

    Two sets of the same status may not overlap (constraint vilkaarssaet_et_ad_gangen), unless the new one is to take its days
    from them (`afloeser`). `klausuler` names the clause of the agreement each value stands in, where it is known.
    """
    for noegle, vaerdi in vaerdier.items():
        NOEGLER[noegle].kraev_form(noegle, vaerdi)
    with transaction.atomic():
        Kkr.objects.select_for_update(no_key=True).order_by("id").get(pk=kkr.pk)
        if afloeser:
            _afloes(kkr, status, periode)
        nummer = (Vilkaarssaet.objects.filter(kkr=kkr).aggregate(hoejst=Max("nummer"))["hoejst"] or 0) + 1
        saet = Vilkaarssaet.objects.create(
            nummer=nummer,
            kkr=kkr,
            periode=periode.som_range,
            udsendt_periode=periode.som_range,
            version_id=version_id,
            status=status,
            aftale=aftale,
            demo=demo,
        )
        navne = klausuler or {}
        Vilkaar.objects.bulk_create(
            Vilkaar(saet=saet, noegle=noegle, vaerdi=vaerdi, klausul=navne.get(noegle, NOEGLER[noegle].klausul))
            for noegle, vaerdi in vaerdier.items()
        )
        publicer("vilkaar.udsendt", "vilkaarssaet", saet.id)
        if status is Saetstatus.ENDELIG:
            publicer("vilkaar.endelige", "vilkaarssaet", saet.id)
    return saet


def traek_foreloebige(version_ider: Collection[UUID]) -> None:
    """Let the preliminary sets of these versions give up all their days: what they were published for will not be, and the previous set goes on.

    Called in a transaction, and holds the KKR as `udsend_saet` does: nothing is decided by a set while it is taken away.
    """
    deres = Vilkaarssaet.objects.filter(version_id__in=version_ider).values("kkr")
    list(Kkr.objects.select_for_update(no_key=True).filter(pk__in=deres).order_by("id"))
    saet = Vilkaarssaet.objects.select_for_update(no_key=True).filter(
        version_id__in=version_ider, status=Saetstatus.FORELOEBIG, periode__isempty=False
    )
    for et in saet.order_by("id"):
        et.periode = DateRange(empty=True)
        et.save(update_fields=["periode"])


def _afloes(kkr: Kkr, status: Saetstatus, periode: Periode) -> None:
    """Let the sets of the same status give up the days: one that began before keeps those until then, one that began later all of its own.

    Raises Konflikt when a set begins inside the period and goes on after it: its first days would have to be cut off.
    """
    for saet in Vilkaarssaet.objects.filter(kkr=kkr, status=status, periode__overlap=periode.som_range).order_by("id"):
        dage = Periode.af_range(saet.periode)
        if dage.fra < periode.fra:
            saet.periode = Periode(dage.fra, periode.fra).som_range
        elif periode.til is None or (dage.til is not None and dage.til <= periode.til):
            saet.periode = DateRange(empty=True)
        else:
            raise Konflikt("vilkaar_deler_saet", f"Sæt {saet.nummer} begynder senere og gælder længere end det nye.")
        saet.save(update_fields=["periode"])
