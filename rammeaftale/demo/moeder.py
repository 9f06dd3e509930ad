"""The meetings of the demo bodies: the last agreement on its way through them, and the next meeting."""

from datetime import date, timedelta

from kommuner.models import Kkr
from rammeaftale.models import Moede, Organ, Organbeslutning, Organsag
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart

# Made up: before the demo's agreement was sent on 9 September 2026.
_SKRIDT = (
    (Organart.EMBEDSMANDSUDVALG, date(2026, 8, 19), Organudfald.TILTRAADT, "Udkastet sendes til KKR."),
    (Organart.KKR, date(2026, 9, 2), Organudfald.ANBEFALET, "KKR anbefaler, at alle parter godkender aftalen."),
)
_NAESTE = timedelta(days=60)


def moeder(kkr: Kkr, dag: date) -> None:
    """Two meetings about the newest agreement, and one to come in each body."""
    organer = {Organart(organ.art): organ for organ in Organ.objects.filter(kkr=kkr, demo=True)}
    for art, dato, udfald, tekst in _SKRIDT:
        _beslut(organer[art], dato, udfald, tekst)
    for art in (Organart.EMBEDSMANDSUDVALG, Organart.KKR):
        Moede.objects.create(organ=organer[art], dato=dag + _NAESTE)


def _beslut(organ: Organ, dato: date, udfald: Organudfald, tekst: str) -> None:
    aftale = organ.kkr.rammeaftaler.latest("periode")
    version, sekretariat = aftale.versioner.get(), organ.kkr.sekretariat
    if sekretariat is None:
        raise LookupError("KKR har intet sekretariat")
    titel = f"{aftale.titel}, version {version.nummer}"
    sag, _ = Organsag.objects.get_or_create(version=version, defaults={"kkr": organ.kkr, "titel": titel})
    moede = Moede.objects.create(
        organ=organ, dato=dato, referat_url=f"https://referater.example.dk/{aftale.slug}/{organ.art}"
    )
    Organbeslutning.objects.create(
        moede=moede, sag=sag, udfald=udfald, tekst=tekst, registreret_af=sekretariat, identitet="demo"
    )
