"""What is said at each field of a case that others see: on what basis, and who (docs/persondata.md). Pages and API say the same."""

PARTERNE = "Ses kun af kommunen og driftsherren"
UDEN_NAVNE = "Skriv aldrig CPR-nummer eller navn."

PERIODE = "Alle med adgang til tilbuddet ser, at pladsen er taget de dage, men aldrig af hvem."
TIL = "Lad stå tomt, hvis slutdatoen ikke kendes. Ses af de samme."
UGEDAGE = "Vælg ingen, hvis pladsen skal bruges alle de dage, den er åben. Alle med adgang til tilbuddet ser, hvilke dage den er taget."
HJEMMEL = f"{PARTERNE}. Deles, fordi pladsen gives efter den."
MAALGRUPPE = (
    f"{PARTERNE}. Deles, fordi driftsherren skal kunne vurdere, om pladsen passer (databeskyttelsesreglerne, jf. "
    "forvaltningsloven §\u00a028). Kan sige noget om borgerens helbred; del den kun, når det er nødvendigt."
)
SAGSREFERENCE = (
    f"Jeres eget sagsnummer. {UDEN_NAVNE} {PARTERNE}, som får den, så I kan tale om den samme sag "
    "(databeskyttelsesreglerne, jf. forvaltningsloven §\u00a028)."
)
GRUND = f"{PARTERNE}."
BEMAERKNING = f"{PARTERNE}. Skriv kun det, den anden skal bruge (databeskyttelsesreglerne, jf. forvaltningsloven §\u00a028). {UDEN_NAVNE}"
