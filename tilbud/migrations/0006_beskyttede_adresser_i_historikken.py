"""The history of an offer keeps no more of a protected address than the offer does, and no P-number to look it up by."""

from django.db import migrations

# The first as the owner, because nobody else may change history, and past the trigger that guards it for that one statement.
GLEM = """
CREATE FUNCTION tilbud_glem_adresse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    foer text := coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{}');
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_d1a92}', true);
    UPDATE tilbud_tilbudevent SET adresse = '', laengdegrad = NULL, breddegrad = NULL, p_nummer = ''
    WHERE pgh_obj_id = NEW.id;
    PERFORM set_config('pgtrigger.ignore', foer, true);
    RETURN NULL;
END $$;
CREATE TRIGGER tilbud_glem_adresse AFTER UPDATE ON tilbud_tilbud
FOR EACH ROW WHEN (NEW.beskyttet_adresse AND NOT OLD.beskyttet_adresse) EXECUTE FUNCTION tilbud_glem_adresse();

CREATE FUNCTION tilbud_uden_p_nummer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.p_nummer := '';
    RETURN NEW;
END $$;
CREATE TRIGGER tilbud_uden_p_nummer BEFORE INSERT ON tilbud_tilbudevent
FOR EACH ROW WHEN (NEW.beskyttet_adresse) EXECUTE FUNCTION tilbud_uden_p_nummer();
"""
GEM_IGEN = """
DROP TRIGGER tilbud_uden_p_nummer ON tilbud_tilbudevent;
DROP FUNCTION tilbud_uden_p_nummer();
DROP TRIGGER tilbud_glem_adresse ON tilbud_tilbud;
DROP FUNCTION tilbud_glem_adresse();
"""


class Migration(migrations.Migration):
    dependencies = [("tilbud", "0005_historik")]

    operations = [migrations.RunSQL(GLEM, GEM_IGEN)]
