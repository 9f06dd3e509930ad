"""Documents about takster as PDF: the evidence pack of one, and the takst list of a year."""

import django.db.models.deletion
import faelles.ids
import faelles.tid
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0005_afsender'),
        ('kommuner', '0019_kommentarer_i_ord'),
        ('takster', '0008_regnskaber'),
        ('tilbud', '0039_klynger_i_dansk_orden'),
    ]

    operations = [
        migrations.CreateModel(
            name='Takstdokument',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('aar', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='år')),
                ('bestilt', models.DateTimeField(default=faelles.tid.nu, verbose_name='bestilt')),
                ('hjemmel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='takstlister', to='tilbud.hjemmel')),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='takstdokument', to='faelles.job')),
                ('kkr', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='takstlister', to='kommuner.kkr', verbose_name='KKR')),
                ('takst', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='dokumenter', to='takster.takst')),
            ],
            options={
                'verbose_name': 'takstdokument',
                'verbose_name_plural': 'takstdokumenter',
                'ordering': ['-bestilt', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Takstdokumentfil',
            fields=[
                ('dokument', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='fil', serialize=False, to='takster.takstdokument')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
            ],
            options={
                'verbose_name': 'takstdokuments fil',
                'verbose_name_plural': 'takstdokumenters filer',
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takstdokumentfil',
            trigger=pgtrigger.compiler.Trigger(name='takstdokumentfil_uforanderlig', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c83efbf840e21f09e3a4cd19c735150b7d069f4d', operation='UPDATE OR DELETE', pgid='pgtrigger_takstdokumentfil_uforanderlig_54753', table='takster_takstdokumentfil', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='takstdokument',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('aar__isnull', True), ('hjemmel__isnull', True), ('kkr__isnull', True), ('takst__isnull', False)), models.Q(('aar__isnull', False), ('takst__isnull', True)), _connector='OR'), name='takstdokument_om_en_takst_eller_et_aar'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='takstdokument',
            trigger=pgtrigger.compiler.Trigger(name='takstdokument_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c5409bbfc9792ea4f5b94d6f9bec0aa2d8f12e56', operation='UPDATE OR DELETE', pgid='pgtrigger_takstdokument_kun_tilfoejes_6467f', table='takster_takstdokument', when='BEFORE')),
        ),
    ]
