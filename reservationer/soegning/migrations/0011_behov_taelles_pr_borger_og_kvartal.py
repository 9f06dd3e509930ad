"""One row is one citizen's need in a quarter.

Until now the same need was one per day. Those rows were counted as they stood and still are: the second of a quarter gets the
next number. What was logged before is recognised by what was asked for and the month it was wanted from (`fingeraftryk`).
"""

import django.contrib.postgres.fields
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0016_tilbud_skriv'),
        ('soegning', '0010_art_og_ugedage_er_kriterier'),
        ('tilbud', '0024_importer_fra_systemer'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='udaekketbehov',
            name='udaekketbehov_kan_kun_traekkes',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udaekketbehov',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udaekketbehov',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='udaekketbehov',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='udaekketbehov',
            name='udaekketbehov_et_om_dagen',
        ),
        migrations.RemoveConstraint(
            model_name='udaekketbehov',
            name='udaekketbehov_kun_koder',
        ),
        migrations.AddField(
            model_name='udaekketbehov',
            name='arter',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('doegn', 'Døgnplads'), ('dag', 'Dagplads'), ('aflastning', 'Aflastningsplads'), ('akut', 'Akutplads')], max_length=10), blank=True, default=list, size=None, verbose_name='pladsens art'),
        ),
        migrations.AddField(
            model_name='udaekketbehov',
            name='nummer',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='nummer blandt ens behov i kvartalet'),
        ),
        migrations.AddField(
            model_name='udaekketbehov',
            name='ugedage',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, default=list, size=None, verbose_name='ugedage'),
        ),
        migrations.AddField(
            model_name='udaekketbehovevent',
            name='arter',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('doegn', 'Døgnplads'), ('dag', 'Dagplads'), ('aflastning', 'Aflastningsplads'), ('akut', 'Akutplads')], max_length=10), blank=True, default=list, size=None, verbose_name='pladsens art'),
        ),
        migrations.AddField(
            model_name='udaekketbehovevent',
            name='nummer',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='nummer blandt ens behov i kvartalet'),
        ),
        migrations.AddField(
            model_name='udaekketbehovevent',
            name='ugedage',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), blank=True, default=list, size=None, verbose_name='ugedage'),
        ),
        migrations.RunSQL(
            """
            UPDATE soegning_udaekketbehov behov SET nummer = ens.nummer FROM (
                SELECT id, row_number() OVER (
                    PARTITION BY organisation_id, date_trunc('quarter', dato), fingeraftryk ORDER BY dato, id
                ) AS nummer
                FROM soegning_udaekketbehov WHERE trukket IS NULL
            ) ens
            WHERE behov.id = ens.id AND ens.nummer > 1
            """,
            migrations.RunSQL.noop,
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udaekketbehov',
            trigger=pgtrigger.compiler.Trigger(name='udaekketbehov_kan_kun_traekkes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."adfaerd" IS DISTINCT FROM (NEW."adfaerd") OR OLD."aldersgruppe" IS DISTINCT FROM (NEW."aldersgruppe") OR OLD."andre_maalgrupper" IS DISTINCT FROM (NEW."andre_maalgrupper") OR OLD."arter" IS DISTINCT FROM (NEW."arter") OR OLD."begynder" IS DISTINCT FROM (NEW."begynder") OR OLD."dato" IS DISTINCT FROM (NEW."dato") OR OLD."fingeraftryk" IS DISTINCT FROM (NEW."fingeraftryk") OR OLD."fysiske_traek" IS DISTINCT FROM (NEW."fysiske_traek") OR OLD."hindringer" IS DISTINCT FROM (NEW."hindringer") OR OLD."hjemmel_id" IS DISTINCT FROM (NEW."hjemmel_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kkr_id" IS DISTINCT FROM (NEW."kkr_id") OR OLD."maalgruppe_id" IS DISTINCT FROM (NEW."maalgruppe_id") OR OLD."niveauer" IS DISTINCT FROM (NEW."niveauer") OR OLD."nummer" IS DISTINCT FROM (NEW."nummer") OR OLD."organisation_id" IS DISTINCT FROM (NEW."organisation_id") OR OLD."ugedage" IS DISTINCT FROM (NEW."ugedage"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='15f917bbea9475043680b4953d52952520223e57', operation='UPDATE', pgid='pgtrigger_udaekketbehov_kan_kun_traekkes_ed03e', table='soegning_udaekketbehov', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udaekketbehov',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_udaekketbehovevent" ("adfaerd", "aldersgruppe", "andre_maalgrupper", "arter", "begynder", "dato", "fingeraftryk", "fysiske_traek", "hindringer", "hjemmel_id", "id", "kkr_id", "maalgruppe_id", "niveauer", "nummer", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "trukket", "ugedage") SELECT new_values."adfaerd", new_values."aldersgruppe", new_values."andre_maalgrupper", new_values."arter", new_values."begynder", new_values."dato", new_values."fingeraftryk", new_values."fysiske_traek", new_values."hindringer", new_values."hjemmel_id", new_values."id", new_values."kkr_id", new_values."maalgruppe_id", new_values."niveauer", new_values."nummer", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."trukket", new_values."ugedage" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='76723c73e8445427428c8706cc0f4807ae0c02fc', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_00680', referencing='REFERENCING NEW TABLE AS new_values ', table='soegning_udaekketbehov', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udaekketbehov',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_udaekketbehovevent" ("adfaerd", "aldersgruppe", "andre_maalgrupper", "arter", "begynder", "dato", "fingeraftryk", "fysiske_traek", "hindringer", "hjemmel_id", "id", "kkr_id", "maalgruppe_id", "niveauer", "nummer", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "trukket", "ugedage") SELECT new_values."adfaerd", new_values."aldersgruppe", new_values."andre_maalgrupper", new_values."arter", new_values."begynder", new_values."dato", new_values."fingeraftryk", new_values."fysiske_traek", new_values."hindringer", new_values."hjemmel_id", new_values."id", new_values."kkr_id", new_values."maalgruppe_id", new_values."niveauer", new_values."nummer", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."trukket", new_values."ugedage" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='9aa98bb461de95706e078b6907ce4e3db2cedc9a', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_e84ae', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='soegning_udaekketbehov', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='udaekketbehov',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_udaekketbehovevent" ("adfaerd", "aldersgruppe", "andre_maalgrupper", "arter", "begynder", "dato", "fingeraftryk", "fysiske_traek", "hindringer", "hjemmel_id", "id", "kkr_id", "maalgruppe_id", "niveauer", "nummer", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "trukket", "ugedage") SELECT old_values."adfaerd", old_values."aldersgruppe", old_values."andre_maalgrupper", old_values."arter", old_values."begynder", old_values."dato", old_values."fingeraftryk", old_values."fysiske_traek", old_values."hindringer", old_values."hjemmel_id", old_values."id", old_values."kkr_id", old_values."maalgruppe_id", old_values."niveauer", old_values."nummer", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."trukket", old_values."ugedage" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='6375620bab4a3a85fbf9930470b11536e3e5086e', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_ce32c', referencing='REFERENCING OLD TABLE AS old_values ', table='soegning_udaekketbehov', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='udaekketbehov',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.datetime.ExtractYear('dato'), django.db.models.functions.datetime.ExtractQuarter('dato'), models.F('fingeraftryk'), models.F('nummer'), condition=models.Q(('trukket__isnull', True)), name='udaekketbehov_et_i_kvartalet'),
        ),
        migrations.AddConstraint(
            model_name='udaekketbehov',
            constraint=models.CheckConstraint(condition=models.Q(('nummer__gte', 1)), name='udaekketbehov_nummer_fra_en'),
        ),
        migrations.AddConstraint(
            model_name='udaekketbehov',
            constraint=models.CheckConstraint(condition=models.Q(('adfaerd__contained_by', ['udadreagerende', 'selvskadende', 'seksuelt_kraenkende', 'aktivt_misbrug', 'dom', 'personfarlig', 'bortgang']), ('arter__contained_by', ['doegn', 'dag', 'aflastning', 'akut']), ('fysiske_traek__contained_by', ['koerestol', 'loftlift', 'elevator', 'eget_bad', 'eget_koekken', 'egen_indgang', 'enkeltvaerelse', 'sprinkler', 'skaermet', 'lukket_have']), ('hindringer__contained_by', ['maalgruppe', 'hjemmel', 'alder', 'ledig', 'forbeholdt_egne', 'ikke_godkendt', 'arter', 'ugedage', 'aabent', 'adfaerd', 'fysiske_traek', 'kkr', 'kommuner', 'afstand', 'driftsherrearter', 'niveauer', 'hoejeste_takst', 'tekst']), ('niveauer__contained_by', [1, 2, 3]), ('ugedage__contained_by', [1, 2, 3, 4, 5, 6, 7])), name='udaekketbehov_kun_koder'),
        ),
    ]
