"""Places that come into the register again have not been confirmed."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0034_fejl_i_andet_end_tilbud'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='plads',
            trigger=pgtrigger.compiler.Trigger(name='plads_genaabnet_er_ubekraeftet', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF NOT coalesce(upper(OLD.periode) > (now() AT TIME ZONE 'Europe/Copenhagen')::date, true) AND coalesce(upper(NEW.periode) > (now() AT TIME ZONE 'Europe/Copenhagen')::date, true) THEN\n            UPDATE tilbud_afdeling SET pladser_tilfoejet = clock_timestamp() WHERE id = NEW.afdeling_id;\n        END IF;\n        RETURN NULL;\n    ", hash='595bfb91cd72c051df52c3463b044578dc544f3f', operation='UPDATE OF "periode"', pgid='pgtrigger_plads_genaabnet_er_ubekraeftet_cc49e', table='tilbud_plads', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tilbud',
            trigger=pgtrigger.compiler.Trigger(name='tilbud_genaabnet_er_ubekraeftet', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF OLD.lukket_fra <= (now() AT TIME ZONE 'Europe/Copenhagen')::date AND coalesce(NEW.lukket_fra > (now() AT TIME ZONE 'Europe/Copenhagen')::date, true) THEN\n            UPDATE tilbud_afdeling SET pladser_tilfoejet = clock_timestamp() WHERE tilbud_id = NEW.id AND EXISTS (SELECT 1 FROM tilbud_plads p WHERE p.afdeling_id = tilbud_afdeling.id AND coalesce(upper(p.periode) > (now() AT TIME ZONE 'Europe/Copenhagen')::date, true));\n        END IF;\n        RETURN NULL;\n    ", hash='b84b6edb971ae7927e8287c1f6fb05e4de955b26', operation='UPDATE OF "lukket_fra"', pgid='pgtrigger_tilbud_genaabnet_er_ubekraeftet_3ee47', table='tilbud_tilbud', when='AFTER')),
        ),
    ]
