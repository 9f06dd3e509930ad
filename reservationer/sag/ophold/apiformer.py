"""What the steps of a stay, and its absences, look like over REST."""

from typing import Any

from rest_framework import serializers

from reservationer.sag import deling
from reservationer.sag.beslutninger import Indhold
from reservationer.sag.models import Fravaersart
from reservationer.sag.overgange import Data, Emne, Grund, grunde_for, udfald_for
from reservationer.sag.prisform import PrisInd

SKRIDT = [udfald.value for udfald in udfald_for(Emne.OPHOLD)]
GRUNDE = [grund.value for grund in grunde_for(Emne.OPHOLD)]


class OpholdsskridtUd(serializers.Serializer[Any]):
    """A decision about a stay."""

    id = serializers.UUIDField()
    udfald = serializers.CharField()
    grund = serializers.CharField(allow_blank=True)
    bemaerkning = serializers.CharField(allow_blank=True)
    dokument = serializers.CharField(
        allow_blank=True, help_text="Reference til det dokument, beslutningen hviler på, fx brevet til socialtilsynet."
    )
    organisation = serializers.CharField(allow_null=True)
    tidspunkt = serializers.DateTimeField()


class OpholdsskridtInd(PrisInd):
    """A step of a stay. Which is possible, and what it has to say, follows from the table of transitions."""

    udfald = serializers.ChoiceField(choices=SKRIDT)
    grund = serializers.ChoiceField(choices=GRUNDE, required=False, allow_null=True, help_text=deling.GRUND)
    bemaerkning = serializers.CharField(
        max_length=500, required=False, allow_blank=True, default="", help_text=deling.BEMAERKNING
    )
    dato = serializers.DateField(required=False, allow_null=True)
    til = serializers.DateField(required=False, allow_null=True, help_text="Sidste dag.")
    pladsId = serializers.UUIDField(required=False, allow_null=True)
    ugedage = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=7), required=False, max_length=7, default=list
    )
    fravaerId = serializers.UUIDField(
        required=False, allow_null=True, help_text="Det fravær, der rettes eller slettes."
    )
    fravaersart = serializers.ChoiceField(choices=Fravaersart.values, required=False, allow_null=True)
    handlekommune = serializers.CharField(max_length=4, required=False, allow_null=True, help_text="Kommunekode.")
    betalingskommune = serializers.CharField(max_length=4, required=False, allow_null=True, help_text="Kommunekode.")
    hjemmel = serializers.CharField(max_length=12, required=False, allow_null=True)
    dokument = serializers.CharField(
        max_length=120, required=False, allow_null=True, help_text=f"Reference til dokumentet. {deling.UDEN_NAVNE}"
    )

    @property
    def indhold(self) -> Indhold:
        """What the step says."""
        sagt = self.validated_data
        noegler = {Data.PLADS: "pladsId", Data.ART: "fravaersart", Data.FRAVAER: "fravaerId"}
        andre: dict[Data, Any] = {
            navn: sagt.get(noegler.get(navn, navn.value)) for navn in Data if navn is not Data.BEMAERKNING
        }
        grund = sagt.get("grund")
        return Indhold(grund=Grund(grund) if grund else None, bemaerkning=sagt["bemaerkning"], data=andre)


class FravaerUd(serializers.Serializer[Any]):
    """Days away, both included, and what is paid for them. One with `rettet` was wrong, and counts for nothing."""

    id = serializers.UUIDField()
    fravaersart = serializers.ChoiceField(choices=Fravaersart.values)
    fra = serializers.DateField()
    til = serializers.DateField()
    betalingsprocent = serializers.DecimalField(max_digits=5, decimal_places=2)
    erstatterId = serializers.UUIDField(allow_null=True, help_text="Det forkerte fravær, dette er det rigtige for.")
    rettet = serializers.DateTimeField(allow_null=True)
