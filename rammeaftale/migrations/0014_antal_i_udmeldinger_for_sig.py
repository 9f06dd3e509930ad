"""How many citizens a municipality counts leaves its answer for a table that the database shows to it and the secretariat alone."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import faelles.ids
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from faelles.rls import raekkesikkerhed, sporsikkerhed

SES_AF = (
    "part_id IN (SELECT id FROM rammeaftale_part WHERE organisation_id = app_organisation()"
    " UNION ALL SELECT p.id FROM rammeaftale_part p JOIN rammeaftale_rammeaftale r ON r.id = p.aftale_id"
    " JOIN kommuner_kkr k ON k.id = r.kkr_id WHERE k.sekretariat_id = app_organisation() AND app_funktion() = 'sekretariat')"
)
# A count takes the id of the answer it was in; the tables only grow, so their triggers look away. Their history moves too.
_SVAR = ("rammeaftale_udmeldingssvar", "rammeaftale_udmeldingssvarevent")
FLYT = [
    *(f"ALTER TABLE {tabel} DISABLE TRIGGER USER" for tabel in _SVAR),
    "INSERT INTO rammeaftale_udmeldingsantal (id, part_id, antal_borgere)"
    " SELECT id, part_id, antal_borgere FROM rammeaftale_udmeldingssvar WHERE antal_borgere IS NOT NULL",
    "INSERT INTO rammeaftale_udmeldingsantalevent"
    " (pgh_created_at, pgh_label, pgh_context, vedroerer, id, pgh_obj_id, part_id, antal_borgere)"
    " SELECT pgh_created_at, pgh_label, pgh_context, vedroerer, id, pgh_obj_id, part_id, antal_borgere"
    " FROM rammeaftale_udmeldingssvarevent WHERE antal_borgere IS NOT NULL ORDER BY pgh_id",
    *(f"UPDATE {tabel} SET antal_id = id WHERE antal_borgere IS NOT NULL" for tabel in _SVAR),
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"ALTER TABLE {tabel} ENABLE TRIGGER USER" for tabel in _SVAR),
]


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0018_fejlmeldinger_i_ord'),
        ('rammeaftale', '0013_paamind_om_milepaele'),
    ]

    operations = [
        migrations.CreateModel(
            name='Udmeldingsantal',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('antal_borgere', models.PositiveIntegerField(verbose_name='antal borgere')),
            ],
            options={
                'verbose_name': 'antal borgere i udmelding',
                'verbose_name_plural': 'antal borgere i udmeldinger',
            },
        ),
        migrations.CreateModel(
            name='UdmeldingsantalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('antal_borgere', models.PositiveIntegerField(verbose_name='antal borgere')),
            ],
            options={
                'verbose_name': 'ændring af antal borgere i udmelding',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='udmeldingsantal',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='udmeldingsantal', to='rammeaftale.part'),
        ),
        migrations.AddField(
            model_name='udmeldingsantalevent',
            name='part',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.part'),
        ),
        migrations.AddField(
            model_name='udmeldingsantalevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.udmeldingsantal'),
        ),
        migrations.AddField(
            model_name='udmeldingssvar',
            name='antal',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='svar', to='rammeaftale.udmeldingsantal', verbose_name='antal borgere'),
        ),
        migrations.AddField(
            model_name='udmeldingssvarevent',
            name='antal',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.udmeldingsantal', verbose_name='antal borgere'),
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udmeldingssvar',
            name='insert_insert',
        ),
        migrations.RemoveConstraint(
            model_name='udmeldingssvar',
            name='udmeldingssvar_siger_noget',
        ),
        migrations.RunSQL(FLYT, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='udmeldingssvar',
            name='antal_borgere',
        ),
        migrations.RemoveField(
            model_name='udmeldingssvarevent',
            name='antal_borgere',
        ),
        migrations.AddConstraint(
            model_name='udmeldingssvar',
            constraint=models.CheckConstraint(condition=models.Q(('antal', None), ('mangler', ''), ('plan', ''), ('tilbud', ''), ('viden', ''), _negated=True), name='udmeldingssvar_siger_noget'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingssvar',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingssvarevent" ("antal_id", "id", "identitet", "mangler", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan", "registreret", "registreret_af_id", "tilbud", "udmelding_id", "viden") SELECT new_values."antal_id", new_values."id", new_values."identitet", new_values."mangler", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."plan", new_values."registreret", new_values."registreret_af_id", new_values."tilbud", new_values."udmelding_id", new_values."viden" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0233c9f84bcada7e79f3b73f4433f91a8a9e45a6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_df664', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_udmeldingssvar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsantal',
            trigger=pgtrigger.compiler.Trigger(name='udmeldingsantal_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a38abafb628b46a40f24324e64cca84d44dd70e', operation='UPDATE OR DELETE', pgid='pgtrigger_udmeldingsantal_kun_tilfoejes_96fee', table='rammeaftale_udmeldingsantal', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsantal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_udmeldingsantalevent" ("antal_borgere", "id", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."antal_borgere", new_values."id", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d781d6c299a2e00c35dc26e6789e95527db274ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_100f2', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_udmeldingsantal', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='udmeldingsantalevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='udmeldingsantal_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='udmeldingsantalevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='udmeldingsantal_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsantalevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_part p ON p.aftale_id = r.id WHERE p.id = NEW.part_id UNION ALL SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='24a98baeb9e0ae90ff5bde075e8a9a6fe1a767ee', operation='INSERT', pgid='pgtrigger_vedroerer_e2c83', table='rammeaftale_udmeldingsantalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udmeldingsantalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c3b137905f6ddd58828b154cf45be98b0f5a24fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_04209', table='rammeaftale_udmeldingsantalevent', when='BEFORE')),
        ),
        raekkesikkerhed("rammeaftale_udmeldingsantal", SES_AF),
        sporsikkerhed("rammeaftale_udmeldingsantalevent"),
    ]
