"""The sheets of the register: offers, departments and places, and what hangs on them (`blokark`). Which words they know is
given by the code lists.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.core.validators import RegexValidator, URLValidator, validate_email

from faelles.regneark.kolonner import (
    Ark,
    Kolonne,
    dato,
    decimaltal,
    et_af,
    flere_af,
    godkendt_af,
    heltal,
    ja_nej,
    moenster,
    opdelt,
    tekst,
)
from tilbud.models import Adfaerd, FysiskTraek, Pladsart
from tilbud.models.register import ALLE_UGEDAGE
from tilbud.registerimport.blokark import GRUNDE, LEVERINGSFORMER, LUKNINGSARK, VURDERINGER, blokark
from tilbud.registerimport.kolonner import AFDELINGENS, ID, TILBUDETS, Ord, ord_i

TILBUD, AFDELINGER, PLADSER = "Tilbud", "Afdelinger", "Pladser"
JA_NEJ = ("ja", "nej")

UGEDAGE: Ord = tuple(
    zip(("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"), ALLE_UGEDAGE, strict=True)
)
FYSISKE: Ord = tuple((traek.label, traek.value) for traek in FysiskTraek)
ADFAERD: Ord = tuple((adfaerd.label, adfaerd.value) for adfaerd in Adfaerd)
ARTER: Ord = tuple((art.label, art.value) for art in Pladsart)


@dataclass(frozen=True, slots=True)
class Kodelister:
    """The lists of today. `flere_kommuner`: municipality codes.

    `afloeste`: the legal bases nobody can choose any longer, each with the code that has taken its place, if one has.
    `gamle_maalgrupper`: target groups nobody can choose any longer, that offers may still have.
    """

    kommuner: Ord
    hjemler: Ord
    maalgrupper: Ord
    ydelsestyper: Ord = ()
    flere_kommuner: Ord = ()
    afloeste: Mapping[str, str | None] = field(default_factory=dict)
    gamle_maalgrupper: Ord = ()


@dataclass(frozen=True, slots=True)
class Skema:
    """The sheets of a file, and for the coded columns the word of each code (to show it). `andre`: sheets only pages send rows of.

    `gamle`: by column, the codes only a row that has them already may keep, each with the one that has taken its place, if one has.
    """

    ark: tuple[Ark, ...]
    ord: dict[str, dict[Any, str]] = field(default_factory=dict)
    andre: tuple[Ark, ...] = ()
    gamle: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)

    @property
    def alle(self) -> tuple[Ark, ...]:
        """Every sheet, in the order its rows are compared and written."""
        return (*self.ark, *self.andre)

    @property
    def kodede(self) -> AbstractSet[str]:
        """The columns that hold codes."""
        return self.ord.keys() | self.gamle.keys()

    def ark_med(self, navn: str) -> Ark:
        """The sheet with the name."""
        return next(ark for ark in self.alle if ark.navn == navn)


def byg_skema(lister: Kodelister) -> Skema:
    """The schema with the lists of today."""
    flere_hjemler = tuple((kode, kode) for kode in lister.afloeste)
    blokke = blokark(lister.hjemler, flere_hjemler, lister.ydelsestyper)
    ark = (_tilbud(lister, flere_hjemler), _AFDELINGER, _PLADSER, *blokke)
    lister_pr_felt = {
        "kommune": lister.kommuner,
        "hjemler": lister.hjemler,
        "maalgrupper": (*lister.gamle_maalgrupper, *lister.maalgrupper),
        "fysiske_traek": FYSISKE,
        "rummer": ADFAERD,
        "rummer_ikke": ADFAERD,
        "art": ARTER,
        "ugedage": UGEDAGE,
        "vurdering": VURDERINGER,
        "type": lister.ydelsestyper,
        "leveringsform": LEVERINGSFORMER,
        "grund": GRUNDE,
    }
    gamle_grupper = dict.fromkeys(kode for _, kode in lister.gamle_maalgrupper)
    return Skema(
        ark,
        {felt: {kode: ord_ for ord_, kode in valg} for felt, valg in lister_pr_felt.items()},
        (LUKNINGSARK,),
        {"hjemler": lister.afloeste, "hjemmel": lister.afloeste, "maalgrupper": gamle_grupper},
    )


def _liste(navn: str, felt: str, valg: Ord, hjaelp: str, *, kendes_ogsaa: Ord = (), **mere: Any) -> Kolonne:
    """A column of several words; the template lists `valg`, and the words of `kendes_ogsaa` are read as well."""
    laes = flere_af((*kendes_ogsaa, *valg))
    return Kolonne(navn, felt, laes, hjaelp, tom=[], valg=ord_i(valg), flere=True, bredde=36, **mere)


def _ja_nej(navn: str, felt: str, hjaelp: str) -> Kolonne:
    return Kolonne(navn, felt, ja_nej, hjaelp, tom=False, valg=JA_NEJ, bredde=12)


def _tilbud(lister: Kodelister, flere_hjemler: Ord) -> Ark:
    return Ark(
        TILBUD,
        (*_stamdata(lister), *_indhold(lister, flere_hjemler), *_KONTAKT),
        noegle=("id",),
        forklaring="Et tilbud i hver række. En kolonne, der ikke er med, ændrer intet; en tom celle tømmer feltet. "
        "Rækker, der ikke er i filen, bliver stående.",
    )


def _stamdata(lister: Kodelister) -> tuple[Kolonne, ...]:
    return (
        ID,
        Kolonne("Navn", "navn", tekst(160), "Tilbuddets navn, højst 160 tegn.", paakraevet=True, bredde=36),
        Kolonne(
            "Kommune",
            "kommune",
            et_af((*lister.flere_kommuner, *lister.kommuner)),
            "Kommunen, tilbuddet ligger i.",
            paakraevet=True,
            valg=ord_i(lister.kommuner),
        ),
        Kolonne(
            "Adresse",
            "adresse",
            tekst(200),
            "Vej, nummer, postnummer og by. Tom ved beskyttet adresse.",
            tom="",
            bredde=36,
        ),
        Kolonne(
            "Længdegrad",
            "laengdegrad",
            decimaltal(Decimal(7), Decimal(16), 5),
            "Fx 12,45678. Tom ved beskyttet adresse.",
        ),
        Kolonne(
            "Breddegrad",
            "breddegrad",
            decimaltal(Decimal(54), Decimal(58), 5),
            "Fx 55,67890. Tom ved beskyttet adresse.",
        ),
        _ja_nej(
            "Beskyttet adresse", "beskyttet_adresse", "Ja for kvindekrisecentre og andre, hvis adresse er hemmelig."
        ),
        Kolonne("P-nummer", "p_nummer", moenster(r"\d{10}", "Ti cifre.", "Skriv de ti cifre."), "Ti cifre.", tom=""),
        Kolonne("CVR-nummer", "cvr", moenster(r"\d{8}", "Otte cifre.", "Skriv de otte cifre."), "Otte cifre.", tom=""),
        Kolonne(
            "Id på Tilbudsportalen", "tilbudsportal_id", tekst(20), "Tilbuddets nummer på Tilbudsportalen.", tom=""
        ),
        Kolonne("Lukket fra", "lukket_fra", dato, "Den første dag, tilbuddet er lukket. Tom, når det er åbent."),
    )


def _indhold(lister: Kodelister, flere_hjemler: Ord) -> tuple[Kolonne, ...]:
    return (
        _liste(
            "Hjemler",
            "hjemler",
            lister.hjemler,
            "Koder fra listen, fx SEL-107; SEL-108. En gammel kode, tilbuddet ikke har i forvejen, læses som den, der har afløst den.",
            kendes_ogsaa=flere_hjemler,
            paakraevet=True,
        ),
        _liste(
            "Målgrupper",
            "maalgrupper",
            lister.maalgrupper,
            "Målgrupper fra listen. En, der ikke står dér længere, kan tilbuddet beholde.",
            kendes_ogsaa=lister.gamle_maalgrupper,
            paakraevet=True,
        ),
        Kolonne("Alder fra", "alder_fra", heltal(0, 120), "Fyldte år. Tom betyder 18.", tom=18, bredde=12),
        Kolonne("Alder til", "alder_til", heltal(1, 120), "Fyldte år. Tom betyder ingen øvre grænse.", bredde=12),
        Kolonne("Beskrivelse", "beskrivelse", tekst(2000), "Hvad tilbuddet kan. Ingen personnavne.", tom="", bredde=50),
        Kolonne("Metoder", "metoder", opdelt(80), "Højst 80 tegn hver.", tom=[], flere=True, bredde=36),
        _liste("Fysiske forhold", "fysiske_traek", FYSISKE, "Hvad bygningerne rummer."),
        _liste("Kan rumme", "rummer", ADFAERD, "Adfærd, tilbuddet kan rumme."),
        _liste("Kan ikke rumme", "rummer_ikke", ADFAERD, "Adfærd, tilbuddet ikke kan rumme."),
        Kolonne("Gruppe højst", "gruppe_hoejst", heltal(1, 999), "Borgere i en gruppe, højst.", bredde=12),
        Kolonne(
            "Normering",
            "normering",
            decimaltal(Decimal("0.01"), Decimal("999.99"), 2),
            "Fuldtidsstillinger pr. plads, fx 1,25.",
            bredde=12,
        ),
        _ja_nej("Uden pladser", "uden_pladser", "Ja, når tilbuddet leveres uden pladser, fx udgående støtte."),
        _ja_nej("Selvhenvendelse", "selvhenvendelse", "Ja, når borgeren selv kan henvende sig."),
    )


_KONTAKT = (
    Kolonne(
        "Hjemmeside",
        "hjemmeside",
        godkendt_af(URLValidator(["https", "http"]), 300, "En webadresse.", "Skriv hele adressen med https://."),
        "Hele adressen, fx https://www.eksempel.dk.",
        tom="",
        bredde=30,
    ),
    Kolonne("Kontaktfunktion", "kontakt_funktion", tekst(80), "Funktion, fx Visitationen. Aldrig et navn.", tom=""),
    Kolonne(
        "Kontaktmail",
        "kontakt_email",
        godkendt_af(validate_email, 254, "En e-mailadresse.", "Skriv en fælles adresse, fx tilbud@kommune.dk."),
        "En fælles adresse, ikke en medarbejders.",
        tom="",
        bredde=26,
    ),
    Kolonne(
        "Kontakttelefon",
        "kontakt_telefon",
        godkendt_af(RegexValidator(r"^\+?[0-9 ]{8,15}$"), 16, "Et telefonnummer.", "Skriv 8 cifre."),
        "8 cifre.",
        tom="",
    ),
)

_AFDELINGER = Ark(
    AFDELINGER,
    (
        TILBUDETS,
        ID,
        Kolonne("Navn", "navn", tekst(120), "Afdelingens navn, højst 120 tegn.", paakraevet=True, bredde=36),
    ),
    noegle=("id",),
    forklaring="En afdeling i hver række.",
)

_PLADSER = Ark(
    PLADSER,
    (
        TILBUDETS,
        AFDELINGENS,
        ID,
        Kolonne("Betegnelse", "betegnelse", tekst(40), "Fx Bolig 4. Højst 40 tegn.", paakraevet=True),
        Kolonne("Art", "art", et_af(ARTER), "Tom betyder døgnplads.", tom=Pladsart.DOEGN.value, valg=ord_i(ARTER)),
        Kolonne(
            "Ugedage",
            "ugedage",
            flere_af(UGEDAGE),
            "Fx mandag; tirsdag. Tom betyder alle syv.",
            tom=list(ALLE_UGEDAGE),
            valg=ord_i(UGEDAGE),
            flere=True,
            bredde=30,
        ),
        Kolonne("Åben fra", "aaben_fra", dato, "Den første dag, pladsen er åben.", paakraevet=True),
        Kolonne("Sidste dag", "sidste_dag", dato, "Den sidste dag, pladsen er åben. Tom, når ingen slutdag kendes."),
        _ja_nej("Merplads", "merplads", "Ja, når pladsen er åben efter en tilladelse til merpladser."),
        _ja_nej("Forbeholdt egne", "forbeholdt_egne", "Ja, når pladsen er forbeholdt driftsherrens egne borgere."),
        _ja_nej("Forbeholdt beboere", "forbeholdt_beboere", "Ja, når dagpladsen er forbeholdt beboerne i botilbuddet."),
    ),
    noegle=("id",),
    forklaring="En plads i hver række. Om den er ledig, står i regnskabet og indlæses ikke.",
)
