"""Saved searches are tried in turn, those that have waited longest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("soegning", "0014_godkendt_er_et_kriterium")]

    operations = [
        migrations.AddField(
            model_name="gemtsoegning",
            name="proevet",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="prøvet"),
        ),
    ]
