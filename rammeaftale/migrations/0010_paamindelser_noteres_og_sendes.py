"""A reminder of the wheel is noted before it is sent, and noted to be sent when it has been: a killed run loses none."""

import faelles.tid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0009_moeder'),
    ]

    operations = [
        migrations.AddField(
            model_name='aarshjulspaamindelse',
            name='noteret',
            field=models.DateTimeField(default=faelles.tid.nu, verbose_name='noteret'),
        ),
        migrations.AlterField(
            model_name='aarshjulspaamindelse',
            name='sendt',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sendt'),
        ),
    ]
