import importlib

from django.db import migrations

from faelles.rls import ny_betingelse

FOER = importlib.import_module("reservationer.sag.migrations.0001_foerste").PART
# The operator's side is limited to the offers the actor works with, when she is limited at all.
NU = (
    "(handlekommune_id = app_organisation() AND app_funktion() = 'myndighed')"
    " OR (driftsherre_id = app_organisation() AND app_funktion() = 'driftsherre'"
    " AND (app_tilbud() IS NULL OR tilbud_id = ANY (app_tilbud())))"
)


class Migration(migrations.Migration):

    dependencies = [
        ("faelles", "0002_app_tilbud"),
        ("sag", "0001_foerste"),
    ]

    operations = [
        # sag_beslutning and its history follow: their policies ask whether the reservation can be seen
        ny_betingelse("sag_reservation", FOER, NU),
        ny_betingelse("sag_reservationevent", FOER, NU),
    ]
