"""Row-level security of the kernel's own tables: a key's stored answer, and a job."""

from django.db import migrations

from faelles.rls import raekkesikkerhed


class Migration(migrations.Migration):
    dependencies = [
        ("faelles", "0002_app_tilbud"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION app_identitet() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('app.identitet', true), '') $$",
            "DROP FUNCTION app_identitet()",
        ),
        raekkesikkerhed("faelles_idempotensnoegle", "klient = app_identitet()"),
        raekkesikkerhed("faelles_job", "organisation_id = app_organisation()"),
    ]
