"""Saved searches hold no words (docs/persondata.md); those that did search on for the codes. And their owners are told when one cannot be read."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('soegning', '0011_behov_taelles_pr_borger_og_kvartal'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='gemtsoegning',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='gemtsoegning',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='gemtsoegning',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='gemtsoegning',
            name='ulaeselig_meldt',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='meldt, at den ikke kan læses'),
        ),
        migrations.AddField(
            model_name='gemtsoegningevent',
            name='ulaeselig_meldt',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='meldt, at den ikke kan læses'),
        ),
        migrations.RunSQL("UPDATE soegning_gemtsoegning SET profil = profil - 'tekst' WHERE profil ? 'tekst'", migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='gemtsoegning',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_gemtsoegningevent" ("bruger_id", "id", "klient_id", "navn", "oprettet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "ulaeselig_meldt") SELECT new_values."bruger_id", new_values."id", new_values."klient_id", new_values."navn", new_values."oprettet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."ulaeselig_meldt" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='02a7bcb607ea7e6cc9e0c597e3a3221999adb4fe', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4e6c5', referencing='REFERENCING NEW TABLE AS new_values ', table='soegning_gemtsoegning', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gemtsoegning',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_gemtsoegningevent" ("bruger_id", "id", "klient_id", "navn", "oprettet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "ulaeselig_meldt") SELECT new_values."bruger_id", new_values."id", new_values."klient_id", new_values."navn", new_values."oprettet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."ulaeselig_meldt" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."bruger_id" IS DISTINCT FROM (new_values."bruger_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."klient_id" IS DISTINCT FROM (new_values."klient_id") OR old_values."navn" IS DISTINCT FROM (new_values."navn") OR old_values."oprettet" IS DISTINCT FROM (new_values."oprettet") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."ulaeselig_meldt" IS DISTINCT FROM (new_values."ulaeselig_meldt")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='379e7ecbbee029e11242e70f02b603844b697419', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_958a7', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='soegning_gemtsoegning', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='gemtsoegning',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_gemtsoegningevent" ("bruger_id", "id", "klient_id", "navn", "oprettet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "ulaeselig_meldt") SELECT old_values."bruger_id", old_values."id", old_values."klient_id", old_values."navn", old_values."oprettet", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."ulaeselig_meldt" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='4a5e1dea4bcb042e04f72f67ad3682b1048d1246', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_5954c', referencing='REFERENCING OLD TABLE AS old_values ', table='soegning_gemtsoegning', when='AFTER')),
        ),
    ]
