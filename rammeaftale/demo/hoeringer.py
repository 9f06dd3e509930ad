"""A demo hearing about the newest agreement: closed, with made-up answers, which the secretariat has handled."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from kommuner.models import Kkr
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


def hoeringer(kkr: Kkr) -> None:
    """The hearing, as if it had been held."""
    version, sekretariat = kkr.rammeaftaler.latest("periode").versioner.get(), kkr.sekretariat
    if sekretariat is None:
        raise LookupError("KKR har intet sekretariat")
    hoering = Hoering.objects.create(
        version=version, titel=f"Demohøring om {version.aftale.titel}", foelgebrev="Opdigtet høring til demonstration.",
        frist=FRIST, paamind_dage=7, oprettet=SENDT, sendt=SENDT,
    )  # fmt: skip
    udgaver = {tekst.udgave.nummer: tekst.udgave for tekst in udkast(hoering)}
    behandlinger = iter(BEHANDLING)
    for nummer, (navn, art, bemaerkninger) in enumerate(PARTER, 1):
        modtager = Hoeringsmodtager.objects.create(
            hoering=hoering, art=art, navn=navn, email=f"hoeringspart{nummer}@demo.example"
        )
        link = Hoeringslink.objects.create(
            modtager=modtager, anledning=Anledning.AFSENDELSE, noegle_hash=fingeraftryk(secrets.token_urlsafe(32)),
            bestilt=SENDT, noteret=SENDT, sendt=SENDT,
        )  # fmt: skip
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
