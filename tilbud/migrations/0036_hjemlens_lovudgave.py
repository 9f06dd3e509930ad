"""A legal basis says which version of the law it is of."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0035_genaabnede_pladser'),
    ]

    operations = [
        migrations.AddField(
            model_name='hjemmel',
            name='lovudgave',
            field=models.CharField(blank=True, default='', max_length=80, verbose_name='lovens udgave'),
        ),
    ]
