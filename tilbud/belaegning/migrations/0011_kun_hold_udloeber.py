"""Only a hold runs out; one that is confirmed does no more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('belaegning', '0010_lukninger_efter_hvilke_vilkaar'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='optagelse',
            name='optagelse_netop_hold_udloeber',
        ),
        migrations.AddConstraint(
            model_name='optagelse',
            constraint=models.CheckConstraint(condition=models.Q(('art', 'hold'), ('udloeber__isnull', True), _connector='OR'), name='optagelse_kun_hold_udloeber'),
        ),
    ]
