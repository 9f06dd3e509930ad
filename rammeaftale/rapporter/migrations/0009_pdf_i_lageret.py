"""The PDFs move from the database to the storage (RAPPORTLAGER). One that is rolled back leaves files that are swept."""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import migrations, models

UFORANDERLIG = pgtrigger.compiler.Trigger(name='rapportfil_uforanderlig', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a575b724927e25e39e90934899981e859f666d2a', operation='UPDATE OR DELETE', pgid='pgtrigger_rapportfil_uforanderlig_e0ae6', table='rapporter_rapportfil', when='BEFORE'))


def flyt(apps: Any, _schema: Any) -> None:
    """One at a time, so that memory holds a single PDF."""
    filer = apps.get_model("rapporter", "Rapportfil").objects
    for nummer in filer.values_list("pk", flat=True):
        fil = filer.get(pk=nummer)
        fil.navn = storages["rapporter"].save(f"{nummer}.pdf", ContentFile(bytes(fil.pdf)))
        fil.save(update_fields=["navn"])


class Migration(migrations.Migration):

    dependencies = [
        ('rapporter', '0008_endelig_har_nummer'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name='rapportfil', name='rapportfil_uforanderlig'),
        migrations.AddField(model_name='rapportfil', name='navn', field=models.CharField(max_length=100, null=True)),
        migrations.RunPython(flyt),
        migrations.AlterField(model_name='rapportfil', name='navn', field=models.CharField(max_length=100, unique=True)),
        migrations.RemoveField(model_name='rapportfil', name='pdf'),
        pgtrigger.migrations.AddTrigger(model_name='rapportfil', trigger=UFORANDERLIG),
    ]
