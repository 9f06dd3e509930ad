"""Municipalities are told of changed prices beside the takst, and of changed shares, as of takster."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0021_rammeaftaler_skriv_for_systemer'),
        ('sag', '0010_placeringsaftaler'),
        ('takster', '0015_genberegnede_priser'),
    ]

    operations = [
        migrations.AddField(
            model_name='takstbesked',
            name='finansiering',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='beskeder', to='takster.finansiering'),
        ),
        migrations.AddField(
            model_name='takstbesked',
            name='prisblad',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='beskeder', to='takster.prisblad'),
        ),
        migrations.AlterField(
            model_name='takstbesked',
            name='takst',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='beskeder', to='takster.takst'),
        ),
        migrations.AddConstraint(
            model_name='takstbesked',
            constraint=models.UniqueConstraint(fields=('prisblad', 'kommune'), name='takstbesked_en_pr_prisblad_og_kommune'),
        ),
        migrations.AddConstraint(
            model_name='takstbesked',
            constraint=models.UniqueConstraint(fields=('finansiering', 'kommune'), name='takstbesked_en_pr_finansiering_og_kommune'),
        ),
        migrations.AddConstraint(
            model_name='takstbesked',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finansiering__isnull', True), ('prisblad__isnull', True), ('takst__isnull', False)), models.Q(('finansiering__isnull', True), ('prisblad__isnull', False), ('takst__isnull', True)), models.Q(('finansiering__isnull', False), ('prisblad__isnull', True), ('takst__isnull', True)), _connector='OR'), name='takstbesked_om_netop_en'),
        ),
    ]
