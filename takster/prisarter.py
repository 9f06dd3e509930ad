"""What a prisblad and a financing are of, and where they are. Apart from the models, so that the API's document can name them."""

from django.db import models


class Prisart(models.TextChoices):
    """What is priced beside the takst."""

    NIVEAUER = "niveauer", "Takstniveauer"
    TILLAEG = "tillaeg", "Tillæg"
    PAKKE = "pakke", "Pakke"


class Finansieringsart(models.TextChoices):
    """Why the cost is shared by a key and not by use."""

    LOV = "lov", "Objektiv finansiering efter loven"
    AFTALE = "aftale", "Objektiv finansiering efter aftale (trækningsret)"
    ABONNEMENT = "abonnement", "Abonnement"


class Bladtilstand(models.TextChoices):
    """Where a prisblad or a financing is: a published one is everybody's to see."""

    INDSENDT = "indsendt", "Venter på godkendelse"
    OFFENTLIGGJORT = "offentliggjort", "Offentliggjort"
    AFVIST = "afvist", "Afvist"
    TRUKKET = "trukket", "Trukket tilbage"


AFGJORTE = (Bladtilstand.OFFENTLIGGJORT.value, Bladtilstand.AFVIST.value)
