"""Internal day places may be kept for those who live in the offer."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0036_hjemlens_lovudgave'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='plads',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='plads',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='plads',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='plads',
            name='forbeholdt_beboere',
            field=models.BooleanField(default=False, verbose_name='forbeholdt beboerne i botilbuddet'),
        ),
        migrations.AddField(
            model_name='pladsevent',
            name='forbeholdt_beboere',
            field=models.BooleanField(default=False, verbose_name='forbeholdt beboerne i botilbuddet'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plads',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_pladsevent" ("afdeling_id", "art", "betegnelse", "ekstern_id", "forbeholdt_beboere", "forbeholdt_egne", "id", "merplads", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "ugedage") SELECT new_values."afdeling_id", new_values."art", new_values."betegnelse", new_values."ekstern_id", new_values."forbeholdt_beboere", new_values."forbeholdt_egne", new_values."id", new_values."merplads", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."ugedage" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='02ba3a137ac3c48175bfb7537dc494f45f3641fb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5558a', referencing='REFERENCING NEW TABLE AS new_values ', table='tilbud_plads', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plads',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_pladsevent" ("afdeling_id", "art", "betegnelse", "ekstern_id", "forbeholdt_beboere", "forbeholdt_egne", "id", "merplads", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "ugedage") SELECT new_values."afdeling_id", new_values."art", new_values."betegnelse", new_values."ekstern_id", new_values."forbeholdt_beboere", new_values."forbeholdt_egne", new_values."id", new_values."merplads", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."ugedage" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."afdeling_id" IS DISTINCT FROM (new_values."afdeling_id") OR old_values."art" IS DISTINCT FROM (new_values."art") OR old_values."betegnelse" IS DISTINCT FROM (new_values."betegnelse") OR old_values."ekstern_id" IS DISTINCT FROM (new_values."ekstern_id") OR old_values."forbeholdt_beboere" IS DISTINCT FROM (new_values."forbeholdt_beboere") OR old_values."forbeholdt_egne" IS DISTINCT FROM (new_values."forbeholdt_egne") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."merplads" IS DISTINCT FROM (new_values."merplads") OR old_values."periode" IS DISTINCT FROM (new_values."periode") OR old_values."ugedage" IS DISTINCT FROM (new_values."ugedage")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e27d6b8e672e5722102c1f49e37f29b038006cd0', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_435e9', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_plads', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plads',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_pladsevent" ("afdeling_id", "art", "betegnelse", "ekstern_id", "forbeholdt_beboere", "forbeholdt_egne", "id", "merplads", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "ugedage") SELECT old_values."afdeling_id", old_values."art", old_values."betegnelse", old_values."ekstern_id", old_values."forbeholdt_beboere", old_values."forbeholdt_egne", old_values."id", old_values."merplads", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."ugedage" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='22f864575a724c1e7532a92a68327f701aca841b', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d7726', referencing='REFERENCING OLD TABLE AS old_values ', table='tilbud_plads', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='plads',
            constraint=models.CheckConstraint(condition=models.Q(('forbeholdt_beboere', False), ('art', 'dag'), _connector='OR'), name='plads_kun_dagplads_forbeholdt_beboere'),
        ),
    ]
