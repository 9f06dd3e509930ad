"""Checks and choices keep the names that held; those made before get today's, which is what their pages have shown."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

NAVNE = """
UPDATE soegning_fritvalgsproeve proeve SET
    kommune_navn = kommune.navn,
    visiteret_navn = left(fra.navn || ', ' || fras.navn, 300),
    oensket_navn = left(til.navn || ', ' || tils.navn, 300)
FROM kommuner_organisation kommune, tilbud_tilbud fra, kommuner_organisation fras, tilbud_tilbud til, kommuner_organisation tils
WHERE kommune.id = proeve.organisation_id
    AND fra.id = proeve.visiteret_id AND fras.id = fra.driftsherre_id
    AND til.id = proeve.oensket_id AND tils.id = til.driftsherre_id
"""
KOMMUNE = """
UPDATE soegning_tilbudsvalg valget SET kommune_navn = kommune.navn
FROM kommuner_organisation kommune WHERE kommune.id = valget.organisation_id
"""


def uden_triggere(tabel: str, sql: str) -> migrations.RunSQL:
    """Past the triggers: what was kept never changes, but now it says more."""
    return migrations.RunSQL(
        [f"ALTER TABLE {tabel} DISABLE TRIGGER USER", sql, f"ALTER TABLE {tabel} ENABLE TRIGGER USER"],
        migrations.RunSQL.noop,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('soegning', '0012_gemte_soegninger_uden_ord'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='fritvalgsproeve',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='tilbudsvalg',
            name='insert_insert',
        ),
        migrations.AddField(
            model_name='fritvalgsproeve',
            name='kommune_navn',
            field=models.CharField(default='', max_length=300, verbose_name='kommune'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='fritvalgsproeve',
            name='oensket_navn',
            field=models.CharField(default='', max_length=300, verbose_name='ønsket tilbud, som det hed'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='fritvalgsproeve',
            name='visiteret_navn',
            field=models.CharField(default='', max_length=300, verbose_name='visiteret tilbud, som det hed'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='fritvalgsproeveevent',
            name='kommune_navn',
            field=models.CharField(default='', max_length=300, verbose_name='kommune'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='fritvalgsproeveevent',
            name='oensket_navn',
            field=models.CharField(default='', max_length=300, verbose_name='ønsket tilbud, som det hed'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='fritvalgsproeveevent',
            name='visiteret_navn',
            field=models.CharField(default='', max_length=300, verbose_name='visiteret tilbud, som det hed'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tilbudsvalg',
            name='kommune_navn',
            field=models.CharField(default='', max_length=300, verbose_name='kommune'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='tilbudsvalgevent',
            name='kommune_navn',
            field=models.CharField(default='', max_length=300, verbose_name='kommune'),
            preserve_default=False,
        ),
        uden_triggere("soegning_fritvalgsproeve", NAVNE),
        uden_triggere("soegning_tilbudsvalg", KOMMUNE),
        pgtrigger.migrations.AddTrigger(
            model_name='fritvalgsproeve',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_fritvalgsproeveevent" ("begrundelse", "beregning", "dato", "forhandlet_pris", "id", "job_id", "kommune_navn", "oensket_id", "oensket_navn", "oprettet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle_navn", "tilladt", "visiteret_id", "visiteret_navn", "visiteret_udgift") SELECT new_values."begrundelse", new_values."beregning", new_values."dato", new_values."forhandlet_pris", new_values."id", new_values."job_id", new_values."kommune_navn", new_values."oensket_id", new_values."oensket_navn", new_values."oprettet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."rolle_navn", new_values."tilladt", new_values."visiteret_id", new_values."visiteret_navn", new_values."visiteret_udgift" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6b842d470d7b16c778c3f71d09d6d4a0a90fb78c', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_19fce', referencing='REFERENCING NEW TABLE AS new_values ', table='soegning_fritvalgsproeve', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tilbudsvalg',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "soegning_tilbudsvalgevent" ("afdeling_id", "antal", "begrundelse", "dato", "id", "job_id", "kommune_navn", "navn", "oprettet", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "rolle_navn", "sammenligning") SELECT new_values."afdeling_id", new_values."antal", new_values."begrundelse", new_values."dato", new_values."id", new_values."job_id", new_values."kommune_navn", new_values."navn", new_values."oprettet", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."rolle_navn", new_values."sammenligning" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='e9a4cfda735ab0c2de9f7d47e61bd7f92efeca13', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f2218', referencing='REFERENCING NEW TABLE AS new_values ', table='soegning_tilbudsvalg', when='AFTER')),
        ),
    ]
