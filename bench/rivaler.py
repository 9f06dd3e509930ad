"""Thirty-two municipalities want the same place at the same instant: one gets it, the others are told, nothing breaks."""

import os
import statistics
from datetime import timedelta

from bench.kaploeb import koer, rival
from bench.klienter import token
from bench.processer import Web
from bench.resultat import Tal
from faelles.tid import Periode, idag, nu
from kommuner.models import Organisation, Organisationsart
from tilbud.belaegning.models import Optagelse
from tilbud.belaegning.querysets import er_ledig
from tilbud.models import Plads

RIVALER = 32
DAGE = 30


def maal(web: Web) -> list[Tal]:
    """One race for a place that is free."""
    fra = idag() + timedelta(days=DAGE)
    periode = Periode(fra, fra + timedelta(days=DAGE))
    plads = (
        Plads.objects.aabne_i_hele(periode)
        .filter(er_ledig(Optagelse.objects.all(), periode, nu()), afdeling__tilbud__lukket_fra__isnull=True)
        .order_by("pk")[0]
    )
    hjemmel = plads.afdeling.tilbud.hjemler.values_list("kode", flat=True)[0]
    kommuner = list(Organisation.objects.filter(art=Organisationsart.KOMMUNE)[:RIVALER])
    deltagere = [rival(token(kommune), plads.pk, periode, hjemmel) for kommune in kommuner]
    loeb = koer(web.adresse, deltagere, plads.pk, os.environ["DATABASE_OWNER_URL"])
    fejl = sum(antal for status, antal in loeb.status.items() if status not in {201, 409})
    return [
        Tal("Kapløb om en plads: transaktioner åbne samtidig", loeb.ventede, "", praecis=RIVALER),
        Tal("Kapløb om en plads: fik pladsen (201)", loeb.status.get(201, 0), "", praecis=1),
        Tal("Kapløb om en plads: fik besked om optaget (409)", loeb.status.get(409, 0), "", praecis=RIVALER - 1),
        Tal("Kapløb om en plads: alt andet", fejl, "", praecis=0),
        Tal("Kapløb om en plads: fra fløjt til svar, p95", statistics.quantiles(loeb.tider, n=20)[-1] * 1000, "ms"),
    ]
