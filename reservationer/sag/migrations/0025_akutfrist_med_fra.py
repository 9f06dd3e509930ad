"""A last lawful day and the first day without approval are there together."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sag", "0024_akut_fra")]

    operations = [
        migrations.AddConstraint(
            model_name='ophold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('akut_fra__isnull', False), ('akutfrist__isnull', False)), models.Q(('akut_fra__isnull', True), ('akutfrist__isnull', True)), _connector='OR'), name='ophold_akutfrist_netop_med_fra'),
        ),
    ]
