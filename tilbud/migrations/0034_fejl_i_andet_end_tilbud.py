"""A report of an error is about an offer of the register, a published offer, or a cluster."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0018_fejlmeldinger_i_ord'),
        ('tilbud', '0033_gamle_fejl_til_sekretariatet'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlmelding',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlmelding',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlmelding',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fejlmeldingevent',
            name='vedroerer',
        ),
        migrations.RemoveConstraint(
            model_name='fejlmelding',
            name='fejlmelding_faktum_kendt',
        ),
        migrations.AddField(
            model_name='fejlmelding',
            name='klynge',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fejlmeldinger', to='tilbud.klynge'),
        ),
        migrations.AddField(
            model_name='fejlmelding',
            name='offentligt',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fejlmeldinger', to='tilbud.offentligttilbud', verbose_name='offentliggjort tilbud'),
        ),
        migrations.AddField(
            model_name='fejlmeldingevent',
            name='klynge',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.klynge'),
        ),
        migrations.AddField(
            model_name='fejlmeldingevent',
            name='offentligt',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.offentligttilbud', verbose_name='offentliggjort tilbud'),
        ),
        migrations.AlterField(
            model_name='fejlmelding',
            name='faktum',
            field=models.CharField(choices=[('navn', 'Navn'), ('driftsherre', 'Driftsherre'), ('kommune', 'Kommune'), ('adresse', 'Adresse'), ('numre', 'CVR-nummer, P-nummer og id på Tilbudsportalen'), ('maalgrupper', 'Målgrupper'), ('hjemler', 'Hjemler'), ('alder', 'Alder'), ('specialisering', 'Specialisering'), ('klynger', 'Klynger'), ('fysiske_forhold', 'Fysiske forhold'), ('adfaerd', 'Adfærd, der kan og ikke kan rummes'), ('metoder', 'Metoder'), ('ydelser', 'Ydelser'), ('gruppe', 'Gruppens størrelse'), ('normering', 'Normering'), ('selvhenvendelse', 'Selvhenvendelse'), ('kontakt', 'Kontakt og hjemmeside'), ('beskrivelse', 'Beskrivelse'), ('lukning', 'Lukning'), ('godkendelse', 'Godkendelse'), ('tilsyn', 'Seneste tilsyn'), ('merplads', 'Tilladelser til merpladser'), ('uden_pladser', 'Leveres uden pladser'), ('lukninger', 'Midlertidige lukninger'), ('afdelingsnavn', 'Afdelingens navn'), ('bekraeftelse', 'Bekræftelse af pladserne'), ('pladser', 'Pladser'), ('takst', 'Takst'), ('formaal', 'Formål'), ('omraade', 'Område'), ('medlemmer', 'Medlemmer'), ('pris', 'Offentliggjort pris'), ('note', 'Note'), ('kilde', 'Kilde')], max_length=20, verbose_name='oplysning'),
        ),
        migrations.AlterField(
            model_name='fejlmelding',
            name='tilbud',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fejlmeldinger', to='tilbud.tilbud'),
        ),
        migrations.AlterField(
            model_name='fejlmeldingevent',
            name='faktum',
            field=models.CharField(choices=[('navn', 'Navn'), ('driftsherre', 'Driftsherre'), ('kommune', 'Kommune'), ('adresse', 'Adresse'), ('numre', 'CVR-nummer, P-nummer og id på Tilbudsportalen'), ('maalgrupper', 'Målgrupper'), ('hjemler', 'Hjemler'), ('alder', 'Alder'), ('specialisering', 'Specialisering'), ('klynger', 'Klynger'), ('fysiske_forhold', 'Fysiske forhold'), ('adfaerd', 'Adfærd, der kan og ikke kan rummes'), ('metoder', 'Metoder'), ('ydelser', 'Ydelser'), ('gruppe', 'Gruppens størrelse'), ('normering', 'Normering'), ('selvhenvendelse', 'Selvhenvendelse'), ('kontakt', 'Kontakt og hjemmeside'), ('beskrivelse', 'Beskrivelse'), ('lukning', 'Lukning'), ('godkendelse', 'Godkendelse'), ('tilsyn', 'Seneste tilsyn'), ('merplads', 'Tilladelser til merpladser'), ('uden_pladser', 'Leveres uden pladser'), ('lukninger', 'Midlertidige lukninger'), ('afdelingsnavn', 'Afdelingens navn'), ('bekraeftelse', 'Bekræftelse af pladserne'), ('pladser', 'Pladser'), ('takst', 'Takst'), ('formaal', 'Formål'), ('omraade', 'Område'), ('medlemmer', 'Medlemmer'), ('pris', 'Offentliggjort pris'), ('note', 'Note'), ('kilde', 'Kilde')], max_length=20, verbose_name='oplysning'),
        ),
        migrations.AlterField(
            model_name='fejlmeldingevent',
            name='tilbud',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.tilbud'),
        ),
        migrations.AlterField(
            model_name='fejlsag',
            name='driftsherre',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='modtagne_fejl', to='kommuner.organisation'),
        ),
        migrations.AlterField(
            model_name='fejlsag',
            name='tilbud',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='fejlsager', to='tilbud.tilbud'),
        ),
        migrations.AlterField(
            model_name='fejlsagevent',
            name='driftsherre',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='kommuner.organisation'),
        ),
        migrations.AlterField(
            model_name='fejlsagevent',
            name='tilbud',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tilbud.tilbud'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmelding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlmeldingevent" ("afdeling_id", "afsluttet", "faktum", "frist", "id", "klynge_id", "meldt", "offentligt_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilbud_id", "tilstand") SELECT new_values."afdeling_id", new_values."afsluttet", new_values."faktum", new_values."frist", new_values."id", new_values."klynge_id", new_values."meldt", new_values."offentligt_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."tilbud_id", new_values."tilstand" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='573a945e0d99032577db50a2c56cb6cd0e73b5be', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ba349', referencing='REFERENCING NEW TABLE AS new_values ', table='tilbud_fejlmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmelding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlmeldingevent" ("afdeling_id", "afsluttet", "faktum", "frist", "id", "klynge_id", "meldt", "offentligt_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilbud_id", "tilstand") SELECT new_values."afdeling_id", new_values."afsluttet", new_values."faktum", new_values."frist", new_values."id", new_values."klynge_id", new_values."meldt", new_values."offentligt_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."tilbud_id", new_values."tilstand" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ae70e355dda716963c8d62cc532ebbac46d8a627', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_85cc6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_fejlmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmelding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlmeldingevent" ("afdeling_id", "afsluttet", "faktum", "frist", "id", "klynge_id", "meldt", "offentligt_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilbud_id", "tilstand") SELECT old_values."afdeling_id", old_values."afsluttet", old_values."faktum", old_values."frist", old_values."id", old_values."klynge_id", old_values."meldt", old_values."offentligt_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."tilbud_id", old_values."tilstand" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='912817d0dcbc7ed2e7b39738c812b583d432f69e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_60ac1', referencing='REFERENCING OLD TABLE AS old_values ', table='tilbud_fejlmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmeldingevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT driftsherre_id FROM tilbud_tilbud WHERE id = NEW.tilbud_id UNION ALL SELECT k.sekretariat_id FROM kommuner_kkr k JOIN tilbud_klynge t ON t.kkr_id = k.id WHERE t.id = NEW.klynge_id UNION ALL SELECT k.sekretariat_id FROM kommuner_kkr k JOIN kommuner_kkrmedlemskab m ON m.kkr_id = k.id JOIN tilbud_offentligttilbud o ON o.kommune_id = m.kommune_id WHERE o.id = NEW.offentligt_id AND m.periode @> (now() AT TIME ZONE 'Europe/Copenhagen')::date UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='585a28ec7f3564fe32820b72ed34d5709cd9c781', operation='INSERT', pgid='pgtrigger_vedroerer_17a16', table='tilbud_fejlmeldingevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='fejlmelding',
            constraint=models.CheckConstraint(condition=models.Q(('faktum__in', ['navn', 'driftsherre', 'kommune', 'adresse', 'numre', 'maalgrupper', 'hjemler', 'alder', 'specialisering', 'klynger', 'fysiske_forhold', 'adfaerd', 'metoder', 'ydelser', 'gruppe', 'normering', 'selvhenvendelse', 'kontakt', 'beskrivelse', 'lukning', 'godkendelse', 'tilsyn', 'merplads', 'uden_pladser', 'lukninger', 'afdelingsnavn', 'bekraeftelse', 'pladser', 'takst', 'formaal', 'omraade', 'medlemmer', 'pris', 'note', 'kilde'])), name='fejlmelding_faktum_kendt'),
        ),
        migrations.AddConstraint(
            model_name='fejlmelding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('klynge__isnull', True), ('offentligt__isnull', True), ('tilbud__isnull', False)), models.Q(('klynge__isnull', True), ('offentligt__isnull', False), ('tilbud__isnull', True)), models.Q(('klynge__isnull', False), ('offentligt__isnull', True), ('tilbud__isnull', True)), _connector='OR'), name='fejlmelding_om_netop_en'),
        ),
        migrations.AddConstraint(
            model_name='fejlmelding',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tilbud__isnull', True), ('faktum__in', ['adfaerd', 'adresse', 'afdelingsnavn', 'alder', 'bekraeftelse', 'beskrivelse', 'driftsherre', 'fysiske_forhold', 'godkendelse', 'gruppe', 'hjemler', 'klynger', 'kommune', 'kontakt', 'lukning', 'lukninger', 'maalgrupper', 'merplads', 'metoder', 'navn', 'normering', 'numre', 'pladser', 'selvhenvendelse', 'specialisering', 'takst', 'tilsyn', 'uden_pladser', 'ydelser']), _connector='OR'), models.Q(('offentligt__isnull', True), ('faktum__in', ['driftsherre', 'hjemler', 'kilde', 'kommune', 'maalgrupper', 'navn', 'note', 'pris']), _connector='OR'), models.Q(('klynge__isnull', True), ('faktum__in', ['formaal', 'maalgrupper', 'medlemmer', 'navn', 'omraade']), _connector='OR')), name='fejlmelding_faktum_vises_om_det'),
        ),
        migrations.AddConstraint(
            model_name='fejlsag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('driftsherre__isnull', False), ('tilbud__isnull', False)), models.Q(('driftsherre__isnull', True), ('sekretariat__isnull', False), ('tilbud__isnull', True)), _connector='OR'), name='fejlsag_har_modtager'),
        ),
    ]
