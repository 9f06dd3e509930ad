"""Offers of a place that stood open after their enquiry had ended fall now, as they should have then."""

from django.db import migrations

# Its own step: the history of the offers is written by triggers, and a table with such to come cannot be altered.
FALD = """
    UPDATE sag_pladstilbud p SET tilstand = CASE WHEN p.gyldig_til <= now() THEN 'udloebet' ELSE 'bortfaldet' END
    FROM sag_henvendelse h WHERE h.id = p.henvendelse_id AND h.tilstand <> 'accepteret' AND p.tilstand = 'tilbudt'
"""


class Migration(migrations.Migration):

    dependencies = [("sag", "0012_tilbud_falder_med_forespoergslen")]

    operations = [migrations.RunSQL(FALD, migrations.RunSQL.noop)]
