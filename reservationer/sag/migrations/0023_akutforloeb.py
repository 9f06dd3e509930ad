"""The first day without approval, and the times without it that are over (rules-reservation § 4)."""

import importlib

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import faelles.ids
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import afgraens, raekkesikkerhed, sporsikkerhed

i_ansvarets_tid = importlib.import_module("reservationer.sag.migrations.0015_kun_ansvarets_tid").i_ansvarets_tid


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0023_breve_efter_valg'),
        ('sag', '0022_afloeste_versioner'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        migrations.CreateModel(
            name='Akutforloeb',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('periode', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='uden godkendelse')),
                ('frist', models.DateField(verbose_name='sidste lovlige dag')),
                ('overskredet', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='overskredet')),
                ('forlaenget', models.BooleanField(default=False, verbose_name='forlænget')),
                ('tilsyn_orienteret', models.DateField(blank=True, null=True, verbose_name='socialtilsynet orienteret')),
            ],
            options={
                'verbose_name': 'ophold uden godkendelse',
                'verbose_name_plural': 'ophold uden godkendelse',
            },
        ),
        migrations.CreateModel(
            name='AkutforloebEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('periode', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='uden godkendelse')),
                ('frist', models.DateField(verbose_name='sidste lovlige dag')),
                ('overskredet', django.contrib.postgres.fields.ranges.DateRangeField(blank=True, null=True, verbose_name='overskredet')),
                ('forlaenget', models.BooleanField(default=False, verbose_name='forlænget')),
                ('tilsyn_orienteret', models.DateField(blank=True, null=True, verbose_name='socialtilsynet orienteret')),
            ],
            options={
                'verbose_name': 'ændring af ophold uden godkendelse',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ophold',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ophold',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ophold',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='ophold',
            name='akut_fra',
            field=models.DateField(blank=True, null=True, verbose_name='uden godkendelse fra'),
        ),
        migrations.AddField(
            model_name='opholdevent',
            name='akut_fra',
            field=models.DateField(blank=True, null=True, verbose_name='uden godkendelse fra'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ophold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opholdevent" ("akut_forlaenget", "akut_fra", "akut_vilkaarssaet_id", "akutfrist", "anonymiseret", "betales_fra", "betales_til", "betaling_vilkaarssaet_id", "driftsherre_id", "foerste_dag", "fortsaetter_id", "id", "indgang", "maalgruppe_id", "oprettet", "oprettet_af", "parter", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reservation_id", "sagsreference", "sidste_dag", "tilbud_id", "tilstand", "tilsyn_orienteret", "udskrivningsgrund", "vilkaarssaet_id") SELECT new_values."akut_forlaenget", new_values."akut_fra", new_values."akut_vilkaarssaet_id", new_values."akutfrist", new_values."anonymiseret", new_values."betales_fra", new_values."betales_til", new_values."betaling_vilkaarssaet_id", new_values."driftsherre_id", new_values."foerste_dag", new_values."fortsaetter_id", new_values."id", new_values."indgang", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", new_values."parter", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reference", new_values."reservation_id", new_values."sagsreference", new_values."sidste_dag", new_values."tilbud_id", new_values."tilstand", new_values."tilsyn_orienteret", new_values."udskrivningsgrund", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='4bd98fcce20732cb582a85915b9db8a799ecd208', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9879d', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_ophold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ophold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opholdevent" ("akut_forlaenget", "akut_fra", "akut_vilkaarssaet_id", "akutfrist", "anonymiseret", "betales_fra", "betales_til", "betaling_vilkaarssaet_id", "driftsherre_id", "foerste_dag", "fortsaetter_id", "id", "indgang", "maalgruppe_id", "oprettet", "oprettet_af", "parter", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reservation_id", "sagsreference", "sidste_dag", "tilbud_id", "tilstand", "tilsyn_orienteret", "udskrivningsgrund", "vilkaarssaet_id") SELECT new_values."akut_forlaenget", new_values."akut_fra", new_values."akut_vilkaarssaet_id", new_values."akutfrist", new_values."anonymiseret", new_values."betales_fra", new_values."betales_til", new_values."betaling_vilkaarssaet_id", new_values."driftsherre_id", new_values."foerste_dag", new_values."fortsaetter_id", new_values."id", new_values."indgang", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", new_values."parter", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reference", new_values."reservation_id", new_values."sagsreference", new_values."sidste_dag", new_values."tilbud_id", new_values."tilstand", new_values."tilsyn_orienteret", new_values."udskrivningsgrund", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d82d34993f9e19f18841960c3d83aa1f58153065', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1dfc2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_ophold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ophold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opholdevent" ("akut_forlaenget", "akut_fra", "akut_vilkaarssaet_id", "akutfrist", "anonymiseret", "betales_fra", "betales_til", "betaling_vilkaarssaet_id", "driftsherre_id", "foerste_dag", "fortsaetter_id", "id", "indgang", "maalgruppe_id", "oprettet", "oprettet_af", "parter", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reservation_id", "sagsreference", "sidste_dag", "tilbud_id", "tilstand", "tilsyn_orienteret", "udskrivningsgrund", "vilkaarssaet_id") SELECT old_values."akut_forlaenget", old_values."akut_fra", old_values."akut_vilkaarssaet_id", old_values."akutfrist", old_values."anonymiseret", old_values."betales_fra", old_values."betales_til", old_values."betaling_vilkaarssaet_id", old_values."driftsherre_id", old_values."foerste_dag", old_values."fortsaetter_id", old_values."id", old_values."indgang", old_values."maalgruppe_id", old_values."oprettet", old_values."oprettet_af", old_values."parter", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reference", old_values."reservation_id", old_values."sagsreference", old_values."sidste_dag", old_values."tilbud_id", old_values."tilstand", old_values."tilsyn_orienteret", old_values."udskrivningsgrund", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='13fa045599b574481a7a86c79d26cf9d891d14e0', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d3d5b', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_ophold', when='AFTER')),
        ),
        migrations.AddField(
            model_name='akutforloeb',
            name='ophold',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='akutforloeb', to='sag.ophold'),
        ),
        migrations.AddField(
            model_name='akutforloeb',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='akutforloebevent',
            name='ophold',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sag.ophold'),
        ),
        migrations.AddField(
            model_name='akutforloebevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='sag.akutforloeb'),
        ),
        migrations.AddField(
            model_name='akutforloebevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddConstraint(
            model_name='akutforloeb',
            constraint=models.CheckConstraint(condition=models.Q(('periode__isempty', False), ('periode__startswith__isnull', False)), name='akutforloeb_periode_rigtig'),
        ),
        migrations.AddConstraint(
            model_name='akutforloeb',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('ophold', '='), ('periode', '&&')], name='akutforloeb_et_ad_gangen'),
        ),
        migrations.AddConstraint(
            model_name='akutforloeb',
            constraint=models.CheckConstraint(condition=models.Q(('periode__endswith__isnull', False)), name='akutforloeb_er_slut'),
        ),
        migrations.AddConstraint(
            model_name='akutforloeb',
            constraint=models.CheckConstraint(condition=models.Q(('overskredet__isnull', True), ('periode__contains', models.F('overskredet')), _connector='OR'), name='akutforloeb_overskredet_i_perioden'),
        ),
        migrations.AddConstraint(
            model_name='akutforloeb',
            constraint=models.CheckConstraint(condition=models.Q(('forlaenget', False), ('tilsyn_orienteret__isnull', False), _connector='OR'), name='akutforloeb_forlaenget_efter_orientering'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='akutforloeb',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_akutforloebevent" ("forlaenget", "frist", "id", "ophold_id", "overskredet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilsyn_orienteret", "vilkaarssaet_id") SELECT new_values."forlaenget", new_values."frist", new_values."id", new_values."ophold_id", new_values."overskredet", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."tilsyn_orienteret", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='33e005f8f3a826e47d5e107735d9a63ac2adcf3d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_75491', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_akutforloeb', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='akutforloeb',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_akutforloebevent" ("forlaenget", "frist", "id", "ophold_id", "overskredet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilsyn_orienteret", "vilkaarssaet_id") SELECT new_values."forlaenget", new_values."frist", new_values."id", new_values."ophold_id", new_values."overskredet", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."tilsyn_orienteret", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='af8a46f02c61b77687b3fa27395fcf89aaf76b15', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e8477', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_akutforloeb', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='akutforloeb',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_akutforloebevent" ("forlaenget", "frist", "id", "ophold_id", "overskredet", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilsyn_orienteret", "vilkaarssaet_id") SELECT old_values."forlaenget", old_values."frist", old_values."id", old_values."ophold_id", old_values."overskredet", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."tilsyn_orienteret", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='a9f7214bdd5bf884e122b40fb9ee0b9992f64067', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d6fe7', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_akutforloeb', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='akutforloebevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='akutforloeb_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='akutforloebevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='akutforloeb_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='akutforloebevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT unnest(parter || driftsherre_id) FROM sag_ophold WHERE id = NEW.ophold_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='5902d688f634f0438517f9512b391f03a7693241', operation='INSERT', pgid='pgtrigger_vedroerer_5a75f', table='sag_akutforloebevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='akutforloebevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d35e2ec64122fa3df23f54199406e1738e15043f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0ecc7', table='sag_akutforloebevent', when='BEFORE')),
        ),
        raekkesikkerhed("sag_akutforloeb", i_ansvarets_tid("lower(periode)")),
        sporsikkerhed("sag_akutforloebevent"),
        afgraens("sag_akutforloebevent", "pgh_context <> '{}'::jsonb"),
    ]
