"""A final report has a number: before, one without was let through, for a comparison with NULL refuses nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rapporter', '0007_rapporter_om_en_kommune'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='rapport',
            name='rapport_endelig_har_udkast_og_nummer',
        ),
        migrations.AddConstraint(
            model_name='rapport',
            constraint=models.CheckConstraint(condition=models.Q(('nummer', None), ('udkast', None)) | models.Q(('nummer__gte', 1), ('nummer__isnull', False), ('udkast__isnull', False)), name='rapport_endelig_har_udkast_og_nummer'),
        ),
    ]
