"""The lock on a key and what is kept under it, in one statement."""

from django.db import migrations

# VOLATILE, so the query inside sees what was committed until the lock was had, not until the function was called.
NOEGLE = """
CREATE FUNCTION faelles_laas_noegle(laas bigint, hvis text, hvilken text, OUT faaet boolean, OUT kendt uuid)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  faaet := pg_try_advisory_xact_lock(laas);
  IF faaet THEN
    SELECT id INTO kendt FROM faelles_idempotensnoegle WHERE klient = hvis AND noegle = hvilken;
  END IF;
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("faelles", "0005_afsender")]

    operations = [
        migrations.RunSQL(NOEGLE, "DROP FUNCTION faelles_laas_noegle(bigint, text, text)"),
    ]
