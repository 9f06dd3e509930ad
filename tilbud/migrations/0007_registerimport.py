import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import faelles.ids
import faelles.tid
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import raekkesikkerhed, sporsikkerhed

# The operator's own people, and a draft for the one who made it only; one limited to single offers sees imports that touch
# no others and make no new ones.
DRIFTSHERRE = (
    "organisation_id = app_organisation() AND app_funktion() = 'driftsherre'"
    " AND (tilstand <> 'kladde' OR bestilt_af = app_identitet())"
    " AND (app_tilbud() IS NULL OR (NOT opretter_tilbud AND tilbud <@ app_tilbud()))"
)

class Migration(migrations.Migration):

    dependencies = [
        ('faelles', '0005_afsender'),
        ('kommuner', '0009_adgange'),
        ('tilbud', '0006_beskyttede_adresser_i_historikken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Registerimport',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tilstand', models.CharField(choices=[('kladde', 'Kladde'), ('afventer', 'Venter på godkendelse'), ('gennemfoert', 'Gennemført'), ('afvist', 'Afvist'), ('trukket', 'Trukket tilbage')], default='kladde', max_length=12, verbose_name='tilstand')),
                ('indhold', models.JSONField(verbose_name='indhold')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingeraftryk')),
                ('fejl', models.JSONField(default=list, verbose_name='fejl')),
                ('tilbud', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='tilbud')),
                ('opretter_tilbud', models.BooleanField(default=False, verbose_name='opretter tilbud')),
                ('nye', models.PositiveIntegerField(default=0, verbose_name='nye')),
                ('aendrede', models.PositiveIntegerField(default=0, verbose_name='ændrede')),
                ('uaendrede', models.PositiveIntegerField(default=0, verbose_name='uændrede')),
                ('bestilt_af', models.CharField(max_length=80, verbose_name='bestilt af')),
                ('bestilt_rolle', models.CharField(max_length=60, verbose_name='bestilt som')),
                ('bestilt', models.DateTimeField(default=faelles.tid.nu, verbose_name='bestilt')),
                ('afgjort_af', models.CharField(blank=True, default='', max_length=80, verbose_name='afgjort af')),
                ('afgjort_rolle', models.CharField(blank=True, default='', max_length=60, verbose_name='afgjort som')),
                ('afgjort', models.DateTimeField(blank=True, null=True, verbose_name='afgjort')),
                ('grund', models.CharField(blank=True, default='', max_length=300, verbose_name='begrundelse')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registerimporter', to='kommuner.organisation')),
            ],
            options={
                'verbose_name': 'import af tilbud og pladser',
                'verbose_name_plural': 'importer af tilbud og pladser',
                'ordering': ['-bestilt', '-id'],
            },
        ),
        migrations.CreateModel(
            name='RegisterimportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('tilstand', models.CharField(choices=[('kladde', 'Kladde'), ('afventer', 'Venter på godkendelse'), ('gennemfoert', 'Gennemført'), ('afvist', 'Afvist'), ('trukket', 'Trukket tilbage')], default='kladde', max_length=12, verbose_name='tilstand')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingeraftryk')),
                ('tilbud', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None, verbose_name='tilbud')),
                ('opretter_tilbud', models.BooleanField(default=False, verbose_name='opretter tilbud')),
                ('nye', models.PositiveIntegerField(default=0, verbose_name='nye')),
                ('aendrede', models.PositiveIntegerField(default=0, verbose_name='ændrede')),
                ('uaendrede', models.PositiveIntegerField(default=0, verbose_name='uændrede')),
                ('bestilt_af', models.CharField(max_length=80, verbose_name='bestilt af')),
                ('bestilt_rolle', models.CharField(max_length=60, verbose_name='bestilt som')),
                ('bestilt', models.DateTimeField(default=faelles.tid.nu, verbose_name='bestilt')),
                ('afgjort_af', models.CharField(blank=True, default='', max_length=80, verbose_name='afgjort af')),
                ('afgjort_rolle', models.CharField(blank=True, default='', max_length=60, verbose_name='afgjort som')),
                ('afgjort', models.DateTimeField(blank=True, null=True, verbose_name='afgjort')),
                ('grund', models.CharField(blank=True, default='', max_length=300, verbose_name='begrundelse')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='tilbud.registerimport')),
            ],
            options={
                'verbose_name': 'ændring af import af tilbud og pladser',
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='registerimport',
            index=models.Index(fields=['organisation', '-bestilt', '-id'], name='registerimport_liste'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(('tilstand__in', ['kladde', 'afventer', 'gennemfoert', 'afvist', 'trukket'])), name='registerimport_tilstand_kendt'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tilstand__in', ['gennemfoert', 'afvist']), _negated=True), models.Q(('afgjort_af', models.F('bestilt_af')), _negated=True), _connector='OR'), name='registerimport_to_personer'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tilstand', 'trukket'), _negated=True), ('afgjort_af', models.F('bestilt_af')), _connector='OR'), name='registerimport_traekkes_af_bestilleren'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('afgjort__isnull', True), ('afgjort_af', ''), ('tilstand__in', ['kladde', 'afventer'])), models.Q(('afgjort__isnull', False), ('tilstand__in', ('gennemfoert', 'afvist', 'trukket')), models.Q(('afgjort_af', ''), _negated=True)), _connector='OR'), name='registerimport_afgjort_helt_eller_slet_ikke'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(('tilstand', 'kladde'), models.Q(('fejl', []), models.Q(('nye__gt', 0), ('aendrede__gt', 0), _connector='OR')), _connector='OR'), name='registerimport_kun_kladder_har_fejl'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tilstand', 'afvist'), _negated=True), models.Q(('grund', ''), _negated=True), _connector='OR'), name='registerimport_afvist_med_grund'),
        ),
        migrations.AddConstraint(
            model_name='registerimport',
            constraint=models.UniqueConstraint(condition=models.Q(('tilstand', 'kladde')), fields=('organisation', 'bestilt_af'), name='registerimport_en_kladde_pr_person'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerimport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_registerimportevent" ("aendrede", "afgjort", "afgjort_af", "afgjort_rolle", "bestilt", "bestilt_af", "bestilt_rolle", "grund", "id", "nye", "opretter_tilbud", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "tilbud", "tilstand", "uaendrede") SELECT new_values."aendrede", new_values."afgjort", new_values."afgjort_af", new_values."afgjort_rolle", new_values."bestilt", new_values."bestilt_af", new_values."bestilt_rolle", new_values."grund", new_values."id", new_values."nye", new_values."opretter_tilbud", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sha256", new_values."tilbud", new_values."tilstand", new_values."uaendrede" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='527f8d1edceb6f84d873358446fb0d63d29e69bc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_1ae33', referencing='REFERENCING NEW TABLE AS new_values ', table='tilbud_registerimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerimport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_registerimportevent" ("aendrede", "afgjort", "afgjort_af", "afgjort_rolle", "bestilt", "bestilt_af", "bestilt_rolle", "grund", "id", "nye", "opretter_tilbud", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "tilbud", "tilstand", "uaendrede") SELECT new_values."aendrede", new_values."afgjort", new_values."afgjort_af", new_values."afgjort_rolle", new_values."bestilt", new_values."bestilt_af", new_values."bestilt_rolle", new_values."grund", new_values."id", new_values."nye", new_values."opretter_tilbud", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sha256", new_values."tilbud", new_values."tilstand", new_values."uaendrede" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."aendrede" IS DISTINCT FROM (new_values."aendrede") OR old_values."afgjort" IS DISTINCT FROM (new_values."afgjort") OR old_values."afgjort_af" IS DISTINCT FROM (new_values."afgjort_af") OR old_values."afgjort_rolle" IS DISTINCT FROM (new_values."afgjort_rolle") OR old_values."bestilt" IS DISTINCT FROM (new_values."bestilt") OR old_values."bestilt_af" IS DISTINCT FROM (new_values."bestilt_af") OR old_values."bestilt_rolle" IS DISTINCT FROM (new_values."bestilt_rolle") OR old_values."grund" IS DISTINCT FROM (new_values."grund") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."nye" IS DISTINCT FROM (new_values."nye") OR old_values."opretter_tilbud" IS DISTINCT FROM (new_values."opretter_tilbud") OR old_values."organisation_id" IS DISTINCT FROM (new_values."organisation_id") OR old_values."sha256" IS DISTINCT FROM (new_values."sha256") OR old_values."tilbud" IS DISTINCT FROM (new_values."tilbud") OR old_values."tilstand" IS DISTINCT FROM (new_values."tilstand") OR old_values."uaendrede" IS DISTINCT FROM (new_values."uaendrede")) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7252ba52b62a4a6be1c69f492ad219e6901305e6', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_64542', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_registerimport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerimport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_registerimportevent" ("aendrede", "afgjort", "afgjort_af", "afgjort_rolle", "bestilt", "bestilt_af", "bestilt_rolle", "grund", "id", "nye", "opretter_tilbud", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "tilbud", "tilstand", "uaendrede") SELECT old_values."aendrede", old_values."afgjort", old_values."afgjort_af", old_values."afgjort_rolle", old_values."bestilt", old_values."bestilt_af", old_values."bestilt_rolle", old_values."grund", old_values."id", old_values."nye", old_values."opretter_tilbud", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sha256", old_values."tilbud", old_values."tilstand", old_values."uaendrede" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='df7aed476c886316b39f78b078d802a6072e5904', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_995fa', referencing='REFERENCING OLD TABLE AS old_values ', table='tilbud_registerimport', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='registerimportevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='registerimport_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='registerimportevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='registerimport_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerimportevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (VALUES (NEW.organisation_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='11aa245915c5078b0a1f6c7c936bee3f41a219ac', operation='INSERT', pgid='pgtrigger_vedroerer_a515d', table='tilbud_registerimportevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='registerimportevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e7b32ee7cca092b47b817d002c3be8262dcdec8b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7d7e9', table='tilbud_registerimportevent', when='BEFORE')),
        ),
        raekkesikkerhed("tilbud_registerimport", DRIFTSHERRE),
        sporsikkerhed("tilbud_registerimportevent"),
    ]
