"""A version both have accepted ended where the next of the same two parties began: that is said of those that were."""

from django.db import migrations

# Its own step: the history is written by triggers, and a table with such to come cannot be altered.
NAESTE = """
    SELECT gammel.id, ny.gaelder_fra, greatest(ny.kommune_accepteret, ny.driftsherre_accepteret) AS godkendt
    FROM sag_placeringsaftale gammel CROSS JOIN LATERAL (
        SELECT * FROM sag_placeringsaftale a
        WHERE a.tilstand = 'aftalt' AND a.nummer > gammel.nummer AND a.handlekommune_id = gammel.handlekommune_id
            AND (a.reservation_id = gammel.reservation_id OR a.ophold_id = gammel.ophold_id)
        ORDER BY a.nummer LIMIT 1
    ) ny
    WHERE gammel.tilstand = 'aftalt'
"""
BESLUT = f"""
    INSERT INTO sag_beslutning (id, placeringsaftale_id, udfald, grund, bemaerkning, dokument, rolle_navn, identitet, tidspunkt)
    SELECT gen_random_uuid(), naeste.id, 'afloes', '', '', '', '', '', naeste.godkendt FROM ({NAESTE}) naeste
"""  # noqa: S608 - our own SQL
AFLOES = f"""
    UPDATE sag_placeringsaftale SET tilstand = 'afloest', ophoerer = naeste.gaelder_fra - 1
    FROM ({NAESTE}) naeste WHERE naeste.id = sag_placeringsaftale.id
"""  # noqa: S608 - our own SQL


class Migration(migrations.Migration):

    dependencies = [("sag", "0021_aftalens_slut")]

    operations = [migrations.RunSQL([BESLUT, AFLOES], migrations.RunSQL.noop)]
