"""A cluster can be ended, and nobody is a member of it then."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0037_dagpladser_for_beboere'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='klynge',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='klynge',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='klynge',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='klynge',
            name='til',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='afsluttet fra'),
        ),
        migrations.AddField(
            model_name='klyngeevent',
            name='til',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='afsluttet fra'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klynge',
            trigger=pgtrigger.compiler.Trigger(name='klynge_slutter_med_medlemmerne', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        \n        IF EXISTS (\n            SELECT 1 FROM tilbud_klyngemedlemskab m\n            WHERE m.klynge_id = NEW.id AND NOT m.periode <@ daterange(NULL, NEW.til)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'klynge_slutter_med_medlemmerne', MESSAGE = 'klynge_slutter_med_medlemmerne';\n        END IF;\n        RETURN NEW;\n    ", hash='1e8dbc8b5e52d8606e50b1527e30bc4b58834185', operation='UPDATE OF "til"', pgid='pgtrigger_klynge_slutter_med_medlemmerne_dd4f5', table='tilbud_klynge', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klynge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_klyngeevent" ("formaal", "id", "kkr_id", "navn", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "til") SELECT new_values."formaal", new_values."id", new_values."kkr_id", new_values."navn", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."til" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a2166cb04cc17ade06f18bb4267206a03104062c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c1fd2', referencing='REFERENCING NEW TABLE AS new_values ', table='tilbud_klynge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klynge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_klyngeevent" ("formaal", "id", "kkr_id", "navn", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "til") SELECT new_values."formaal", new_values."id", new_values."kkr_id", new_values."navn", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."til" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c9ffd19c8d02a8e251d11f006a1c2708a6068b0f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1767d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_klynge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klynge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_klyngeevent" ("formaal", "id", "kkr_id", "navn", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "til") SELECT old_values."formaal", old_values."id", old_values."kkr_id", old_values."navn", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."til" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='f2f7684aae0a90ef24fc287df16c9e465c8a5668', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_32da8', referencing='REFERENCING OLD TABLE AS old_values ', table='tilbud_klynge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klyngemedlemskab',
            trigger=pgtrigger.compiler.Trigger(name='klyngemedlemskab_slutter_med_klyngen', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE slut date;', func="\n        SELECT til INTO slut FROM tilbud_klynge WHERE id = NEW.klynge_id FOR SHARE;\n        IF EXISTS (\n            SELECT 1 FROM tilbud_klyngemedlemskab m\n            WHERE m.klynge_id = NEW.klynge_id AND NOT m.periode <@ daterange(NULL, slut)\n        ) THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'klyngemedlemskab_slutter_med_klyngen', MESSAGE = 'klyngemedlemskab_slutter_med_klyngen';\n        END IF;\n        RETURN NEW;\n    ", hash='6e7522b05987806d9e73cb04719730c6fb00c646', operation='INSERT OR UPDATE OF "klynge_id", "periode"', pgid='pgtrigger_klyngemedlemskab_slutter_med_klyngen_9c03e', table='tilbud_klyngemedlemskab', when='AFTER')),
        ),
    ]
