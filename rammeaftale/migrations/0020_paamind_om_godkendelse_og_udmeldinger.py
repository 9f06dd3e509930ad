"""Parties are reminded of the deadline for approval, and municipalities of a call's, as of the steps of the wheel."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0019_kommentarer_i_ord'),
        ('rammeaftale', '0019_samme_vilkaar_ved_viderefoert'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='rammeaftale',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rammeaftale',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='rammeaftale',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udmelding',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udmelding',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udmelding',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='aarshjulspaamindelse',
            name='aarshjulspaamindelse_om_trin_eller_milepael',
        ),
        migrations.AddField(
            model_name='aarshjulspaamindelse',
            name='udmelding',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='paamindelser', to='rammeaftale.udmelding'),
        ),
        migrations.AddField(
            model_name='aarshjulspaamindelse',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='paamindelser', to='rammeaftale.version'),
        ),
        migrations.AddField(
            model_name='rammeaftale',
            name='paamind_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind om godkendelse, dage før'),
        ),
        migrations.AddField(
            model_name='rammeaftaleevent',
            name='paamind_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind om godkendelse, dage før'),
        ),
        migrations.AddField(
            model_name='udmelding',
            name='paamind_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind, dage før'),
        ),
        migrations.AddField(
            model_name='udmeldingevent',
            name='paamind_dage',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind, dage før'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_rammeaftaleevent" ("demo", "demo_forbehold", "forrige_id", "godkendelsesfrist", "hovedaftale_id", "id", "kkr_id", "offentliggjort", "paamind_dage", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt_til_styrelsen", "slug", "tilstand", "titel", "vedtaget") SELECT new_values."demo", new_values."demo_forbehold", new_values."forrige_id", new_values."godkendelsesfrist", new_values."hovedaftale_id", new_values."id", new_values."kkr_id", new_values."offentliggjort", new_values."paamind_dage", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sendt_til_styrelsen", new_values."slug", new_values."tilstand", new_values."titel", new_values."vedtaget" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a06848a8f8c089535543d3bc05b739e24018dc99', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c88cf', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_rammeaftale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_rammeaftaleevent" ("demo", "demo_forbehold", "forrige_id", "godkendelsesfrist", "hovedaftale_id", "id", "kkr_id", "offentliggjort", "paamind_dage", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt_til_styrelsen", "slug", "tilstand", "titel", "vedtaget") SELECT new_values."demo", new_values."demo_forbehold", new_values."forrige_id", new_values."godkendelsesfrist", new_values."hovedaftale_id", new_values."id", new_values."kkr_id", new_values."offentliggjort", new_values."paamind_dage", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sendt_til_styrelsen", new_values."slug", new_values."tilstand", new_values."titel", new_values."vedtaget" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='1f72cb3bfc15e3df358b0549471c1e11c436fcd7', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2dc0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_rammeaftale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_rammeaftaleevent" ("demo", "demo_forbehold", "forrige_id", "godkendelsesfrist", "hovedaftale_id", "id", "kkr_id", "offentliggjort", "paamind_dage", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt_til_styrelsen", "slug", "tilstand", "titel", "vedtaget") SELECT old_values."demo", old_values."demo_forbehold", old_values."forrige_id", old_values."godkendelsesfrist", old_values."hovedaftale_id", old_values."id", old_values."kkr_id", old_values."offentliggjort", old_values."paamind_dage", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sendt_til_styrelsen", old_values."slug", old_values."tilstand", old_values."titel", old_values."vedtaget" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='7389eec3d550af41c80afbb68b2bb4d22588e23e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4ddf6', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_rammeaftale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmelding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingevent" ("aftale_id", "beskrivelse", "id", "kilde_url", "maalgruppe_id", "modtaget", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "svarfrist", "titel") SELECT new_values."aftale_id", new_values."beskrivelse", new_values."id", new_values."kilde_url", new_values."maalgruppe_id", new_values."modtaget", new_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."svarfrist", new_values."titel" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='24d1b549b7e434e5232d9045e3b224de04ba4b74', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9973f', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_udmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmelding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingevent" ("aftale_id", "beskrivelse", "id", "kilde_url", "maalgruppe_id", "modtaget", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "svarfrist", "titel") SELECT new_values."aftale_id", new_values."beskrivelse", new_values."id", new_values."kilde_url", new_values."maalgruppe_id", new_values."modtaget", new_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."svarfrist", new_values."titel" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0f15d1be32797154d64a1a754433c84a921ad7c6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_76ae1', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_udmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmelding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingevent" ("aftale_id", "beskrivelse", "id", "kilde_url", "maalgruppe_id", "modtaget", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "svarfrist", "titel") SELECT old_values."aftale_id", old_values."beskrivelse", old_values."id", old_values."kilde_url", old_values."maalgruppe_id", old_values."modtaget", old_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."svarfrist", old_values."titel" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1a7a4434af04bd46136d4708baa690d35af13917', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_1efe1', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_udmelding', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.UniqueConstraint(fields=('version', 'organisation', 'frist', 'anledning'), name='aarshjulspaamindelse_en_pr_anledning_om_version'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.UniqueConstraint(fields=('udmelding', 'organisation', 'frist', 'anledning'), name='aarshjulspaamindelse_en_pr_anledning_om_udmelding'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('milepael__isnull', True), ('trin__isnull', False), ('udmelding__isnull', True), ('version__isnull', True)), models.Q(('milepael__isnull', False), ('trin__isnull', True), ('udmelding__isnull', True), ('version__isnull', True)), models.Q(('milepael__isnull', True), ('trin__isnull', True), ('udmelding__isnull', True), ('version__isnull', False)), models.Q(('milepael__isnull', True), ('trin__isnull', True), ('udmelding__isnull', False), ('version__isnull', True)), _connector='OR'), name='aarshjulspaamindelse_om_netop_et'),
        ),
    ]
