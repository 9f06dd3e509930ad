"""Municipalities are told of changed takster they pay."""

import django.db.models.deletion
import faelles.ids
import faelles.tid
from django.db import migrations, models

from faelles.rls import raekkesikkerhed


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0019_kommentarer_i_ord'),
        ('sag', '0008_efter_hvilke_vilkaar'),
        ('takster', '0009_takstdokumenter'),
    ]

    operations = [
        migrations.CreateModel(
            name='Takstbesked',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('oprettet', models.DateTimeField(default=faelles.tid.nu, verbose_name='oprettet')),
                ('noteret', models.DateTimeField(blank=True, null=True, verbose_name='noteret')),
                ('sendt', models.DateTimeField(blank=True, null=True, verbose_name='sendt')),
                ('kvitteret', models.DateTimeField(blank=True, null=True, verbose_name='set')),
                ('kommune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='takstbeskeder', to='kommuner.organisation')),
                ('takst', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='beskeder', to='takster.takst')),
            ],
            options={
                'verbose_name': 'besked om takst',
                'verbose_name_plural': 'beskeder om takster',
                'ordering': ['-oprettet', '-id'],
                'indexes': [models.Index(condition=models.Q(('sendt__isnull', True)), fields=['oprettet'], name='takstbesked_venter'), models.Index(condition=models.Q(('kvitteret__isnull', True)), fields=['kommune', '-oprettet'], name='takstbesked_nye')],
                'constraints': [models.UniqueConstraint(fields=('takst', 'kommune'), name='takstbesked_en_pr_takst_og_kommune'), models.CheckConstraint(condition=models.Q(('sendt__isnull', True), ('noteret__isnull', False), _connector='OR'), name='takstbesked_sendt_af_en_koersel')],
            },
        ),
        raekkesikkerhed("sag_takstbesked", "kommune_id = app_organisation() AND app_funktion() = 'myndighed'"),
    ]
