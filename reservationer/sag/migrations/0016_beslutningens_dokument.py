"""The reference to the document a decision rests on, as socialtilsyn's letter (rules-reservation § 4), is kept with it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sag', '0015_kun_ansvarets_tid'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='beslutning',
            name='insert_insert',
        ),
        migrations.AddField(
            model_name='beslutning',
            name='dokument',
            field=models.CharField(blank=True, max_length=120, verbose_name='reference til dokumentet'),
        ),
        migrations.AddField(
            model_name='beslutningevent',
            name='dokument',
            field=models.CharField(blank=True, max_length=120, verbose_name='reference til dokumentet'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='beslutning',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_beslutningevent" ("bemaerkning", "dokument", "grund", "henvendelse_id", "id", "identitet", "ophold_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "placeringsaftale_id", "pladstilbud_id", "reservation_id", "rolle_navn", "tidspunkt", "udfald") SELECT new_values."bemaerkning", new_values."dokument", new_values."grund", new_values."henvendelse_id", new_values."id", new_values."identitet", new_values."ophold_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."placeringsaftale_id", new_values."pladstilbud_id", new_values."reservation_id", new_values."rolle_navn", new_values."tidspunkt", new_values."udfald" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='bce77728ff9d5e749d9cbf95f7957991bfb83afb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c6ff0', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_beslutning', when='AFTER')),
        ),
    ]
