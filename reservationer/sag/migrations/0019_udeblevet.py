"""A confirmed reservation whose citizen never came ends as such."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('belaegning', '0011_kun_hold_udloeber'),
        ('kommuner', '0023_breve_efter_valg'),
        ('sag', '0018_eskalering_brev'),
        ('tilbud', '0040_fejl_efter_hvilke_vilkaar'),
        ('vilkaar', '0004_fjern_dobbelte_noegler'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='reservation',
            name='reservation_tilstand_kendt',
        ),
        migrations.AlterField(
            model_name='beslutning',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('ikke_moedt', 'Borgeren er ikke mødt'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='beslutning',
            name='udfald',
            field=models.CharField(choices=[('accepter', 'Svaret ja'), ('bed_om_mere', 'Bedt om mere'), ('uddyb', 'Uddybet'), ('paamind', 'Påmindet'), ('eskaler', 'Sendt videre til driftsherren'), ('traek', 'Trukket tilbage'), ('bekraeft', 'Bekræftet'), ('afvis', 'Afvist'), ('annuller', 'Annulleret'), ('udloeb', 'Udløbet'), ('tag_imod', 'Taget imod'), ('forlaeng', 'Forlænget'), ('indskriv', 'Indskrevet'), ('meld_udeblevet', 'Meldt udeblevet'), ('flyt', 'Flyttet'), ('meld_fravaer', 'Fravær meldt'), ('foreslaa_pris', 'Ny pris foreslået'), ('accepter_pris', 'Ny pris godkendt'), ('afslaa_pris', 'Ny pris afslået'), ('skift_kommune', 'Kommune skiftet'), ('skift_hjemmel', 'Hjemmel skiftet'), ('orienter_tilsyn', 'Socialtilsynet orienteret'), ('forlaeng_akut', 'Akut ophold forlænget'), ('opsig', 'Opsagt'), ('fortryd_opsigelse', 'Opsigelsen fortrudt'), ('udskriv', 'Udskrevet'), ('fremsaet', 'Fremsat og godkendt'), ('godkend', 'Godkendt'), ('bortfald', 'Bortfaldet')], max_length=20, verbose_name='beslutning'),
        ),
        migrations.AlterField(
            model_name='beslutningevent',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('ikke_moedt', 'Borgeren er ikke mødt'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='beslutningevent',
            name='udfald',
            field=models.CharField(choices=[('accepter', 'Svaret ja'), ('bed_om_mere', 'Bedt om mere'), ('uddyb', 'Uddybet'), ('paamind', 'Påmindet'), ('eskaler', 'Sendt videre til driftsherren'), ('traek', 'Trukket tilbage'), ('bekraeft', 'Bekræftet'), ('afvis', 'Afvist'), ('annuller', 'Annulleret'), ('udloeb', 'Udløbet'), ('tag_imod', 'Taget imod'), ('forlaeng', 'Forlænget'), ('indskriv', 'Indskrevet'), ('meld_udeblevet', 'Meldt udeblevet'), ('flyt', 'Flyttet'), ('meld_fravaer', 'Fravær meldt'), ('foreslaa_pris', 'Ny pris foreslået'), ('accepter_pris', 'Ny pris godkendt'), ('afslaa_pris', 'Ny pris afslået'), ('skift_kommune', 'Kommune skiftet'), ('skift_hjemmel', 'Hjemmel skiftet'), ('orienter_tilsyn', 'Socialtilsynet orienteret'), ('forlaeng_akut', 'Akut ophold forlænget'), ('opsig', 'Opsagt'), ('fortryd_opsigelse', 'Opsigelsen fortrudt'), ('udskriv', 'Udskrevet'), ('fremsaet', 'Fremsat og godkendt'), ('godkend', 'Godkendt'), ('bortfald', 'Bortfaldet')], max_length=20, verbose_name='beslutning'),
        ),
        migrations.AlterField(
            model_name='ophold',
            name='udskrivningsgrund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('ikke_moedt', 'Borgeren er ikke mødt'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund til udskrivning'),
        ),
        migrations.AlterField(
            model_name='opholdevent',
            name='udskrivningsgrund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('ikke_moedt', 'Borgeren er ikke mødt'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund til udskrivning'),
        ),
        migrations.AlterField(
            model_name='opholdsansvar',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('ikke_moedt', 'Borgeren er ikke mødt'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='opholdsansvarevent',
            name='grund',
            field=models.CharField(blank=True, choices=[('ikke_maalgruppe', 'Behovet ligger uden for målgruppen'), ('ingen_plads', 'Der er ingen plads i perioden'), ('kompetence', 'Tilbuddet har ikke de kompetencer, behovet kræver'), ('fysiske_rammer', 'De fysiske rammer passer ikke til behovet'), ('plads_ikke_klar', 'Pladsen er ikke klar i perioden'), ('gruppen_passer_ikke', 'Passer ikke til den nuværende beboergruppe'), ('andet_tilbud_valgt', 'Et andet tilbud er valgt'), ('behov_aendret', 'Behovet har ændret sig'), ('behov_bortfaldet', 'Behovet er bortfaldet'), ('prisen', 'Prisen kan ikke godkendes'), ('tilbud_lukker', 'Tilbuddet lukker eller ændres'), ('afgoerelse', 'Afgørelse om handlekommune'), ('aftale', 'Aftale mellem kommunerne (med borgerens samtykke)'), ('fraflyttet', 'Fraflyttet'), ('overflyttet', 'Overflyttet til et andet tilbud'), ('ikke_moedt', 'Borgeren er ikke mødt'), ('forespoergsel_trukket', 'Kommunen har trukket forespørgslen tilbage'), ('forespoergsel_afvist', 'Tilbuddet har afvist forespørgslen'), ('doed', 'Borgeren er død'), ('enige', 'Parterne er enige'), ('andet', 'Andet (beskriv)')], max_length=30, verbose_name='grund'),
        ),
        migrations.AlterField(
            model_name='reservation',
            name='tilstand',
            field=models.CharField(choices=[('afventer', 'Afventer svar'), ('bekraeftet', 'Bekræftet'), ('afvist', 'Afvist'), ('annulleret', 'Annulleret'), ('udloebet', 'Udløbet'), ('indskrevet', 'Indskrevet'), ('udeblevet', 'Udeblevet')], max_length=12, verbose_name='tilstand'),
        ),
        migrations.AlterField(
            model_name='reservationevent',
            name='tilstand',
            field=models.CharField(choices=[('afventer', 'Afventer svar'), ('bekraeftet', 'Bekræftet'), ('afvist', 'Afvist'), ('annulleret', 'Annulleret'), ('udloebet', 'Udløbet'), ('indskrevet', 'Indskrevet'), ('udeblevet', 'Udeblevet')], max_length=12, verbose_name='tilstand'),
        ),
        migrations.AddConstraint(
            model_name='reservation',
            constraint=models.CheckConstraint(condition=models.Q(('tilstand__in', ['afventer', 'bekraeftet', 'afvist', 'annulleret', 'udloebet', 'indskrevet', 'udeblevet'])), name='reservation_tilstand_kendt'),
        ),
    ]
