"""The wheels of the demo agreements: made-up dates where earlier agreements had theirs (domain/rules-rammeaftale §§ 2, 3 and 10)."""

from collections.abc import Collection
from datetime import date

from rammeaftale.aarshjul.regler import Ansvar, Grundlag
from rammeaftale.models import Aarshjulstrin, Aarshjulsudfoerelse, Rammeaftale

PAAMIND_DAGE = 14
INDBERETNING = "Indberet kapacitet, belægning og forventet behov"
TAKSTER = "Fastsæt næste års takster"
_PLIGT = "Demodato; parterne indberetter til sekretariatet"
_VILKAAR = "Demovilkåret om fristen for takster"
# What is done, when (years after the agreement begins, month, day), by whom, and where the date comes from.
FORLOEB = (
    ("Regionalt dialogforum", (-2, 11, 23), Ansvar.SEKRETARIAT, "Demodato; Rammeaftale 2018: 23. november 2016"),
    ("Dialogmøde med brugerorganisationer", (-2, 12, 20), Ansvar.SEKRETARIAT, "Demodato; Rammeaftale 2018: 20. december 2016"),
    ("Politisk dialogmøde", (-1, 2, 9), Ansvar.SEKRETARIAT, "Demodato; Rammeaftale 2018: 9. februar 2017"),
    ("Regionalt dialogforum", (-1, 4, 26), Ansvar.SEKRETARIAT, "Demodato; Rammeaftale 2018: 26. april 2017"),
    ("KKR's behandling", (-1, 9, 6), Ansvar.SEKRETARIAT, "Demodato; Rammeaftale 2025-26: 6. september 2024"),
    ("Send aftalen til Social- og Boligstyrelsen", (0, 2, 1), Ansvar.SEKRETARIAT, "Demodato; pligten: serviceloven § 6"),
    ("Offentliggør aftalens dele", (0, 2, 1), Ansvar.HVER_PART, "Demodato; pligten: kommunen offentliggør efter godkendelsen"),
    (INDBERETNING, (0, 11, 2), Ansvar.HVER_PART, _PLIGT),
    (TAKSTER, (0, 12, 10), Ansvar.HVER_PART, _VILKAAR),
    (INDBERETNING, (1, 11, 2), Ansvar.HVER_PART, _PLIGT),
    (TAKSTER, (1, 12, 10), Ansvar.HVER_PART, _VILKAAR),
)  # fmt: skip
BAGUD = frozenset({"Gladsaxe Kommune", "Rødovre Kommune", "Herlev Kommune"})


def aarshjul(aftale: Rammeaftale, dag: date) -> None:
    """An agreement's steps, done on time up to the day but for the latest report, which three have not sent."""
    aar = aftale.aftaleperiode.fra.year
    trinnene = Aarshjulstrin.objects.bulk_create(
        Aarshjulstrin(
            aftale=aftale,
            opgave=opgave,
            frist=date(aar + efter, maaned, dag_i_maaned),
            ansvar=ansvar,
            grundlag=Grundlag.AFTALT,
            kilde=kilde,
            paamind_dage=PAAMIND_DAGE,
        )
        for opgave, (efter, maaned, dag_i_maaned), ansvar, kilde in FORLOEB
    )
    overskredne = [trin for trin in trinnene if trin.frist < dag]
    indberetninger = [trin for trin in overskredne if trin.opgave == INDBERETNING]
    for trin in overskredne:
        _udfoer(trin, uden=BAGUD if trin in indberetninger[-1:] else frozenset())


def _udfoer(trin: Aarshjulstrin, uden: Collection[str]) -> None:
    aftale = trin.aftale
    if trin.ansvar == Ansvar.SEKRETARIAT:
        udfoerere = [aftale.kkr.sekretariat] if aftale.kkr.sekretariat else []
    else:
        parter = aftale.parter.select_related("organisation").exclude(organisation__navn__in=uden)
        udfoerere = [part.organisation for part in parter]
    Aarshjulsudfoerelse.objects.bulk_create(
        Aarshjulsudfoerelse(trin=trin, organisation=organisation, dato=trin.frist, identitet="demo")
        for organisation in udfoerere
    )
