"""The sheets of what hangs on an offer: approvals, supervision reports, services, and permissions for merpladser. Pure."""

from django.core.validators import RegexValidator, URLValidator

from faelles.regneark.kolonner import Ark, Kolonne, dato, et_af, godkendt_af, heltal, tekst
from tilbud.belaegning.models import Lukningsgrund
from tilbud.models import Leveringsform, Tilsynsvurdering
from tilbud.models.tilsyn import LINK
from tilbud.registerimport.kolonner import AFDELINGENS, FRA, ID, SIDSTE_DAG, TILBUDETS, Ord, ord_i

GODKENDELSER, TILSYNSRAPPORTER, YDELSER, MERPLADSER = "Godkendelser", "Tilsynsrapporter", "Ydelser", "Merpladser"
LUKNINGER = "Lukninger"


def _link(url: str) -> None:
    for validator in (URLValidator(["https"]), RegexValidator(LINK)):
        validator(url)


VURDERINGER: Ord = tuple((vurdering.label, vurdering.value) for vurdering in Tilsynsvurdering)
LEVERINGSFORMER: Ord = tuple((form.label, form.value) for form in Leveringsform)
GRUNDE: Ord = tuple((grund.label, grund.value) for grund in Lukningsgrund)


def blokark(hjemler: Ord, flere_hjemler: Ord, ydelsestyper: Ord) -> tuple[Ark, ...]:
    """The four sheets with the lists of today. `flere_hjemler`: old codes, which a row may still have."""
    return (_godkendelser(hjemler, flere_hjemler), _TILSYNSRAPPORTER, _ydelser(ydelsestyper), _MERPLADSER)


def _godkendelser(hjemler: Ord, flere: Ord) -> Ark:
    return Ark(
        GODKENDELSER,
        (
            TILBUDETS,
            ID,
            Kolonne(
                "Hjemmel",
                "hjemmel",
                et_af((*flere, *hjemler)),
                "Den kode, der er godkendt efter, fx SEL-107.",
                paakraevet=True,
                valg=ord_i(hjemler),
            ),
            Kolonne(
                "Godkendte pladser",
                "pladser",
                heltal(0, 9999),
                "Antal pladser. Skriv 0, når de er talt med under en anden hjemmel.",
                paakraevet=True,
            ),
            Kolonne(
                "Socialtilsyn",
                "socialtilsyn",
                tekst(80),
                "Det socialtilsyn, der har godkendt, fx Socialtilsyn Øst.",
                paakraevet=True,
                bredde=26,
            ),
            FRA,
            SIDSTE_DAG,
        ),
        noegle=("id",),
        forklaring="Socialtilsynets godkendelse efter én hjemmel i hver række.",
    )


_TILSYNSRAPPORTER = Ark(
    TILSYNSRAPPORTER,
    (
        TILBUDETS,
        ID,
        Kolonne("Dato", "dato", dato, "Rapportens dato.", paakraevet=True),
        Kolonne(
            "Vurdering",
            "vurdering",
            et_af(VURDERINGER),
            "Hvad rapporten munder ud i.",
            paakraevet=True,
            valg=ord_i(VURDERINGER),
            bredde=28,
        ),
        Kolonne(
            "Link til rapporten",
            "rapport_url",
            godkendt_af(
                _link,
                500,
                "En webadresse med https, uden anførselstegn og vinkler.",
                "Skriv hele adressen med https://.",
            ),
            "Hele adressen, fx https://www.tilbudsportalen.dk/rapport.",
            paakraevet=True,
            bredde=40,
        ),
    ),
    noegle=("id",),
    forklaring="En rapport fra socialtilsynet i hver række. Den seneste vises på tilbuddets side før priserne.",
)


def _ydelser(typer: Ord) -> Ark:
    return Ark(
        YDELSER,
        (
            TILBUDETS,
            ID,
            Kolonne(
                "Ydelse", "type", et_af(typer), "Ydelsen fra listen.", paakraevet=True, valg=ord_i(typer), bredde=36
            ),
            Kolonne(
                "Leveringsform",
                "leveringsform",
                et_af(LEVERINGSFORMER),
                "Hvor borgeren får ydelsen.",
                paakraevet=True,
                valg=ord_i(LEVERINGSFORMER),
                bredde=28,
            ),
            FRA,
            SIDSTE_DAG,
        ),
        noegle=("id",),
        forklaring="En ydelse i én leveringsform i hver række.",
    )


_MERPLADSER = Ark(
    MERPLADSER,
    (
        TILBUDETS,
        AFDELINGENS,
        ID,
        Kolonne(
            "Ekstra pladser", "pladser", heltal(1, 999), "Pladser ud over de godkendte, afdelingen må have.", paakraevet=True
        ),
        Kolonne(
            "Begrundelse", "grund", tekst(300), "Hvem der har givet tilladelsen og hvorfor. Aldrig om en borger.",
            paakraevet=True, bredde=40,
        ),
        FRA,
        SIDSTE_DAG,
    ),
    noegle=("id",),
    forklaring="En tilladelse til merpladser i én afdeling i hver række.",
)  # fmt: skip

# Not in a file: a closure too long for one person to make (`tilbud.lukninger`), as the second person sees it.
LUKNINGSARK = Ark(
    LUKNINGER,
    (
        TILBUDETS,
        AFDELINGENS,
        Kolonne("Plads", "plads", tekst(60), "Platformens id på pladsen, eller afdelingens, når den lukker helt."),
        ID,
        Kolonne("Hvad lukker", "hvad", tekst(200), "Pladsens betegnelse, eller hele afdelingen."),
        Kolonne("Lukket fra", "fra", dato, "Den første lukkede dag."),
        Kolonne("Sidste lukkede dag", "sidste_dag", dato, "Dagen før, der åbnes igen."),
        Kolonne("Grund", "grund", et_af(GRUNDE), "Hvorfor der lukkes.", valg=ord_i(GRUNDE)),
        Kolonne("Bemærkning", "bemaerkning", tekst(200), "Ses af alle, der kan se tilbuddet.", tom=""),
    ),
    noegle=("id",),
)
