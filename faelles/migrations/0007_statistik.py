"""Statistics on what a transaction has written itself: the application may write its tables, but only their owner may analyse them."""

from django.db import migrations

STATISTIK = """
CREATE FUNCTION faelles_opdater_statistik() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  EXECUTE (
    SELECT 'ANALYZE ' || string_agg(relname::regclass::text, ', ' ORDER BY relname)
    FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_get_userbyid(relowner) = current_user
  );
END
$$
"""


class Migration(migrations.Migration):
    dependencies = [("faelles", "0006_noegle_i_et_hug")]

    operations = [
        migrations.RunSQL(STATISTIK, "DROP FUNCTION faelles_opdater_statistik()"),
    ]
