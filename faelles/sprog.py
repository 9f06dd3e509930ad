"""Danish order and Danish search, which the database's C locale knows nothing of."""

import re
import unicodedata

_FOLDNING = str.maketrans({"å": "aa", "ø": "oe", "æ": "ae", "ö": "oe", "ä": "ae", "ü": "y", "é": "e"})


def soegefold(tekst: str) -> str:
    """Lower-case text with å→aa, ø→oe, æ→ae, so that "Ålholm", "ålholm" and "Aalholm" meet each other, the Å in one sign or two."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", tekst).strip().lower().translate(_FOLDNING))


def sortnoegle(tekst: str) -> str:
    """Key for Danish alphabetical order: æ, ø, å last, and aa sorted as å (Retskrivningsordbogen).

    Digits keep their numeric order ("Hus 2" before "Hus 10").
    """
    lille = unicodedata.normalize("NFC", tekst.strip().lower()).replace("aa", "å")
    lille = lille.replace("æ", "{a").replace("ä", "{a").replace("ø", "{b").replace("ö", "{b").replace("å", "{c")
    lille = lille.replace("ü", "y").replace("é", "e")
    return re.sub(r"\d+", lambda tal: tal.group().zfill(6), lille)
