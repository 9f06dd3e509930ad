"""The logs show a municipality that is no longer responsible for a stay nothing of what came later, as the rows themselves do."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

# It runs as the owner, whom row-level security does not bind: whom a change concerns, the one who makes it may not see. It
# answers the history's own triggers and nobody else.
PARTER = """
CREATE FUNCTION sag_parter(ophold uuid, dag date, begyndte date) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT driftsherre_id FROM sag_ophold WHERE id = $1 AND pg_trigger_depth() > 0
    UNION
    SELECT kommune FROM (
        SELECT unnest(ARRAY[handlekommune_id, betalingskommune_id]) FROM sag_opholdsansvar
        WHERE ophold_id = $1
            AND periode @> greatest($2, (SELECT min(lower(periode)) FROM sag_opholdsansvar WHERE ophold_id = $1))
        UNION ALL  -- the stay itself is there a moment before anybody is responsible for it
        SELECT unnest(parter) FROM sag_ophold
        WHERE id = $1 AND NOT EXISTS (SELECT FROM sag_opholdsansvar WHERE ophold_id = $1)
    ) AS ansvarlige (kommune)
    WHERE pg_trigger_depth() > 0 AND coalesce($3 < sag_ansvar_til($1, kommune), true)
$$
"""
SPOR = (
    "akutforloeb", "beslutning", "fravaer", "ophold", "opholdsansvar", "opholdshjemmel", "opholdsplads", "opholdspris", "opsigelse",
)  # fmt: skip
# The triggers that let no row of these tables, and of the read log, be changed.
RETTES_IKKE = (
    "{pgtrigger_append_only_0ecc7,pgtrigger_append_only_5f6e6,pgtrigger_append_only_3a46f,pgtrigger_append_only_d0bce,pgtrigger_append_only_0d026,"
    "pgtrigger_append_only_596b8,pgtrigger_append_only_2be84,pgtrigger_append_only_220d9,pgtrigger_append_only_0c934,"
    "pgtrigger_laesning_kun_tilfoejes_e4665}"
)
# Of whom a reading was told to, those stay who were responsible that day, besides the operator and the reader's own.
LAESNINGER = """
UPDATE kommuner_laesning AS l SET vedroerer = ARRAY(
    SELECT hvem FROM unnest(l.vedroerer) AS hvem
    WHERE hvem IN (l.organisation_id, o.driftsherre_id) OR EXISTS (
        SELECT FROM sag_opholdsansvar a WHERE a.ophold_id = o.id AND hvem IN (a.handlekommune_id, a.betalingskommune_id)
            AND a.periode @> greatest((l.tidspunkt AT TIME ZONE 'Europe/Copenhagen')::date, o.betales_fra, o.foerste_dag)
    ) ORDER BY hvem
) FROM sag_ophold o WHERE l.entitet = 'ophold' AND l.entitet_id = o.id
"""


FOER_REGLEN = [
    f"SELECT set_config('pgtrigger.ignore', '{RETTES_IKKE}', true)",
    *(f"UPDATE sag_{navn}event SET vedroerer = vedroerer" for navn in SPOR if navn != "beslutning"),
    "UPDATE sag_beslutningevent SET vedroerer = vedroerer WHERE ophold_id IS NOT NULL",
    LAESNINGER,
    "SELECT set_config('pgtrigger.ignore', '{}', true)",
]


class Migration(migrations.Migration):

    dependencies = [
        ('belaegning', '0011_kun_hold_udloeber'),
        ('kommuner', '0023_breve_efter_valg'),
        ('sag', '0027_aftalebreve'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        migrations.RunSQL(PARTER, "DROP FUNCTION sag_parter(uuid, date, date)"),
        pgtrigger.migrations.RemoveTrigger(
            model_name='akutforloebevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='beslutningevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='fravaerevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opholdevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opholdsansvarevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opholdshjemmelevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opholdspladsevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opholdsprisevent',
            name='vedroerer',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='opsigelseevent',
            name='vedroerer',
        ),
        migrations.AddIndex(
            model_name='akutforloebevent',
            index=models.Index(fields=['ophold'], name='akutforloeb_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='beslutningevent',
            index=models.Index(fields=['ophold'], name='beslutning_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='fravaerevent',
            index=models.Index(fields=['ophold'], name='fravaer_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='opholdsansvarevent',
            index=models.Index(fields=['ophold'], name='opholdsansvar_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='opholdshjemmelevent',
            index=models.Index(fields=['ophold'], name='opholdshjemmel_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='opholdspladsevent',
            index=models.Index(fields=['ophold'], name='opholdsplads_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='opholdsprisevent',
            index=models.Index(fields=['ophold'], name='opholdspris_spor_sag'),
        ),
        migrations.AddIndex(
            model_name='opsigelseevent',
            index=models.Index(fields=['ophold'], name='opsigelse_spor_sag'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='akutforloebevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, lower(NEW.periode)) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='d497392702715acfc840707a624e06592eadb93a', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_5a75f', table='sag_akutforloebevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='beslutningevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_reservation WHERE id = NEW.reservation_id UNION ALL SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_henvendelse WHERE id = NEW.henvendelse_id UNION ALL SELECT unnest(ARRAY[h.handlekommune_id, h.driftsherre_id]) FROM sag_henvendelse h JOIN sag_pladstilbud p ON p.henvendelse_id = h.id WHERE p.id = NEW.pladstilbud_id UNION ALL SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, (NEW.tidspunkt AT TIME ZONE 'Europe/Copenhagen')::date) UNION ALL SELECT unnest(ARRAY[handlekommune_id, driftsherre_id]) FROM sag_placeringsaftale WHERE id = NEW.placeringsaftale_id UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='d059b203ef8ce0082df08a4ccf92272abca6effc', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_f1904', table='sag_beslutningevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fravaerevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, lower(NEW.periode)) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='bcf0a726f41283bb8229118843e65fe3c9e43632', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_8f604', table='sag_fravaerevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opholdevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, NULL) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='b7d3c9b5aee194fb7bd5b67ff45b3908b2cb6e4b', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_6d818', table='sag_opholdevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opholdsansvarevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, lower(NEW.periode)) UNION ALL VALUES (NEW.handlekommune_id), (NEW.betalingskommune_id) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='18dff19cb7f2380127c1fd04e352179bf3c96ef3', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_c39dd', table='sag_opholdsansvarevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opholdshjemmelevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, lower(NEW.periode)) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='12a49d645f978b953df62163aa5574f2eb71affb', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_f38f4', table='sag_opholdshjemmelevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opholdspladsevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, (SELECT lower(o.periode) FROM belaegning_optagelse o WHERE o.id = NEW.optagelse_id)) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='a24d90aad1d38b3ea254f01e1abfec8fdef577ef', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_2f370', table='sag_opholdspladsevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opholdsprisevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, lower(NEW.periode)) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='59b9ec0a68a849659c0bd73e5b2f5e01d77067c4', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_32719', table='sag_opholdsprisevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='opsigelseevent',
            trigger=pgtrigger.compiler.Trigger(name='vedroerer', sql=pgtrigger.compiler.UpsertTriggerSql(func="NEW.vedroerer := ARRAY(SELECT DISTINCT id FROM (SELECT sag_parter(NEW.ophold_id, (NEW.pgh_created_at AT TIME ZONE 'Europe/Copenhagen')::date, NEW.givet) UNION ALL VALUES (nullif(NEW.pgh_context ->> 'organisation', '')::uuid)) AS fundne (id) WHERE id IS NOT NULL); RETURN NEW;", hash='ca6eaafd03f7f538b059f40defc52d24fc28567d', operation='INSERT OR UPDATE OF "vedroerer"', pgid='pgtrigger_vedroerer_94e8d', table='sag_opsigelseevent', when='BEFORE')),
        ),
        migrations.RunSQL(FOER_REGLEN, migrations.RunSQL.noop),
    ]
