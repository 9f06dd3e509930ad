"""The joint report on a central call, as a PDF the parties can open."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import faelles.ids
import faelles.tid
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from faelles.rls import sporsikkerhed


class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0005_afsender'),
        ('rammeaftale', '0016_fokus_fortsaettes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Udmeldingsrapport',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('bestilt', models.DateTimeField(default=faelles.tid.nu, verbose_name='bestilt')),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='udmeldingsrapport', to='faelles.job')),
                ('udmelding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rapporter', to='rammeaftale.udmelding')),
            ],
            options={
                'verbose_name': 'fælles rapport',
                'verbose_name_plural': 'fælles rapporter',
                'ordering': ['-bestilt', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Udmeldingsrapportfil',
            fields=[
                ('rapport', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='fil', serialize=False, to='rammeaftale.udmeldingsrapport')),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(max_length=64, verbose_name='kontrolsum')),
            ],
            options={
                'verbose_name': 'fælles rapports fil',
                'verbose_name_plural': 'fælles rapporters filer',
            },
        ),
        migrations.CreateModel(
            name='UdmeldingsrapportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('bestilt', models.DateTimeField(default=faelles.tid.nu, verbose_name='bestilt')),
                ('job', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='faelles.job')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.udmeldingsrapport')),
                ('udmelding', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.udmelding')),
            ],
            options={
                'verbose_name': 'ændring af fælles rapport',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsrapportfil',
            trigger=pgtrigger.compiler.Trigger(name='udmeldingsrapportfil_uforanderlig', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6c01fabe9450cf8f3f8277f48f8680361aeb4cdc', operation='UPDATE OR DELETE', pgid='pgtrigger_udmeldingsrapportfil_uforanderlig_f300c', table='rammeaftale_udmeldingsrapportfil', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsrapport',
            trigger=pgtrigger.compiler.Trigger(name='udmeldingsrapport_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='60e5db814223ea2a2092c987aeea2ba0056aae37', operation='UPDATE OR DELETE', pgid='pgtrigger_udmeldingsrapport_kun_tilfoejes_b113d', table='rammeaftale_udmeldingsrapport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsrapport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingsrapportevent" ("bestilt", "id", "job_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "udmelding_id") SELECT new_values."bestilt", new_values."id", new_values."job_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."udmelding_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cde0056497e6b094be3187670926dabf61987c25', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5aeb9', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_udmeldingsrapport', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='udmeldingsrapportevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='udmeldingsrapport_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='udmeldingsrapportevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='udmeldingsrapport_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsrapportevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_udmelding u ON u.aftale_id = r.id WHERE u.id = NEW.udmelding_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='5170618e0bfcef6b176e8775f2966bc08d188808', operation='INSERT', pgid='pgtrigger_vedroerer_99474', table='rammeaftale_udmeldingsrapportevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsrapportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5ce0dafca2a9fcb1b9c92fc733a1da309d1a536d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_87c7a', table='rammeaftale_udmeldingsrapportevent', when='BEFORE')),
        ),
        sporsikkerhed("rammeaftale_udmeldingsrapportevent"),
    ]
