"""The operator's own id leads to one row of a table, whatever that belongs to: a row that is moved in a file is not made twice."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0025_ens_egne_ider_ryddes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='afdeling',
            name='afdeling_ekstern_id_unikt_i_tilbud',
        ),
        migrations.RemoveConstraint(
            model_name='merpladstilladelse',
            name='merpladstilladelse_ekstern_id_unikt_i_afdeling',
        ),
        migrations.RemoveConstraint(
            model_name='plads',
            name='plads_ekstern_id_unikt_i_afdeling',
        ),
        migrations.RemoveConstraint(
            model_name='tilsynsgodkendelse',
            name='tilsynsgodkendelse_ekstern_id_unikt_i_tilbud',
        ),
        migrations.RemoveConstraint(
            model_name='tilsynsrapport',
            name='tilsynsrapport_ekstern_id_unikt_i_tilbud',
        ),
        migrations.RemoveConstraint(
            model_name='ydelse',
            name='ydelse_ekstern_id_unikt_i_tilbud',
        ),
        migrations.AddIndex(
            model_name='afdeling',
            index=models.Index(condition=models.Q(('ekstern_id', ''), _negated=True), fields=['ekstern_id'], name='afdeling_eget_id'),
        ),
        migrations.AddIndex(
            model_name='merpladstilladelse',
            index=models.Index(condition=models.Q(('ekstern_id', ''), _negated=True), fields=['ekstern_id'], name='merpladstilladelse_eget_id'),
        ),
        migrations.AddIndex(
            model_name='plads',
            index=models.Index(condition=models.Q(('ekstern_id', ''), _negated=True), fields=['ekstern_id'], name='plads_eget_id'),
        ),
        migrations.AddIndex(
            model_name='tilsynsgodkendelse',
            index=models.Index(condition=models.Q(('ekstern_id', ''), _negated=True), fields=['ekstern_id'], name='tilsynsgodkendelse_eget_id'),
        ),
        migrations.AddIndex(
            model_name='tilsynsrapport',
            index=models.Index(condition=models.Q(('ekstern_id', ''), _negated=True), fields=['ekstern_id'], name='tilsynsrapport_eget_id'),
        ),
        migrations.AddIndex(
            model_name='ydelse',
            index=models.Index(condition=models.Q(('ekstern_id', ''), _negated=True), fields=['ekstern_id'], name='ydelse_eget_id'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='afdeling',
            trigger=pgtrigger.compiler.Trigger(name='ekstern_id_unikt_hos_driftsherren', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.ekstern_id <> '')", func="\n            PERFORM 1 FROM kommuner_organisation o\n                WHERE o.id = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id) FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM tilbud_afdeling r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id\n                    AND (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = r.tilbud_id)\n                        = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id)\n            ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'afdeling_ekstern_id_unikt_hos_driftsherren',\n                    MESSAGE = 'afdeling_ekstern_id_unikt_hos_driftsherren: another row of the operator has the id';\n            END IF;\n            RETURN NEW;\n        ", hash='a1fd4869c4a8b97de21146fbfb7010ad1cfdf85a', operation='INSERT OR UPDATE OF "ekstern_id", "tilbud_id"', pgid='pgtrigger_ekstern_id_unikt_hos_driftsherren_d41f5', table='tilbud_afdeling', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='merpladstilladelse',
            trigger=pgtrigger.compiler.Trigger(name='ekstern_id_unikt_hos_driftsherren', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.ekstern_id <> '')", func="\n            PERFORM 1 FROM kommuner_organisation o\n                WHERE o.id = (SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = NEW.afdeling_id) FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM tilbud_merpladstilladelse r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id\n                    AND (SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = r.afdeling_id)\n                        = (SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = NEW.afdeling_id)\n            ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'merpladstilladelse_ekstern_id_unikt_hos_driftsherren',\n                    MESSAGE = 'merpladstilladelse_ekstern_id_unikt_hos_driftsherren: another row of the operator has the id';\n            END IF;\n            RETURN NEW;\n        ", hash='385e75295b2a5cf6012540a36a6ac08b15197397', operation='INSERT OR UPDATE OF "ekstern_id", "afdeling_id"', pgid='pgtrigger_ekstern_id_unikt_hos_driftsherren_7a144', table='tilbud_merpladstilladelse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plads',
            trigger=pgtrigger.compiler.Trigger(name='ekstern_id_unikt_hos_driftsherren', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.ekstern_id <> '')", func="\n            PERFORM 1 FROM kommuner_organisation o\n                WHERE o.id = (SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = NEW.afdeling_id) FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM tilbud_plads r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id\n                    AND (SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = r.afdeling_id)\n                        = (SELECT t.driftsherre_id FROM tilbud_tilbud t JOIN tilbud_afdeling a ON a.tilbud_id = t.id WHERE a.id = NEW.afdeling_id)\n            ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'plads_ekstern_id_unikt_hos_driftsherren',\n                    MESSAGE = 'plads_ekstern_id_unikt_hos_driftsherren: another row of the operator has the id';\n            END IF;\n            RETURN NEW;\n        ", hash='a63cea2f8efa8b2aa3bbf5c7022cca8607915798', operation='INSERT OR UPDATE OF "ekstern_id", "afdeling_id"', pgid='pgtrigger_ekstern_id_unikt_hos_driftsherren_52dc3', table='tilbud_plads', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tilsynsgodkendelse',
            trigger=pgtrigger.compiler.Trigger(name='ekstern_id_unikt_hos_driftsherren', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.ekstern_id <> '')", func="\n            PERFORM 1 FROM kommuner_organisation o\n                WHERE o.id = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id) FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM tilbud_tilsynsgodkendelse r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id\n                    AND (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = r.tilbud_id)\n                        = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id)\n            ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'tilsynsgodkendelse_ekstern_id_unikt_hos_driftsherren',\n                    MESSAGE = 'tilsynsgodkendelse_ekstern_id_unikt_hos_driftsherren: another row of the operator has the id';\n            END IF;\n            RETURN NEW;\n        ", hash='0487a4df7d058e59b3d4762322b9beded02c2304', operation='INSERT OR UPDATE OF "ekstern_id", "tilbud_id"', pgid='pgtrigger_ekstern_id_unikt_hos_driftsherren_83473', table='tilbud_tilsynsgodkendelse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tilsynsrapport',
            trigger=pgtrigger.compiler.Trigger(name='ekstern_id_unikt_hos_driftsherren', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.ekstern_id <> '')", func="\n            PERFORM 1 FROM kommuner_organisation o\n                WHERE o.id = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id) FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM tilbud_tilsynsrapport r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id\n                    AND (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = r.tilbud_id)\n                        = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id)\n            ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'tilsynsrapport_ekstern_id_unikt_hos_driftsherren',\n                    MESSAGE = 'tilsynsrapport_ekstern_id_unikt_hos_driftsherren: another row of the operator has the id';\n            END IF;\n            RETURN NEW;\n        ", hash='8e16a7d715bea5fe5d90de03a24886a8925d2294', operation='INSERT OR UPDATE OF "ekstern_id", "tilbud_id"', pgid='pgtrigger_ekstern_id_unikt_hos_driftsherren_e2994', table='tilbud_tilsynsrapport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ydelse',
            trigger=pgtrigger.compiler.Trigger(name='ekstern_id_unikt_hos_driftsherren', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.ekstern_id <> '')", func="\n            PERFORM 1 FROM kommuner_organisation o\n                WHERE o.id = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id) FOR NO KEY UPDATE;\n            IF EXISTS (\n                SELECT 1 FROM tilbud_ydelse r WHERE r.ekstern_id = NEW.ekstern_id AND r.id <> NEW.id\n                    AND (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = r.tilbud_id)\n                        = (SELECT t.driftsherre_id FROM tilbud_tilbud t WHERE t.id = NEW.tilbud_id)\n            ) THEN\n                RAISE EXCEPTION USING ERRCODE = 'unique_violation', CONSTRAINT = 'ydelse_ekstern_id_unikt_hos_driftsherren',\n                    MESSAGE = 'ydelse_ekstern_id_unikt_hos_driftsherren: another row of the operator has the id';\n            END IF;\n            RETURN NEW;\n        ", hash='e8e449db4f30de0203d5d534221491b142d67bce', operation='INSERT OR UPDATE OF "ekstern_id", "tilbud_id"', pgid='pgtrigger_ekstern_id_unikt_hos_driftsherren_0bfd1', table='tilbud_ydelse', when='BEFORE')),
        ),
    ]
