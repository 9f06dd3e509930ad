"""A year's published takster computed again, and what differed."""

import django.db.models.deletion
import faelles.ids
import faelles.tid
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0006_noegle_i_et_hug'),
        ('takster', '0013_objektiv_finansiering'),
    ]

    operations = [
        migrations.CreateModel(
            name='Takstkontrol',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('aar', models.PositiveSmallIntegerField(verbose_name='år')),
                ('antal', models.PositiveIntegerField(verbose_name='takster')),
                ('uden', models.PositiveIntegerField(verbose_name='uden gemt beregning')),
                ('forskelle', models.JSONField(default=list, verbose_name='forskelle')),
                ('udfoert', models.DateTimeField(default=faelles.tid.nu, verbose_name='udført')),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='takstkontrol', to='faelles.job')),
            ],
            options={
                'verbose_name': 'takstkontrol',
                'verbose_name_plural': 'takstkontroller',
                'ordering': ['-udfoert', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('uden__lte', models.F('antal'))), name='takstkontrol_uden_hoejst_antal')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takstkontrol',
            trigger=pgtrigger.compiler.Trigger(name='takstkontrol_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8890bcd0389da7d7a4c4ff272bd2372b221b59fc', operation='UPDATE OR DELETE', pgid='pgtrigger_takstkontrol_kun_tilfoejes_23c4f', table='takster_takstkontrol', when='BEFORE')),
        ),
    ]
