"""Clusters stand in Danish order, which the database's own knows nothing of."""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.sprog import sortnoegle


def _saet_orden(apps: Any, _skema: Any) -> None:
    """What the clusters' own `save` keeps from now on."""
    klynger = apps.get_model("tilbud", "Klynge").objects
    for pk, navn in klynger.values_list("pk", "navn"):
        klynger.filter(pk=pk).update(navn_sortering=sortnoegle(navn))


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0038_klynger_kan_afsluttes'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='klynge',
            options={'ordering': ['navn_sortering', 'id'], 'verbose_name': 'klynge', 'verbose_name_plural': 'klynger'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='klynge',
            name='update_update',
        ),
        migrations.AddField(
            model_name='klynge',
            name='navn_sortering',
            field=models.CharField(default='', editable=False, max_length=320),
            preserve_default=False,
        ),
        migrations.RunPython(_saet_orden, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='klynge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_klyngeevent" ("formaal", "id", "kkr_id", "navn", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "til") SELECT new_values."formaal", new_values."id", new_values."kkr_id", new_values."navn", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."til" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."formaal" IS DISTINCT FROM (new_values."formaal") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kkr_id" IS DISTINCT FROM (new_values."kkr_id") OR old_values."navn" IS DISTINCT FROM (new_values."navn") OR old_values."til" IS DISTINCT FROM (new_values."til")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='814e681d5a172bf18f0606551e798c7e3f414873', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1767d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_klynge', when='AFTER')),
        ),
    ]
