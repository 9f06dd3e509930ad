"""The text of the demo agreements: made-up clauses that set the made-up terms, a clause for each kind."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import groupby

from kommuner.models import Organisation
from rammeaftale.models import Delart, Dokumentdel, Klausul, Klausuludgave, Klausulvilkaar, Version
from vilkaar.noegler import NOEGLER, Noegle

DELE = (
    (Delart.HOVEDDOKUMENT, "Rammeaftale"),
    (Delart.STYRINGSDEL, "Bilag 1: Styringsdel"),
    (Delart.UDVIKLINGSDEL, "Bilag 2: Udviklingsdel"),
)
SKREVET = (5, 4, 9)  # month, day and hour of the year it is written; the hearing comes after
FORMAAL = (
    "Parterne samarbejder om tilbud til borgere med **sjældne og komplekse behov**.\n\n"
    "- Aftalen gælder for alle tilbud, der ligger i området.\n- Alle kommuner er parter, uanset hvor meget de køber og sælger."
)
UDVIKLING = "Parterne følger udviklingen i kapacitet, belægning og behov og drøfter den hvert år."


def skriv(version: Version, af: Organisation, vaerdier: Mapping[Noegle, str], aar: int) -> None:
    """Parts and clauses of a version that has not been sent yet."""
    hoved, styring, udvikling = (
        Dokumentdel.objects.create(aftale=version.aftale, art=art, titel=titel, nummer=nummer)
        for nummer, (art, titel) in enumerate(DELE, 1)
    )
    _klausul(version, af, aar, hoved, "1", "Formål", FORMAAL)
    grupper = groupby(
        sorted(vaerdier, key=lambda noegle: (NOEGLER[noegle].klausul, noegle)), lambda n: NOEGLER[n].klausul
    )
    for nummer, (klausul, noegler) in enumerate(grupper, 1):
        tekst = (
            f"Opdigtet demonstrationstekst om {klausul.lower()}. Vilkårene nedenfor gælder for alle tilbud i området."
        )
        udgave = _klausul(version, af, aar, styring, f"2.{nummer}", klausul, tekst)
        Klausulvilkaar.objects.bulk_create(
            Klausulvilkaar(udgave=udgave, noegle=noegle, vaerdi=vaerdier[noegle]) for noegle in noegler
        )
    _klausul(version, af, aar, udvikling, "3", "Udvikling af tilbud", UDVIKLING)


def _klausul(
    version: Version, af: Organisation, aar: int, del_: Dokumentdel, nummer: str, overskrift: str, tekst: str
) -> Klausuludgave:
    return Klausuludgave.objects.create(
        klausul=Klausul.objects.create(dokumentdel=del_),
        version=version,
        udgave=1,
        nummer=nummer,
        overskrift=overskrift,
        tekst=tekst,
        organisation=af,
        tidspunkt=datetime(aar, *SKREVET, tzinfo=UTC),
        identitet="demo",
    )
