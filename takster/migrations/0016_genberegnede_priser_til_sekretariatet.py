"""The secretariat is told the outcome of prices and shares computed again too, not of takster alone."""

from django.db import migrations

# What a calculation says is paid, found as `priser_i` of the models finds it: figures, so that 1060 is 1060.00.
BELOEB = """
CREATE FUNCTION takster_beloeb_i(beregning jsonb, sti jsonpath) RETURNS numeric[] LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg((fundet.vaerdi #>> '{}')::numeric ORDER BY fundet.nr)
    FROM jsonb_path_query(beregning, sti) WITH ORDINALITY AS fundet (vaerdi, nr)
$$
"""
FOER = """
CREATE FUNCTION takster_genberegnede(aaret integer) RETURNS TABLE (tilbud_id uuid, udfald text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT DISTINCT ON (g.beregning_id) t.tilbud_id,
        CASE WHEN g.beloeb IS NULL THEN 'fejl' WHEN g.beloeb = t.beloeb THEN 'bekraeftet' ELSE 'aendret' END
    FROM takster_genberegning g JOIN takster_takstberegning t ON t.id = g.beregning_id JOIN tilbud_tilbud o ON o.id = t.tilbud_id
    WHERE t.aar = aaret
    AND (t.tilstand IN ('kladde', 'indsendt', 'godkendt')
         OR EXISTS (SELECT FROM takster_takst p WHERE p.takstberegning_id = t.id AND p.ophoert IS NULL))
    AND CASE app_funktion()
        WHEN 'system' THEN true
        WHEN 'driftsherre' THEN t.driftsherre_id = app_organisation() AND (app_tilbud() IS NULL OR t.tilbud_id = ANY (app_tilbud()))
        WHEN 'sekretariat' THEN EXISTS (
            SELECT FROM kommuner_kkrmedlemskab m JOIN kommuner_kkr k ON k.id = m.kkr_id
            WHERE m.kommune_id = o.beliggenhedskommune_id AND m.periode @> make_date(aaret, 1, 1)
            AND k.sekretariat_id = app_organisation())
        ELSE false END
    ORDER BY g.beregning_id, g.beregnet DESC
$$
"""
# What final terms made of each calculation with preliminary ones that is under way or what we say now: of takster, of prices beside
# them and of shares by a key. Amounts and drafts are their operator's own, so it tells the outcome and nothing else.
NU = """
CREATE FUNCTION takster_genberegnede(aaret integer) RETURNS TABLE (tilbud_id uuid, art text, udfald text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH seneste AS (
        SELECT DISTINCT ON (beregning_id, prisblad_id, finansiering_id) *
        FROM takster_genberegning ORDER BY beregning_id, prisblad_id, finansiering_id, beregnet DESC, id DESC
    ), alle AS (
        SELECT g.tilbud_id, g.driftsherre_id, g.fejl, 'beregning' AS art, g.beloeb = t.beloeb AS ens
        FROM seneste g JOIN takster_takstberegning t ON t.id = g.beregning_id
        WHERE t.aar = aaret AND (t.tilstand IN ('kladde', 'indsendt', 'godkendt')
            OR EXISTS (SELECT FROM takster_takst p WHERE p.takstberegning_id = t.id AND p.ophoert IS NULL))
        UNION ALL
        SELECT g.tilbud_id, g.driftsherre_id, g.fejl, 'prisblad', (
            SELECT bool_and(takster_beloeb_i(g.resultat, sti) IS NOT DISTINCT FROM takster_beloeb_i(p.beregning, sti))
            FROM unnest(CASE WHEN p.art = 'niveauer' THEN ARRAY['$.niveauer[*].niveau', '$.niveauer[*].takst']
                        ELSE ARRAY['$.takst', '$.inddata.dele[*].takst'] END::jsonpath[]) AS sti)
        FROM seneste g JOIN takster_prisblad p ON p.id = g.prisblad_id
        WHERE p.periode && daterange(make_date(aaret, 1, 1), make_date(aaret + 1, 1, 1))
        AND (p.tilstand = 'indsendt' OR p.tilstand = 'offentliggjort' AND p.ophoert IS NULL)
        UNION ALL
        SELECT g.tilbud_id, g.driftsherre_id, g.fejl, 'finansiering',
            takster_beloeb_i(g.resultat, '$.trin[*].vaerdi') IS NOT DISTINCT FROM takster_beloeb_i(f.beregning, '$.trin[*].vaerdi')
        FROM seneste g JOIN takster_finansiering f ON f.id = g.finansiering_id
        WHERE f.aar = aaret AND (f.tilstand = 'indsendt' OR f.tilstand = 'offentliggjort' AND f.ophoert IS NULL)
    )
    SELECT a.tilbud_id, a.art, CASE WHEN a.fejl <> '' THEN 'fejl' WHEN a.ens THEN 'bekraeftet' ELSE 'aendret' END
    FROM alle a JOIN tilbud_tilbud o ON o.id = a.tilbud_id
    WHERE CASE app_funktion()
        WHEN 'system' THEN true
        WHEN 'driftsherre' THEN a.driftsherre_id = app_organisation() AND (app_tilbud() IS NULL OR a.tilbud_id = ANY (app_tilbud()))
        WHEN 'sekretariat' THEN EXISTS (
            SELECT FROM kommuner_kkrmedlemskab m JOIN kommuner_kkr k ON k.id = m.kkr_id
            WHERE m.kommune_id = o.beliggenhedskommune_id AND m.periode @> make_date(aaret, 1, 1)
            AND k.sekretariat_id = app_organisation())
        ELSE false END
$$
"""
FJERN = "DROP FUNCTION takster_genberegnede(integer)"


class Migration(migrations.Migration):

    dependencies = [('takster', '0015_genberegnede_priser')]

    operations = [
        migrations.RunSQL(BELOEB, "DROP FUNCTION takster_beloeb_i(jsonb, jsonpath)"),
        migrations.RunSQL([FJERN, NU], [FJERN, FOER]),
    ]
