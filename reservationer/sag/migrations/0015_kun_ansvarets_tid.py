"""A municipality that is no longer responsible for a stay sees nothing of what came later (rules-reservation § 7)."""

import importlib

from django.db import migrations

from faelles.rls import ny_betingelse

ophold = importlib.import_module("reservationer.sag.migrations.0007_ophold")
aftaler = importlib.import_module("reservationer.sag.migrations.0010_placeringsaftaler")

# It runs as the owner, whom row-level security does not bind: the policy of sag_opholdsansvar asks it about that very table. It
# tells a day, never whose.
ANSVAR_TIL = """
CREATE FUNCTION sag_ansvar_til(ophold uuid, kommune uuid) RETURNS date
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT max(coalesce(upper(periode), 'infinity')) FROM sag_opholdsansvar
    WHERE ophold_id = $1 AND $2 IN (handlekommune_id, betalingskommune_id)
$$
"""
BEGYNDTE = {
    "opholdsplads": "(SELECT lower(o.periode) FROM belaegning_optagelse o WHERE o.id = optagelse_id)",
    "opholdspris": "lower(periode)",
    "opholdshjemmel": "lower(periode)",
    "opholdsansvar": "lower(periode)",
    "fravaer": "lower(periode)",
    "opsigelse": "givet",
}
BESLUTTET = "(tidspunkt AT TIME ZONE 'Europe/Copenhagen')::date"


def i_ansvarets_tid(begyndte: str, ellers: str = "false") -> str:
    """The stay is visible, and to a municipality only what began before its responsibility for it ended."""
    i_tide = f"{begyndte} < sag_ansvar_til(ophold_id, app_organisation())"
    return f"({ophold.OPHOLD} AND (app_funktion() <> 'myndighed' OR {i_tide} OR {ellers}))"


BESLUTNING = f"{aftaler.BESLUTNING} OR EXISTS (SELECT 1 FROM sag_placeringsaftale a WHERE a.id = placeringsaftale_id)"
# Its own decisions a municipality always sees, also the one by which it gave the responsibility away.
BESLUTNING_I_TIDE = BESLUTNING.replace(
    ophold.OPHOLD, i_ansvarets_tid(BESLUTTET, ellers="organisation_id = app_organisation()")
)


class Migration(migrations.Migration):

    dependencies = [("sag", "0014_forespoergsler_anonymiseres")]

    operations = [
        migrations.RunSQL(ANSVAR_TIL, "DROP FUNCTION sag_ansvar_til(uuid, uuid)"),
        *(
            ny_betingelse(f"sag_{navn}", ophold.OPHOLD, i_ansvarets_tid(begyndte))
            for navn, begyndte in BEGYNDTE.items()
        ),
        ny_betingelse("sag_beslutning", BESLUTNING, BESLUTNING_I_TIDE),
    ]
