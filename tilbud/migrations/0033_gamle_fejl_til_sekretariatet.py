"""Open reports from before 0029 about what a KKR's secretariat decides go to it too; the operator they wait with cannot change it."""

from django.db import migrations

# Its own step: the history of the reports is written by triggers, and a table with such to come cannot be altered.
FLYT = """
    UPDATE tilbud_fejlsag s SET sekretariat_id = k.sekretariat_id
    FROM tilbud_fejlmelding f, tilbud_tilbud t, kommuner_kkrmedlemskab m, kommuner_kkr k
    WHERE f.id = s.fejlmelding_id AND t.id = s.tilbud_id AND m.kommune_id = t.beliggenhedskommune_id AND k.id = m.kkr_id
        AND m.periode @> (now() AT TIME ZONE 'Europe/Copenhagen')::date AND k.sekretariat_id IS NOT NULL
        AND s.sekretariat_id IS NULL AND f.afsluttet IS NULL AND f.faktum IN ('specialisering', 'klynger')
"""


class Migration(migrations.Migration):

    dependencies = [("tilbud", "0032_nye_pladser_og_aabne_pladser")]

    operations = [migrations.RunSQL(FLYT, migrations.RunSQL.noop)]
