"""Where an operator has used an own id for several rows of a table, the oldest keeps it; the others are known by the platform's id.

They could be told apart by what they belonged to, which is no longer asked; the next file says which row is meant.
"""

from django.db import migrations

_LED = {
    "afdeling": "tilbud_tilbud t ON t.id = r.tilbud_id",
    "tilsynsgodkendelse": "tilbud_tilbud t ON t.id = r.tilbud_id",
    "tilsynsrapport": "tilbud_tilbud t ON t.id = r.tilbud_id",
    "ydelse": "tilbud_tilbud t ON t.id = r.tilbud_id",
    "plads": "tilbud_afdeling a ON a.id = r.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id",
    "merpladstilladelse": "tilbud_afdeling a ON a.id = r.afdeling_id JOIN tilbud_tilbud t ON t.id = a.tilbud_id",
}
_RYD = """
    UPDATE tilbud_{0} SET ekstern_id = '' WHERE id IN (
        SELECT id FROM (
            SELECT r.id, row_number() OVER (PARTITION BY t.driftsherre_id, r.ekstern_id ORDER BY r.id) AS nummer
            FROM tilbud_{0} r JOIN {1} WHERE r.ekstern_id <> ''
        ) ens WHERE nummer > 1
    )
"""


class Migration(migrations.Migration):

    dependencies = [("tilbud", "0024_importer_fra_systemer")]

    operations = [
        migrations.RunSQL([_RYD.format(tabel, led) for tabel, led in _LED.items()], migrations.RunSQL.noop)
    ]
