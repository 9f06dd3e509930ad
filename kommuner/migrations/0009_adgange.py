import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0008_laesning'),
    ]

    operations = [
        migrations.AlterField(
            model_name='apiklient',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('tilbud:read', 'Se tilbud, pladser, takster og ledige pladser'), ('tilbud:write', 'Ændre organisationens egne tilbud og pladser'), ('pladser:confirm', 'Bekræfte at en afdelings pladser er rigtige'), ('reservationer:read', 'Se egne reservationer'), ('reservationer:write', 'Oprette, bekræfte, afvise og annullere reservationer'), ('rammeaftaler:read', 'Se rammeaftaler, parter og godkendelser'), ('godkendelser:write', 'Registrere parternes godkendelser'), ('rapporter:read', 'Se og hente rapporter'), ('rapporter:write', 'Bestille rapporter'), ('admin:personer', 'Styre organisationens egne personer og deres roller'), ('admin:hjaelp', 'Hjælpe organisationer i samme KKR med deres personer'), ('admin:klienter', 'Styre organisationens egne API-klienter'), ('admin:log', 'Se ændringer og læsninger af organisationens egne data'), ('drift:read', 'Se platformens driftstilstand')], max_length=40), default=list, size=None, verbose_name='adgange'),
        ),
        migrations.AlterField(
            model_name='apiklientevent',
            name='scopes',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('tilbud:read', 'Se tilbud, pladser, takster og ledige pladser'), ('tilbud:write', 'Ændre organisationens egne tilbud og pladser'), ('pladser:confirm', 'Bekræfte at en afdelings pladser er rigtige'), ('reservationer:read', 'Se egne reservationer'), ('reservationer:write', 'Oprette, bekræfte, afvise og annullere reservationer'), ('rammeaftaler:read', 'Se rammeaftaler, parter og godkendelser'), ('godkendelser:write', 'Registrere parternes godkendelser'), ('rapporter:read', 'Se og hente rapporter'), ('rapporter:write', 'Bestille rapporter'), ('admin:personer', 'Styre organisationens egne personer og deres roller'), ('admin:hjaelp', 'Hjælpe organisationer i samme KKR med deres personer'), ('admin:klienter', 'Styre organisationens egne API-klienter'), ('admin:log', 'Se ændringer og læsninger af organisationens egne data'), ('drift:read', 'Se platformens driftstilstand')], max_length=40), default=list, size=None, verbose_name='adgange'),
        ),
    ]
