import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import faelles.ids
import faelles.tid
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import sporsikkerhed

# Of an adopted agreement: the parties of its deciding day (`livscyklus.afgoerelsesdag`) whose latest step on the latest
# version sent is not an approval. An agreement without any party is never adopted.
KRAEV_ENIGHED = """
CREATE FUNCTION rammeaftale_kraev_enighed(soegt uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    dag date;
    sendt uuid;
BEGIN
    SELECT least(greatest(lower(periode), vedtaget), upper(periode) - 1) INTO dag
    FROM rammeaftale_rammeaftale WHERE id = soegt AND tilstand = 'vedtaget';
    IF NOT FOUND THEN RETURN; END IF;
    SELECT id INTO sendt FROM rammeaftale_version
    WHERE aftale_id = soegt AND rammeaftale_version.sendt IS NOT NULL ORDER BY nummer DESC LIMIT 1;
    IF NOT EXISTS (SELECT FROM rammeaftale_part WHERE aftale_id = soegt AND periode @> dag) OR EXISTS (
        SELECT FROM rammeaftale_part p WHERE p.aftale_id = soegt AND p.periode @> dag AND coalesce((
            SELECT g.status FROM rammeaftale_godkendelse g WHERE g.version_id = sendt AND g.part_id = p.id
            ORDER BY g.registreret DESC, g.id DESC LIMIT 1
        ), 'afventer') NOT IN ('godkendt', 'godkendt_med_bemaerkning')
    ) THEN
        RAISE EXCEPTION 'Aftalen kan ikke være vedtaget, før alle parter har godkendt den'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rammeaftale_vedtaget_af_alle';
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0005_afsender'),
        ('kommuner', '0013_rammeaftaler_skriv'),
        ('rammeaftale', '0003_historik'),
    ]

    operations = [
        migrations.RunSQL(KRAEV_ENIGHED, "DROP FUNCTION rammeaftale_kraev_enighed(uuid)"),
        migrations.CreateModel(
            name='Aftaletrin',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('fra', models.CharField(choices=[('kladde', 'Kladde'), ('embedsmandsudvalg', 'I embedsmandsudvalget'), ('kkr_anbefalet', 'Anbefalet af KKR'), ('sendt', 'Sendt til godkendelse'), ('vedtaget', 'Vedtaget'), ('bortfaldet', 'Bortfaldet')], max_length=20, verbose_name='fra')),
                ('til', models.CharField(choices=[('kladde', 'Kladde'), ('embedsmandsudvalg', 'I embedsmandsudvalget'), ('kkr_anbefalet', 'Anbefalet af KKR'), ('sendt', 'Sendt til godkendelse'), ('vedtaget', 'Vedtaget'), ('bortfaldet', 'Bortfaldet')], max_length=20, verbose_name='til')),
                ('dato', models.DateField(verbose_name='dato')),
                ('organ', models.CharField(blank=True, max_length=120, verbose_name='besluttet af')),
                ('referat_url', models.URLField(blank=True, max_length=500, verbose_name='link til referat')),
                ('begrundelse', models.CharField(blank=True, max_length=1000, verbose_name='begrundelse')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
            ],
            options={
                'verbose_name': 'trin',
                'verbose_name_plural': 'trin',
                'ordering': ['registreret', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AftaletrinEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('fra', models.CharField(choices=[('kladde', 'Kladde'), ('embedsmandsudvalg', 'I embedsmandsudvalget'), ('kkr_anbefalet', 'Anbefalet af KKR'), ('sendt', 'Sendt til godkendelse'), ('vedtaget', 'Vedtaget'), ('bortfaldet', 'Bortfaldet')], max_length=20, verbose_name='fra')),
                ('til', models.CharField(choices=[('kladde', 'Kladde'), ('embedsmandsudvalg', 'I embedsmandsudvalget'), ('kkr_anbefalet', 'Anbefalet af KKR'), ('sendt', 'Sendt til godkendelse'), ('vedtaget', 'Vedtaget'), ('bortfaldet', 'Bortfaldet')], max_length=20, verbose_name='til')),
                ('dato', models.DateField(verbose_name='dato')),
                ('organ', models.CharField(blank=True, max_length=120, verbose_name='besluttet af')),
                ('referat_url', models.URLField(blank=True, max_length=500, verbose_name='link til referat')),
                ('begrundelse', models.CharField(blank=True, max_length=1000, verbose_name='begrundelse')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
            ],
            options={
                'verbose_name': 'ændring af trin',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Genstart',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('grund', models.CharField(choices=[('ikke_godkendt', 'Parten havde ikke godkendt den forrige version'), ('afvist', 'Parten afviste den forrige version'), ('beroert', 'Ændringen berører parten')], max_length=16, verbose_name='grund')),
            ],
            options={
                'verbose_name': 'genstart',
                'verbose_name_plural': 'genstarter',
            },
        ),
        migrations.CreateModel(
            name='GenstartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('grund', models.CharField(choices=[('ikke_godkendt', 'Parten havde ikke godkendt den forrige version'), ('afvist', 'Parten afviste den forrige version'), ('beroert', 'Ændringen berører parten')], max_length=16, verbose_name='grund')),
            ],
            options={
                'verbose_name': 'ændring af genstart',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Offentliggoerelse',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('dato', models.DateField(verbose_name='dato')),
                ('url', models.URLField(max_length=500, verbose_name='webadresse')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
            ],
            options={
                'verbose_name': 'offentliggørelse',
                'verbose_name_plural': 'offentliggørelser',
                'ordering': ['registreret', 'id'],
            },
        ),
        migrations.CreateModel(
            name='OffentliggoerelseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('dato', models.DateField(verbose_name='dato')),
                ('url', models.URLField(max_length=500, verbose_name='webadresse')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
            ],
            options={
                'verbose_name': 'ændring af offentliggørelse',
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='godkendelse',
            name='insert_insert',
        ),
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
            model_name='version',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='version',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='version',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='godkendelse',
            name='viderefoert_fra',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='viderefoert_til', to='rammeaftale.godkendelse', verbose_name='videreført fra'),
        ),
        migrations.AddField(
            model_name='godkendelseevent',
            name='viderefoert_fra',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.godkendelse', verbose_name='videreført fra'),
        ),
        migrations.AddField(
            model_name='rammeaftale',
            name='forrige',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='efterfulgt_af', to='rammeaftale.rammeaftale', verbose_name='begyndt fra'),
        ),
        migrations.AddField(
            model_name='rammeaftale',
            name='hovedaftale',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allonger', to='rammeaftale.rammeaftale', verbose_name='allonge til'),
        ),
        migrations.AddField(
            model_name='rammeaftale',
            name='offentliggjort',
            field=models.DateField(blank=True, null=True, verbose_name='offentliggjort'),
        ),
        migrations.AddField(
            model_name='rammeaftale',
            name='sendt_til_styrelsen',
            field=models.DateField(blank=True, null=True, verbose_name='sendt til Social- og Boligstyrelsen'),
        ),
        migrations.AddField(
            model_name='rammeaftaleevent',
            name='forrige',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.rammeaftale', verbose_name='begyndt fra'),
        ),
        migrations.AddField(
            model_name='rammeaftaleevent',
            name='hovedaftale',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.rammeaftale', verbose_name='allonge til'),
        ),
        migrations.AddField(
            model_name='rammeaftaleevent',
            name='offentliggjort',
            field=models.DateField(blank=True, null=True, verbose_name='offentliggjort'),
        ),
        migrations.AddField(
            model_name='rammeaftaleevent',
            name='sendt_til_styrelsen',
            field=models.DateField(blank=True, null=True, verbose_name='sendt til Social- og Boligstyrelsen'),
        ),
        migrations.AddField(
            model_name='version',
            name='aendring',
            field=models.CharField(blank=True, choices=[('redaktionel', 'Kun sproglige rettelser'), ('nogle_parter', 'Indholdet er ændret for nogle parter'), ('alle_parter', 'Indholdet er ændret for alle parter')], default='', max_length=12, verbose_name='ændring siden den forrige'),
        ),
        migrations.AddField(
            model_name='version',
            name='begrundelse',
            field=models.CharField(blank=True, default='', max_length=1000, verbose_name='begrundelse'),
        ),
        migrations.AddField(
            model_name='versionevent',
            name='aendring',
            field=models.CharField(blank=True, choices=[('redaktionel', 'Kun sproglige rettelser'), ('nogle_parter', 'Indholdet er ændret for nogle parter'), ('alle_parter', 'Indholdet er ændret for alle parter')], default='', max_length=12, verbose_name='ændring siden den forrige'),
        ),
        migrations.AddField(
            model_name='versionevent',
            name='begrundelse',
            field=models.CharField(blank=True, default='', max_length=1000, verbose_name='begrundelse'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='godkendelse',
            trigger=pgtrigger.compiler.Trigger(name='godkendelse_ikke_efter_vedtagelsen', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='PERFORM rammeaftale_kraev_enighed((SELECT aftale_id FROM rammeaftale_version WHERE id = NEW.version_id)); RETURN NULL;', hash='3cb99718ac75699f03ebea1babbad5cc3d69d7be', operation='INSERT OR UPDATE', pgid='pgtrigger_godkendelse_ikke_efter_vedtagelsen_fde0a', table='rammeaftale_godkendelse', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='godkendelse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_godkendelseevent" ("bemaerkning", "dato", "id", "identitet", "organ", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "referat_url", "registreret", "registreret_af_id", "status", "version_id", "viderefoert_fra_id") SELECT new_values."bemaerkning", new_values."dato", new_values."id", new_values."identitet", new_values."organ", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."referat_url", new_values."registreret", new_values."registreret_af_id", new_values."status", new_values."version_id", new_values."viderefoert_fra_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ec48a7420c8602361e1b80de1192dfaee1efdddf', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_3db63', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_godkendelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_ingen_uden_om_vedtagelsen', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func='PERFORM rammeaftale_kraev_enighed(NEW.aftale_id); RETURN NULL;', hash='74c4464e87c9db177811ed47e5cac0038ebf8240', operation='INSERT OR UPDATE', pgid='pgtrigger_part_ingen_uden_om_vedtagelsen_c3f6b', table='rammeaftale_part', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='rammeaftale_vedtaget_af_alle', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."tilstand" = \'vedtaget\')', constraint='CONSTRAINT', func='PERFORM rammeaftale_kraev_enighed(NEW.id); RETURN NULL;', hash='ae3dc367e3a46c7df6445a6e62284d04e8ea204c', operation='INSERT OR UPDATE', pgid='pgtrigger_rammeaftale_vedtaget_af_alle_58c02', table='rammeaftale_rammeaftale', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_rammeaftaleevent" ("demo", "demo_forbehold", "forrige_id", "godkendelsesfrist", "hovedaftale_id", "id", "kkr_id", "offentliggjort", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt_til_styrelsen", "slug", "tilstand", "titel", "vedtaget") SELECT new_values."demo", new_values."demo_forbehold", new_values."forrige_id", new_values."godkendelsesfrist", new_values."hovedaftale_id", new_values."id", new_values."kkr_id", new_values."offentliggjort", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sendt_til_styrelsen", new_values."slug", new_values."tilstand", new_values."titel", new_values."vedtaget" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='15365e02085100eab283f6953231b2bc17abc282', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c88cf', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_rammeaftale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_rammeaftaleevent" ("demo", "demo_forbehold", "forrige_id", "godkendelsesfrist", "hovedaftale_id", "id", "kkr_id", "offentliggjort", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt_til_styrelsen", "slug", "tilstand", "titel", "vedtaget") SELECT new_values."demo", new_values."demo_forbehold", new_values."forrige_id", new_values."godkendelsesfrist", new_values."hovedaftale_id", new_values."id", new_values."kkr_id", new_values."offentliggjort", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sendt_til_styrelsen", new_values."slug", new_values."tilstand", new_values."titel", new_values."vedtaget" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7691b3414416d72b8e39160964eecc91da555746', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a2dc0', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_rammeaftale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_rammeaftaleevent" ("demo", "demo_forbehold", "forrige_id", "godkendelsesfrist", "hovedaftale_id", "id", "kkr_id", "offentliggjort", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt_til_styrelsen", "slug", "tilstand", "titel", "vedtaget") SELECT old_values."demo", old_values."demo_forbehold", old_values."forrige_id", old_values."godkendelsesfrist", old_values."hovedaftale_id", old_values."id", old_values."kkr_id", old_values."offentliggjort", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sendt_til_styrelsen", old_values."slug", old_values."tilstand", old_values."titel", old_values."vedtaget" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bf6d2075277a56c741a91283b32832e75edbcc05', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_4ddf6', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_rammeaftale', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_versionevent" ("aendring", "aftale_id", "begrundelse", "id", "indledning", "nummer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt") SELECT new_values."aendring", new_values."aftale_id", new_values."begrundelse", new_values."id", new_values."indledning", new_values."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sendt" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a6f39ce94c651b238d9bf3a008b8642f7311390e', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_c1a8c', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_version', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_versionevent" ("aendring", "aftale_id", "begrundelse", "id", "indledning", "nummer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt") SELECT new_values."aendring", new_values."aftale_id", new_values."begrundelse", new_values."id", new_values."indledning", new_values."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sendt" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='82d2be7016e37ee43aff1d2cd43d506f5c4f2a79', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_c5b1e', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_version', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_versionevent" ("aendring", "aftale_id", "begrundelse", "id", "indledning", "nummer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt") SELECT old_values."aendring", old_values."aftale_id", old_values."begrundelse", old_values."id", old_values."indledning", old_values."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sendt" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='d9911cbdafea22e33f28085ea81856960a76eeb1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_8506d', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_version', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='rammeaftale',
            constraint=models.CheckConstraint(condition=models.Q(('offentliggjort__isnull', True), ('offentliggjort__gte', models.F('vedtaget')), _connector='OR'), name='rammeaftale_offentliggjort_efter_vedtagelsen'),
        ),
        migrations.AddConstraint(
            model_name='rammeaftale',
            constraint=models.CheckConstraint(condition=models.Q(('sendt_til_styrelsen__isnull', True), ('sendt_til_styrelsen__gte', models.F('vedtaget')), _connector='OR'), name='rammeaftale_sendt_til_styrelsen_efter_vedtagelsen'),
        ),
        migrations.AddConstraint(
            model_name='rammeaftale',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('hovedaftale__isnull', True), ('tilstand', 'vedtaget')), expressions=[('kkr', '='), ('periode', '&&')], name='rammeaftale_en_i_kraft_ad_gangen'),
        ),
        migrations.AddField(
            model_name='aftaletrin',
            name='aftale',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trin', to='rammeaftale.rammeaftale'),
        ),
        migrations.AddField(
            model_name='aftaletrin',
            name='registreret_af',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrerede_trin', to='kommuner.organisation'),
        ),
        migrations.AddField(
            model_name='aftaletrin',
            name='version',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='trin', to='rammeaftale.version'),
        ),
        migrations.AddField(
            model_name='aftaletrinevent',
            name='aftale',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.rammeaftale'),
        ),
        migrations.AddField(
            model_name='aftaletrinevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.aftaletrin'),
        ),
        migrations.AddField(
            model_name='aftaletrinevent',
            name='registreret_af',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation'),
        ),
        migrations.AddField(
            model_name='aftaletrinevent',
            name='version',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.version'),
        ),
        migrations.AddField(
            model_name='genstart',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='genstarter', to='rammeaftale.part'),
        ),
        migrations.AddField(
            model_name='genstart',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='genstarter', to='rammeaftale.version'),
        ),
        migrations.AddField(
            model_name='genstartevent',
            name='part',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.part'),
        ),
        migrations.AddField(
            model_name='genstartevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.genstart'),
        ),
        migrations.AddField(
            model_name='genstartevent',
            name='version',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.version'),
        ),
        migrations.AddField(
            model_name='offentliggoerelse',
            name='part',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offentliggoerelser', to='rammeaftale.part'),
        ),
        migrations.AddField(
            model_name='offentliggoerelse',
            name='registreret_af',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registrerede_offentliggoerelser', to='kommuner.organisation'),
        ),
        migrations.AddField(
            model_name='offentliggoerelseevent',
            name='part',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.part'),
        ),
        migrations.AddField(
            model_name='offentliggoerelseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.offentliggoerelse'),
        ),
        migrations.AddField(
            model_name='offentliggoerelseevent',
            name='registreret_af',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aftaletrin',
            trigger=pgtrigger.compiler.Trigger(name='aftaletrin_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ff0939a9288edc224007c3922c97cd66f8c3b8b4', operation='UPDATE OR DELETE', pgid='pgtrigger_aftaletrin_kun_tilfoejes_4a964', table='rammeaftale_aftaletrin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aftaletrin',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aftaletrinevent" ("aftale_id", "begrundelse", "dato", "fra", "id", "identitet", "organ", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "referat_url", "registreret", "registreret_af_id", "til", "version_id") SELECT new_values."aftale_id", new_values."begrundelse", new_values."dato", new_values."fra", new_values."id", new_values."identitet", new_values."organ", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."referat_url", new_values."registreret", new_values."registreret_af_id", new_values."til", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='409eef0a44b7f12ac40ec6ac4d20bfeadc8665e0', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_14b87', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_aftaletrin', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='aftaletrinevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='aftaletrin_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='aftaletrinevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='aftaletrin_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aftaletrinevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id WHERE r.id = NEW.aftale_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='1f00272a180c33529e2cc1e3208d0c2ab2cc771b', operation='INSERT', pgid='pgtrigger_vedroerer_cefb5', table='rammeaftale_aftaletrinevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aftaletrinevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f09db1fdbec0bc8ecc00fe3b9f4b57751aa56d11', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ac0f', table='rammeaftale_aftaletrinevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='genstart',
            constraint=models.UniqueConstraint(fields=('version', 'part'), name='genstart_en_pr_part_og_version'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genstart',
            trigger=pgtrigger.compiler.Trigger(name='genstart_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cef9029437fadf874a65e8f39eaa9a5e08acc9dd', operation='UPDATE OR DELETE', pgid='pgtrigger_genstart_kun_tilfoejes_f9bf3', table='rammeaftale_genstart', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genstart',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_genstartevent" ("grund", "id", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "version_id") SELECT new_values."grund", new_values."id", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='aea29d5650f0106b518d45ee7bc74978b41ad36b', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_bd5f0', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_genstart', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='genstartevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='genstart_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='genstartevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='genstart_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genstartevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_version v ON v.aftale_id = r.id WHERE v.id = NEW.version_id UNION ALL SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='c463ab27fe61f0f87cd0cfd9a00e199c41f41d51', operation='INSERT', pgid='pgtrigger_vedroerer_1eead', table='rammeaftale_genstartevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='genstartevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0c87cfb245a99ba75b5a4ee87313b131edfea47e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_072ae', table='rammeaftale_genstartevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offentliggoerelse',
            trigger=pgtrigger.compiler.Trigger(name='offentliggoerelse_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b5efce88473127984c1e53ba0e717a27b2e2d90d', operation='UPDATE OR DELETE', pgid='pgtrigger_offentliggoerelse_kun_tilfoejes_a2fe5', table='rammeaftale_offentliggoerelse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offentliggoerelse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_offentliggoerelseevent" ("dato", "id", "identitet", "part_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registreret", "registreret_af_id", "url") SELECT new_values."dato", new_values."id", new_values."identitet", new_values."part_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."registreret", new_values."registreret_af_id", new_values."url" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='0b461064e85fdfe43c5dcc196bb65a51d8d22aa4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_25c4f', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_offentliggoerelse', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='offentliggoerelseevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='offentliggoerelse_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='offentliggoerelseevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='offentliggoerelse_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offentliggoerelseevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT organisation_id FROM rammeaftale_part WHERE id = NEW.part_id UNION ALL VALUES (NEW.registreret_af_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='8fd9a2bbbaa97a18a22facbaf3e78eb28b50086d', operation='INSERT', pgid='pgtrigger_vedroerer_b7d74', table='rammeaftale_offentliggoerelseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offentliggoerelseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2ed2ed98e243bdb66351a7de000556838e3b3dea', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60cb4', table='rammeaftale_offentliggoerelseevent', when='BEFORE')),
        ),
        sporsikkerhed("rammeaftale_aftaletrinevent"),
        sporsikkerhed("rammeaftale_genstartevent"),
        sporsikkerhed("rammeaftale_offentliggoerelseevent"),
    ]
