import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import faelles.ids
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import sporsikkerhed


class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0005_afsender'),
        ('kommuner', '0015_soegninger_skriv'),
        ('rammeaftale', '0007_aarshjul'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organ',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('art', models.CharField(choices=[('kkr', 'KKR'), ('embedsmandsudvalg', 'Embedsmandsudvalg'), ('arbejdsgruppe', 'Arbejdsgruppe')], max_length=20, verbose_name='art')),
                ('navn', models.CharField(max_length=120, verbose_name='navn')),
                ('opgave', models.CharField(blank=True, default='', max_length=300, verbose_name='opgave')),
                ('periode', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='periode')),
                ('demo', models.BooleanField(default=False, verbose_name='demo')),
                ('kkr', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organer', to='kommuner.kkr', verbose_name='KKR')),
            ],
            options={
                'verbose_name': 'organ',
                'verbose_name_plural': 'organer',
                'ordering': ['navn', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OrganEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('art', models.CharField(choices=[('kkr', 'KKR'), ('embedsmandsudvalg', 'Embedsmandsudvalg'), ('arbejdsgruppe', 'Arbejdsgruppe')], max_length=20, verbose_name='art')),
                ('navn', models.CharField(max_length=120, verbose_name='navn')),
                ('opgave', models.CharField(blank=True, default='', max_length=300, verbose_name='opgave')),
                ('periode', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='periode')),
                ('demo', models.BooleanField(default=False, verbose_name='demo')),
                ('kkr', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.kkr', verbose_name='KKR')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.organ')),
            ],
            options={
                'verbose_name': 'ændring af organ',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Organmedlem',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('hverv', models.CharField(choices=[('formand', 'Formand'), ('naestformand', 'Næstformand'), ('medlem', 'Medlem')], max_length=12, verbose_name='hverv')),
                ('periode', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='medlem i perioden')),
                ('organ', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='medlemmer', to='rammeaftale.organ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organmedlemskaber', to='kommuner.organisation')),
            ],
            options={
                'verbose_name': 'medlem af organ',
                'verbose_name_plural': 'medlemmer af organer',
                'ordering': ['organisation__navn_sortering', 'periode'],
            },
        ),
        migrations.CreateModel(
            name='OrganmedlemEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('hverv', models.CharField(choices=[('formand', 'Formand'), ('naestformand', 'Næstformand'), ('medlem', 'Medlem')], max_length=12, verbose_name='hverv')),
                ('periode', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='medlem i perioden')),
                ('organ', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.organ')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.organmedlem')),
            ],
            options={
                'verbose_name': 'ændring af medlem af organ',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='organ',
            constraint=models.CheckConstraint(condition=models.Q(('periode__isempty', False), ('periode__startswith__isnull', False)), name='organ_periode_rigtig'),
        ),
        migrations.AddConstraint(
            model_name='organ',
            constraint=models.CheckConstraint(condition=models.Q(('art__in', ['kkr', 'embedsmandsudvalg', 'arbejdsgruppe'])), name='organ_art_kendt'),
        ),
        migrations.AddConstraint(
            model_name='organ',
            constraint=models.UniqueConstraint(fields=('kkr', 'navn'), name='organ_navn_unikt_i_kkr'),
        ),
        migrations.AddConstraint(
            model_name='organ',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('art', 'arbejdsgruppe'), _negated=True), expressions=[('kkr', '='), ('art', '='), ('periode', '&&')], name='organ_et_af_slagsen_ad_gangen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organ',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organevent" ("art", "demo", "id", "kkr_id", "navn", "opgave", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."art", new_values."demo", new_values."id", new_values."kkr_id", new_values."navn", new_values."opgave", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='3ef1140ed201fbbb425275f8a8fa98c6bdb72965', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5d646', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_organ', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organ',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organevent" ("art", "demo", "id", "kkr_id", "navn", "opgave", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."art", new_values."demo", new_values."id", new_values."kkr_id", new_values."navn", new_values."opgave", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='de10c166ad12c8d6c331241b758559e942dc8ec9', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_9443a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_organ', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organ',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organevent" ("art", "demo", "id", "kkr_id", "navn", "opgave", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."art", old_values."demo", old_values."id", old_values."kkr_id", old_values."navn", old_values."opgave", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='108ffe99d0614eb4668e3e0693054c1d935b57d3', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_cba45', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_organ', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='organevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='organ_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='organevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='organ_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sekretariat_id FROM kommuner_kkr WHERE id = NEW.kkr_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='568db7d561c49256ea7f9e27e0c0869f08ac04b1', operation='INSERT', pgid='pgtrigger_vedroerer_a5e2d', table='rammeaftale_organevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44018eff0ca5f0c39399f0b26aa53da83c80a275', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6c50', table='rammeaftale_organevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='organmedlem',
            constraint=models.CheckConstraint(condition=models.Q(('periode__isempty', False), ('periode__startswith__isnull', False)), name='organmedlem_periode_rigtig'),
        ),
        migrations.AddConstraint(
            model_name='organmedlem',
            constraint=models.CheckConstraint(condition=models.Q(('hverv__in', ['formand', 'naestformand', 'medlem'])), name='organmedlem_hverv_kendt'),
        ),
        migrations.AddConstraint(
            model_name='organmedlem',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('organ', '='), ('organisation', '='), ('periode', '&&')], name='organmedlem_et_hverv_ad_gangen'),
        ),
        migrations.AddConstraint(
            model_name='organmedlem',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('hverv', 'formand')), expressions=[('organ', '='), ('periode', '&&')], name='organ_en_formand_ad_gangen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organmedlem',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organmedlemevent" ("hverv", "id", "organ_id", "organisation_id", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."hverv", new_values."id", new_values."organ_id", new_values."organisation_id", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a803f5e2895268dd105eb0725e6529d09cd55800', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7c162', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_organmedlem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organmedlem',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organmedlemevent" ("hverv", "id", "organ_id", "organisation_id", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."hverv", new_values."id", new_values."organ_id", new_values."organisation_id", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1f3e36c2a33949350f08007db8ea8ff91150b0c4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_8fdb6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_organmedlem', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organmedlem',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organmedlemevent" ("hverv", "id", "organ_id", "organisation_id", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."hverv", old_values."id", old_values."organ_id", old_values."organisation_id", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='ed0c699f542ff6aeed4521bebcc7a47ba53fa920', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8cede', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_organmedlem', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='organmedlemevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='organmedlem_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='organmedlemevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='organmedlem_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organmedlemevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_organ o ON o.kkr_id = k.id WHERE o.id = NEW.organ_id UNION ALL VALUES (NEW.organisation_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='35be24b0fab11e37e620b5f9f7251b24a1d51789', operation='INSERT', pgid='pgtrigger_vedroerer_69f4c', table='rammeaftale_organmedlemevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organmedlemevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e83c57d2881ebb2df7acd40a6ccfe1abd2ddd167', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_163ea', table='rammeaftale_organmedlemevent', when='BEFORE')),
        ),
        sporsikkerhed("rammeaftale_organevent"),
        sporsikkerhed("rammeaftale_organmedlemevent"),
    ]
