"""Who has approved a deviation is said only of one: before, it was let through alone, for a comparison with NULL refuses nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('takster', '0016_genberegnede_priser_til_sekretariatet'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='budget',
            name='budget_afvigelse_har_godkender',
        ),
        migrations.AddConstraint(
            model_name='budget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('aftalt_belaegning__isnull', True), ('aftalt_grund', '')), models.Q(('aftalt_belaegning__gt', 0), ('aftalt_belaegning__isnull', False), ('aftalt_belaegning__lte', 100), models.Q(('aftalt_grund', ''), _negated=True)), _connector='OR'), name='budget_afvigelse_har_godkender'),
        ),
    ]
