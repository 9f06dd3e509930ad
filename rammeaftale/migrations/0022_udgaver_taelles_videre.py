"""The savings of a clause are counted on from version to version; those there are get their number in the order they were made."""

from django.db import migrations, models

# Savings are only added, so the owner lets go of that while they get another number and nothing else.
TAEL_VIDERE = """
ALTER TABLE rammeaftale_klausuludgave DISABLE TRIGGER USER;
UPDATE rammeaftale_klausuludgave u SET udgave = talt.nummer
FROM (
    SELECT e.id, row_number() OVER (PARTITION BY e.klausul_id ORDER BY v.nummer, e.udgave) AS nummer
    FROM rammeaftale_klausuludgave e JOIN rammeaftale_version v ON v.id = e.version_id
) talt
WHERE talt.id = u.id AND talt.nummer <> u.udgave;
ALTER TABLE rammeaftale_klausuludgave ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0021_vedtaget_den_dag_alle_var_enige'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='klausuludgave', name='klausuludgave_en_ad_gangen'),
        migrations.RunSQL(TAEL_VIDERE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='klausuludgave',
            constraint=models.UniqueConstraint(fields=('klausul', 'udgave'), name='klausuludgave_en_ad_gangen'),
        ),
    ]
