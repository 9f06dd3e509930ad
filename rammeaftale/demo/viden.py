"""Knowledge the demo's most specialised offers have passed on, and central calls: made up, on the agreement in force."""

from datetime import date, timedelta
from itertools import cycle
from random import Random

from kommuner.models import Kkr, Organisation
from rammeaftale.models import (
    Rammeaftale,
    Udmelding,
    Udmeldingsantal,
    Udmeldingsfaktum,
    Udmeldingssvar,
    Videndeling,
    Videnmodtager,
)
from rammeaftale.udmeldinger.queries import kommuner_i
from rammeaftale.udmeldinger.regler import Udmeldingsart
from rammeaftale.videndeling.queries import pligter
from rammeaftale.videndeling.regler import ALLE, Videnform

_EMNER = ("Kommunikation uden ord", "Lav arousal", "Epilepsi om natten", "Overgang til eget hjem")
_TILBUD = 12  # how many offers have done something


def indlaes(kkr: Kkr, rng: Random, dag: date) -> int:
    """Give the KKR's agreement in force what has been shared and asked; how many times knowledge was passed on."""
    aftale = kkr.rammeaftaler.filter(periode__contains=dag, hovedaftale=None).first()
    if aftale is None or kkr.sekretariat is None:
        return 0
    _udmeldinger(aftale, kkr.sekretariat, rng, dag)
    delinger = []
    for visning, emne, form in zip(pligter(aftale, ALLE, dag)[:_TILBUD], cycle(_EMNER), cycle(Videnform), strict=False):
        deling = Videndeling.objects.create(
            tilbud=visning.tilbud,
            emne=emne,
            form=form,
            dato=max(aftale.aftaleperiode.fra, dag - timedelta(days=rng.randint(5, 300))),
            registreret_af=visning.tilbud.driftsherre,
            identitet="demo",
        )
        modtagere = sorted(visning.opgoerelse.skyldes)
        delinger += [
            Videnmodtager(videndeling=deling, organisation_id=pk)
            for pk in rng.sample(modtagere, rng.randint(1, len(modtagere)))
        ]
    Videnmodtager.objects.bulk_create(delinger)
    return len({m.videndeling_id for m in delinger})


def _udmeldinger(aftale: Rammeaftale, sekretariat: Organisation, rng: Random, dag: date) -> None:
    """One reported on and taken up again, and one that most have answered. Titles: rules-rammeaftale § 5."""
    foer, nu = (
        Udmelding.objects.create(
            aftale=aftale, titel=titel, modtaget=dag - timedelta(days=siden), svarfrist=dag - timedelta(days=siden - 90)
        )
        for titel, siden in (("Gravide med misbrug", 200), ("Udviklingshæmmede med dom", 60))
    )
    for udmelding, andel in ((foer, 1.0), (nu, 0.6)):
        for part in kommuner_i(aftale, dag):
            if rng.random() < andel:
                Udmeldingssvar.objects.create(
                    udmelding=udmelding,
                    part=part,
                    antal=Udmeldingsantal.objects.create(part=part, antal_borgere=rng.randint(1, 30)),
                    mangler="Akutte pladser med høj faglighed.",
                    plan="Kommunen køber pladser sammen med de andre.",
                    registreret_af=part.organisation,
                    identitet="demo",
                )
    for art, siden in ((Udmeldingsart.RAPPORT_SENDT, 100), (Udmeldingsart.FORNYET_BEHANDLING, 40)):
        Udmeldingsfaktum.objects.create(
            udmelding=foer,
            art=art,
            dato=dag - timedelta(days=siden),
            svarfrist=dag + timedelta(days=30) if art is Udmeldingsart.FORNYET_BEHANDLING else None,
            registreret_af=sekretariat,
            identitet="demo",
        )
