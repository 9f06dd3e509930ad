"""What the table of transitions speaks of, in codes and in words. Imports nothing of Django, so that the settings can read them."""

from collections.abc import Mapping
from enum import StrEnum


class Emne(StrEnum):
    """What has a life of its own; each ends by itself (rules-reservation § 1)."""

    HENVENDELSE = "henvendelse"
    PLADSTILBUD = "pladstilbud"
    RESERVATION = "reservation"
    OPHOLD = "ophold"
    PLACERINGSAFTALE = "placeringsaftale"


# As a sentence begins with it, and the pronoun that follows.
EMNE_NAVN: Mapping[Emne, tuple[str, str]] = {
    Emne.HENVENDELSE: ("Forespørgslen", "den"),
    Emne.PLADSTILBUD: ("Tilbuddet om plads", "det"),
    Emne.RESERVATION: ("Reservationen", "den"),
    Emne.OPHOLD: ("Opholdet", "det"),
    Emne.PLACERINGSAFTALE: ("Placeringsaftalen", "den"),
}


class Tilstand(StrEnum):
    """States. An expired hold is `udloebet` from the instant it runs out, whether or not it is tidied up."""

    AFVENTER = "afventer"
    MERE_OENSKES = "mere_oenskes"
    ACCEPTERET = "accepteret"
    TRUKKET = "trukket"
    TILBUDT = "tilbudt"
    TAGET = "taget"
    BEKRAEFTET = "bekraeftet"
    AFVIST = "afvist"
    ANNULLERET = "annulleret"
    UDLOEBET = "udloebet"
    INDSKREVET = "indskrevet"
    UDEBLEVET = "udeblevet"
    LOEBENDE = "loebende"
    OPSAGT = "opsagt"
    UDSKREVET = "udskrevet"
    KLADDE = "kladde"
    HOS_KOMMUNEN = "hos_kommunen"
    HOS_TILBUDDET = "hos_tilbuddet"
    AFTALT = "aftalt"
    BORTFALDET = "bortfaldet"
    AFLOEST = "afloest"
    OPHOERT = "ophoert"


TILSTAND_NAVN: Mapping[Tilstand, str] = {
    Tilstand.AFVENTER: "Afventer svar",
    Tilstand.MERE_OENSKES: "Mere ønskes oplyst",
    Tilstand.ACCEPTERET: "Kan tage imod",
    Tilstand.TRUKKET: "Trukket tilbage",
    Tilstand.BEKRAEFTET: "Bekræftet",
    Tilstand.AFVIST: "Afvist",
    Tilstand.ANNULLERET: "Annulleret",
    Tilstand.UDLOEBET: "Udløbet",
    Tilstand.TILBUDT: "Plads tilbudt",
    Tilstand.TAGET: "Taget imod",
    Tilstand.INDSKREVET: "Indskrevet",
    Tilstand.UDEBLEVET: "Udeblevet",
    Tilstand.LOEBENDE: "Løbende",
    Tilstand.OPSAGT: "Opsagt",
    Tilstand.UDSKREVET: "Udskrevet",
    Tilstand.KLADDE: "Kladde",
    Tilstand.HOS_KOMMUNEN: "Afventer kommunen",
    Tilstand.HOS_TILBUDDET: "Afventer tilbuddet",
    Tilstand.AFTALT: "Godkendt af begge",
    Tilstand.BORTFALDET: "Bortfaldet",
    Tilstand.AFLOEST: "Afløst af en ny version",
    Tilstand.OPHOERT: "Afsluttet",
}


class Udfald(StrEnum):
    """Decisions. `eskaler`, `udloeb` and `bortfald` may also be the clock's; `afloes` follows from a new version, `reguler` from a new takst."""

    ACCEPTER = "accepter"
    BED_OM_MERE = "bed_om_mere"
    UDDYB = "uddyb"
    PAAMIND = "paamind"
    ESKALER = "eskaler"
    TRAEK = "traek"
    BEKRAEFT = "bekraeft"
    AFVIS = "afvis"
    ANNULLER = "annuller"
    UDLOEB = "udloeb"
    TAG_IMOD = "tag_imod"
    FORLAENG = "forlaeng"
    INDSKRIV = "indskriv"
    MELD_UDEBLEVET = "meld_udeblevet"
    FLYT = "flyt"
    MELD_FRAVAER = "meld_fravaer"
    RET_FRAVAER = "ret_fravaer"
    ANNULLER_FRAVAER = "annuller_fravaer"
    SKIFT_UGEDAGE = "skift_ugedage"
    FORESLAA_PRIS = "foreslaa_pris"
    ACCEPTER_PRIS = "accepter_pris"
    AFSLAA_PRIS = "afslaa_pris"
    SKIFT_KOMMUNE = "skift_kommune"
    SKIFT_HJEMMEL = "skift_hjemmel"
    ORIENTER_TILSYN = "orienter_tilsyn"
    FORLAENG_AKUT = "forlaeng_akut"
    OPSIG = "opsig"
    FORTRYD_OPSIGELSE = "fortryd_opsigelse"
    UDSKRIV = "udskriv"
    FREMSAET = "fremsaet"
    GODKEND = "godkend"
    BORTFALD = "bortfald"
    AFLOES = "afloes"
    AFSLUT = "afslut"
    REGULER = "reguler"


UDFALD_NAVN: Mapping[Udfald, str] = {
    Udfald.ACCEPTER: "Svar ja",
    Udfald.BED_OM_MERE: "Bed om mere",
    Udfald.UDDYB: "Uddyb",
    Udfald.PAAMIND: "Påmind",
    Udfald.ESKALER: "Send videre til driftsherren",
    Udfald.TRAEK: "Træk tilbage",
    Udfald.BEKRAEFT: "Bekræft",
    Udfald.AFVIS: "Afvis",
    Udfald.ANNULLER: "Annullér",
    Udfald.UDLOEB: "Lad udløbe",
    Udfald.TAG_IMOD: "Reservér den tilbudte plads",
    Udfald.FORLAENG: "Forlæng",
    Udfald.INDSKRIV: "Indskriv",
    Udfald.MELD_UDEBLEVET: "Meld udeblevet",
    Udfald.FLYT: "Flyt eller forlæng",
    Udfald.MELD_FRAVAER: "Meld fravær",
    Udfald.RET_FRAVAER: "Ret et fravær",
    Udfald.ANNULLER_FRAVAER: "Slet et fravær",
    Udfald.SKIFT_UGEDAGE: "Skift ugedage",
    Udfald.FORESLAA_PRIS: "Foreslå ny pris",
    Udfald.ACCEPTER_PRIS: "Godkend ny pris",
    Udfald.AFSLAA_PRIS: "Afslå ny pris",
    Udfald.SKIFT_KOMMUNE: "Skift kommune",
    Udfald.SKIFT_HJEMMEL: "Skift hjemmel",
    Udfald.ORIENTER_TILSYN: "Notér orientering af socialtilsynet",
    Udfald.FORLAENG_AKUT: "Forlæng akut ophold",
    Udfald.OPSIG: "Opsig",
    Udfald.FORTRYD_OPSIGELSE: "Fortryd opsigelsen",
    Udfald.UDSKRIV: "Udskriv",
    Udfald.FREMSAET: "Godkend og send til den anden part",
    Udfald.GODKEND: "Godkend",
    Udfald.BORTFALD: "Lad bortfalde",
    Udfald.AFLOES: "Afløs",
    Udfald.AFSLUT: "Afslut",
    Udfald.REGULER: "Regulér efter taksten",
}
# As one says what one can do ("Du kan afvise den").
UDFALD_KAN: Mapping[Udfald, str] = {
    Udfald.ACCEPTER: "svare ja til",
    Udfald.BED_OM_MERE: "bede om flere oplysninger til",
    Udfald.UDDYB: "uddybe",
    Udfald.PAAMIND: "påminde om",
    Udfald.ESKALER: "eskalere",
    Udfald.TRAEK: "tilbagekalde",
    Udfald.BEKRAEFT: "bekræfte",
    Udfald.AFVIS: "afvise",
    Udfald.ANNULLER: "annullere",
    Udfald.UDLOEB: "lade udløbe",
    Udfald.TAG_IMOD: "tage imod",
    Udfald.FORLAENG: "forlænge",
    Udfald.INDSKRIV: "indskrive",
    Udfald.MELD_UDEBLEVET: "melde udeblivelse fra",
    Udfald.FLYT: "flytte",
    Udfald.MELD_FRAVAER: "melde fravær i",
    Udfald.RET_FRAVAER: "rette et fravær i",
    Udfald.ANNULLER_FRAVAER: "slette et fravær i",
    Udfald.SKIFT_UGEDAGE: "skifte ugedage for",
    Udfald.FORESLAA_PRIS: "foreslå en ny pris for",
    Udfald.ACCEPTER_PRIS: "godkende en ny pris for",
    Udfald.AFSLAA_PRIS: "afslå en ny pris for",
    Udfald.SKIFT_KOMMUNE: "skifte kommune for",
    Udfald.SKIFT_HJEMMEL: "skifte hjemmel for",
    Udfald.ORIENTER_TILSYN: "notere orienteringen af socialtilsynet om",
    Udfald.FORLAENG_AKUT: "forlænge fristen for",
    Udfald.OPSIG: "opsige",
    Udfald.FORTRYD_OPSIGELSE: "fortryde opsigelsen af",
    Udfald.UDSKRIV: "udskrive",
    Udfald.FREMSAET: "fremsætte",
    Udfald.GODKEND: "godkende",
    Udfald.BORTFALD: "lade bortfalde",
    Udfald.AFLOES: "afløse",
    Udfald.AFSLUT: "afslutte",
    Udfald.REGULER: "regulere",
}
# As one says that it has happened.
UDFALD_SKETE: Mapping[Udfald, str] = {
    Udfald.ACCEPTER: "Svaret ja",
    Udfald.BED_OM_MERE: "Bedt om mere",
    Udfald.UDDYB: "Uddybet",
    Udfald.PAAMIND: "Påmindet",
    Udfald.ESKALER: "Sendt videre til driftsherren",
    Udfald.TRAEK: "Trukket tilbage",
    Udfald.BEKRAEFT: "Bekræftet",
    Udfald.AFVIS: "Afvist",
    Udfald.ANNULLER: "Annulleret",
    Udfald.UDLOEB: "Udløbet",
    Udfald.TAG_IMOD: "Taget imod",
    Udfald.FORLAENG: "Forlænget",
    Udfald.INDSKRIV: "Indskrevet",
    Udfald.MELD_UDEBLEVET: "Meldt udeblevet",
    Udfald.FLYT: "Flyttet",
    Udfald.MELD_FRAVAER: "Fravær meldt",
    Udfald.RET_FRAVAER: "Fravær rettet",
    Udfald.ANNULLER_FRAVAER: "Fravær slettet",
    Udfald.SKIFT_UGEDAGE: "Ugedage skiftet",
    Udfald.FORESLAA_PRIS: "Ny pris foreslået",
    Udfald.ACCEPTER_PRIS: "Ny pris godkendt",
    Udfald.AFSLAA_PRIS: "Ny pris afslået",
    Udfald.SKIFT_KOMMUNE: "Kommune skiftet",
    Udfald.SKIFT_HJEMMEL: "Hjemmel skiftet",
    Udfald.ORIENTER_TILSYN: "Socialtilsynet orienteret",
    Udfald.FORLAENG_AKUT: "Akut ophold forlænget",
    Udfald.OPSIG: "Opsagt",
    Udfald.FORTRYD_OPSIGELSE: "Opsigelsen fortrudt",
    Udfald.UDSKRIV: "Udskrevet",
    Udfald.FREMSAET: "Fremsat og godkendt",
    Udfald.GODKEND: "Godkendt",
    Udfald.BORTFALD: "Bortfaldet",
    Udfald.AFLOES: "Afløst af en ny version",
    Udfald.AFSLUT: "Afsluttet",
    Udfald.REGULER: "Prisen reguleret efter taksten",
}


class Grund(StrEnum):
    """Coded reasons. A decision that takes a place away from somebody always has one."""

    IKKE_MAALGRUPPE = "ikke_maalgruppe"
    INGEN_PLADS = "ingen_plads"
    KOMPETENCE = "kompetence"
    FYSISKE_RAMMER = "fysiske_rammer"
    PLADS_IKKE_KLAR = "plads_ikke_klar"
    GRUPPEN_PASSER_IKKE = "gruppen_passer_ikke"
    ANDET_TILBUD_VALGT = "andet_tilbud_valgt"
    BEHOV_AENDRET = "behov_aendret"
    BEHOV_BORTFALDET = "behov_bortfaldet"
    PRISEN = "prisen"
    TILBUD_LUKKER = "tilbud_lukker"
    AFGOERELSE = "afgoerelse"
    AFTALE = "aftale"
    FRAFLYTTET = "fraflyttet"
    OVERFLYTTET = "overflyttet"
    IKKE_MOEDT = "ikke_moedt"
    FORESPOERGSEL_TRUKKET = "forespoergsel_trukket"
    FORESPOERGSEL_AFVIST = "forespoergsel_afvist"
    FEJLREGISTRERET = "fejlregistreret"
    AENDRET_UNDERVEJS = "aendret_undervejs"
    DOED = "doed"
    ENIGE = "enige"
    KOMMUNE_SKIFTET = "kommune_skiftet"
    IKKE_BEGYNDT = "ikke_begyndt"
    ANDET = "andet"


GRUND_NAVN: Mapping[Grund, str] = {
    Grund.IKKE_MAALGRUPPE: "Behovet ligger uden for målgruppen",
    Grund.INGEN_PLADS: "Der er ingen plads i perioden",
    Grund.KOMPETENCE: "Tilbuddet har ikke de kompetencer, behovet kræver",
    Grund.FYSISKE_RAMMER: "De fysiske rammer passer ikke til behovet",
    Grund.PLADS_IKKE_KLAR: "Pladsen er ikke klar i perioden",
    Grund.GRUPPEN_PASSER_IKKE: "Passer ikke til den nuværende beboergruppe",
    Grund.ANDET_TILBUD_VALGT: "Et andet tilbud er valgt",
    Grund.BEHOV_AENDRET: "Behovet har ændret sig",
    Grund.BEHOV_BORTFALDET: "Behovet er bortfaldet",
    Grund.PRISEN: "Prisen kan ikke godkendes",
    Grund.TILBUD_LUKKER: "Tilbuddet lukker eller ændres",
    Grund.AFGOERELSE: "Afgørelse om handlekommune",
    Grund.AFTALE: "Aftale mellem kommunerne (med borgerens samtykke)",
    Grund.FRAFLYTTET: "Fraflyttet",
    Grund.OVERFLYTTET: "Overflyttet til et andet tilbud",
    Grund.IKKE_MOEDT: "Borgeren er ikke mødt",
    Grund.FORESPOERGSEL_TRUKKET: "Kommunen har trukket forespørgslen tilbage",
    Grund.FORESPOERGSEL_AFVIST: "Tilbuddet har afvist forespørgslen",
    Grund.FEJLREGISTRERET: "Det var registreret forkert",
    Grund.AENDRET_UNDERVEJS: "Fraværet blev et andet end meldt",
    Grund.DOED: "Borgeren er død",
    Grund.ENIGE: "Parterne er enige",
    Grund.KOMMUNE_SKIFTET: "En anden kommune har overtaget ansvaret",
    Grund.IKKE_BEGYNDT: "Opholdet begyndte ikke",
    Grund.ANDET: "Andet (beskriv)",
}


class Springgrund(StrEnum):
    """Why somebody who waits did not get the place."""

    PASSER_IKKE = "passer_ikke"
    GRUPPEN_PASSER_IKKE = "gruppen_passer_ikke"
    KAN_IKKE_NU = "kan_ikke_nu"
    AKUT = "akut"
    PLADS_IKKE_KLAR = "plads_ikke_klar"
    ANDET = "andet"


SPRINGGRUND_NAVN: Mapping[Springgrund, str] = {
    Springgrund.PASSER_IKKE: "Pladsen passer ikke til behovet",
    Springgrund.GRUPPEN_PASSER_IKKE: "Behovet passer ikke sammen med de andre på stedet",
    Springgrund.KAN_IKKE_NU: "Kommunen kan ikke tage imod pladsen nu",
    Springgrund.AKUT: "En anden har akut brug for pladsen",
    Springgrund.PLADS_IKKE_KLAR: "Pladsen er ikke klar",
    Springgrund.ANDET: "Andet",
}


class Data(StrEnum):
    """What a decision must say besides its reason; the names of the form's fields and of the API's keys."""

    BEMAERKNING = "bemaerkning"
    KAN_FRA = "kan_fra"
    DATO = "dato"
    TIL = "til"
    PLADS = "plads"
    UGEDAGE = "ugedage"
    FRAVAER = "fravaer"
    ART = "art"
    TAKST = "takst"
    NIVEAU = "niveau"
    TILLAEG = "tillaeg"
    HANDLEKOMMUNE = "handlekommune"
    BETALINGSKOMMUNE = "betalingskommune"
    HJEMMEL = "hjemmel"
    DOKUMENT = "dokument"
