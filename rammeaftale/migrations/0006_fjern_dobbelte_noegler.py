"""As vilkaar 0004: the three keys no rule ever read leave the clauses that set them."""

from django.db import migrations

UDGAAEDE = "('opsigelsesvarsel', 'fravaersregler', 'svarfrist')"


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0005_tekst'),
    ]

    operations = [
        migrations.RunSQL(
            [
                "ALTER TABLE rammeaftale_klausulvilkaar DISABLE TRIGGER USER",
                f"DELETE FROM rammeaftale_klausulvilkaar WHERE noegle IN {UDGAAEDE}",
                "ALTER TABLE rammeaftale_klausulvilkaar ENABLE TRIGGER USER",
            ],
            migrations.RunSQL.noop,
        ),
    ]
