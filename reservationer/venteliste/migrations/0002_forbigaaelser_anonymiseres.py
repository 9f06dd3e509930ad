"""The reason somebody was passed over is explained until it is anonymised."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0023_breve_efter_valg'),
        ('sag', '0014_forespoergsler_anonymiseres'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
        ('venteliste', '0001_foerste'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='forbigaaelse',
            name='forbigaaelse_andet_er_forklaret',
        ),
        migrations.AddConstraint(
            model_name='forbigaaelse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grund', 'andet'), _negated=True), models.Q(('bemaerkning', ''), _negated=True), ('identitet', ''), _connector='OR'), name='forbigaaelse_andet_er_forklaret'),
        ),
    ]
