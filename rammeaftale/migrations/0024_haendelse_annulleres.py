"""Something registered about a central call by mistake can be annulled, with why."""

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
        ('kommuner', '0019_kommentarer_i_ord'),
        ('rammeaftale', '0023_part_staar_fast'),
    ]

    operations = [
        migrations.CreateModel(
            name='Udmeldingsannullering',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('begrundelse', models.CharField(max_length=500, verbose_name='begrundelse')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
                ('faktum', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='annullering', to='rammeaftale.udmeldingsfaktum', verbose_name='hændelse')),
                ('registreret_af', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrerede_udmeldingsannulleringer', to='kommuner.organisation')),
            ],
            options={
                'verbose_name': 'annullering af hændelse i udmelding',
                'verbose_name_plural': 'annulleringer af hændelser i udmeldinger',
            },
        ),
        migrations.CreateModel(
            name='UdmeldingsannulleringEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('begrundelse', models.CharField(max_length=500, verbose_name='begrundelse')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
                ('faktum', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.udmeldingsfaktum', verbose_name='hændelse')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.udmeldingsannullering')),
                ('registreret_af', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
            ],
            options={
                'verbose_name': 'ændring af annullering af hændelse i udmelding',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='udmeldingsannullering',
            constraint=models.CheckConstraint(condition=models.Q(('begrundelse', ''), _negated=True), name='udmeldingsannullering_har_begrundelse'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsannullering',
            trigger=pgtrigger.compiler.Trigger(name='udmeldingsannullering_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='01897ebda3bab2f544473718232e3911d0609c06', operation='UPDATE OR DELETE', pgid='pgtrigger_udmeldingsannullering_kun_tilfoejes_5c6d7', table='rammeaftale_udmeldingsannullering', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsannullering',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingsannulleringevent" ("begrundelse", "faktum_id", "id", "identitet", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registreret", "registreret_af_id") SELECT new_values."begrundelse", new_values."faktum_id", new_values."id", new_values."identitet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."registreret", new_values."registreret_af_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='77e591e9674894ea7ca53d8685b771cfd789c7b3', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_19c09', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_udmeldingsannullering', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='udmeldingsannulleringevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='udmeldingsannullerin_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='udmeldingsannulleringevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='udmeldingsannullerin_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsannulleringevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_udmelding u ON u.aftale_id = r.id JOIN rammeaftale_udmeldingsfaktum f ON f.udmelding_id = u.id WHERE f.id = NEW.faktum_id UNION ALL VALUES (NEW.registreret_af_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='73b664aad375b2db60f44e2d0f2fd62229872b8c', operation='INSERT', pgid='pgtrigger_vedroerer_e3828', table='rammeaftale_udmeldingsannulleringevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsannulleringevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='006a05b9726212ac8b9a1cd584c696feb3a9b860', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_97495', table='rammeaftale_udmeldingsannulleringevent', when='BEFORE')),
        ),
        sporsikkerhed("rammeaftale_udmeldingsannulleringevent"),
    ]
