"""What follows from terms keeps which set it was made under; what was made before gets the one that governed it as things stood then."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

TABELLER = ("fravaer", "henvendelse", "ophold", "opsigelse", "pladstilbud", "reservation")


def _dag(tid: str) -> str:
    return f"({tid} AT TIME ZONE 'Europe/Copenhagen')::date"


def _saet(tilbud: str, dag: str, tid: str) -> str:
    """The set that governed the offer on the day as the sets stood at that moment (vilkaar.styring); else the nearest there is."""
    return f"""(
        SELECT s.id FROM vilkaar_vilkaarssaet s
        JOIN kommuner_kkrmedlemskab m ON m.kkr_id = s.kkr_id
        JOIN tilbud_tilbud t ON t.beliggenhedskommune_id = m.kommune_id
        WHERE t.id = {tilbud}
        ORDER BY lower(m.periode) <= {dag} DESC,
            (lower(s.udsendt_periode) <= {dag} AND (s.udsendt_periode @> {dag} OR s.status = 'endelig')) DESC,
            s.oprettet <= {tid} DESC, lower(m.periode) DESC, s.udsendt_periode @> {dag} DESC, s.status = 'endelig' DESC,
            CASE WHEN s.udsendt_periode @> {dag} THEN s.nummer END DESC, lower(s.udsendt_periode) DESC, s.nummer DESC
        LIMIT 1
    )"""


def _besluttet(om: str, udfald: str, ellers: str) -> str:
    """When it was last decided so about the row, else another moment."""
    return f"coalesce((SELECT max(b.tidspunkt) FROM sag_beslutning b WHERE b.{om} AND b.udfald = '{udfald}'), {ellers})"


def _skrevet(tabel: str) -> str:
    """When the row was written; nothing but its history says it."""
    return f"coalesce((SELECT min(e.pgh_created_at) FROM {tabel}event e WHERE e.pgh_obj_id = r.id), now())"


def _saet_alle() -> list[str]:
    svaret = _besluttet("henvendelse_id = r.id", "uddyb", "r.sendt")
    forlaenget = _besluttet("reservation_id = r.id", "forlaeng", "r.oprettet")
    akut = _besluttet("ophold_id = r.id", "forlaeng_akut", "r.oprettet")
    udskrevet = _besluttet("ophold_id = r.id", "udskriv", "r.oprettet")
    via_ophold = "(SELECT o.tilbud_id FROM sag_ophold o WHERE o.id = r.ophold_id)"
    via_henvendelse = "(SELECT h.tilbud_id FROM sag_henvendelse h WHERE h.id = r.henvendelse_id)"
    saet = {
        "henvendelse": _saet("r.tilbud_id", _dag(svaret), svaret),
        "pladstilbud": _saet(via_henvendelse, _dag("r.givet"), "r.givet"),
        "reservation": _saet("r.tilbud_id", _dag(forlaenget), forlaenget),
        "ophold": _saet("r.tilbud_id", "r.foerste_dag", "r.oprettet"),
        "fravaer": _saet(via_ophold, "lower(r.periode)", _skrevet("sag_fravaer")),
        "opsigelse": _saet(via_ophold, "r.givet", _skrevet("sag_opsigelse")),
    }
    af_raekken = "(SELECT o.vilkaarssaet_id FROM sag_{t} o WHERE o.id = r.pgh_obj_id)"
    return [
        *(f"ALTER TABLE sag_{t}{e} DISABLE TRIGGER USER" for t in TABELLER for e in ("", "event")),
        *(f"UPDATE sag_{t} r SET vilkaarssaet_id = {udtryk}" for t, udtryk in saet.items()),
        f"UPDATE sag_ophold r SET akut_vilkaarssaet_id = {_saet('r.tilbud_id', 'r.foerste_dag', akut)} WHERE akutfrist IS NOT NULL",
        "UPDATE sag_ophold r SET betaling_vilkaarssaet_id = "
        f"{_saet('r.tilbud_id', 'r.sidste_dag', udskrevet)} WHERE betales_til IS NOT NULL",
        *(f"UPDATE sag_{t}event r SET vilkaarssaet_id = {af_raekken.format(t=t)}" for t in TABELLER),
        *(f"ALTER TABLE sag_{t}{e} ENABLE TRIGGER USER" for t in TABELLER for e in ("", "event")),
    ]


def _kraev(model: str) -> list[migrations.AlterField]:
    faelles = {"db_index": False, "related_name": "+", "to": "vilkaar.vilkaarssaet", "verbose_name": "vilkårssæt"}
    slettes = django.db.models.deletion
    return [
        migrations.AlterField(model, "vilkaarssaet", models.ForeignKey(on_delete=slettes.PROTECT, **faelles)),
        migrations.AlterField(
            f"{model}event",
            "vilkaarssaet",
            models.ForeignKey(
                on_delete=slettes.DO_NOTHING, db_constraint=False, related_query_name="+", **faelles
            ),
        ),
    ]


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0019_kommentarer_i_ord'),
        ('sag', '0007_ophold'),
        ('tilbud', '0039_klynger_i_dansk_orden'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='fravaer',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fravaer',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fravaer',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='henvendelse',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='henvendelse',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='henvendelse',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ophold',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ophold',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ophold',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opsigelse',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opsigelse',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opsigelse',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pladstilbud',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pladstilbud',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='pladstilbud',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservation',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservation',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='reservation',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='fravaer',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='fravaerevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='henvendelse',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='henvendelseevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='ophold',
            name='akut_vilkaarssaet',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt for fristen'),
        ),
        migrations.AddField(
            model_name='ophold',
            name='betaling_vilkaarssaet',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt for den sidste betaling'),
        ),
        migrations.AddField(
            model_name='ophold',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='opholdevent',
            name='akut_vilkaarssaet',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt for fristen'),
        ),
        migrations.AddField(
            model_name='opholdevent',
            name='betaling_vilkaarssaet',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt for den sidste betaling'),
        ),
        migrations.AddField(
            model_name='opholdevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='opsigelse',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='opsigelseevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='pladstilbud',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='pladstilbudevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='reservation',
            name='vilkaarssaet',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.AddField(
            model_name='reservationevent',
            name='vilkaarssaet',
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vilkaar.vilkaarssaet', verbose_name='vilkårssæt'),
        ),
        migrations.RunSQL(_saet_alle(), migrations.RunSQL.noop),
        *(aendring for model in TABELLER for aendring in _kraev(model)),
        pgtrigger.migrations.AddTrigger(
            model_name='fravaer',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_fravaerevent" ("art", "betalingsprocent", "id", "ophold_id", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "vilkaarssaet_id") SELECT new_values."art", new_values."betalingsprocent", new_values."id", new_values."ophold_id", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='6904de3e599b050709f7b486c3adb513ec3064ca', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_b6209', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_fravaer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fravaer',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_fravaerevent" ("art", "betalingsprocent", "id", "ophold_id", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "vilkaarssaet_id") SELECT new_values."art", new_values."betalingsprocent", new_values."id", new_values."ophold_id", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d46674a6698ae7ba23b87fafa3f6b049475efb1e', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1b1bc', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_fravaer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fravaer',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_fravaerevent" ("art", "betalingsprocent", "id", "ophold_id", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "vilkaarssaet_id") SELECT old_values."art", old_values."betalingsprocent", old_values."id", old_values."ophold_id", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='26b251d7c8798b8b47a9a8cf374efc84c93f23ea', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9c95d', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_fravaer', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='henvendelse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_henvendelseevent" ("besvaret", "driftsherre_id", "eskaleret", "foerst_set", "forespoergsel_id", "handlekommune_id", "id", "kan_fra", "paamindet", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt", "svarfrist", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT new_values."besvaret", new_values."driftsherre_id", new_values."eskaleret", new_values."foerst_set", new_values."forespoergsel_id", new_values."handlekommune_id", new_values."id", new_values."kan_fra", new_values."paamindet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."sendt", new_values."svarfrist", new_values."tilbud_id", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='694bdc6906b31bfd81c05d75559234ed984035eb', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_ade08', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_henvendelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='henvendelse',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_henvendelseevent" ("besvaret", "driftsherre_id", "eskaleret", "foerst_set", "forespoergsel_id", "handlekommune_id", "id", "kan_fra", "paamindet", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt", "svarfrist", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT new_values."besvaret", new_values."driftsherre_id", new_values."eskaleret", new_values."foerst_set", new_values."forespoergsel_id", new_values."handlekommune_id", new_values."id", new_values."kan_fra", new_values."paamindet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."sendt", new_values."svarfrist", new_values."tilbud_id", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7e1985d25f919e8f53046fc66c8f3f78619297c8', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_689c8', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_henvendelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='henvendelse',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_henvendelseevent" ("besvaret", "driftsherre_id", "eskaleret", "foerst_set", "forespoergsel_id", "handlekommune_id", "id", "kan_fra", "paamindet", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "sendt", "svarfrist", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT old_values."besvaret", old_values."driftsherre_id", old_values."eskaleret", old_values."foerst_set", old_values."forespoergsel_id", old_values."handlekommune_id", old_values."id", old_values."kan_fra", old_values."paamindet", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."sendt", old_values."svarfrist", old_values."tilbud_id", old_values."tilstand", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='fb22034cc2825d36e500f0a40695a62757b3e651', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_95023', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_henvendelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ophold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opholdevent" ("akut_forlaenget", "akut_vilkaarssaet_id", "akutfrist", "anonymiseret", "betales_fra", "betales_til", "betaling_vilkaarssaet_id", "driftsherre_id", "foerste_dag", "fortsaetter_id", "id", "indgang", "maalgruppe_id", "oprettet", "oprettet_af", "parter", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reservation_id", "sagsreference", "sidste_dag", "tilbud_id", "tilstand", "tilsyn_orienteret", "udskrivningsgrund", "vilkaarssaet_id") SELECT new_values."akut_forlaenget", new_values."akut_vilkaarssaet_id", new_values."akutfrist", new_values."anonymiseret", new_values."betales_fra", new_values."betales_til", new_values."betaling_vilkaarssaet_id", new_values."driftsherre_id", new_values."foerste_dag", new_values."fortsaetter_id", new_values."id", new_values."indgang", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", new_values."parter", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."reference", new_values."reservation_id", new_values."sagsreference", new_values."sidste_dag", new_values."tilbud_id", new_values."tilstand", new_values."tilsyn_orienteret", new_values."udskrivningsgrund", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='d3a33e0c7d266950bf787480f316704ffd246cf4', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9879d', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_ophold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ophold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opholdevent" ("akut_forlaenget", "akut_vilkaarssaet_id", "akutfrist", "anonymiseret", "betales_fra", "betales_til", "betaling_vilkaarssaet_id", "driftsherre_id", "foerste_dag", "fortsaetter_id", "id", "indgang", "maalgruppe_id", "oprettet", "oprettet_af", "parter", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reservation_id", "sagsreference", "sidste_dag", "tilbud_id", "tilstand", "tilsyn_orienteret", "udskrivningsgrund", "vilkaarssaet_id") SELECT new_values."akut_forlaenget", new_values."akut_vilkaarssaet_id", new_values."akutfrist", new_values."anonymiseret", new_values."betales_fra", new_values."betales_til", new_values."betaling_vilkaarssaet_id", new_values."driftsherre_id", new_values."foerste_dag", new_values."fortsaetter_id", new_values."id", new_values."indgang", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", new_values."parter", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."reference", new_values."reservation_id", new_values."sagsreference", new_values."sidste_dag", new_values."tilbud_id", new_values."tilstand", new_values."tilsyn_orienteret", new_values."udskrivningsgrund", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='47ac4f73a9bc83794ed8fe3c8bcad487510a8f2c', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_1dfc2', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_ophold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ophold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opholdevent" ("akut_forlaenget", "akut_vilkaarssaet_id", "akutfrist", "anonymiseret", "betales_fra", "betales_til", "betaling_vilkaarssaet_id", "driftsherre_id", "foerste_dag", "fortsaetter_id", "id", "indgang", "maalgruppe_id", "oprettet", "oprettet_af", "parter", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "reservation_id", "sagsreference", "sidste_dag", "tilbud_id", "tilstand", "tilsyn_orienteret", "udskrivningsgrund", "vilkaarssaet_id") SELECT old_values."akut_forlaenget", old_values."akut_vilkaarssaet_id", old_values."akutfrist", old_values."anonymiseret", old_values."betales_fra", old_values."betales_til", old_values."betaling_vilkaarssaet_id", old_values."driftsherre_id", old_values."foerste_dag", old_values."fortsaetter_id", old_values."id", old_values."indgang", old_values."maalgruppe_id", old_values."oprettet", old_values."oprettet_af", old_values."parter", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."reference", old_values."reservation_id", old_values."sagsreference", old_values."sidste_dag", old_values."tilbud_id", old_values."tilstand", old_values."tilsyn_orienteret", old_values."udskrivningsgrund", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='1dad0b02b6a4d3dff4782711227766b4111911ca', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_d3d5b', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_ophold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opsigelse',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opsigelseevent" ("funktion", "givet", "id", "ophoer", "ophold_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "trukket", "varsel", "vilkaarssaet_id") SELECT new_values."funktion", new_values."givet", new_values."id", new_values."ophoer", new_values."ophold_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."trukket", new_values."varsel", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='7da228dad6e6e40b14c4b27228c1405da65695f7', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_9319a', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_opsigelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opsigelse',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opsigelseevent" ("funktion", "givet", "id", "ophoer", "ophold_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "trukket", "varsel", "vilkaarssaet_id") SELECT new_values."funktion", new_values."givet", new_values."id", new_values."ophoer", new_values."ophold_id", new_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."trukket", new_values."varsel", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='cf9e0f911a27fdb32acda2878f000a6128664360', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_f4604', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_opsigelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opsigelse',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_opsigelseevent" ("funktion", "givet", "id", "ophoer", "ophold_id", "organisation_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "trukket", "varsel", "vilkaarssaet_id") SELECT old_values."funktion", old_values."givet", old_values."id", old_values."ophoer", old_values."ophold_id", old_values."organisation_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."trukket", old_values."varsel", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='8f3f6c7427e9a9dedac8f507e0bb828150384ec2', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_b905e', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_opsigelse', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladstilbud',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_pladstilbudevent" ("afdeling_id", "enhed", "givet", "gyldig_til", "henvendelse_id", "id", "niveau", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plads_id", "samlet", "takst", "tillaeg", "tilstand", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."enhed", new_values."givet", new_values."gyldig_til", new_values."henvendelse_id", new_values."id", new_values."niveau", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."plads_id", new_values."samlet", new_values."takst", new_values."tillaeg", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='5d3bbc30b9d232d1af57fa93b573e0ddd83f3914', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_784c0', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_pladstilbud', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladstilbud',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_pladstilbudevent" ("afdeling_id", "enhed", "givet", "gyldig_til", "henvendelse_id", "id", "niveau", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plads_id", "samlet", "takst", "tillaeg", "tilstand", "vilkaarssaet_id") SELECT new_values."afdeling_id", new_values."enhed", new_values."givet", new_values."gyldig_til", new_values."henvendelse_id", new_values."id", new_values."niveau", new_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."plads_id", new_values."samlet", new_values."takst", new_values."tillaeg", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='ed335afff1b10f5374b9bc4c6dddfe313536f366', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_43ab6', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_pladstilbud', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladstilbud',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_pladstilbudevent" ("afdeling_id", "enhed", "givet", "gyldig_til", "henvendelse_id", "id", "niveau", "periode", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "plads_id", "samlet", "takst", "tillaeg", "tilstand", "vilkaarssaet_id") SELECT old_values."afdeling_id", old_values."enhed", old_values."givet", old_values."gyldig_til", old_values."henvendelse_id", old_values."id", old_values."niveau", old_values."periode", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."plads_id", old_values."samlet", old_values."takst", old_values."tillaeg", old_values."tilstand", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='11b1f5b3b14862bc1bcb83aa732e261c95cb04a7', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_9ced3', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_pladstilbud', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_reservationevent" ("anonymiseret", "betales", "driftsherre_id", "forlaengelser", "fortsaetter_id", "handlekommune_id", "hjemmel_id", "id", "maalgruppe_id", "oprettet", "oprettet_af", "optagelse_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "pladstilbud_id", "reference", "sagsreference", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT new_values."anonymiseret", new_values."betales", new_values."driftsherre_id", new_values."forlaengelser", new_values."fortsaetter_id", new_values."handlekommune_id", new_values."hjemmel_id", new_values."id", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", new_values."optagelse_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'insert\', new_values."id", new_values."pladstilbud_id", new_values."reference", new_values."sagsreference", new_values."tilbud_id", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM new_values  ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='f0acf1a8ae114d196df8943edf6a632aeb5ceb95', level='STATEMENT', operation='INSERT', pgid='pgtrigger_insert_insert_f55dc', referencing='REFERENCING NEW TABLE AS new_values ', table='sag_reservation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_reservationevent" ("anonymiseret", "betales", "driftsherre_id", "forlaengelser", "fortsaetter_id", "handlekommune_id", "hjemmel_id", "id", "maalgruppe_id", "oprettet", "oprettet_af", "optagelse_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "pladstilbud_id", "reference", "sagsreference", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT new_values."anonymiseret", new_values."betales", new_values."driftsherre_id", new_values."forlaengelser", new_values."fortsaetter_id", new_values."handlekommune_id", new_values."hjemmel_id", new_values."id", new_values."maalgruppe_id", new_values."oprettet", new_values."oprettet_af", new_values."optagelse_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', new_values."id", new_values."pladstilbud_id", new_values."reference", new_values."sagsreference", new_values."tilbud_id", new_values."tilstand", new_values."vilkaarssaet_id" FROM ( SELECT new_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS new_values, _pgh_attached_context; RETURN NULL;', hash='8646682d07dbd55fa196de5d74f1ca2c718b0e8d', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_2e4da', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='sag_reservation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reservation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "sag_reservationevent" ("anonymiseret", "betales", "driftsherre_id", "forlaengelser", "fortsaetter_id", "handlekommune_id", "hjemmel_id", "id", "maalgruppe_id", "oprettet", "oprettet_af", "optagelse_id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "pladstilbud_id", "reference", "sagsreference", "tilbud_id", "tilstand", "vilkaarssaet_id") SELECT old_values."anonymiseret", old_values."betales", old_values."driftsherre_id", old_values."forlaengelser", old_values."fortsaetter_id", old_values."handlekommune_id", old_values."hjemmel_id", old_values."id", old_values."maalgruppe_id", old_values."oprettet", old_values."oprettet_af", old_values."optagelse_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'delete\', old_values."id", old_values."pladstilbud_id", old_values."reference", old_values."sagsreference", old_values."tilbud_id", old_values."tilstand", old_values."vilkaarssaet_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='b6fed737837b0ca93c1cf8d68d2019c444b5e5ea', level='STATEMENT', operation='DELETE', pgid='pgtrigger_delete_delete_286a2', referencing='REFERENCING OLD TABLE AS old_values ', table='sag_reservation', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ophold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('akut_vilkaarssaet__isnull', False), ('akutfrist__isnull', False)), models.Q(('akut_vilkaarssaet__isnull', True), ('akutfrist__isnull', True)), _connector='OR'), name='ophold_akutfrist_netop_med_vilkaar'),
        ),
        migrations.AddConstraint(
            model_name='ophold',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('betales_til__isnull', False), ('betaling_vilkaarssaet__isnull', False)), models.Q(('betales_til__isnull', True), ('betaling_vilkaarssaet__isnull', True)), _connector='OR'), name='ophold_betales_til_netop_med_vilkaar'),
        ),
    ]
