"""The ids in the API's examples, and what else stands in many of them."""


def eksempel_id(nummer: int) -> str:
    """An id that can be told from others by its end."""
    return f"0197f3a0-6f1e-7c21-9a40-{nummer:012}"


TILBUD, AFDELING, PLADS, TAKST, BEKRAEFTELSE, RESERVATION, BESLUTNING = map(eksempel_id, range(1, 8))
AFTALE, PART, GODKENDELSE, RAPPORT, ROEDOVRE, GLADSAXE = map(eksempel_id, range(8, 14))
FORESPOERGSEL, HENVENDELSE, SVAR, BESKED, OPHOLD, OPHOLDSSKRIDT = map(eksempel_id, range(14, 20))
GEMT_SOEGNING, UDAEKKET_BEHOV, FEJLMELDING, TAKSTBEREGNING = map(eksempel_id, range(20, 24))
VERSION, KLAUSUL = map(eksempel_id, range(40, 42))
DEL = eksempel_id(79)
IMPORT = eksempel_id(44)
MOEDE, ORGANBESLUTNING = map(eksempel_id, range(45, 47))
TILBUDSVALG, ANDEN_AFDELING = map(eksempel_id, range(47, 49))
FOKUSOMRAADE, INDSATS, MILEPAEL = map(eksempel_id, range(60, 63))
MILEPAELSMELDING = eksempel_id(70)
UDMELDING, UDMELDINGSHAENDELSE, UDMELDINGSRAPPORT = map(eksempel_id, range(71, 74))
ORGAN, ORGANMEDLEM = map(eksempel_id, range(42, 44))
HOERING, HOERINGSPART, BEMAERKNING, HOERINGSFIL, HOERINGSNOTAT = map(eksempel_id, range(50, 55))
VILKAARSSAET = eksempel_id(63)
OFFENTLIGT_TILBUD = eksempel_id(64)
TAKSTDOKUMENT = eksempel_id(65)
RAPPORTUDKAST = eksempel_id(92)
PRISBLAD = eksempel_id(66)
FINANSIERING = eksempel_id(69)
PLACERINGSAFTALE = eksempel_id(67)
REGNSKAB = eksempel_id(68)
SCENARIE, TAKSTKONTROL, BUDGET = map(eksempel_id, range(93, 96))
AFTALETRIN = eksempel_id(69)
PLADSTILBUD, FRAVAER = map(eksempel_id, range(98, 100))
VENTELISTE, VENTELISTEPOST = map(eksempel_id, range(90, 92))
MAALGRUPPE = "7c1d6f1e-92a5-4e3c-8a58-2f0f5b6f1a11"
NOEGLE = "c1a2f0b4-4f0d-4c11-9d3a-6f3f8f1f2b77"
TIDSPUNKT = "2026-11-24T08:30:00Z"
