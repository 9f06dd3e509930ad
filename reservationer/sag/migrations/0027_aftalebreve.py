"""Both parties of a placement agreement are mailed what is decided about it; the mails are the platform's own."""

import django.db.models.deletion
import faelles.ids
import faelles.tid
from django.db import migrations, models

from faelles.rls import raekkesikkerhed


class Migration(migrations.Migration):

    dependencies = [
        ('sag', '0026_efter_taksten'),
    ]

    operations = [
        migrations.CreateModel(
            name='Aftalebrev',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('til', models.CharField(choices=[('myndighed', 'kommunen'), ('driftsherre', 'tilbuddet')], max_length=16, verbose_name='til')),
                ('oprettet', models.DateTimeField(default=faelles.tid.nu, verbose_name='oprettet')),
                ('noteret', models.DateTimeField(blank=True, null=True, verbose_name='noteret')),
                ('sendt', models.DateTimeField(blank=True, null=True, verbose_name='sendt')),
                ('beslutning', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aftalebreve', to='sag.beslutning')),
            ],
            options={
                'verbose_name': 'brev om placeringsaftale',
                'verbose_name_plural': 'breve om placeringsaftaler',
                'ordering': ['oprettet', 'id'],
                'indexes': [models.Index(condition=models.Q(('sendt__isnull', True)), fields=['oprettet'], name='aftalebrev_venter')],
                'constraints': [models.UniqueConstraint(fields=('beslutning', 'til'), name='aftalebrev_et_pr_beslutning_og_part'), models.CheckConstraint(condition=models.Q(('til__in', ['myndighed', 'driftsherre'])), name='aftalebrev_til_en_part'), models.CheckConstraint(condition=models.Q(('sendt__isnull', True), ('noteret__isnull', False), _connector='OR'), name='aftalebrev_sendt_af_en_koersel')],
            },
        ),
        raekkesikkerhed("sag_aftalebrev", "false"),
    ]
