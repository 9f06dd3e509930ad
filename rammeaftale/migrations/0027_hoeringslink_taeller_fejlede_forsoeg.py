"""A link counts the times its mail was refused, so that the next attempt can wait; and one is mailed with an extended deadline."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0026_godkendelse_i_raekkefoelge'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='hoeringslink',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hoeringslink',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='hoeringslink',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='hoeringslink',
            name='hoeringslink_anledning_kendt',
        ),
        migrations.AddField(
            model_name='hoeringslink',
            name='forsoeg',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='fejlede forsøg'),
        ),
        migrations.AddField(
            model_name='hoeringslink',
            name='sidst_fejlet',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sidst fejlet'),
        ),
        migrations.AddField(
            model_name='hoeringslinkevent',
            name='forsoeg',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='fejlede forsøg'),
        ),
        migrations.AddField(
            model_name='hoeringslinkevent',
            name='sidst_fejlet',
            field=models.DateTimeField(blank=True, null=True, verbose_name='sidst fejlet'),
        ),
        migrations.AlterField(
            model_name='hoeringslink',
            name='anledning',
            field=models.CharField(choices=[('afsendelse', 'Sendt med høringen'), ('paamindelse', 'Sendt med påmindelsen'), ('igen', 'Sendt igen'), ('forlaenget', 'Sendt med en forlænget frist')], max_length=12, verbose_name='anledning'),
        ),
        migrations.AlterField(
            model_name='hoeringslinkevent',
            name='anledning',
            field=models.CharField(choices=[('afsendelse', 'Sendt med høringen'), ('paamindelse', 'Sendt med påmindelsen'), ('igen', 'Sendt igen'), ('forlaenget', 'Sendt med en forlænget frist')], max_length=12, verbose_name='anledning'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hoeringslink',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_hoeringslinkevent" ("anledning", "bestilt", "forsoeg", "id", "modtager_id", "noteret", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt", "sidst_fejlet", "trukket") SELECT new_values."anledning", new_values."bestilt", new_values."forsoeg", new_values."id", new_values."modtager_id", new_values."noteret", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sendt", new_values."sidst_fejlet", new_values."trukket" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b633a0c2b7d806592dc4474eb679524254a9c765', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_d6658', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_hoeringslink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hoeringslink',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_hoeringslinkevent" ("anledning", "bestilt", "forsoeg", "id", "modtager_id", "noteret", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt", "sidst_fejlet", "trukket") SELECT new_values."anledning", new_values."bestilt", new_values."forsoeg", new_values."id", new_values."modtager_id", new_values."noteret", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sendt", new_values."sidst_fejlet", new_values."trukket" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."anledning" IS DISTINCT FROM (new_values."anledning") OR old_values."bestilt" IS DISTINCT FROM (new_values."bestilt") OR old_values."forsoeg" IS DISTINCT FROM (new_values."forsoeg") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."modtager_id" IS DISTINCT FROM (new_values."modtager_id") OR old_values."noteret" IS DISTINCT FROM (new_values."noteret") OR old_values."sendt" IS DISTINCT FROM (new_values."sendt") OR old_values."sidst_fejlet" IS DISTINCT FROM (new_values."sidst_fejlet") OR old_values."trukket" IS DISTINCT FROM (new_values."trukket")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f03cd12417fdafaeceaeaeff29516fc115fb350', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f1a51', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_hoeringslink', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hoeringslink',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_hoeringslinkevent" ("anledning", "bestilt", "forsoeg", "id", "modtager_id", "noteret", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt", "sidst_fejlet", "trukket") SELECT old_values."anledning", old_values."bestilt", old_values."forsoeg", old_values."id", old_values."modtager_id", old_values."noteret", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sendt", old_values."sidst_fejlet", old_values."trukket" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='9ab31a722d78925ed14275e8aa939348918f2727', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_37ce9', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_hoeringslink', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='hoeringslink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('forsoeg', 0), ('sidst_fejlet', None)), models.Q(('forsoeg__gt', 0), ('sidst_fejlet__isnull', False)), _connector='OR'), name='hoeringslink_fejlede_forsoeg_har_tid'),
        ),
        migrations.AddConstraint(
            model_name='hoeringslink',
            constraint=models.CheckConstraint(condition=models.Q(('anledning__in', ['afsendelse', 'paamindelse', 'igen', 'forlaenget'])), name='hoeringslink_anledning_kendt'),
        ),
    ]
