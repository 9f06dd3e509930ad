"""Municipal systems, and for whom they act."""

from django.db import models

from faelles.aktoer import Funktion, Rettighed
from kommuner.models.organisationer import Organisation


class ApiKlient(models.Model):
    """A municipal system. It belongs to one organisation and one function; the actor comes from here, never from a parameter."""

    application = models.OneToOneField(
        "oauth2_provider.Application", on_delete=models.CASCADE, related_name="apiklient", primary_key=True
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="apiklienter")
    funktion = models.CharField("funktion", max_length=16, choices=[(f.value, f.value.capitalize()) for f in Funktion])
    scopes = models.JSONField("adgange", default=list)

    class Meta:
        verbose_name = "API-klient"
        verbose_name_plural = "API-klienter"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(funktion__in=[f.value for f in Funktion]), name="apiklient_funktion_kendt"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} ({self.funktion})"

    @property
    def rettigheder(self) -> frozenset[Rettighed]:
        """The rights the client may ask a token for."""
        return frozenset(Rettighed(scope) for scope in self.scopes)
