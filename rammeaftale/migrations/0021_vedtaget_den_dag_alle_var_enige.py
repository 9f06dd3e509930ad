"""The day an agreement is adopted is the day all agreed, and of two that commit at once the second sees the first."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

# Whether every party of the day that decides (`livscyklus.afgoerelsesdag`) had approved the latest version sent, by its latest
# step on it, no later than the day. Without any party nobody has agreed.
ENIGE = """
CREATE OR REPLACE FUNCTION rammeaftale_enige(soegt uuid, dag date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    afgoeres date;
    version uuid;
BEGIN
    SELECT least(greatest(lower(periode), dag), upper(periode) - 1) INTO afgoeres FROM rammeaftale_rammeaftale WHERE id = soegt;
    SELECT v.id INTO version FROM rammeaftale_version v
    WHERE v.aftale_id = soegt AND v.sendt IS NOT NULL ORDER BY v.nummer DESC LIMIT 1;
    RETURN EXISTS (SELECT FROM rammeaftale_version v WHERE v.id = version AND v.sendt <= dag)
        AND EXISTS (SELECT FROM rammeaftale_part p WHERE p.aftale_id = soegt AND p.periode @> afgoeres)
        AND NOT EXISTS (
            SELECT FROM rammeaftale_part p WHERE p.aftale_id = soegt AND p.periode @> afgoeres AND NOT EXISTS (
                SELECT FROM (
                    SELECT g.status, g.dato FROM rammeaftale_godkendelse g WHERE g.version_id = version AND g.part_id = p.id
                    ORDER BY g.registreret DESC, g.id DESC LIMIT 1
                ) sidste
                WHERE sidste.status IN ('godkendt', 'godkendt_med_bemaerkning') AND sidste.dato <= dag
            )
        );
END $$
"""
# The lock makes whoever commits a party, a step, a version or the adoption itself wait for the other, and then see what it wrote.
KRAEV_ENIGHED = """
CREATE OR REPLACE FUNCTION rammeaftale_kraev_enighed(soegt uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    aftale record;
BEGIN
    SELECT tilstand, vedtaget INTO aftale FROM rammeaftale_rammeaftale WHERE id = soegt FOR NO KEY UPDATE;
    IF aftale.tilstand = 'vedtaget' AND NOT rammeaftale_enige(soegt, aftale.vedtaget) THEN
        RAISE EXCEPTION 'Aftalen kan ikke være vedtaget, før alle parter har godkendt den'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'rammeaftale_vedtaget_af_alle';
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0020_paamind_om_godkendelse_og_udmeldinger'),
    ]

    operations = [
        migrations.RunSQL(ENIGE, migrations.RunSQL.noop),
        migrations.RunSQL(KRAEV_ENIGHED, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='rammeaftale',
            trigger=pgtrigger.compiler.Trigger(name='rammeaftale_vedtaget_paa_sidste_beslutning', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."tilstand" = \'vedtaget\')', constraint='CONSTRAINT', func="\n    IF TG_OP = 'UPDATE' THEN\n        IF OLD.vedtaget IS NOT DISTINCT FROM NEW.vedtaget THEN RETURN NULL; END IF;\n    END IF;\n    IF rammeaftale_enige(NEW.id, NEW.vedtaget - 1) THEN\n        RAISE EXCEPTION 'Aftalen er vedtaget den dag, den sidste part godkendte den'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'rammeaftale_vedtaget_paa_sidste_beslutning';\n    END IF;\n    RETURN NULL;\n", hash='9c04e8223592e5b611d54300c291150223eb3887', operation='INSERT OR UPDATE', pgid='pgtrigger_rammeaftale_vedtaget_paa_sidste_beslutning_e19d7', table='rammeaftale_rammeaftale', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='version_ingen_uden_om_vedtagelsen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."sendt" IS NOT NULL)', constraint='CONSTRAINT', func='PERFORM rammeaftale_kraev_enighed(NEW.aftale_id); RETURN NULL;', hash='4419f1f52e5e5b85cb95e13f143e438d8aa739eb', operation='INSERT OR UPDATE', pgid='pgtrigger_version_ingen_uden_om_vedtagelsen_1719f', table='rammeaftale_version', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
