"""What an offer of a place looks like over REST."""

from typing import TYPE_CHECKING, Any

from rest_framework import serializers

from faelles.ids import REFERENCE
from faelles.krop import Krop
from faelles.openapi import BeloebUd
from faelles.tid import Periode, rfc3339
from reservationer.sag import deling
from reservationer.sag.forespoergsler.queries import Udbudt
from reservationer.sag.models import Pladstilbud
from reservationer.sag.overgange import Emne, grunde_for, tilstande, udfald_for
from reservationer.sag.priser import laes_tillaeg
from reservationer.sag.prisform import PrisInd
from takster.models import Takstenhed
from tilbud.api import PeriodeInd
from vilkaar.api import EfterVilkaarUd, Foelger
from vilkaar.noegler import Noegle

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

TILSTANDE = [tilstand.value for tilstand in tilstande(Emne.PLADSTILBUD)]
UDFALD = [udfald.value for udfald in udfald_for(Emne.PLADSTILBUD)]
GRUNDE = [grund.value for grund in grunde_for(Emne.PLADSTILBUD)]


class PladstilbudUd(serializers.Serializer[Any]):
    """A place that is offered after an enquiry. It holds nothing: a reservation does, for the one who takes it in time."""

    id = serializers.UUIDField()
    tilstand = serializers.ChoiceField(choices=TILSTANDE)
    forespoergselId = serializers.UUIDField()
    henvendelseId = serializers.UUIDField()
    reference = serializers.RegexField(REFERENCE, help_text="Forespørgslens reference.")
    tilbudId = serializers.UUIDField()
    tilbud = serializers.CharField()
    afdelingId = serializers.UUIDField()
    pladsId = serializers.UUIDField(
        allow_null=True, help_text="Null, når det er en hvilken som helst ledig plads i afdelingen."
    )
    fra = serializers.DateField()
    til = serializers.DateField(allow_null=True)
    takst = BeloebUd(help_text="Den aftalte hovedtakst.")
    niveau = serializers.IntegerField(allow_null=True)
    tillaeg = serializers.DictField(child=serializers.RegexField(r"^\d+\.\d{2}$"), help_text="Kr. for hvert tillæg.")
    samlet = BeloebUd(help_text="Hovedtakst og tillæg.")
    enhed = serializers.ChoiceField(choices=Takstenhed.values)
    givet = serializers.DateTimeField()
    gyldigTil = serializers.DateTimeField()
    reservationId = serializers.UUIDField(allow_null=True, help_text="Reservationen, når pladsen er taget imod.")
    efterVilkaar = EfterVilkaarUd(many=True, help_text="Vilkåret, der siger, hvor længe tilbuddet gælder.")


class PladstilbudInd(PeriodeInd, PrisInd):
    """A place, or any free one of a department, at a price, to one of those who have asked."""

    henvendelseId = serializers.UUIDField()
    afdelingId = serializers.UUIDField()
    pladsId = serializers.UUIDField(
        required=False, allow_null=True, help_text="Udelades, når det er en hvilken som helst ledig plads i afdelingen."
    )
    takst = serializers.DecimalField(max_digits=9, decimal_places=2, help_text=f"Kr. pr. døgn. {deling.PR_DAG}")


class PladstilbudsbeslutningInd(Krop):
    """Take it by reserving the place, decline it, or withdraw it."""

    udfald = serializers.ChoiceField(choices=UDFALD)
    grund = serializers.ChoiceField(choices=GRUNDE, required=False, allow_null=True, help_text=deling.GRUND)
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )


def vis_pladstilbud(p: "WithAnnotations[Pladstilbud, Udbudt]") -> dict[str, Any]:
    """One as its parties see it."""
    periode = Periode.af_range(p.periode)
    return {
        "id": str(p.pk),
        "tilstand": p.aktuel_tilstand,
        "forespoergselId": str(p.henvendelse.forespoergsel_id),
        "henvendelseId": str(p.henvendelse_id),
        "reference": p.henvendelse.forespoergsel.reference,
        "tilbudId": str(p.henvendelse.tilbud_id),
        "tilbud": p.henvendelse.tilbud.navn,
        "afdelingId": str(p.afdeling_id),
        "pladsId": p.plads_id and str(p.plads_id),
        "fra": periode.fra.isoformat(),
        "til": periode.til and periode.til.isoformat(),
        "takst": {"beloeb": f"{p.takst:.2f}", "valuta": "DKK"},
        "niveau": p.niveau,
        "tillaeg": {art.value: f"{beloeb:.2f}" for art, beloeb in sorted(laes_tillaeg(p.tillaeg).items())},
        "samlet": {"beloeb": f"{p.samlet:.2f}", "valuta": "DKK"},
        "enhed": p.enhed,
        "givet": rfc3339(p.givet),
        "gyldigTil": rfc3339(p.gyldig_til),
        "reservationId": p.reserveret and str(p.reserveret),
        "efterVilkaar": [Foelger("gyldigTil", p.vilkaarssaet_id, Noegle.PLADSTILBUD_GYLDIGHED)],
    }
