"""What is confirmed and not begun is reserved, and so are the days before a stay is paid for: nobody was there (rules-reservation § 3 nr. 7)."""

from django.db import migrations

# Its own step: the history of the claims is written by triggers, and a table with such to come cannot be altered.
RESERVERET = """
    UPDATE belaegning_optagelse o SET art = 'hold' FROM sag_reservation r
    WHERE r.optagelse_id = o.id AND r.tilstand = 'bekraeftet' AND o.art = 'ophold'
"""
FOER_OPHOLDET = """
DO $$
DECLARE et record; ny uuid;
BEGIN
    FOR et IN
        SELECT p.id AS opholdsplads, o.*, s.betales_fra FROM sag_ophold s JOIN sag_reservation r ON r.id = s.reservation_id
        JOIN belaegning_optagelse o ON o.id = r.optagelse_id JOIN sag_opholdsplads p ON p.optagelse_id = o.id
        WHERE o.aktiv AND s.betales_fra > lower(o.periode) AND o.periode @> s.betales_fra
    LOOP
        ny := gen_random_uuid();
        UPDATE belaegning_optagelse SET art = 'hold', periode = daterange(lower(et.periode), et.betales_fra) WHERE id = et.id;
        INSERT INTO belaegning_optagelse (id, plads_id, periode, ugedage, art, aktiv, oprettet)
            VALUES (ny, et.plads_id, daterange(et.betales_fra, upper(et.periode)), et.ugedage, 'ophold', true, et.oprettet);
        UPDATE sag_opholdsplads SET optagelse_id = ny WHERE id = et.opholdsplads;
    END LOOP;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [("sag", "0019_udeblevet"), ("belaegning", "0011_kun_hold_udloeber")]

    operations = [
        migrations.RunSQL(RESERVERET, migrations.RunSQL.noop),
        migrations.RunSQL(FOER_OPHOLDET, migrations.RunSQL.noop),
    ]
