"""What names and descriptions are searched in is folded from signs put together: an Å of two signs is found as the one it is."""

from django.db import migrations

_FOLDET = "regexp_replace(translate(replace(replace(replace(normalize({0}, NFC), 'å', 'aa'), 'ö', 'oe'), 'ä', 'ae'), 'üé', 'ye'), '\\s+', ' ', 'g')"
_SAET = ", ".join(f"{navn} = {_FOLDET.format(navn)}" for navn in ("navn_soegning", "beskrivelse_soegning"))


class Migration(migrations.Migration):

    dependencies = [("tilbud", "0022_beskyttede_adresser_alle_steder")]

    operations = [
        migrations.RunSQL(
            f"UPDATE tilbud_tilbud SET {_SAET} WHERE navn_soegning IS NOT NFC NORMALIZED OR beskrivelse_soegning IS NOT NFC NORMALIZED",
            migrations.RunSQL.noop,
        )
    ]
