"""Reports about what a KKR's secretariat decides go to it, and no longer to the offer's operator."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from faelles.rls import ny_betingelse

# Who reported, in the function she did it in; those limited to single offers what they have reported themselves.
MELDEREN = (
    "(organisation_id = app_organisation() AND funktion = app_funktion()"
    " AND (app_tilbud() IS NULL OR meldt_af = app_identitet()))"
)
DRIFTSHERREN = (
    "driftsherre_id = app_organisation() AND app_funktion() = 'driftsherre'"
    " AND (app_tilbud() IS NULL OR tilbud_id = ANY(app_tilbud()))"
)
FOER = f"{MELDEREN} OR ({DRIFTSHERREN})"
# Who answers: the secretariat when the fact is its own, otherwise the operator.
MODTAGEREN = (
    "(sekretariat_id = app_organisation() AND app_funktion() = 'sekretariat')"
    f" OR (sekretariat_id IS NULL AND {DRIFTSHERREN})"
)


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0016_tilbud_skriv'),
        ('tilbud', '0028_fejl_i_bekraeftelse_og_klynger'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlsag',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlsag',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlsag',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlsagevent',
            name='vedroerer',
        ),
        migrations.AddField(
            model_name='fejlsag',
            name='sekretariat',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fejl_i_afgoerelser', to='kommuner.organisation'),
        ),
        migrations.AddField(
            model_name='fejlsagevent',
            name='sekretariat',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlsag',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlsagevent" ("besked", "driftsherre_id", "fejlmelding_id", "funktion", "meldt_af", "meldt_rolle", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sekretariat_id", "svar", "svaret_af", "svaret_rolle", "tilbud_id", "vist") SELECT new_values."besked", new_values."driftsherre_id", new_values."fejlmelding_id", new_values."funktion", new_values."meldt_af", new_values."meldt_rolle", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."fejlmelding_id", new_values."sekretariat_id", new_values."svar", new_values."svaret_af", new_values."svaret_rolle", new_values."tilbud_id", new_values."vist" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='335a08d63cfc3922a2e73dea178a8167a052473d', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_24579', referencing='REFERENCING NEW TABLE AS new_values ', table='tilbud_fejlsag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlsag',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlsagevent" ("besked", "driftsherre_id", "fejlmelding_id", "funktion", "meldt_af", "meldt_rolle", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sekretariat_id", "svar", "svaret_af", "svaret_rolle", "tilbud_id", "vist") SELECT new_values."besked", new_values."driftsherre_id", new_values."fejlmelding_id", new_values."funktion", new_values."meldt_af", new_values."meldt_rolle", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."fejlmelding_id", new_values."sekretariat_id", new_values."svar", new_values."svaret_af", new_values."svaret_rolle", new_values."tilbud_id", new_values."vist" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."fejlmelding_id") = (new_values."fejlmelding_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='225a50747b88a4616090f03ca8e6a4d0d5951338', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_d3c7f', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_fejlsag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlsag',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlsagevent" ("besked", "driftsherre_id", "fejlmelding_id", "funktion", "meldt_af", "meldt_rolle", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sekretariat_id", "svar", "svaret_af", "svaret_rolle", "tilbud_id", "vist") SELECT old_values."besked", old_values."driftsherre_id", old_values."fejlmelding_id", old_values."funktion", old_values."meldt_af", old_values."meldt_rolle", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."fejlmelding_id", old_values."sekretariat_id", old_values."svar", old_values."svaret_af", old_values."svaret_rolle", old_values."tilbud_id", old_values."vist" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='abc179ab4415845a196e991f0845bada470d74a9', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_dcd65', referencing='REFERENCING OLD TABLE AS old_values ', table='tilbud_fejlsag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlsagevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (VALUES (NEW.organisation_id), (coalesce(NEW.sekretariat_id, NEW.driftsherre_id)) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='5946b43b4a0a45640237a34448355604acfbb13c', operation='INSERT', pgid='pgtrigger_vedroerer_026c0', table='tilbud_fejlsagevent', when='BEFORE')),
        ),
        ny_betingelse("tilbud_fejlsag", FOER, f"{MELDEREN} OR {MODTAGEREN}"),
    ]
