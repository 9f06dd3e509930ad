"""Only an adopted agreement is published and sent to the national board: before, a day of one that was not was let through."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0045_beslutning_afloeses_med_vilje'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='rammeaftale',
            name='rammeaftale_offentliggjort_efter_vedtagelsen',
        ),
        migrations.RemoveConstraint(
            model_name='rammeaftale',
            name='rammeaftale_sendt_til_styrelsen_efter_vedtagelsen',
        ),
        migrations.AddConstraint(
            model_name='rammeaftale',
            constraint=models.CheckConstraint(condition=models.Q(('offentliggjort__isnull', True), models.Q(('offentliggjort__gte', models.F('vedtaget')), ('vedtaget__isnull', False)), _connector='OR'), name='rammeaftale_offentliggjort_efter_vedtagelsen'),
        ),
        migrations.AddConstraint(
            model_name='rammeaftale',
            constraint=models.CheckConstraint(condition=models.Q(('sendt_til_styrelsen__isnull', True), models.Q(('sendt_til_styrelsen__gte', models.F('vedtaget')), ('vedtaget__isnull', False)), _connector='OR'), name='rammeaftale_sendt_til_styrelsen_efter_vedtagelsen'),
        ),
    ]
