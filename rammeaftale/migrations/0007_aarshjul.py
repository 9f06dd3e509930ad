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


class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0005_afsender'),
        ('kommuner', '0015_soegninger_skriv'),
        ('rammeaftale', '0006_fjern_dobbelte_noegler'),
    ]

    operations = [
        migrations.CreateModel(
            name='Aarshjulstrin',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('opgave', models.CharField(max_length=160, verbose_name='opgave')),
                ('frist', models.DateField(verbose_name='frist')),
                ('ansvar', models.CharField(choices=[('sekretariat', 'Sekretariatet'), ('hver_part', 'Hver part')], max_length=12, verbose_name='ansvar')),
                ('grundlag', models.CharField(choices=[('lov', 'Fastsat i lovgivningen'), ('aftalt', 'Aftalt')], max_length=8, verbose_name='grundlag')),
                ('kilde', models.CharField(max_length=200, verbose_name='kilde')),
                ('paamind_dage', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind, dage før')),
                ('gennemgaas', models.BooleanField(default=False, verbose_name='skal gennemgås')),
                ('aftale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aarshjul', to='rammeaftale.rammeaftale')),
            ],
            options={
                'verbose_name': 'trin i årshjulet',
                'verbose_name_plural': 'trin i årshjulet',
                'ordering': ['frist', 'opgave', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Aarshjulspaamindelse',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('frist', models.DateField(verbose_name='frist')),
                ('anledning', models.CharField(choices=[('foer', 'Før fristen'), ('efter', 'Efter fristen')], max_length=8, verbose_name='anledning')),
                ('sendt', models.DateTimeField(default=faelles.tid.nu)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='aarshjulspaamindelser', to='kommuner.organisation')),
                ('trin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paamindelser', to='rammeaftale.aarshjulstrin')),
            ],
            options={
                'verbose_name': 'påmindelse om årshjulet',
                'verbose_name_plural': 'påmindelser om årshjulet',
            },
        ),
        migrations.CreateModel(
            name='AarshjulstrinEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('opgave', models.CharField(max_length=160, verbose_name='opgave')),
                ('frist', models.DateField(verbose_name='frist')),
                ('ansvar', models.CharField(choices=[('sekretariat', 'Sekretariatet'), ('hver_part', 'Hver part')], max_length=12, verbose_name='ansvar')),
                ('grundlag', models.CharField(choices=[('lov', 'Fastsat i lovgivningen'), ('aftalt', 'Aftalt')], max_length=8, verbose_name='grundlag')),
                ('kilde', models.CharField(max_length=200, verbose_name='kilde')),
                ('paamind_dage', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='påmind, dage før')),
                ('gennemgaas', models.BooleanField(default=False, verbose_name='skal gennemgås')),
                ('aftale', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.rammeaftale')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.aarshjulstrin')),
            ],
            options={
                'verbose_name': 'ændring af trin i årshjulet',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Aarshjulsudfoerelse',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('dato', models.DateField(verbose_name='udført')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='udfoerte_trin', to='kommuner.organisation')),
                ('trin', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='udfoerelser', to='rammeaftale.aarshjulstrin')),
            ],
            options={
                'verbose_name': 'udført trin',
                'verbose_name_plural': 'udførte trin',
            },
        ),
        migrations.CreateModel(
            name='AarshjulsudfoerelseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('dato', models.DateField(verbose_name='udført')),
                ('registreret', models.DateTimeField(default=faelles.tid.nu)),
                ('identitet', models.CharField(max_length=80)),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.aarshjulsudfoerelse')),
                ('trin', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.aarshjulstrin')),
            ],
            options={
                'verbose_name': 'ændring af udført trin',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='aarshjulstrin',
            constraint=models.UniqueConstraint(fields=('aftale', 'opgave', 'frist'), name='aarshjulstrin_en_gang_pr_frist'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulstrin',
            constraint=models.CheckConstraint(condition=models.Q(('ansvar__in', ['sekretariat', 'hver_part'])), name='aarshjulstrin_ansvar_kendt'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulstrin',
            constraint=models.CheckConstraint(condition=models.Q(('grundlag__in', ['lov', 'aftalt'])), name='aarshjulstrin_grundlag_kendt'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulstrin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opgave', ''), _negated=True), models.Q(('kilde', ''), _negated=True)), name='aarshjulstrin_har_opgave_og_kilde'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulstrin',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aarshjulstrinevent" ("aftale_id", "ansvar", "frist", "gennemgaas", "grundlag", "id", "kilde", "opgave", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."aftale_id", new_values."ansvar", new_values."frist", new_values."gennemgaas", new_values."grundlag", new_values."id", new_values."kilde", new_values."opgave", new_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='c488f055de78ca17866e64d2263bda09b83a6ce4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_0799c', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_aarshjulstrin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulstrin',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aarshjulstrinevent" ("aftale_id", "ansvar", "frist", "gennemgaas", "grundlag", "id", "kilde", "opgave", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT new_values."aftale_id", new_values."ansvar", new_values."frist", new_values."gennemgaas", new_values."grundlag", new_values."id", new_values."kilde", new_values."opgave", new_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d187e073517fd44f5872b8c90edcfeb1afc7ce3a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_bb303', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_aarshjulstrin', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulstrin',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aarshjulstrinevent" ("aftale_id", "ansvar", "frist", "gennemgaas", "grundlag", "id", "kilde", "opgave", "paamind_dage", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id") SELECT old_values."aftale_id", old_values."ansvar", old_values."frist", old_values."gennemgaas", old_values."grundlag", old_values."id", old_values."kilde", old_values."opgave", old_values."paamind_dage", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='2b0bf04dfde43270e907f622d87062cd41c2c84d', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_f8d64', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_aarshjulstrin', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.UniqueConstraint(fields=('trin', 'organisation', 'frist', 'anledning'), name='aarshjulspaamindelse_en_pr_anledning'),
        ),
        migrations.AddConstraint(
            model_name='aarshjulspaamindelse',
            constraint=models.CheckConstraint(condition=models.Q(('anledning__in', ['foer', 'efter'])), name='aarshjulspaamindelse_anledning_kendt'),
        ),
        migrations.AddIndex(
            model_name='aarshjulstrinevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='aarshjulstrin_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='aarshjulstrinevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='aarshjulstrin_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulstrinevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id WHERE r.id = NEW.aftale_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='010fc1e952aab525adb16a52000ee60469bcc285', operation='INSERT', pgid='pgtrigger_vedroerer_30df2', table='rammeaftale_aarshjulstrinevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulstrinevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='153eed45ecdd3562eb6eae5f295c9c07495a1619', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_debdd', table='rammeaftale_aarshjulstrinevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='aarshjulsudfoerelse',
            constraint=models.UniqueConstraint(fields=('trin', 'organisation'), name='aarshjulsudfoerelse_en_pr_organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulsudfoerelse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aarshjulsudfoerelseevent" ("dato", "id", "identitet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registreret", "trin_id") SELECT new_values."dato", new_values."id", new_values."identitet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."registreret", new_values."trin_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8f9cc5ed3b60be6c83f9c3861b2374eb00000ebd', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_55d4c', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_aarshjulsudfoerelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulsudfoerelse',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aarshjulsudfoerelseevent" ("dato", "id", "identitet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registreret", "trin_id") SELECT new_values."dato", new_values."id", new_values."identitet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."registreret", new_values."trin_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6034f39855c699763d40ee84801bf714d61ede9d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_a217d', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_aarshjulsudfoerelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulsudfoerelse',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_aarshjulsudfoerelseevent" ("dato", "id", "identitet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registreret", "trin_id") SELECT old_values."dato", old_values."id", old_values."identitet", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."registreret", old_values."trin_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='c71f340f9cc604e0d28daa0f5b5cc1f17694c88a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_e5e1e', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_aarshjulsudfoerelse', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='aarshjulsudfoerelseevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='aarshjulsudfoerelse_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='aarshjulsudfoerelseevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='aarshjulsudfoerelse_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulsudfoerelseevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_aarshjulstrin t ON t.aftale_id = r.id WHERE t.id = NEW.trin_id UNION ALL VALUES (NEW.organisation_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='ea868a823a2edd35d4bbd9e3b45df173038dece1', operation='INSERT', pgid='pgtrigger_vedroerer_45360', table='rammeaftale_aarshjulsudfoerelseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='aarshjulsudfoerelseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a9fcfaf357e02c6e6a337d713be462b5c4bc88b1', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d8e2e', table='rammeaftale_aarshjulsudfoerelseevent', when='BEFORE')),
        ),
        sporsikkerhed("rammeaftale_aarshjulstrinevent"),
        sporsikkerhed("rammeaftale_aarshjulsudfoerelseevent"),
    ]
