"""The clocks there are began with their stays."""

from django.db import migrations

# Its own step: a table with the history of a change to come cannot be altered. One that is anonymised is touched this once.
# Each statement by itself: who changed something is told the database only in front of a statement that begins with a change.
FRA = [
    "ALTER TABLE sag_ophold DISABLE TRIGGER pgtrigger_ophold_anonymiseret_er_endelig_cd192",
    "UPDATE sag_ophold SET akut_fra = foerste_dag WHERE akutfrist IS NOT NULL",
    "ALTER TABLE sag_ophold ENABLE TRIGGER pgtrigger_ophold_anonymiseret_er_endelig_cd192",
]


class Migration(migrations.Migration):

    dependencies = [("sag", "0023_akutforloeb")]

    operations = [migrations.RunSQL(FRA, migrations.RunSQL.noop)]
