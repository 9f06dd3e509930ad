"""What a prisblad is of, and where it is. Apart from the model, so that the API's document can name them."""

from django.db import models


class Prisart(models.TextChoices):
    """What is priced beside the takst."""

    NIVEAUER = "niveauer", "Takstniveauer"
    TILLAEG = "tillaeg", "Tillæg"
    PAKKE = "pakke", "Pakke"


class Bladtilstand(models.TextChoices):
    """Where a prisblad is: a published one is everybody's to see."""

    INDSENDT = "indsendt", "Venter på godkendelse"
    OFFENTLIGGJORT = "offentliggjort", "Offentliggjort"
    AFVIST = "afvist", "Afvist"
    TRUKKET = "trukket", "Trukket tilbage"


AFGJORTE = (Bladtilstand.OFFENTLIGGJORT.value, Bladtilstand.AFVIST.value)
