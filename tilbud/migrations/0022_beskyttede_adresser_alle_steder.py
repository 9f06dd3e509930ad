"""When an offer's address becomes protected it goes from imports, reports of errors and comparisons too, and from their history."""

from django.db import migrations

STED = "'{adresse,laengdegrad,breddegrad,p_nummer}'::text[]"

# As the owner: the rows are another's, and nobody else may change history. What has to be taken out of an import that waits
# is gone from it, so it no longer has its fingerprint and cannot be approved; the file is read again. A draft may have faults
# about the offer without naming it, so the operator's drafts are treated alike.
GLEM = f"""
CREATE FUNCTION tilbud_import_uden_sted(indhold jsonb, tilbud_id uuid) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_object(
        'raekker', (
            SELECT coalesce(jsonb_object_agg(ark.key, (
                SELECT coalesce(jsonb_agg(jsonb_build_array(r.value -> 0, (r.value -> 1) - {STED}) ORDER BY r.ordinality), '[]')
                FROM jsonb_array_elements(ark.value) WITH ORDINALITY AS r
            )), '{{}}')
            FROM jsonb_each(indhold -> 'raekker') AS ark
        ),
        'aendringer', (
            SELECT coalesce(jsonb_agg(
                CASE WHEN a.value ->> 'tilbud' = tilbud_id::text OR a.value ->> 'id' = tilbud_id::text
                THEN a.value || jsonb_build_object('felter', (a.value -> 'felter') - {STED}) ELSE a.value END
                ORDER BY a.ordinality
            ), '[]')
            FROM jsonb_array_elements(indhold -> 'aendringer') WITH ORDINALITY AS a
        )
    )
$$;

CREATE FUNCTION tilbud_glem_adresse_andre_steder() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    foer text := coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{{}}');
    fjernet text := 'Fjernet, fordi adressen er beskyttet.';
BEGIN
    UPDATE tilbud_registerimport SET
        indhold = tilbud_import_uden_sted(indhold, NEW.id),
        fejl = (
            SELECT coalesce(jsonb_agg(
                CASE WHEN f.value ->> 2 IN ('Adresse', 'Længdegrad', 'Breddegrad', 'P-nummer')
                THEN jsonb_set(f.value, '{{3}}', '""') ELSE f.value END ORDER BY f.ordinality
            ), '[]')
            FROM jsonb_array_elements(fejl) WITH ORDINALITY AS f
        )
    WHERE NEW.id = ANY (tilbud) OR (tilstand IN ('laeses', 'kladde') AND organisation_id = NEW.driftsherre_id);
    UPDATE tilbud_fejlsag AS sag SET vist = '', besked = fjernet, svar = CASE WHEN svar = '' THEN '' ELSE fjernet END
    FROM tilbud_fejlmelding AS melding
    WHERE melding.id = sag.fejlmelding_id AND melding.tilbud_id = NEW.id AND melding.faktum IN ('adresse', 'numre');
    DELETE FROM tilbud_portalafvigelse WHERE tilbud_id = NEW.id AND felt IN ('adresse', 'p_nummer');
    PERFORM set_config('pgtrigger.ignore', '{{pgtrigger_append_only_a7ad6,pgtrigger_append_only_eb65f}}', true);
    UPDATE tilbud_fejlsagevent AS sag SET vist = '', besked = fjernet, svar = CASE WHEN svar = '' THEN '' ELSE fjernet END
    FROM tilbud_fejlmelding AS melding
    WHERE melding.id = sag.fejlmelding_id AND melding.tilbud_id = NEW.id AND melding.faktum IN ('adresse', 'numre');
    UPDATE tilbud_portalafvigelseevent SET vores = NULL, portalens = 'null'
    WHERE tilbud_id = NEW.id AND felt IN ('adresse', 'p_nummer');
    PERFORM set_config('pgtrigger.ignore', foer, true);
    RETURN NULL;
END $$;
CREATE TRIGGER tilbud_glem_adresse_andre_steder AFTER UPDATE ON tilbud_tilbud
FOR EACH ROW WHEN (NEW.beskyttet_adresse AND NOT OLD.beskyttet_adresse) EXECUTE FUNCTION tilbud_glem_adresse_andre_steder();
"""
GEM_IGEN = """
DROP TRIGGER tilbud_glem_adresse_andre_steder ON tilbud_tilbud;
DROP FUNCTION tilbud_glem_adresse_andre_steder();
DROP FUNCTION tilbud_import_uden_sted(jsonb, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("tilbud", "0021_fejlmeldinger_om_pladser")]

    operations = [migrations.RunSQL(GLEM, GEM_IGEN)]
