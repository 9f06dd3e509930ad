
import django.contrib.postgres.fields.ranges
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0014_kommentarer'),
        ('vilkaar', '0002_historik'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='vilkaarssaet',
            name='vilkaarssaet_uforanderligt',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='vilkaarssaet',
            name='insert_insert',
        ),
        migrations.RemoveConstraint(
            model_name='vilkaarssaet',
            name='vilkaarssaet_periode_rigtig',
        ),
        migrations.AddField(
            model_name='vilkaarssaet',
            name='udsendt_periode',
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True, verbose_name='udsendt for'),
        ),
        migrations.AddField(
            model_name='vilkaarssaet',
            name='version_id',
            field=models.UUIDField(blank=True, null=True, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='vilkaarssaetevent',
            name='udsendt_periode',
            field=django.contrib.postgres.fields.ranges.DateRangeField(null=True, verbose_name='udsendt for'),
        ),
        migrations.AddField(
            model_name='vilkaarssaetevent',
            name='version_id',
            field=models.UUIDField(blank=True, null=True, verbose_name='version'),
        ),
        # Until now a set held for all the days it was published for.
        migrations.RunSQL(
            [
                "UPDATE vilkaar_vilkaarssaet SET udsendt_periode = periode",
                "ALTER TABLE vilkaar_vilkaarssaetevent DISABLE TRIGGER USER",
                "UPDATE vilkaar_vilkaarssaetevent SET udsendt_periode = periode",
                "ALTER TABLE vilkaar_vilkaarssaetevent ENABLE TRIGGER USER",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='vilkaarssaet',
            name='udsendt_periode',
            field=django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='udsendt for'),
        ),
        migrations.AlterField(
            model_name='vilkaarssaetevent',
            name='udsendt_periode',
            field=django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='udsendt for'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vilkaarssaet',
            trigger=pgtrigger.compiler.Trigger(name='vilkaarssaet_slettes_ikke', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7b9f821e6d2c483b66a8d8b9b5d544d39bfebd4b', operation='DELETE', pgid='pgtrigger_vilkaarssaet_slettes_ikke_bae2d', table='vilkaar_vilkaarssaet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vilkaarssaet',
            trigger=pgtrigger.compiler.Trigger(name='vilkaarssaet_uforanderligt', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF NOT NEW.periode <@ OLD.periode OR (NOT isempty(NEW.periode) AND lower(NEW.periode) <> lower(OLD.periode)) OR to_jsonb(NEW) - 'periode' <> to_jsonb(OLD) - 'periode' THEN RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME; END IF; RETURN NEW;", hash='403e5f5dc484c08d780648718e05e450c67f1206', operation='UPDATE', pgid='pgtrigger_vilkaarssaet_uforanderligt_65eae', table='vilkaar_vilkaarssaet', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vilkaarssaet',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "vilkaar_vilkaarssaetevent" ("aftale", "demo", "id", "kkr_id", "nummer", "oprettet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "udsendt_periode", "version_id") SELECT new_values."aftale", new_values."demo", new_values."id", new_values."kkr_id", new_values."nummer", new_values."oprettet", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."status", new_values."udsendt_periode", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='fc881d18780d7df148e0e5d270a5f362bc695f8a', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_8f978', referencing='REFERENCING NEW TABLE AS new_values ', table='vilkaar_vilkaarssaet', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vilkaarssaet',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "vilkaar_vilkaarssaetevent" ("aftale", "demo", "id", "kkr_id", "nummer", "oprettet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "udsendt_periode", "version_id") SELECT new_values."aftale", new_values."demo", new_values."id", new_values."kkr_id", new_values."nummer", new_values."oprettet", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."status", new_values."udsendt_periode", new_values."version_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a45ac9ba2f486021a20b8116c3b5ae3666176f75', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_96bf4', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='vilkaar_vilkaarssaet', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='vilkaarssaet',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "vilkaar_vilkaarssaetevent" ("aftale", "demo", "id", "kkr_id", "nummer", "oprettet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "status", "udsendt_periode", "version_id") SELECT old_values."aftale", old_values."demo", old_values."id", old_values."kkr_id", old_values."nummer", old_values."oprettet", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."status", old_values."udsendt_periode", old_values."version_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8167ed2e81ea4b8cc1a915f49dab2b40319db26a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_14b26', referencing='REFERENCING OLD TABLE AS old_values ', table='vilkaar_vilkaarssaet', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='vilkaarssaet',
            constraint=models.CheckConstraint(condition=models.Q(('periode__isempty', True), ('periode__startswith__isnull', False), _connector='OR'), name='vilkaarssaet_periode_rigtig'),
        ),
        migrations.AddConstraint(
            model_name='vilkaarssaet',
            constraint=models.CheckConstraint(condition=models.Q(('udsendt_periode__isempty', False), ('udsendt_periode__startswith__isnull', False)), name='vilkaarssaet_udsendt_periode_rigtig'),
        ),
    ]
