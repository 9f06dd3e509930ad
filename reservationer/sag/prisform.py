"""The price somebody says over REST, the same wherever it is said."""

from typing import Any

from rest_framework import serializers

from faelles.krop import Krop
from reservationer.sag import deling
from reservationer.sag.overgange import Data
from reservationer.sag.priser import Tillaegsart


class PrisInd(Krop):
    """Takst, level and supplements. What they are per follows from the place and the published takst, never from the one who says them."""

    takst = serializers.DecimalField(
        max_digits=9, decimal_places=2, required=False, allow_null=True, help_text=f"Kr. pr. døgn. {deling.PR_DAG}"
    )
    niveau = serializers.IntegerField(required=False, allow_null=True)
    tillaeg = serializers.DictField(
        child=serializers.RegexField(r"^\d{1,6}\.\d{2}$"),
        required=False,
        default=dict,
        help_text=f"Kr. pr. døgn efter art: {', '.join(art.value for art in Tillaegsart)}.",
    )

    @property
    def prisdata(self) -> dict[Data, Any]:
        """What a valid body says of the price."""
        return {navn: self.validated_data.get(navn.value) for navn in (Data.TAKST, Data.NIVEAU, Data.TILLAEG)}
