"""The job of a report is seen by whoever is shown the report: the parties too follow how far it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("rapporter", "0001_foerste"),
        ("faelles", "0003_raekkesikkerhed"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE POLICY faelles_job_rapport ON faelles_job FOR SELECT"
            " USING (EXISTS (SELECT 1 FROM rapporter_rapport r WHERE r.job_id = faelles_job.id))",
            "DROP POLICY faelles_job_rapport ON faelles_job",
        ),
    ]
