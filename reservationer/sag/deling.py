"""What is said at each field of a case that others see: on what basis, and who (docs/persondata.md). Pages and API say the same."""

PARTERNE = "Ses kun af kommunen og driftsherren"
UDEN_NAVNE = "Skriv aldrig CPR-nummer eller navn."

PERIODE = "Alle med adgang til tilbuddet ser, at pladsen er taget de dage, men aldrig af hvem."
TIL = "Lad stå tomt, hvis slutdatoen ikke kendes. Ses af de samme."
UGEDAGE = "Vælg ingen, hvis pladsen skal bruges alle de dage, den er åben. Alle med adgang til tilbuddet ser, hvilke dage den er taget."
AFDELING = f"I stedet for pladsId: en hvilken som helst ledig plads i afdelingen. {PERIODE}"
FORTSAETTER = f"Opholdet, borgeren flyttes fra. {PARTERNE}; det nye tilbud ser intet af det gamle ophold. Kun opholdets handlekommune i dag kan flytte det."
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

# An enquiry is seen by several offers at once, so it holds less.
SES_AF_SPURGTE = "Ses af de tilbud, der spørges."
MAALGRUPPE_SPURGTE = (
    "Ses af de tilbud, der spørges, så de kan vurdere, om de kan hjælpe (databeskyttelsesreglerne, jf. forvaltningsloven "
    "§\u00a028). Kan sige noget om borgerens helbred; oplys kun det nødvendige."
)
BEMAERKNING_SPURGTE = f"{SES_AF_SPURGTE} Skriv kun det, koderne ikke kan sige. {UDEN_NAVNE}"
SAGSREFERENCE_EGEN = (
    f"Jeres eget sagsnummer. {UDEN_NAVNE} Ses kun i jeres egen kommune; tilbuddene ser en tilfældig reference."
)
BESKED = f"{PARTERNE}. Skriv kun det, den anden skal bruge (databeskyttelsesreglerne, jf. forvaltningsloven §\u00a028). {UDEN_NAVNE}"
PR_DAG = "Pr. dag, når den aftalte pris, den offentliggjorte takst eller pladsen er for dage."
DOKUMENT = f"Sagsnummer eller dokument-id i jeres eget system. {UDEN_NAVNE}"
KAN_FRA = f"Den første dag, I kan tage imod. {PARTERNE}."
