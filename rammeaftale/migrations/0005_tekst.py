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
        ('kommuner', '0014_kommentarer'),
        ('rammeaftale', '0004_livscyklus'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dokumentdel',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('art', models.CharField(choices=[('hoveddokument', 'Hoveddokument'), ('styringsdel', 'Styringsdel'), ('udviklingsdel', 'Udviklingsdel'), ('bilag', 'Bilag')], max_length=14, verbose_name='art')),
                ('titel', models.CharField(max_length=160, verbose_name='titel')),
                ('nummer', models.PositiveSmallIntegerField(verbose_name='rækkefølge')),
                ('aftale', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dele', to='rammeaftale.rammeaftale')),
            ],
            options={
                'verbose_name': 'del',
                'verbose_name_plural': 'dele',
                'ordering': ['nummer'],
            },
        ),
        migrations.CreateModel(
            name='DokumentdelEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('art', models.CharField(choices=[('hoveddokument', 'Hoveddokument'), ('styringsdel', 'Styringsdel'), ('udviklingsdel', 'Udviklingsdel'), ('bilag', 'Bilag')], max_length=14, verbose_name='art')),
                ('titel', models.CharField(max_length=160, verbose_name='titel')),
                ('nummer', models.PositiveSmallIntegerField(verbose_name='rækkefølge')),
                ('aftale', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.rammeaftale')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.dokumentdel')),
            ],
            options={
                'verbose_name': 'ændring af del',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Klausul',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('dokumentdel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='klausuler', to='rammeaftale.dokumentdel')),
                ('forgaenger', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='efterfoelgere', to='rammeaftale.klausul', verbose_name='bygger på')),
            ],
            options={
                'verbose_name': 'klausul',
                'verbose_name_plural': 'klausuler',
            },
        ),
        migrations.CreateModel(
            name='Klausulkommentar',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tekst', models.CharField(max_length=2000, verbose_name='kommentar')),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu, verbose_name='tidspunkt')),
                ('rolle_navn', models.CharField(max_length=60, verbose_name='rolle')),
                ('identitet', models.CharField(max_length=80)),
                ('klausul', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kommentarer', to='rammeaftale.klausul')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='klausulkommentarer', to='kommuner.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kommentarer', to='rammeaftale.version')),
            ],
            options={
                'verbose_name': 'kommentar',
                'verbose_name_plural': 'kommentarer',
                'ordering': ['tidspunkt', 'id'],
            },
        ),
        migrations.CreateModel(
            name='KlausulkommentarEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('tekst', models.CharField(max_length=2000, verbose_name='kommentar')),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu, verbose_name='tidspunkt')),
                ('rolle_navn', models.CharField(max_length=60, verbose_name='rolle')),
                ('identitet', models.CharField(max_length=80)),
                ('klausul', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.klausul')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.klausulkommentar')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.version')),
            ],
            options={
                'verbose_name': 'ændring af kommentar',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Klausuludgave',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('udgave', models.PositiveIntegerField(verbose_name='udgave')),
                ('nummer', models.CharField(max_length=20, verbose_name='nummer')),
                ('overskrift', models.CharField(max_length=160, verbose_name='overskrift')),
                ('tekst', models.TextField(blank=True, default='', verbose_name='tekst')),
                ('udgaar', models.BooleanField(default=False, verbose_name='udgår')),
                ('gennemgaa', models.BooleanField(default=False, verbose_name='skal gennemgås')),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu, verbose_name='tidspunkt')),
                ('identitet', models.CharField(max_length=80)),
                ('klausul', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='udgaver', to='rammeaftale.klausul')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='klausuludgaver', to='kommuner.organisation')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='klausuludgaver', to='rammeaftale.version')),
            ],
            options={
                'verbose_name': 'klausuludgave',
                'verbose_name_plural': 'klausuludgaver',
                'ordering': ['version', 'klausul', 'udgave'],
            },
        ),
        migrations.CreateModel(
            name='KlausuludgaveEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('udgave', models.PositiveIntegerField(verbose_name='udgave')),
                ('nummer', models.CharField(max_length=20, verbose_name='nummer')),
                ('overskrift', models.CharField(max_length=160, verbose_name='overskrift')),
                ('tekst', models.TextField(blank=True, default='', verbose_name='tekst')),
                ('udgaar', models.BooleanField(default=False, verbose_name='udgår')),
                ('gennemgaa', models.BooleanField(default=False, verbose_name='skal gennemgås')),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu, verbose_name='tidspunkt')),
                ('identitet', models.CharField(max_length=80)),
                ('klausul', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.klausul')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.klausuludgave')),
                ('version', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.version')),
            ],
            options={
                'verbose_name': 'ændring af klausuludgave',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Klausulvilkaar',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('noegle', models.CharField(max_length=60, verbose_name='nøgle')),
                ('vaerdi', models.CharField(max_length=200, verbose_name='værdi')),
                ('udgave', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='vilkaar', to='rammeaftale.klausuludgave')),
            ],
            options={
                'verbose_name': 'vilkår i en klausul',
                'verbose_name_plural': 'vilkår i klausuler',
                'ordering': ['noegle'],
            },
        ),
        migrations.CreateModel(
            name='KlausulvilkaarEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('noegle', models.CharField(max_length=60, verbose_name='nøgle')),
                ('vaerdi', models.CharField(max_length=200, verbose_name='værdi')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='rammeaftale.klausulvilkaar')),
                ('udgave', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='rammeaftale.klausuludgave')),
            ],
            options={
                'verbose_name': 'ændring af vilkår i en klausul',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='dokumentdel',
            constraint=models.UniqueConstraint(fields=('aftale', 'nummer'), name='dokumentdel_nummer_unikt_i_aftale'),
        ),
        migrations.AddConstraint(
            model_name='dokumentdel',
            constraint=models.UniqueConstraint(condition=models.Q(('art', 'bilag'), _negated=True), fields=('aftale', 'art'), name='dokumentdel_en_af_hver_undtagen_bilag'),
        ),
        migrations.AddConstraint(
            model_name='dokumentdel',
            constraint=models.CheckConstraint(condition=models.Q(('art__in', ['hoveddokument', 'styringsdel', 'udviklingsdel', 'bilag'])), name='dokumentdel_art_kendt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dokumentdel',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_dokumentdelevent" ("aftale_id", "art", "id", "nummer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "titel") SELECT new_values."aftale_id", new_values."art", new_values."id", new_values."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."titel" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f740dff07823500a68fc88fe8111eb62c5c0852d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_add45', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_dokumentdel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dokumentdel',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_dokumentdelevent" ("aftale_id", "art", "id", "nummer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "titel") SELECT new_values."aftale_id", new_values."art", new_values."id", new_values."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."titel" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='92f2f933c09a541047a5bbefd84fe01636e228e4', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_fd844', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='rammeaftale_dokumentdel', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dokumentdel',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_dokumentdelevent" ("aftale_id", "art", "id", "nummer", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "titel") SELECT old_values."aftale_id", old_values."art", old_values."id", old_values."nummer", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."titel" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b14b309458eee96e30ecbd2a716113369916dad1', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_6c526', referencing='REFERENCING OLD TABLE AS old_values ', table='rammeaftale_dokumentdel', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='dokumentdelevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='dokumentdel_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='dokumentdelevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='dokumentdel_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dokumentdelevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id WHERE r.id = NEW.aftale_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='85f0a462127787da778a42eadd7424fbd3a999ed', operation='INSERT', pgid='pgtrigger_vedroerer_99a63', table='rammeaftale_dokumentdelevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dokumentdelevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='28a403b7d22ccb87deceff6234f2d251a870f671', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_3b904', table='rammeaftale_dokumentdelevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausul',
            trigger=pgtrigger.compiler.Trigger(name='klausul_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='359db1cfd325ea46f949a7b6a4e7e32fbf55ba16', operation='UPDATE OR DELETE', pgid='pgtrigger_klausul_kun_tilfoejes_37870', table='rammeaftale_klausul', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulkommentar',
            trigger=pgtrigger.compiler.Trigger(name='klausulkommentar_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='747692f57da62489b329bccef36d846b194dc810', operation='UPDATE OR DELETE', pgid='pgtrigger_klausulkommentar_kun_tilfoejes_1f6ae', table='rammeaftale_klausulkommentar', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulkommentar',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_klausulkommentarevent" ("id", "identitet", "klausul_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle_navn", "tekst", "tidspunkt", "version_id") SELECT new_values."id", new_values."identitet", new_values."klausul_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."rolle_navn", new_values."tekst", new_values."tidspunkt", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='a9ef992de8d0ad999ab5083b4dad7949c59bb5ec', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_6ac83', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_klausulkommentar', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='klausulkommentarevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='klausulkommentar_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='klausulkommentarevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='klausulkommentar_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulkommentarevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_version v ON v.aftale_id = r.id WHERE v.id = NEW.version_id UNION ALL VALUES (NEW.organisation_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='49137fb8ae39a2f409248bcf701d00bcba0117eb', operation='INSERT', pgid='pgtrigger_vedroerer_a5628', table='rammeaftale_klausulkommentarevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulkommentarevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2cb1cc4284a5dce7f26d9fd3dda98fc172effbb0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_da3e7', table='rammeaftale_klausulkommentarevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='klausuludgave',
            constraint=models.UniqueConstraint(fields=('version', 'klausul', 'udgave'), name='klausuludgave_en_ad_gangen'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausuludgave',
            trigger=pgtrigger.compiler.Trigger(name='klausuludgave_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='82f92d0f7a25fe1e8f747cd8f0ff75f5b76d73f5', operation='UPDATE OR DELETE', pgid='pgtrigger_klausuludgave_kun_tilfoejes_66cac', table='rammeaftale_klausuludgave', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausuludgave',
            trigger=pgtrigger.compiler.Trigger(name='klausuludgave_ikke_i_sendt_version', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF EXISTS (SELECT FROM rammeaftale_version WHERE id = NEW.version_id AND sendt IS NOT NULL) THEN RAISE EXCEPTION 'En version, der er sendt til godkendelse, rettes ikke' USING ERRCODE = 'check_violation', CONSTRAINT = 'klausuludgave_ikke_i_sendt_version'; END IF; RETURN NEW;", hash='f48a350ba50f3ece8e29728c68d25bf505f9e89d', operation='INSERT', pgid='pgtrigger_klausuludgave_ikke_i_sendt_version_84c6c', table='rammeaftale_klausuludgave', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausuludgave',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_klausuludgaveevent" ("gennemgaa", "id", "identitet", "klausul_id", "nummer", "organisation_id", "overskrift", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tekst", "tidspunkt", "udgaar", "udgave", "version_id") SELECT new_values."gennemgaa", new_values."id", new_values."identitet", new_values."klausul_id", new_values."nummer", new_values."organisation_id", new_values."overskrift", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."tekst", new_values."tidspunkt", new_values."udgaar", new_values."udgave", new_values."version_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5f081278d94835681cd8b19d7d67b4e34fb54d85', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_32cb8', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_klausuludgave', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='klausuludgaveevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='klausuludgave_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='klausuludgaveevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='klausuludgave_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausuludgaveevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_version v ON v.aftale_id = r.id WHERE v.id = NEW.version_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='254a51f1d233befcc2dbf488862206c842883428', operation='INSERT', pgid='pgtrigger_vedroerer_55088', table='rammeaftale_klausuludgaveevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausuludgaveevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f2fbfdd464b0542686163d6fa0b4715178e9ce72', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5f55', table='rammeaftale_klausuludgaveevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='klausulvilkaar',
            constraint=models.UniqueConstraint(fields=('udgave', 'noegle'), name='klausulvilkaar_en_vaerdi_pr_noegle'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulvilkaar',
            trigger=pgtrigger.compiler.Trigger(name='klausulvilkaar_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fcf03f230dfc07bf4b5f151130d908ee02c517fe', operation='UPDATE OR DELETE', pgid='pgtrigger_klausulvilkaar_kun_tilfoejes_d509d', table='rammeaftale_klausulvilkaar', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulvilkaar',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "rammeaftale_klausulvilkaarevent" ("id", "noegle", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "udgave_id", "vaerdi") SELECT new_values."id", new_values."noegle", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."udgave_id", new_values."vaerdi" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cdbc2e2c36817442dfb1a36677115d898edc76e6', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_71417', referencing='REFERENCING NEW TABLE AS new_values ', table='rammeaftale_klausulvilkaar', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='klausulvilkaarevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='klausulvilkaar_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='klausulvilkaarevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='klausulvilkaar_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulvilkaarevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT k.sekretariat_id FROM kommuner_kkr k JOIN rammeaftale_rammeaftale r ON r.kkr_id = k.id JOIN rammeaftale_version v ON v.aftale_id = r.id JOIN rammeaftale_klausuludgave u ON u.version_id = v.id WHERE u.id = NEW.udgave_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='480ea175a20a5885d157fe3ae75b242bf18ffec6', operation='INSERT', pgid='pgtrigger_vedroerer_7a226', table='rammeaftale_klausulvilkaarevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='klausulvilkaarevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='03174aec8ecf9c40064feb31af2f1799bad912bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_94697', table='rammeaftale_klausulvilkaarevent', when='BEFORE')),
        ),
        sporsikkerhed("rammeaftale_dokumentdelevent"),
        sporsikkerhed("rammeaftale_klausulkommentarevent"),
        sporsikkerhed("rammeaftale_klausuludgaveevent"),
        sporsikkerhed("rammeaftale_klausulvilkaarevent"),
    ]
