"""Enquiries are anonymised; an anonymised one is seen by nobody, and never changes again."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import afgraens


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0023_breve_efter_valg'),
        ('sag', '0013_faldne_med_forespoergslen'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='forespoergsel',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='forespoergsel',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='forespoergsel',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='forespoergsel',
            name='forespoergsel_har_referencer',
        ),
        migrations.AddField(
            model_name='forespoergsel',
            name='anonymiseret',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='forespoergselevent',
            name='anonymiseret',
            field=models.DateTimeField(editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forespoergsel',
            trigger=pgtrigger.compiler.Trigger(name='forespoergsel_anonymiseret_er_endelig', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."anonymiseret" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='2be27b4bbe8a69e03c2c43d2925108c517dbfbe4', operation='UPDATE', pgid='pgtrigger_forespoergsel_anonymiseret_er_endelig_afbf3', table='sag_forespoergsel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forespoergsel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_forespoergselevent" ("adfaerd", "aldersgruppe", "anonymiseret", "bemaerkning", "fra", "fysiske_traek", "handlekommune_id", "hjemmel_id", "id", "maalgruppe_id", "oprettet", "oprettet_af", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sagsreference", "til", "ugedage") SELECT new_values."adfaerd", new_values."aldersgruppe", new_values."anonymiseret", new_values."bemaerkning", new_values."fra", new_values."fysiske_traek", new_values."handlekommune_id", new_values."hjemmel_id", new_values."id", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reference", new_values."sagsreference", new_values."til", new_values."ugedage" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6041b5f37d03d5d1e67fcdeb9fa9b386d9945062', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_4d674', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_forespoergsel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forespoergsel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_forespoergselevent" ("adfaerd", "aldersgruppe", "anonymiseret", "bemaerkning", "fra", "fysiske_traek", "handlekommune_id", "hjemmel_id", "id", "maalgruppe_id", "oprettet", "oprettet_af", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sagsreference", "til", "ugedage") SELECT new_values."adfaerd", new_values."aldersgruppe", new_values."anonymiseret", new_values."bemaerkning", new_values."fra", new_values."fysiske_traek", new_values."handlekommune_id", new_values."hjemmel_id", new_values."id", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reference", new_values."sagsreference", new_values."til", new_values."ugedage" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cc109e81d62a2a7482a69950af73637714ed46a5', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_32893', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_forespoergsel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forespoergsel',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_forespoergselevent" ("adfaerd", "aldersgruppe", "anonymiseret", "bemaerkning", "fra", "fysiske_traek", "handlekommune_id", "hjemmel_id", "id", "maalgruppe_id", "oprettet", "oprettet_af", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "sagsreference", "til", "ugedage") SELECT old_values."adfaerd", old_values."aldersgruppe", old_values."anonymiseret", old_values."bemaerkning", old_values."fra", old_values."fysiske_traek", old_values."handlekommune_id", old_values."hjemmel_id", old_values."id", old_values."maalgruppe_id", old_values."oprettet", old_values."oprettet_af", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reference", old_values."sagsreference", old_values."til", old_values."ugedage" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='3f5c660fa5fa45faee8dbf61b043d97c60d83951', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f0bd5', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_forespoergsel', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='forespoergsel',
            constraint=models.CheckConstraint(condition=models.Q(('reference__regex', '^[BCDFGHJKMNPQRSTVWXYZ][0123456789BCDFGHJKMNPQRSTVWXYZ]{3}(-[BCDFGHJKMNPQRSTVWXYZ][0123456789BCDFGHJKMNPQRSTVWXYZ]{3}){2}$'), models.Q(('anonymiseret__isnull', False), models.Q(('sagsreference', ''), _negated=True), _connector='OR')), name='forespoergsel_har_referencer'),
        ),
        migrations.AddConstraint(
            model_name='forespoergsel',
            constraint=models.CheckConstraint(condition=models.Q(('anonymiseret__isnull', True), models.Q(('adfaerd', []), ('aldersgruppe', ''), ('bemaerkning', ''), ('fysiske_traek', []), ('maalgruppe__isnull', True), ('oprettet_af', ''), ('sagsreference', '')), _connector='OR'), name='forespoergsel_anonymiseret_uden_spor'),
        ),
        afgraens("sag_forespoergsel", "anonymiseret IS NULL"),
        afgraens("sag_forespoergselevent", "anonymiseret IS NULL AND pgh_context <> '{}'::jsonb"),
    ]
