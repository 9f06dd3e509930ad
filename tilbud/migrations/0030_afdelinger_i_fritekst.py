"""The names of departments are searched in beside their offer's own."""

from typing import Any

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

from faelles.sprog import soegefold


def _laeg_ved_tilbuddet(apps: Any, _skema: Any) -> None:
    """What the offers' and departments' own `save` keeps from now on."""
    navne: dict[Any, list[str]] = {}
    afdelinger = apps.get_model("tilbud", "Afdeling").objects.order_by("navn_sortering", "pk")
    for tilbud, navn in afdelinger.values_list("tilbud", "navn"):
        navne.setdefault(tilbud, []).append(navn)
    tilbudsmodel = apps.get_model("tilbud", "Tilbud")
    for tilbud, alle in navne.items():
        tilbudsmodel.objects.filter(pk=tilbud).update(afdelinger_soegning=soegefold(" ".join(alle)))


class Migration(migrations.Migration):

    dependencies = [
        ('kommuner', '0016_tilbud_skriv'),
        ('tilbud', '0029_fejl_til_sekretariatet'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='tilbud',
            name='tilbud_trigrammer',
        ),
        migrations.AddField(
            model_name='tilbud',
            name='afdelinger_soegning',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddIndex(
            model_name='tilbud',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Concat('navn_soegning', models.Value(' '), 'beskrivelse_soegning', models.Value(' '), 'afdelinger_soegning', output_field=models.TextField()), name='gin_trgm_ops'), name='tilbud_trigrammer'),
        ),
        migrations.RunPython(_laeg_ved_tilbuddet, migrations.RunPython.noop),
    ]
