"""The search and the list of offers over REST at the scale of the whole country, and what a search in one KKR reads."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import httpx
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from bench import takstkontrol, takstvaekst, vilkaar
from bench.kald import SVARFRIST, VAERT, Kald, maal
from bench.klienter import token
from bench.plan import Opslag, alle_opslag
from bench.processer import Web, webserver
from bench.resultat import Tal
from faelles.afsender import afsender
from faelles.aktoer import Aktoer
from faelles.sider import STANDARD
from faelles.tid import Periode, idag, nu
from kommuner.models import Kkr, Kommune, Rolle
from kommuner.roller import ROLLEINDHOLD
from reservationer.soegning.profil import Behovsprofil, Punkt, Vaegt
from reservationer.soegning.queries import soeg
from reservationer.soegning.viste import suppleret
from takster.models import Takst
from tilbud.belaegning.models import Optagelse
from tilbud.models import (
    Afdeling,
    Bekraeftelse,
    Fejlmelding,
    Maalgruppe,
    Merpladstilladelse,
    Niveau,
    Plads,
    Tilbud,
    Tilsynsgodkendelse,
)

KOMMUNE = "0175"  # Rødovre
HJEMMEL = "SEL-107"
GRUPPER = ("Autismespektrum", "Udviklingshæmning")
KM = 50
INTET = "qvxzqvxz"  # a word no offer holds
TEKST = "bosetdet"  # how the names of many offers begin, with a slip in it
OM_DAGE, DAGE = 14, 90
KLIENTER = 8
SEKUNDER = 5.0
FAA_RUNDER = 10  # of what takes seconds
# Whose a row is: the way to the municipality its offer lies in, whose first step is the column it must be looked up by. All the
# tables that hang on offers, however short; code lists are nobody's.
REGISTER: tuple[tuple[type[models.Model], str], ...] = (
    (Tilbud, "beliggenhedskommune"),
    (Afdeling, "tilbud__beliggenhedskommune"),
    (Tilbud.hjemler.through, "tilbud__beliggenhedskommune"),
    (Tilbud.maalgrupper.through, "tilbud__beliggenhedskommune"),
    (Plads, "afdeling__tilbud__beliggenhedskommune"),
    (Merpladstilladelse, "afdeling__tilbud__beliggenhedskommune"),
    (Optagelse, "plads__afdeling__tilbud__beliggenhedskommune"),
    (Takst, "afdeling__tilbud__beliggenhedskommune"),
    (Bekraeftelse, "afdeling__tilbud__beliggenhedskommune"),
    (Niveau, "tilbud__beliggenhedskommune"),
    (Tilsynsgodkendelse, "tilbud__beliggenhedskommune"),
    (Fejlmelding, "tilbud__beliggenhedskommune"),
)


def lav() -> list[Tal]:
    """All figures."""
    with afsender("kommando:bench", kilde="kommando bench"):
        kommune = Kommune.objects.select_related("organisation").get(pk=KOMMUNE)
        system = {"Authorization": f"Bearer {token(kommune.organisation)}"}
        profil = _profil(kommune)
        soegning, liste = _soegning("Landet, søgning", profil, system), _liste(profil, system)
        med_tekst = _soegning("Landet, søgning med tekst", replace(profil, tekst=TEKST), system)
        kun_periode = Kald("Landet, kun periode", "/api/v1/soegninger", system, 8, krop=_dage(profil), gange_sql=6)
        with webserver(os.environ["DATABASE_URL"]) as web:
            alle = [tal for kald in (soegning, med_tekst, liste, takstvaekst.kald()) for tal in maal(web, kald)]
            alle += maal(web, kun_periode, runder=FAA_RUNDER)
            alle += [_i_sekundet(web, kald) for kald in (soegning, liste)]
        i_kkr = {
            "søgning i": profil,
            "tekst i": replace(profil, tekst=TEKST, hoejst_km=None),
            "tom søgning i": replace(profil, tekst=INTET, hoejst_km=None),
        }
        alle += [*vilkaar.maal(), *takstkontrol.maal(kommune)]
        return [*alle, *(tal for hvad, en in i_kkr.items() for tal in _i_et_kkr(hvad, en, kommune))]


def _profil(kommune: Kommune) -> Behovsprofil:
    """Period, hjemmel, two target groups and distance."""
    fra = idag() + timedelta(days=OM_DAGE)
    return Behovsprofil(
        periode=Periode(fra, fra + timedelta(days=DAGE)),
        hjemmel=HJEMMEL,
        maalgrupper=tuple(
            (Maalgruppe.objects.get(term=term, valgbar=True).pk, vaegt)
            for term, vaegt in zip(GRUPPER, (Vaegt.AFGOERENDE, Vaegt.NOGET), strict=True)
        ),
        naer=_midten(kommune),
        hoejst_km=KM,
    )


def _midten(kommune: Kommune) -> Punkt:
    return Punkt(float(kommune.laengdegrad), float(kommune.breddegrad))


def _soegning(navn: str, profil: Behovsprofil, system: dict[str, str]) -> Kald:
    if profil.naer is None:
        raise ValueError("The profile measured has a point")
    krop = {
        **_dage(profil),
        "hjemmel": profil.hjemmel,
        "maalgrupper": [{"kode": str(kode), "vaegt": int(vaegt)} for kode, vaegt in profil.maalgrupper],
        "naer": {"laengde": profil.naer.laengde, "bredde": profil.naer.bredde},
        "hoejstKm": profil.hoejst_km,
        **({"tekst": profil.tekst} if profil.tekst else {}),
    }
    return Kald(navn, "/api/v1/soegninger", system, 8, krop=krop, p95_ms=400, p95_gange_sql=2)


def _dage(profil: Behovsprofil) -> dict[str, str]:
    if profil.periode.til is None:
        raise ValueError("The profile measured has an end")
    return {"fra": profil.periode.fra.isoformat(), "til": profil.periode.til.isoformat()}


def _liste(profil: Behovsprofil, system: dict[str, str]) -> Kald:
    foresp = urlencode({"hjemmel": profil.hjemmel, "maalgruppe": str(profil.maalgrupper[0][0]), "limit": 50})
    return Kald("Landet, liste af 50 tilbud", f"/api/v1/tilbud?{foresp}", system, 5, gange_tom=15)


def _i_sekundet(web: Web, kald: Kald) -> Tal:
    """Answers a second to clients that each ask again as soon as they have one."""
    slut = time.perf_counter() + SEKUNDER

    def klient(_nummer: int) -> int:
        antal = 0
        with httpx.Client(base_url=web.adresse, headers={"Host": VAERT}, timeout=SVARFRIST) as http:
            while time.perf_counter() < slut:
                kald.send(http)
                antal += 1
        return antal

    start = time.perf_counter()
    with ThreadPoolExecutor(KLIENTER) as traade:
        antal = sum(traade.map(klient, range(KLIENTER)))
    return Tal(f"{kald.navn}: {KLIENTER} klienter", antal / (time.perf_counter() - start), "kald/s")


def _i_et_kkr(hvad: str, profil: Behovsprofil, kommune: Kommune) -> Iterator[Tal]:
    """For each KKR how often a search in it read a table of the register otherwise than row by row from what lies in the KKR.

    That is by whose a row is, back to the offers, and those by the KKR's municipalities. More rows than the KKR has would be
    others' even so. The distance is counted from that of its own municipalities with the most offers. A KKR without municipalities in the period has
    nothing to be sought in.
    """
    indhold = ROLLEINDHOLD[Rolle.SAGSBEHANDLER]
    hvem = Aktoer(
        kommune.organisation_id, str(kommune.organisation), indhold.funktion, indhold.rettigheder, "bruger:bench", ""
    )
    for kkr in Kkr.objects.order_by("navn"):
        medlemmer = Kommune.objects.filter(pk__in=kkr.medlemskaber.paa(profil.periode.fra).values("kommune"))
        if not (koder := list(medlemmer.order_by("pk").values_list("pk", flat=True))):
            continue
        egne = {
            model._meta.db_table: (
                f"{vej.partition('__')[0]}_id", model._default_manager.filter(**{f"{vej}__in": koder}).count()
            )
            for model, vej in REGISTER
        }  # fmt: skip
        with CaptureQueriesContext(connection) as fanget:
            soegt = replace(profil, kkr=kkr.pk, naer=_midten(_flest_tilbud(koder)))
            svar = soeg(hvem, soegt, nu=nu())
            suppleret(soegt, svar.resultater[:STANDARD], nu())
        if bool(svar.resultater) is (profil.tekst == INTET):
            raise RuntimeError(f"The search measured finds {len(svar.resultater)} in {kkr.navn}")
        laest = alle_opslag(saetning["sql"] for saetning in fanget.captured_queries)
        uden_for = sum(not _kun_egne(et, *egne[et.tabel]) for et in laest if et.tabel in egne)
        yield Tal(f"Landet, {hvad} {kkr.navn}: opslag uden for", uden_for, "", praecis=0)


def _flest_tilbud(koder: list[str]) -> Kommune:
    """The municipality with the most offers under the measured hjemmel."""
    tilbud = Tilbud.objects.filter(beliggenhedskommune__in=koder, hjemler=HJEMMEL).values("beliggenhedskommune")
    flest = tilbud.annotate(antal=models.Count("pk")).order_by("-antal", "beliggenhedskommune")[0]
    return Kommune.objects.get(pk=flest["beliggenhedskommune"])


def _kun_egne(laest: Opslag, kolonne: str, antal: int) -> bool:
    return laest.gaar_efter(kolonne) and laest.raekker <= antal
