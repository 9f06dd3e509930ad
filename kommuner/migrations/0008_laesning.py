"""The read log: whose data was read, in which function and request; row-level security on the log itself; its pruning."""

from uuid import UUID

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import faelles.ids
import faelles.tid
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import logsikkerhed

# What was read before the log said whose it was: the reader's own organisation can find it, nobody else.
LAESERS_EGNE = [
    "SELECT set_config('pgtrigger.ignore', '{pgtrigger_laesning_kun_tilfoejes_e4665}', true)",
    "UPDATE kommuner_laesning SET vedroerer = ARRAY[organisation_id]",
    "SELECT set_config('pgtrigger.ignore', '{}', true)",
]
# One can only log what one does oneself.
SELV = "app_funktion() = 'system' OR (organisation_id = app_organisation() AND funktion = app_funktion())"


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0007_historik'),
    ]

    operations = [
        migrations.CreateModel(
            name='Logrydning',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('log', models.CharField(max_length=60)),
                ('foer', models.DateTimeField()),
                ('antal', models.PositiveIntegerField()),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu)),
            ],
            options={
                'verbose_name': 'logrydning',
                'verbose_name_plural': 'logrydninger',
            },
        ),
        migrations.RemoveIndex(
            model_name='laesning',
            name='laesning_opslag',
        ),
        migrations.AddField(
            model_name='laesning',
            name='forespoergsel',
            field=models.UUIDField(default=UUID(int=0)),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='laesning',
            name='funktion',
            field=models.CharField(default='', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='laesning',
            name='rolle_navn',
            field=models.CharField(default='', max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='laesning',
            name='spoergsmaal',
            field=models.CharField(blank=True, default='', max_length=300),
        ),
        migrations.AddField(
            model_name='laesning',
            name='vedroerer',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
            preserve_default=False,
        ),
        migrations.RunSQL(LAESERS_EGNE, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='laesning',
            name='entitet_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='laesning',
            index=models.Index(fields=['tidspunkt', 'id'], name='laesning_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='laesning',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='laesning_spor_hvem'),
        ),
        migrations.AddIndex(
            model_name='laesning',
            index=models.Index(fields=['entitet_id', 'tidspunkt'], name='laesning_opslag'),
        ),
        migrations.AddConstraint(
            model_name='laesning',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entitet_id__isnull', False), ('spoergsmaal', '')), models.Q(('entitet_id__isnull', True), models.Q(('spoergsmaal', ''), _negated=True)), _connector='OR'), name='laesning_af_en_ting_eller_et_spoergsmaal'),
        ),
        migrations.AddIndex(
            model_name='logrydning',
            index=models.Index(fields=['log', '-tidspunkt'], name='logrydning_seneste'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='logrydning',
            trigger=pgtrigger.compiler.Trigger(name='logrydning_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8f73da83bcf6e849ffd5d60a72e9aceec07941ce', operation='UPDATE OR DELETE', pgid='pgtrigger_logrydning_kun_tilfoejes_cde4a', table='kommuner_logrydning', when='BEFORE')),
        ),
        logsikkerhed("kommuner_laesning", SELV),
    ]
