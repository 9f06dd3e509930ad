"""A body's decision stands in the place of another of the same meeting and case only when it says so; those there are said nothing."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0044_hoeringsfil_vurderes'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='organbeslutning',
            name='insert_insert',
        ),
        migrations.AddField(
            model_name='organbeslutning',
            name='retter',
            field=models.BooleanField(default=False, verbose_name='retter'),
        ),
        migrations.AddField(
            model_name='organbeslutningevent',
            name='retter',
            field=models.BooleanField(default=False, verbose_name='retter'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organbeslutning',
            trigger=pgtrigger.compiler.Trigger(name='organbeslutning_afloeses_kun_med_vilje', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT NEW."retter")', func="\n    IF EXISTS (\n        SELECT FROM rammeaftale_organbeslutning b WHERE b.moede_id = NEW.moede_id AND b.sag_id = NEW.sag_id\n    ) THEN\n        RAISE EXCEPTION 'En beslutning træder ikke i stedet for en anden uden at sige, at den retter den'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'organbeslutning_afloeses_kun_med_vilje';\n    END IF;\n    RETURN NEW;\n", hash='d9cce5008e1c750ad6ae4eeb57c20dbdfe53b285', operation='INSERT', pgid='pgtrigger_organbeslutning_afloeses_kun_med_vilje_15e0c', table='rammeaftale_organbeslutning', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='organbeslutning',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_organbeslutningevent" ("id", "identitet", "moede_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registreret", "registreret_af_id", "retter", "sag_id", "tekst", "udfald") SELECT new_values."id", new_values."identitet", new_values."moede_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."registreret", new_values."registreret_af_id", new_values."retter", new_values."sag_id", new_values."tekst", new_values."udfald" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='009908a890e3e2690bc16e8e7d57a87947eed2c8', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c871b', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_organbeslutning', when='AFTER')),
        ),
    ]
