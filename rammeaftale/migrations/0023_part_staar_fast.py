"""No party is taken away while the agreement is out for approval, nor one of those who adopted it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('rammeaftale', '0022_udgaver_taelles_videre'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='part',
            trigger=pgtrigger.compiler.Trigger(name='part_staar_fast', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE aftale record;', func="\n    IF TG_OP = 'UPDATE' THEN\n        IF (OLD.aftale_id, OLD.organisation_id, OLD.periode) = (NEW.aftale_id, NEW.organisation_id, NEW.periode) THEN\n            RETURN NEW;\n        END IF;\n    END IF;\n    SELECT a.tilstand, least(greatest(lower(a.periode), a.vedtaget), upper(a.periode) - 1) AS dag INTO aftale\n    FROM rammeaftale_rammeaftale a WHERE a.id = OLD.aftale_id;\n    IF aftale.tilstand = 'sendt' THEN\n        RAISE EXCEPTION 'Ingen part holder op, mens aftalen er sendt til godkendelse'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'part_staar_fast';\n    END IF;\n    IF aftale.tilstand = 'vedtaget' AND OLD.periode @> aftale.dag THEN\n        IF TG_OP = 'DELETE' OR NEW.organisation_id <> OLD.organisation_id OR NOT NEW.periode @> aftale.dag THEN\n            RAISE EXCEPTION 'De parter, der vedtog aftalen, var parter den dag'\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'part_staar_fast';\n        END IF;\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n", hash='83635417c5e76d889aa4ae21bcef4b80ab1bbff9', operation='UPDATE OR DELETE', pgid='pgtrigger_part_staar_fast_fcbff', table='rammeaftale_part', when='BEFORE')),
        ),
    ]
