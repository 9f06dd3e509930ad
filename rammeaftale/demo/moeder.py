"""The meetings of the demo bodies: each agreement on its way through them, and the next meeting."""

from datetime import date, timedelta

from kommuner.models import Kkr
from rammeaftale.demo.aftaler import registreret
from rammeaftale.livscyklus import Aftaletilstand
from rammeaftale.models import Aftaletrin, Moede, Organ, Organbeslutning, Organsag, Rammeaftale
from rammeaftale.moeder.regler import Organudfald
from rammeaftale.organer.regler import Organart

# Made up: in the year before an agreement begins, and before it was sent on 9 September.
FORELAGT = (8, 12)
_SKRIDT = (
    (Organart.EMBEDSMANDSUDVALG, (8, 19), Organudfald.TILTRAADT, "Udkastet sendes til KKR."),
    (Organart.KKR, (9, 2), Organudfald.ANBEFALET, "KKR anbefaler, at alle parter godkender aftalen."),
)
_NAESTE = timedelta(days=60)


def moeder(kkr: Kkr, dag: date) -> None:
    """Two meetings about each agreement, which take it on, and one to come in each body."""
    organer = {Organart(organ.art): organ for organ in Organ.objects.filter(kkr=kkr, demo=True)}
    for aftale in kkr.rammeaftaler.order_by("periode"):
        aar = aftale.aftaleperiode.fra.year - 1
        beslutninger = [
            beslut(organer[art], aftale, date(aar, *dato), udfald, tekst) for art, dato, udfald, tekst in _SKRIDT
        ]
        vejen(aftale, date(aar, *FORELAGT), beslutninger[-1])
    for art in (Organart.EMBEDSMANDSUDVALG, Organart.KKR):
        Moede.objects.create(organ=organer[art], dato=dag + _NAESTE)


def vejen(aftale: Rammeaftale, forelagt: date, anbefaling: Organbeslutning, uden_udvalg: str = "") -> None:
    """The steps that led the agreement where it is; `uden_udvalg`: why no embedsmandsudvalg was asked."""
    version, til = aftale.versioner.get(), Aftaletilstand
    skridt = [(til.EMBEDSMANDSUDVALG, forelagt), (til.KKR_ANBEFALET, anbefaling.moede.dato)]
    if version.sendt:
        skridt.append((til.SENDT, version.sendt))
    if aftale.vedtaget:
        skridt.append((til.VEDTAGET, aftale.vedtaget))
    fra = til.KLADDE
    for hen, dato in skridt:
        af_kkr = hen is til.KKR_ANBEFALET
        Aftaletrin.objects.create(
            aftale=aftale,
            version=version,
            fra=fra,
            til=hen,
            dato=dato,
            organ=anbefaling.moede.organ.navn if af_kkr else "Alle parter" if hen is til.VEDTAGET else "",
            referat_url=anbefaling.moede.referat_url if af_kkr else "",
            begrundelse=uden_udvalg if hen is til.EMBEDSMANDSUDVALG else "",
            beslutning=anbefaling if af_kkr else None,
            registreret=registreret(dato),
            registreret_af=anbefaling.registreret_af,
            identitet="demo",
        )
        fra = hen


def beslut(organ: Organ, aftale: Rammeaftale, dato: date, udfald: Organudfald, tekst: str) -> Organbeslutning:
    """What the body decided about the agreement on a day."""
    version, sekretariat = aftale.versioner.get(), organ.kkr.sekretariat
    if sekretariat is None:
        raise LookupError("KKR har intet sekretariat")
    titel = f"{aftale.titel}, version {version.nummer}"
    sag, _ = Organsag.objects.get_or_create(version=version, defaults={"kkr": organ.kkr, "titel": titel})
    moede = Moede.objects.create(
        organ=organ, dato=dato, referat_url=f"https://referater.example.dk/{aftale.slug}/{organ.art}"
    )
    return Organbeslutning.objects.create(
        moede=moede, sag=sag, udfald=udfald, tekst=tekst, registreret=registreret(dato), registreret_af=sekretariat,
        identitet="demo",
    )  # fmt: skip
