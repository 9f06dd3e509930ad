from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("faelles", "0001_foerste"),
    ]

    operations = [
        # The only offers the actor works with, as faelles.scope has said for this transaction; null means no limit.
        migrations.RunSQL(
            sql=[
                "CREATE FUNCTION app_tilbud() RETURNS uuid[] LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('app.tilbud', true), '')::uuid[] $$",
            ],
            reverse_sql=["DROP FUNCTION app_tilbud()"],
        ),
    ]
