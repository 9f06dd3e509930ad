"""Demo hearings about the newest agreement: one closed, with made-up answers the secretariat has handled, and one that is out."""

import hmac
import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from faelles.tid import KOEBENHAVN, idag
from kommuner.models import Kkr, Organisation
from kommuner.personer.noegle import fingeraftryk
from rammeaftale.hoering.queries import udkast
from rammeaftale.hoering.regler import Anledning, Behandlingsudfald, Modtagerart
from rammeaftale.models import (
    Hoering,
    Hoeringsbehandling,
    Hoeringsbemaerkning,
    Hoeringslink,
    Hoeringsmodtager,
    Hoeringssvar,
    Version,
)

# Made up: after the demo's text was written in May 2026, before its embedsmandsudvalg met in August.
SENDT, FRIST, AFSLUTTET = datetime(2026, 5, 18, 8, tzinfo=UTC), date(2026, 6, 19), datetime(2026, 6, 22, 9, tzinfo=UTC)
SVAR = datetime(2026, 6, 15, 12, tzinfo=UTC)
# Who is asked, of which kind, and what is answered by the number of the clause ("": the draft as a whole); None: no answer.
PARTER: Sequence[tuple[str, Modtagerart, Mapping[str, str] | None]] = (
    (
        "Demo: Handicaprådet i Herlev",
        Modtagerart.HANDICAPRAAD,
        {"": "Rådet er positivt over for udkastet.", "3": "Skriv, hvordan brugerne høres, når behovet drøftes."},
    ),
    (
        "Demo: Handicaprådet i Gladsaxe",
        Modtagerart.HANDICAPRAAD,
        {"1": "Formålet bør også nævne borgere med flere funktionsnedsættelser."},
    ),
    ("Demo: Landsforeningen for pårørende", Modtagerart.INTERESSEORGANISATION, {"3": "Drøftelsen bør være halvårlig."}),
    ("Demo: Regionens socialafdeling", Modtagerart.REGION, {}),
    ("Demo: Brugerorganisationernes samarbejde", Modtagerart.INTERESSEORGANISATION, None),
)
BEHANDLING: Sequence[tuple[Behandlingsudfald, str]] = (
    (Behandlingsudfald.TIL_EFTERRETNING, ""),
    (Behandlingsudfald.TIL_EFTERRETNING, "Indgår i det videre arbejde med dialogmøderne."),
    (Behandlingsudfald.INDARBEJDET, ""),
    (Behandlingsudfald.IKKE_IMOEDEKOMMET, "Tallene opgøres en gang om året."),
)


# The one that is out: days from the day the demo data are made. Long, for a demonstration lasts longer than a hearing.
SENDT_FOR, SVARET_FOR, FRIST_OM = timedelta(days=10), timedelta(days=4), timedelta(days=60)
AABEN: Sequence[tuple[str, Modtagerart, Mapping[str, str] | None]] = (
    ("Demo: Handicaprådet i Rødovre", Modtagerart.HANDICAPRAAD, None),
    ("Demo: Landsforeningen for unge", Modtagerart.INTERESSEORGANISATION, {"3": "Skriv, hvordan unge selv bliver hørt."}),
)  # fmt: skip


def hoeringer(kkr: Kkr, dag: date) -> None:
    """The hearings of the newest agreement: one as if it had been held, and one that can be answered on `dag`."""
    version, sekretariat = kkr.rammeaftaler.latest("periode").versioner.get(), kkr.sekretariat
    if sekretariat is None:
        raise LookupError("KKR har intet sekretariat")
    _afsluttet(version, sekretariat)
    _aaben(version, dag)


def noegle(modtager: Hoeringsmodtager) -> str:
    """The key of a demo recipient's link: the same as long as SECRET_KEY is, for nobody gets the letter."""
    return hmac.new(settings.SECRET_KEY.encode(), f"demohoering:{modtager.email}".encode(), "sha256").hexdigest()


def aabne_links() -> Iterator[tuple[str, str]]:
    """Who can answer a demo hearing now, and by which link's path."""
    for link in Hoeringslink.objects.filter(
        modtager__hoering__version__aftale__demo=True,
        modtager__hoering__afsluttet=None,
        modtager__hoering__frist__gte=idag(),
        trukket=None,
        svar=None,
    ).select_related("modtager"):
        if link.noegle_hash == fingeraftryk(noegle(link.modtager)):  # not one that was mailed since
            yield link.modtager.navn, f"{reverse('hoeringssvar')}?{urlencode({'noegle': noegle(link.modtager)})}"


def _aaben(version: Version, dag: date) -> None:
    """No reminder: it would put a new link in the place of the one that is shown."""
    sendt = datetime.combine(dag - SENDT_FOR, time(8), KOEBENHAVN)
    hoering = Hoering.objects.create(
        version=version, titel=f"Åben demohøring om {version.aftale.titel}", frist=dag + FRIST_OM, oprettet=sendt, sendt=sendt,
        indledning=version.indledning,
        foelgebrev="Opdigtet høring til demonstration. Svar, som I vil; skriv ikke om virkelige personer.",
    )  # fmt: skip
    udgaver = {tekst.udgave.nummer: tekst.udgave for tekst in udkast(hoering)}
    for nummer, (navn, art, bemaerkninger) in enumerate(AABEN, 1):
        modtager = Hoeringsmodtager(hoering=hoering, art=art, navn=navn, email=f"aabenhoering{nummer}@demo.example")
        modtager.save(force_insert=True)
        link = _link(modtager, noegle(modtager), sendt)
        if bemaerkninger:
            svar = Hoeringssvar.objects.create(link=link, afgivet=sendt + SENDT_FOR - SVARET_FOR)
            for om, tekst in bemaerkninger.items():
                Hoeringsbemaerkning.objects.create(svar=svar, udgave=udgaver.get(om), tekst=tekst)


def _link(modtager: Hoeringsmodtager, med: str, sendt: datetime) -> Hoeringslink:
    return Hoeringslink.objects.create(
        modtager=modtager, anledning=Anledning.AFSENDELSE, noegle_hash=fingeraftryk(med), bestilt=sendt, noteret=sendt, sendt=sendt
    )  # fmt: skip


def _afsluttet(version: Version, sekretariat: Organisation) -> None:
    hoering = Hoering.objects.create(
        version=version, titel=f"Demohøring om {version.aftale.titel}", foelgebrev="Opdigtet høring til demonstration.",
        frist=FRIST, paamind_dage=7, oprettet=SENDT, sendt=SENDT, indledning=version.indledning,
    )  # fmt: skip
    udgaver = {tekst.udgave.nummer: tekst.udgave for tekst in udkast(hoering)}
    behandlinger = iter(BEHANDLING)
    for nummer, (navn, art, bemaerkninger) in enumerate(PARTER, 1):
        modtager = Hoeringsmodtager.objects.create(
            hoering=hoering, art=art, navn=navn, email=f"hoeringspart{nummer}@demo.example"
        )
        link = _link(modtager, secrets.token_urlsafe(32), SENDT)
        if bemaerkninger is None:
            continue
        svar = Hoeringssvar.objects.create(link=link, afgivet=SVAR, ingen_bemaerkninger=not bemaerkninger)
        for om, tekst in bemaerkninger.items():
            bemaerkning = Hoeringsbemaerkning.objects.create(svar=svar, udgave=udgaver.get(om), tekst=tekst)
            udfald, begrundelse = next(behandlinger)
            Hoeringsbehandling.objects.create(
                bemaerkning=bemaerkning, udfald=udfald, begrundelse=begrundelse, registreret=AFSLUTTET, identitet="demo",
                version=version if udfald is Behandlingsudfald.INDARBEJDET else None, registreret_af=sekretariat,
            )  # fmt: skip
    Hoering.objects.filter(pk=hoering.pk).update(afsluttet=AFSLUTTET)
