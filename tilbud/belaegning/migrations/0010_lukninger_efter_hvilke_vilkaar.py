"""A closure keeps which set of terms let one person decide it; of those from before nothing says it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('belaegning', '0009_optagelse_pr_plads_og_slut'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='pladslukning',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pladslukning',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pladslukning',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='pladslukning',
            name='vilkaarssaet',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='pladslukningevent',
            name='vilkaarssaet',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladslukning',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "belaegning_pladslukningevent" ("afdeling_id", "bemaerkning", "grund", "id", "ophaevet", "oprettet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plads_id", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."bemaerkning", new_values."grund", new_values."id", new_values."ophaevet", new_values."oprettet", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."plads_id", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0b240aed54f3e21a4d57c848ea6c7a7927622d91', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_778c2', referencing='REFERENCING NEW TABLE AS new_values ', table='belaegning_pladslukning', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladslukning',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "belaegning_pladslukningevent" ("afdeling_id", "bemaerkning", "grund", "id", "ophaevet", "oprettet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plads_id", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."bemaerkning", new_values."grund", new_values."id", new_values."ophaevet", new_values."oprettet", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."plads_id", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d70f19462a0cab3cc7a4d9f1e85c9b8d9de9a4af', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_3806a', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='belaegning_pladslukning', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladslukning',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "belaegning_pladslukningevent" ("afdeling_id", "bemaerkning", "grund", "id", "ophaevet", "oprettet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plads_id", "vilkaarssaet_id") SELECT old_values."afdeling_id", old_values."bemaerkning", old_values."grund", old_values."id", old_values."ophaevet", old_values."oprettet", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."plads_id", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c3d0c9c5a524ae0360324529af2ab279782d5f2a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dcae5', referencing='REFERENCING OLD TABLE AS old_values ', table='belaegning_pladslukning', when='AFTER')),
        ),
    ]
