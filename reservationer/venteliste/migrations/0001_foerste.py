"""Waiting lists: the rule of an offer, those who wait, who was passed over, and what else was offered."""

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

# The municipality that waits, and the operator for the offers the actor works with.
PARTER = (
    "(handlekommune_id = app_organisation() AND app_funktion() = 'myndighed')"
    " OR (driftsherre_id = app_organisation() AND app_funktion() = 'driftsherre'"
    " AND (app_tilbud() IS NULL OR tilbud_id = ANY (app_tilbud())))"
)
POSTEN = "EXISTS (SELECT 1 FROM venteliste_ventelistepost p WHERE p.id = post_id)"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('kommuner', '0019_kommentarer_i_ord'),
        ('sag', '0010_placeringsaftaler'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alternativ',
            fields=[
                ('rolle_navn', models.CharField(max_length=60, verbose_name='funktion')),
                ('identitet', models.CharField(max_length=80)),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('dato', models.DateField(default=faelles.tid.idag, verbose_name='tilbudt den')),
                ('svar', models.CharField(choices=[('intet_svar', 'Intet svar endnu'), ('afslaaet', 'Sagt nej'), ('taget_imod', 'Sagt ja')], max_length=12, verbose_name='svar')),
                ('bemaerkning', models.CharField(blank=True, max_length=500, verbose_name='bemærkning')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.organisation')),
                ('tilbud', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tilbud.tilbud')),
            ],
            options={
                'verbose_name': 'alternativ',
                'verbose_name_plural': 'alternativer',
                'ordering': ['dato', 'tidspunkt', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Forbigaaelse',
            fields=[
                ('rolle_navn', models.CharField(max_length=60, verbose_name='funktion')),
                ('identitet', models.CharField(max_length=80)),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('tildeling', models.PositiveIntegerField(verbose_name='tildeling')),
                ('grund', models.CharField(choices=[('passer_ikke', 'Pladsen passer ikke til behovet'), ('gruppen_passer_ikke', 'Behovet passer ikke sammen med de andre på stedet'), ('kan_ikke_nu', 'Kommunen kan ikke tage imod pladsen nu'), ('akut', 'En anden har akut brug for pladsen'), ('plads_ikke_klar', 'Pladsen er ikke klar'), ('andet', 'Andet')], max_length=20, verbose_name='grund')),
                ('bemaerkning', models.CharField(blank=True, max_length=500, verbose_name='bemærkning')),
                ('afdeling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tilbud.afdeling')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kommuner.organisation')),
                ('til', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sag.henvendelse')),
            ],
            options={
                'verbose_name': 'forbigåelse',
                'verbose_name_plural': 'forbigåelser',
                'ordering': ['tidspunkt', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Venteliste',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('regel', models.CharField(choices=[('tur', 'Den, der har ventet længst, er først'), ('egne_foerst', 'Driftsherrens egne borgere er først, og ellers den, der har ventet længst')], max_length=16, verbose_name='regel')),
                ('fastsat', models.DateTimeField(default=faelles.tid.nu, verbose_name='fastsat')),
                ('fastsat_af', models.CharField(max_length=80)),
                ('tildelinger', models.PositiveIntegerField(default=0, verbose_name='tildelinger')),
                ('tilbud', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='venteliste', to='tilbud.tilbud')),
            ],
            options={
                'verbose_name': 'venteliste',
                'verbose_name_plural': 'ventelister',
            },
        ),
        migrations.CreateModel(
            name='VentelisteEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('regel', models.CharField(choices=[('tur', 'Den, der har ventet længst, er først'), ('egne_foerst', 'Driftsherrens egne borgere er først, og ellers den, der har ventet længst')], max_length=16, verbose_name='regel')),
                ('fastsat', models.DateTimeField(default=faelles.tid.nu, verbose_name='fastsat')),
                ('fastsat_af', models.CharField(max_length=80)),
                ('tildelinger', models.PositiveIntegerField(default=0, verbose_name='tildelinger')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='venteliste.venteliste')),
                ('tilbud', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.tilbud')),
            ],
            options={
                'verbose_name': 'ændring af venteliste',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Ventelistepost',
            fields=[
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('skrevet_op', models.DateTimeField(default=faelles.tid.nu, verbose_name='skrevet op')),
                ('eskaleres', models.DateField(verbose_name='eskaleres')),
                ('eskaleret', models.DateTimeField(blank=True, null=True, verbose_name='eskaleret')),
                ('brev_noteret', models.DateTimeField(blank=True, null=True, verbose_name='brev noteret')),
                ('brev_sendt', models.DateTimeField(blank=True, null=True, verbose_name='brev sendt')),
                ('afsluttet', models.DateTimeField(blank=True, null=True, verbose_name='afsluttet')),
                ('afslutning', models.CharField(blank=True, choices=[('plads', 'Fik pladsen'), ('afvist', 'Tilbuddet kan ikke hjælpe'), ('trukket', 'Forespørgslen er trukket tilbage'), ('andet_tilbud', 'Har fået plads i et andet tilbud'), ('behov_aendret', 'Behovet er ændret'), ('behov_bortfaldet', 'Der er ikke længere brug for en plads'), ('andet', 'Andet')], max_length=20, verbose_name='afslutning')),
                ('bemaerkning', models.CharField(blank=True, max_length=500, verbose_name='bemærkning')),
                ('afdeling', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ventelisteposter', to='tilbud.afdeling')),
                ('driftsherre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventelisteposter_som_saelger', to='kommuner.organisation')),
                ('handlekommune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventelisteposter_som_koeber', to='kommuner.organisation')),
                ('henvendelse', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventelisteposter', to='sag.henvendelse')),
                ('tilbud', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventelisteposter', to='tilbud.tilbud')),
                ('venteliste', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='poster', to='venteliste.venteliste')),
                ('vilkaarssaet', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt')),
            ],
            options={
                'verbose_name': 'ventelistepost',
                'verbose_name_plural': 'ventelisteposter',
                'ordering': ['skrevet_op', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ForbigaaelseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('rolle_navn', models.CharField(max_length=60, verbose_name='funktion')),
                ('identitet', models.CharField(max_length=80)),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('tildeling', models.PositiveIntegerField(verbose_name='tildeling')),
                ('grund', models.CharField(choices=[('passer_ikke', 'Pladsen passer ikke til behovet'), ('gruppen_passer_ikke', 'Behovet passer ikke sammen med de andre på stedet'), ('kan_ikke_nu', 'Kommunen kan ikke tage imod pladsen nu'), ('akut', 'En anden har akut brug for pladsen'), ('plads_ikke_klar', 'Pladsen er ikke klar'), ('andet', 'Andet')], max_length=20, verbose_name='grund')),
                ('bemaerkning', models.CharField(blank=True, max_length=500, verbose_name='bemærkning')),
                ('afdeling', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.afdeling')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='venteliste.forbigaaelse')),
                ('til', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sag.henvendelse')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='venteliste.ventelistepost')),
            ],
            options={
                'verbose_name': 'ændring af forbigåelse',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='forbigaaelse',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forbigaaelser', to='venteliste.ventelistepost'),
        ),
        migrations.CreateModel(
            name='AlternativEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('rolle_navn', models.CharField(max_length=60, verbose_name='funktion')),
                ('identitet', models.CharField(max_length=80)),
                ('tidspunkt', models.DateTimeField(default=faelles.tid.nu)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('dato', models.DateField(default=faelles.tid.idag, verbose_name='tilbudt den')),
                ('svar', models.CharField(choices=[('intet_svar', 'Intet svar endnu'), ('afslaaet', 'Sagt nej'), ('taget_imod', 'Sagt ja')], max_length=12, verbose_name='svar')),
                ('bemaerkning', models.CharField(blank=True, max_length=500, verbose_name='bemærkning')),
                ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='venteliste.alternativ')),
                ('tilbud', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.tilbud')),
                ('post', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='venteliste.ventelistepost')),
            ],
            options={
                'verbose_name': 'ændring af alternativ',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='alternativ',
            name='post',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='alternativer', to='venteliste.ventelistepost'),
        ),
        migrations.CreateModel(
            name='VentelistepostEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('pgh_context', pghistory.utils.JSONField()),
                ('vedroerer', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), editable=False, size=None)),
                ('id', models.UUIDField(default=faelles.ids.uuid7, editable=False, serialize=False)),
                ('skrevet_op', models.DateTimeField(default=faelles.tid.nu, verbose_name='skrevet op')),
                ('eskaleres', models.DateField(verbose_name='eskaleres')),
                ('eskaleret', models.DateTimeField(blank=True, null=True, verbose_name='eskaleret')),
                ('brev_noteret', models.DateTimeField(blank=True, null=True, verbose_name='brev noteret')),
                ('brev_sendt', models.DateTimeField(blank=True, null=True, verbose_name='brev sendt')),
                ('afsluttet', models.DateTimeField(blank=True, null=True, verbose_name='afsluttet')),
                ('afslutning', models.CharField(blank=True, choices=[('plads', 'Fik pladsen'), ('afvist', 'Tilbuddet kan ikke hjælpe'), ('trukket', 'Forespørgslen er trukket tilbage'), ('andet_tilbud', 'Har fået plads i et andet tilbud'), ('behov_aendret', 'Behovet er ændret'), ('behov_bortfaldet', 'Der er ikke længere brug for en plads'), ('andet', 'Andet')], max_length=20, verbose_name='afslutning')),
                ('bemaerkning', models.CharField(blank=True, max_length=500, verbose_name='bemærkning')),
                ('afdeling', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.afdeling')),
                ('driftsherre', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('handlekommune', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation')),
                ('henvendelse', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='sag.henvendelse')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='venteliste.ventelistepost')),
                ('tilbud', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.tilbud')),
                ('venteliste', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='venteliste.venteliste')),
                ('vilkaarssaet', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt')),
            ],
            options={
                'verbose_name': 'ændring af ventelistepost',
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='venteliste',
            constraint=models.CheckConstraint(condition=models.Q(('regel__in', ['tur', 'egne_foerst'])), name='venteliste_regel_kendt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venteliste',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_ventelisteevent" ("fastsat", "fastsat_af", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel", "tilbud_id", "tildelinger") SELECT new_values."fastsat", new_values."fastsat_af", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."regel", new_values."tilbud_id", new_values."tildelinger" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6655bbed5763359aef4966c288e7fe473bf6a037', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_5107f', referencing='REFERENCING NEW TABLE AS new_values ', table='venteliste_venteliste', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venteliste',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_ventelisteevent" ("fastsat", "fastsat_af", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel", "tilbud_id", "tildelinger") SELECT new_values."fastsat", new_values."fastsat_af", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."regel", new_values."tilbud_id", new_values."tildelinger" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='b7bcf7c724410cff5bf26f04c9e815cdfddf3bda', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_37743', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='venteliste_venteliste', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='venteliste',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_ventelisteevent" ("fastsat", "fastsat_af", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "regel", "tilbud_id", "tildelinger") SELECT old_values."fastsat", old_values."fastsat_af", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."regel", old_values."tilbud_id", old_values."tildelinger" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='0ecc32d6cf65bb0f6e7a28cc7df100e58923d41a', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_81ec5', referencing='REFERENCING OLD TABLE AS old_values ', table='venteliste_venteliste', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='ventelisteevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='venteliste_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='ventelisteevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='venteliste_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelisteevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT driftsherre_id FROM tilbud_tilbud WHERE id = NEW.tilbud_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='634eef6bc09f4b45fdaee5138310f178b59a96bb', operation='INSERT', pgid='pgtrigger_vedroerer_b7b5b', table='venteliste_ventelisteevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelisteevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ee68459f8456db782abe19ed2dfdaf3a766a0b15', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a7433', table='venteliste_ventelisteevent', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='ventelistepost',
            index=models.Index(fields=['handlekommune', 'skrevet_op', 'id'], name='ventelistepost_egne'),
        ),
        migrations.AddIndex(
            model_name='ventelistepost',
            index=models.Index(condition=models.Q(('afsluttet__isnull', True)), fields=['eskaleres'], name='ventelistepost_forfaldne'),
        ),
        migrations.AddConstraint(
            model_name='ventelistepost',
            constraint=models.UniqueConstraint(condition=models.Q(('afsluttet__isnull', True)), fields=('henvendelse',), name='ventelistepost_en_aaben_pr_henvendelse'),
        ),
        migrations.AddConstraint(
            model_name='ventelistepost',
            constraint=models.CheckConstraint(condition=models.Q(('brev_sendt__isnull', True), ('eskaleret__isnull', False), _connector='OR'), name='ventelistepost_brev_efter_eskalering'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepost',
            trigger=pgtrigger.compiler.Trigger(name='ventelistepost_slettes_ikke', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f7aafd89e56483bd9f7dca55b9c5a32ea5c967bf', operation='DELETE', pgid='pgtrigger_ventelistepost_slettes_ikke_cedb3', table='venteliste_ventelistepost', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepost',
            trigger=pgtrigger.compiler.Trigger(name='ventelistepost_mister_aldrig_alder', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."afdeling_id" IS DISTINCT FROM (NEW."afdeling_id") OR OLD."handlekommune_id" IS DISTINCT FROM (NEW."handlekommune_id") OR OLD."henvendelse_id" IS DISTINCT FROM (NEW."henvendelse_id") OR OLD."skrevet_op" IS DISTINCT FROM (NEW."skrevet_op") OR OLD."tilbud_id" IS DISTINCT FROM (NEW."tilbud_id") OR OLD."venteliste_id" IS DISTINCT FROM (NEW."venteliste_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='20c4fa6f3706dc84a34c4c106c67f7972e2efb1a', operation='UPDATE', pgid='pgtrigger_ventelistepost_mister_aldrig_alder_48ee4', table='venteliste_ventelistepost', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepost',
            trigger=pgtrigger.compiler.Trigger(name='ventelistepost_afsluttet_er_afsluttet', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."afsluttet" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='90442721458bdde1a07666ef63e7954b6560c5ac', operation='UPDATE', pgid='pgtrigger_ventelistepost_afsluttet_er_afsluttet_5be48', table='venteliste_ventelistepost', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepost',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_ventelistepostevent" ("afdeling_id", "afslutning", "afsluttet", "bemaerkning", "brev_noteret", "brev_sendt", "driftsherre_id", "eskaleres", "eskaleret", "handlekommune_id", "henvendelse_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "skrevet_op", "tilbud_id", "venteliste_id", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."afslutning", new_values."afsluttet", new_values."bemaerkning", new_values."brev_noteret", new_values."brev_sendt", new_values."driftsherre_id", new_values."eskaleres", new_values."eskaleret", new_values."handlekommune_id", new_values."henvendelse_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."skrevet_op", new_values."tilbud_id", new_values."venteliste_id", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='704ceee8f7afad1d944645c9576ef6464b22ee58', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_90cb8', referencing='REFERENCING NEW TABLE AS new_values ', table='venteliste_ventelistepost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepost',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_ventelistepostevent" ("afdeling_id", "afslutning", "afsluttet", "bemaerkning", "brev_noteret", "brev_sendt", "driftsherre_id", "eskaleres", "eskaleret", "handlekommune_id", "henvendelse_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "skrevet_op", "tilbud_id", "venteliste_id", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."afslutning", new_values."afsluttet", new_values."bemaerkning", new_values."brev_noteret", new_values."brev_sendt", new_values."driftsherre_id", new_values."eskaleres", new_values."eskaleret", new_values."handlekommune_id", new_values."henvendelse_id", new_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."skrevet_op", new_values."tilbud_id", new_values."venteliste_id", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='636762033ae058e1083ffbf6c316df9344e6f72b', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_51c34', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='venteliste_ventelistepost', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepost',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_ventelistepostevent" ("afdeling_id", "afslutning", "afsluttet", "bemaerkning", "brev_noteret", "brev_sendt", "driftsherre_id", "eskaleres", "eskaleret", "handlekommune_id", "henvendelse_id", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "skrevet_op", "tilbud_id", "venteliste_id", "vilkaarssaet_id") SELECT old_values."afdeling_id", old_values."afslutning", old_values."afsluttet", old_values."bemaerkning", old_values."brev_noteret", old_values."brev_sendt", old_values."driftsherre_id", old_values."eskaleres", old_values."eskaleret", old_values."handlekommune_id", old_values."henvendelse_id", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."skrevet_op", old_values."tilbud_id", old_values."venteliste_id", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='e439c4ebf3198800ecf399e96aae868b3fc45836', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_c2121', referencing='REFERENCING OLD TABLE AS old_values ', table='venteliste_ventelistepost', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='forbigaaelseevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='forbigaaelse_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='forbigaaelseevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='forbigaaelse_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forbigaaelseevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM venteliste_ventelistepost WHERE id = NEW.post_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='98730c84e30532f01e2d064821cb4aa842e6aba4', operation='INSERT', pgid='pgtrigger_vedroerer_09439', table='venteliste_forbigaaelseevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forbigaaelseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2d74d884a842fba44c4242e5ad78a1ca1a49e624', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_20413', table='venteliste_forbigaaelseevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='forbigaaelse',
            constraint=models.UniqueConstraint(fields=('post', 'tildeling'), name='forbigaaelse_en_gang_pr_tildeling'),
        ),
        migrations.AddConstraint(
            model_name='forbigaaelse',
            constraint=models.CheckConstraint(condition=models.Q(('grund__in', ['passer_ikke', 'gruppen_passer_ikke', 'kan_ikke_nu', 'akut', 'plads_ikke_klar', 'andet'])), name='forbigaaelse_grund_kendt'),
        ),
        migrations.AddConstraint(
            model_name='forbigaaelse',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('grund', 'andet'), _negated=True), models.Q(('bemaerkning', ''), _negated=True), _connector='OR'), name='forbigaaelse_andet_er_forklaret'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forbigaaelse',
            trigger=pgtrigger.compiler.Trigger(name='forbigaaelse_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c8cb347fc19776d1ce22aee3be545c6e11b5335', operation='UPDATE OR DELETE', pgid='pgtrigger_forbigaaelse_kun_tilfoejes_67eef', table='venteliste_forbigaaelse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='forbigaaelse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_forbigaaelseevent" ("afdeling_id", "bemaerkning", "grund", "id", "identitet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "rolle_navn", "tidspunkt", "til_id", "tildeling") SELECT new_values."afdeling_id", new_values."bemaerkning", new_values."grund", new_values."id", new_values."identitet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."rolle_navn", new_values."tidspunkt", new_values."til_id", new_values."tildeling" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='706600fbed6d9096e8aa9eae53a09039362e8524', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b1d34', referencing='REFERENCING NEW TABLE AS new_values ', table='venteliste_forbigaaelse', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='alternativevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='alternativ_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='alternativevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='alternativ_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alternativevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT handlekommune_id FROM venteliste_ventelistepost WHERE id = NEW.post_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='bd154de32070e365ad02a05aaaf9699079684762', operation='INSERT', pgid='pgtrigger_vedroerer_c2373', table='venteliste_alternativevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alternativevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b58e5c75f5edb61d7ad4dfe5cbe6c58b001452b3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5d65', table='venteliste_alternativevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='alternativ',
            constraint=models.CheckConstraint(condition=models.Q(('svar__in', ['intet_svar', 'afslaaet', 'taget_imod'])), name='alternativ_svar_kendt'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alternativ',
            trigger=pgtrigger.compiler.Trigger(name='alternativ_kun_tilfoejes', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6eab62211a70dd101303dbec45c629dd984f6a90', operation='UPDATE OR DELETE', pgid='pgtrigger_alternativ_kun_tilfoejes_0cdf7', table='venteliste_alternativ', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='alternativ',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "venteliste_alternativevent" ("bemaerkning", "dato", "id", "identitet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "post_id", "rolle_navn", "svar", "tidspunkt", "tilbud_id") SELECT new_values."bemaerkning", new_values."dato", new_values."id", new_values."identitet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."post_id", new_values."rolle_navn", new_values."svar", new_values."tidspunkt", new_values."tilbud_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d5f9a4387b9709055551fd8aefd2737ee376bcbc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9b6e8', referencing='REFERENCING NEW TABLE AS new_values ', table='venteliste_alternativ', when='AFTER')),
        ),
        migrations.AddIndex(
            model_name='ventelistepostevent',
            index=models.Index(fields=['pgh_created_at', 'pgh_id'], name='ventelistepost_spor_tid'),
        ),
        migrations.AddIndex(
            model_name='ventelistepostevent',
            index=django.contrib.postgres.indexes.GinIndex(fields=['vedroerer'], name='ventelistepost_spor_hvem'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepostevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (VALUES (NEW.handlekommune_id), (NEW.driftsherre_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='60683371b3e78fbae450ec3ccc852e7244087f2f', operation='INSERT', pgid='pgtrigger_vedroerer_3a9b7', table='venteliste_ventelistepostevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ventelistepostevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='76537676cdfbf1a99b68149a110da5cfbab12d84', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3b23', table='venteliste_ventelistepostevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='ventelistepost',
            constraint=models.CheckConstraint(condition=models.Q(('afslutning__in', ['', 'plads', 'afvist', 'trukket', 'andet_tilbud', 'behov_aendret', 'behov_bortfaldet', 'andet'])), name='ventelistepost_afslutning_kendt'),
        ),
        migrations.AddConstraint(
            model_name='ventelistepost',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('afslutning', ''), ('afsluttet__isnull', True)), models.Q(('afsluttet__isnull', False), models.Q(('afslutning', ''), _negated=True)), _connector='OR'), name='ventelistepost_afsluttet_siger_hvorfor'),
        ),
        raekkesikkerhed("venteliste_ventelistepost", PARTER),
        raekkesikkerhed("venteliste_forbigaaelse", POSTEN),
        raekkesikkerhed("venteliste_alternativ", f"app_funktion() = 'myndighed' AND {POSTEN}"),
        *(
            sporsikkerhed(f"venteliste_{tabel}event")
            for tabel in ("venteliste", "ventelistepost", "forbigaaelse", "alternativ")
        ),
    ]
