"""Where a calculation is. Apart from the model, so that the API's document can name it."""

from django.db import models


class Beregningstilstand(models.TextChoices):
    """Where a calculation is. Only the last but two are before the decision; a published one is everybody's to see."""

    KLADDE = "kladde", "Beregnet"
    INDSENDT = "indsendt", "Venter på godkendelse"
    GODKENDT = "godkendt", "Godkendt"
    OFFENTLIGGJORT = "offentliggjort", "Offentliggjort"
    AFVIST = "afvist", "Afvist"
    TRUKKET = "trukket", "Trukket tilbage"


UNDERVEJS = (Beregningstilstand.KLADDE.value, Beregningstilstand.INDSENDT.value, Beregningstilstand.GODKENDT.value)
AFGJORTE = (Beregningstilstand.GODKENDT.value, Beregningstilstand.OFFENTLIGGJORT.value, Beregningstilstand.AFVIST.value)
