"""Errors in who confirmed when, and in which clusters share an offer, can be reported."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tilbud', '0027_paamindelser_noteres_og_sendes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='fejlmelding',
            name='fejlmelding_afdeling_kun_om_dens_egne',
        ),
        migrations.RemoveConstraint(
            model_name='fejlmelding',
            name='fejlmelding_faktum_kendt',
        ),
        migrations.AlterField(
            model_name='fejlmelding',
            name='faktum',
            field=models.CharField(choices=[('navn', 'Navn'), ('driftsherre', 'Driftsherre'), ('kommune', 'Kommune'), ('adresse', 'Adresse'), ('numre', 'CVR-nummer, P-nummer og id på Tilbudsportalen'), ('maalgrupper', 'Målgrupper'), ('hjemler', 'Hjemler'), ('alder', 'Alder'), ('specialisering', 'Specialisering'), ('klynger', 'Klynger'), ('fysiske_forhold', 'Fysiske forhold'), ('adfaerd', 'Adfærd, der kan og ikke kan rummes'), ('metoder', 'Metoder'), ('ydelser', 'Ydelser'), ('gruppe', 'Gruppens størrelse'), ('normering', 'Normering'), ('selvhenvendelse', 'Selvhenvendelse'), ('kontakt', 'Kontakt og hjemmeside'), ('beskrivelse', 'Beskrivelse'), ('lukning', 'Lukning'), ('godkendelse', 'Godkendelse'), ('tilsyn', 'Seneste tilsyn'), ('merplads', 'Tilladelser til merpladser'), ('uden_pladser', 'Leveres uden pladser'), ('lukninger', 'Midlertidige lukninger'), ('afdelingsnavn', 'Afdelingens navn'), ('bekraeftelse', 'Bekræftelse af pladserne'), ('pladser', 'Pladser'), ('takst', 'Takst')], max_length=20, verbose_name='oplysning'),
        ),
        migrations.AlterField(
            model_name='fejlmeldingevent',
            name='faktum',
            field=models.CharField(choices=[('navn', 'Navn'), ('driftsherre', 'Driftsherre'), ('kommune', 'Kommune'), ('adresse', 'Adresse'), ('numre', 'CVR-nummer, P-nummer og id på Tilbudsportalen'), ('maalgrupper', 'Målgrupper'), ('hjemler', 'Hjemler'), ('alder', 'Alder'), ('specialisering', 'Specialisering'), ('klynger', 'Klynger'), ('fysiske_forhold', 'Fysiske forhold'), ('adfaerd', 'Adfærd, der kan og ikke kan rummes'), ('metoder', 'Metoder'), ('ydelser', 'Ydelser'), ('gruppe', 'Gruppens størrelse'), ('normering', 'Normering'), ('selvhenvendelse', 'Selvhenvendelse'), ('kontakt', 'Kontakt og hjemmeside'), ('beskrivelse', 'Beskrivelse'), ('lukning', 'Lukning'), ('godkendelse', 'Godkendelse'), ('tilsyn', 'Seneste tilsyn'), ('merplads', 'Tilladelser til merpladser'), ('uden_pladser', 'Leveres uden pladser'), ('lukninger', 'Midlertidige lukninger'), ('afdelingsnavn', 'Afdelingens navn'), ('bekraeftelse', 'Bekræftelse af pladserne'), ('pladser', 'Pladser'), ('takst', 'Takst')], max_length=20, verbose_name='oplysning'),
        ),
        migrations.AddConstraint(
            model_name='fejlmelding',
            constraint=models.CheckConstraint(condition=models.Q(('faktum__in', ['navn', 'driftsherre', 'kommune', 'adresse', 'numre', 'maalgrupper', 'hjemler', 'alder', 'specialisering', 'klynger', 'fysiske_forhold', 'adfaerd', 'metoder', 'ydelser', 'gruppe', 'normering', 'selvhenvendelse', 'kontakt', 'beskrivelse', 'lukning', 'godkendelse', 'tilsyn', 'merplads', 'uden_pladser', 'lukninger', 'afdelingsnavn', 'bekraeftelse', 'pladser', 'takst'])), name='fejlmelding_faktum_kendt'),
        ),
        migrations.AddConstraint(
            model_name='fejlmelding',
            constraint=models.CheckConstraint(condition=models.Q(('afdeling__isnull', True), ('faktum__in', ['afdelingsnavn', 'bekraeftelse', 'pladser', 'takst']), _connector='OR'), name='fejlmelding_afdeling_kun_om_dens_egne'),
        ),
    ]
