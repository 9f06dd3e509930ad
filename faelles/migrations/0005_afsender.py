"""The sender of a change: whom the logs may be shown to, and who ordered a job."""

from django.db import migrations, models

# What a log row's `vedroerer` must contain for the one who asks to see the row: nothing for the system, her organisation for
# an administrator, and for everybody else something no array contains (a NULL is never found).
LOGINDSIGT = """
CREATE FUNCTION app_logindsigt() RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT CASE app_funktion() WHEN 'system' THEN '{}'::uuid[] WHEN 'administration' THEN ARRAY[app_organisation()] ELSE ARRAY[NULL::uuid] END
$$
"""

# The history rows carry their sender themselves (faelles.spor), under row-level security. pghistory's triggers on statements
# store it a second time, in a table without: this function of theirs no longer does, and the table takes no rows.
UDEN_FAELLES_KONTEKST = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE sql AS $$ SELECT NULL::uuid $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("faelles", "0004_svar_som_sendt"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.RunSQL(LOGINDSIGT, "DROP FUNCTION app_logindsigt()"),
        migrations.RunSQL(UDEN_FAELLES_KONTEKST, migrations.RunSQL.noop),
        migrations.RunSQL(
            "ALTER TABLE pghistory_context ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE pghistory_context DISABLE ROW LEVEL SECURITY",
        ),
        migrations.AddField(
            "job", "funktion", models.CharField(max_length=16, default=""), preserve_default=False
        ),
    ]
