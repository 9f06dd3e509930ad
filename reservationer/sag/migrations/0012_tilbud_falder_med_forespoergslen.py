"""An offer of a place falls with its enquiry: a state, two reasons, and the triggers that see to it."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('sag', '0011_beskeder_om_alle_priser'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pladstilbud',
            name='pladstilbud_tilstand_kendt',
        ),
        migrations.AlterField(
            model_name='beslutning',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='beslutningevent',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='ophold',
            name='udskrivningsgrund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund til udskrivning'),
        ),
        migrations.AlterField(
            model_name='opholdevent',
            name='udskrivningsgrund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund til udskrivning'),
        ),
        migrations.AlterField(
            model_name='opholdsansvar',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='opholdsansvarevent',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='pladstilbud',
            name='tilstand',
            field=models.CharField(choices=[('trukket', 'Trukket tilbage'), ('tilbudt', 'Plads tilbudt'), ('taget', 'Taget imod'), ('afvist', 'Afvist'), ('udloebet', 'Udløbet'), ('bortfaldet', 'Bortfaldet')], max_length=12, verbose_name='tilstand'),
        ),
        migrations.AlterField(
            model_name='pladstilbudevent',
            name='tilstand',
            field=models.CharField(choices=[('trukket', 'Trukket tilbage'), ('tilbudt', 'Plads tilbudt'), ('taget', 'Taget imod'), ('afvist', 'Afvist'), ('udloebet', 'Udløbet'), ('bortfaldet', 'Bortfaldet')], max_length=12, verbose_name='tilstand'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='henvendelse',
            trigger=pgtrigger.compiler.Trigger(name='henvendelse_slutter_med_sit_pladstilbud', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        \n        IF NEW.tilstand <> 'accepteret' AND EXISTS (SELECT 1 FROM sag_pladstilbud p WHERE p.henvendelse_id = NEW.id AND p.tilstand = 'tilbudt') THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'henvendelse_slutter_med_sit_pladstilbud',\n                MESSAGE = 'henvendelse_slutter_med_sit_pladstilbud: an offer of a place is open only while its enquiry is accepted';\n        END IF;\n        RETURN NEW;\n    ", hash='0d806e24fe552cee78235b62e1a05b3d05927992', operation='UPDATE OF "tilstand"', pgid='pgtrigger_henvendelse_slutter_med_sit_pladstilbud_00ba9', table='sag_henvendelse', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pladstilbud',
            trigger=pgtrigger.compiler.Trigger(name='pladstilbud_aabent_efter_et_ja', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."tilstand" = \'tilbudt\')', declare='DECLARE svaret text;', func="\n        SELECT tilstand INTO svaret FROM sag_henvendelse WHERE id = NEW.henvendelse_id FOR SHARE;\n        IF svaret IS DISTINCT FROM 'accepteret' THEN\n            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pladstilbud_aabent_efter_et_ja',\n                MESSAGE = 'pladstilbud_aabent_efter_et_ja: an offer of a place is open only while its enquiry is accepted';\n        END IF;\n        RETURN NEW;\n    ", hash='e262e8eff36cf6fd5c688e287d2b78e836501ac0', operation='INSERT OR UPDATE OF "tilstand", "henvendelse_id"', pgid='pgtrigger_pladstilbud_aabent_efter_et_ja_3177a', table='sag_pladstilbud', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='pladstilbud',
            constraint=models.CheckConstraint(condition=models.Q(('tilstand__in', ['trukket', 'tilbudt', 'taget', 'afvist', 'udloebet', 'bortfaldet'])), name='pladstilbud_tilstand_kendt'),
        ),
    ]
