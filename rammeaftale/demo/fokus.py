"""What the demo agreements have set out to do: made-up areas with work, milestones and reports."""

from datetime import date, timedelta

from rammeaftale.demo.aarshjul import PAAMIND_DAGE
from rammeaftale.fokus.regler import Milepaelsstand, Ophav
from rammeaftale.models import Fokusomraade, Indsats, Milepael, Milepaelsmelding, Rammeaftale

_EVALUERING = "https://evaluering.example.dk/"
# Area, who set it, work, and milestones: what, whose, days from today, and what was reported last.
_OMRAADER = (
    (
        "Overgangen fra ung til voksen",
        Ophav.AFTALEN,
        "Fælles overdragelsesmøder et år før det fyldte 18. år",
        (
            ("Fælles skabelon er skrevet", "Gladsaxe Kommune", -120, Milepaelsstand.NAAET),
            ("Skabelonen er afprøvet i tre kommuner", "Rødovre Kommune", -20, Milepaelsstand.I_GANG),
            ("Alle kommuner bruger skabelonen", "Herlev Kommune", 180, None),
        ),
    ),
    (
        "Særligt dyre enkeltsager",
        Ophav.MINISTERTEMA,
        "Taskforce om de mest specialiserede tilbud",
        (
            ("Taskforcen er nedsat", "Region Hovedstaden", -200, Milepaelsstand.NAAET),
            ("Første fælles gennemgang af priser", "Københavns Kommune", 60, Milepaelsstand.I_GANG),
            ("Fælles udbud af tilbud", "Frederiksberg Kommune", 120, Milepaelsstand.OPGIVET),
        ),
    ),
    (
        "Sektorovergange i psykiatrien",
        Ophav.AFTALEN,
        "Aftaler om udskrivning",
        (("Aftalerne er indgået", "Region Hovedstaden", 90, None),),
    ),
)
_TEKST = {
    Milepaelsstand.NAAET: "Se evalueringen.",
    Milepaelsstand.I_GANG: "Arbejdet er begyndt.",
    Milepaelsstand.OPGIVET: "Parterne vil hellere bruge økonomimodellen.",
}


def fokus(aftale: Rammeaftale, dag: date) -> None:
    """The agreement's areas, reported of a week ago."""
    parter = {part.organisation.navn: part.organisation for part in aftale.parter.select_related("organisation")}
    for nummer, (navn, ophav, arbejde, milepaele) in enumerate(_OMRAADER, 1):
        omraade = Fokusomraade.objects.create(aftale=aftale, nummer=nummer, navn=navn, ophav=ophav)
        indsats = Indsats.objects.create(fokusomraade=omraade, navn=arbejde)
        for hvad, hvis, om, stand in milepaele:
            ansvarlig = parter.get(hvis) or next(iter(parter.values()))
            milepael = Milepael.objects.create(
                indsats=indsats,
                navn=hvad,
                frist=dag + timedelta(days=om),
                ansvarlig=ansvarlig,
                paamind_dage=PAAMIND_DAGE,
            )
            if stand is not None:
                Milepaelsmelding.objects.create(
                    milepael=milepael,
                    stand=stand,
                    dato=dag - timedelta(days=7),
                    tekst=_TEKST[stand],
                    dokumentation_url=_EVALUERING if stand is Milepaelsstand.NAAET else "",
                    registreret_af=ansvarlig,
                    identitet="demo",
                )
