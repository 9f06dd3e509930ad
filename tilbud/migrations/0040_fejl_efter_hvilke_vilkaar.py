"""A report keeps which set of terms its deadline was made under; one from before gets the one that governed it as things stood then."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# Where it lies: the offer, what decides who answers for a published one, or any municipality of the cluster's KKR.
# The set: that governed the day as the sets stood at that moment (vilkaar.styring); else the nearest there is.
SAET = """
    WITH hvor AS (
        SELECT f.id, f.meldt, (f.meldt AT TIME ZONE 'Europe/Copenhagen')::date AS dag, m.kkr_id, lower(m.periode) AS fra
        FROM tilbud_fejlmelding f
        LEFT JOIN tilbud_tilbud t ON t.id = f.tilbud_id
        LEFT JOIN tilbud_offentligttilbud o ON o.id = f.offentligt_id
        LEFT JOIN kommuner_organisation d ON d.navn = o.driftsherre AND o.kommune_id IS NULL
        LEFT JOIN kommuner_kommune k ON k.organisation_id = d.id
        LEFT JOIN tilbud_klynge c ON c.id = f.klynge_id
        LEFT JOIN kommuner_kkrmedlemskab i ON i.kkr_id = c.kkr_id
        JOIN kommuner_kkrmedlemskab m
            ON m.kommune_id = coalesce(t.beliggenhedskommune_id, o.kommune_id, k.kommunekode, i.kommune_id)
    ), fundet AS (
        SELECT DISTINCT ON (h.id) h.id, s.id AS saet_id FROM hvor h JOIN vilkaar_vilkaarssaet s ON s.kkr_id = h.kkr_id
        ORDER BY h.id, h.fra <= h.dag DESC,
            (lower(s.udsendt_periode) <= h.dag AND (s.udsendt_periode @> h.dag OR s.status = 'endelig')) DESC,
            s.oprettet <= h.meldt DESC, h.fra DESC, s.udsendt_periode @> h.dag DESC, s.status = 'endelig' DESC,
            CASE WHEN s.udsendt_periode @> h.dag THEN s.nummer END DESC, lower(s.udsendt_periode) DESC, s.nummer DESC
    )
    UPDATE tilbud_fejlmelding r SET vilkaarssaet_id = fundet.saet_id FROM fundet WHERE fundet.id = r.id
"""
HISTORIKKEN = """
    UPDATE tilbud_fejlmeldingevent e SET vilkaarssaet_id = r.vilkaarssaet_id FROM tilbud_fejlmelding r WHERE r.id = e.pgh_obj_id
"""
FELT = {"db_index": False, "related_name": "+", "to": "vilkaar.vilkaarssaet", "verbose_name": "vilkårssæt"}


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0039_klynger_i_dansk_orden'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
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
        migrations.AddField(
            model_name='fejlmelding',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='fejlmeldingevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.RunSQL(
            [
                SAET,
                "ALTER TABLE tilbud_fejlmeldingevent DISABLE TRIGGER USER",
                HISTORIKKEN,
                "ALTER TABLE tilbud_fejlmeldingevent ENABLE TRIGGER USER",
            ],
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name='fejlmelding',
            name='vilkaarssaet',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, **FELT),
        ),
        migrations.AlterField(
            model_name='fejlmeldingevent',
            name='vilkaarssaet',
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING, db_constraint=False, related_query_name='+', **FELT
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmelding',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlmeldingevent" ("afdeling_id", "afsluttet", "faktum", "frist", "id", "klynge_id", "meldt", "offentligt_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."afsluttet", new_values."faktum", new_values."frist", new_values."id", new_values."klynge_id", new_values."meldt", new_values."offentligt_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."tilbud_id", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7305a642aa205e73a7339e73b5cbfc1086570263', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ba349', referencing='REFERENCING NEW TABLE AS new_values ', table='tilbud_fejlmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmelding',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlmeldingevent" ("afdeling_id", "afsluttet", "faktum", "frist", "id", "klynge_id", "meldt", "offentligt_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."afsluttet", new_values."faktum", new_values."frist", new_values."id", new_values."klynge_id", new_values."meldt", new_values."offentligt_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."tilbud_id", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='00e614752a3043eaa54d0942923b1ac5dd41e879', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_85cc6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='tilbud_fejlmelding', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fejlmelding',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "tilbud_fejlmeldingevent" ("afdeling_id", "afsluttet", "faktum", "frist", "id", "klynge_id", "meldt", "offentligt_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT old_values."afdeling_id", old_values."afsluttet", old_values."faktum", old_values."frist", old_values."id", old_values."klynge_id", old_values."meldt", old_values."offentligt_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."tilbud_id", old_values."tilstand", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='bdfb2147dd55f549d8c40dbf7b453fc2fdf38976', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_60ac1', referencing='REFERENCING OLD TABLE AS old_values ', table='tilbud_fejlmelding', when='AFTER')),
        ),
    ]
