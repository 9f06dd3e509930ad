"""A milestone can be reminded of as the steps of the wheel are."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0018_fejlmeldinger_i_ord'),
        ('rammeaftale', '0012_fokus_viden_og_udmeldinger'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='milepael',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='milepael',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='milepael',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='aarshjulspaamindelse',
            name='milepael',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='paamindelser', to='rammeaftale.milepael', verbose_name='milepæl'),
        ),
        migrations.AddField(
            model_name='milepael',
            name='paamind_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind, dage før'),
        ),
        migrations.AddField(
            model_name='milepaelevent',
            name='paamind_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind, dage før'),
        ),
        migrations.AlterField(
            model_name='aarshjulspaamindelse',
            name='trin',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='paamindelser', to='rammeaftale.aarshjulstrin'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milepael',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_milepaelevent" ("ansvarlig_id", "frist", "id", "indsats_id", "navn", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."ansvarlig_id", new_values."frist", new_values."id", new_values."indsats_id", new_values."navn", new_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='870d847ba20f78cf871cbbf8487a9a90f3ae04bb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_7dcd6', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_milepael', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milepael',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_milepaelevent" ("ansvarlig_id", "frist", "id", "indsats_id", "navn", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."ansvarlig_id", new_values."frist", new_values."id", new_values."indsats_id", new_values."navn", new_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a358ae5a2cc0ad29cf6a8f83c279732821a0f30f', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c3561', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_milepael', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='milepael',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_milepaelevent" ("ansvarlig_id", "frist", "id", "indsats_id", "navn", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."ansvarlig_id", old_values."frist", old_values."id", old_values."indsats_id", old_values."navn", old_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e68b39ca848165296b386b48c9535179cf77f616', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_fa3b9', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_milepael', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.UniqueConstraint(fields=('milepael', 'organisation', 'frist', 'anledning'), name='aarshjulspaamindelse_en_pr_anledning_om_milepael'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('milepael', None), ('trin__isnull', False)), models.Q(('milepael__isnull', False), ('trin', None)), _connector='OR'), name='aarshjulspaamindelse_om_trin_eller_milepael'),
        ),
    ]
