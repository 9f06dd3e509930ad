"""What an agreement can say in codes, and what it must say. Imports no models, so that they can read it."""

from django.db import models


class Variant(models.TextChoices):
    """The two variants of KL's standard contract."""

    INDEN = "inden", "Inden for rammeaftalen"
    UDEN = "uden", "Uden for rammeaftalen"


class Ydelse(models.TextChoices):
    """What is bought."""

    OPHOLD = "ophold", "Ophold"
    DAGTILBUD = "dagtilbud", "Dagtilbud"
    BEHANDLING = "behandling", "Behandling"
    UNDERVISNING = "undervisning", "Undervisning"


class Moms(models.TextChoices):
    """The VAT position."""

    FRITAGET = "fritaget", "Prisen er uden moms: ydelsen er fritaget"
    MED = "med", "Prisen er med moms"
    TILLAEGGES = "tillaegges", "Moms lægges til prisen"


class Regulering(models.TextChoices):
    """How the price changes while the agreement runs."""

    TAKST = "takst", "Følger tilbuddets offentliggjorte takst"
    AFTALE = "aftale", "Ændres kun, når begge parter har godkendt en ny pris"
    FAST = "fast", "Fast i hele aftalens tid"


class Varighed(models.TextChoices):
    """How long it is meant to last."""

    MIDLERTIDIG = "midlertidig", "Midlertidigt"
    VARIG = "varig", "Varigt"


class Lukning(models.TextChoices):
    """Closing-down adjustment (»efterregulering ved lukning af pladser/tilbud«)."""

    RAMMEAFTALEN = "rammeaftalen", "Efter rammeaftalens regler om lukning"
    INGEN = "ingen", "Ingen efterregulering"


class Rytme(models.TextChoices):
    """When the bill comes."""

    BAGUD = "bagud", "Månedlig, bagud"
    FORUD = "forud", "Månedlig, forud"


# What a complete agreement says of itself, whatever the case says; a field's own words when it is missing.
MANGLER = {
    "variant": "Vælg, om aftalen er inden for eller uden for rammeaftalen.",
    "kommune_afdeling": "Skriv kommunens afdeling.",
    "kommune_adresse": "Skriv kommunens adresse.",
    "ydelser": "Vælg mindst én ydelse.",
    "maal": "Skriv referencen til målene i jeres egen sag.",
    "opfoelgning": "Skriv datoen for den første opfølgning.",
    "moms": "Vælg, hvordan det er med moms.",
    "regulering": "Vælg, hvordan prisen reguleres.",
    "varighed": "Vælg, om opholdet er midlertidigt eller varigt.",
    "lukning": "Vælg, om der efterreguleres ved lukning.",
    "rytme": "Vælg, hvornår der afregnes.",
    "betalingsdage": "Skriv betalingsfristen i dage.",
    "ean": "Skriv EAN-nummeret, fakturaen sendes til.",
    "fakturareference": "Skriv referencen på fakturaen.",
}
ALTID = frozenset(MANGLER)
VALG = {
    "variant": Variant,
    "moms": Moms,
    "regulering": Regulering,
    "varighed": Varighed,
    "lukning": Lukning,
    "rytme": Rytme,
}
SKRIVES = ("gaelder_fra", *MANGLER, "betaler_kontakt", "slut", "varsel_kommune", "varsel_tilbud")
