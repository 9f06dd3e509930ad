"""Ids made in Python, because `uuidv7()` does not exist before PostgreSQL 18; and references for people."""

import os
import re
import secrets
import time
import uuid

# Crockford's base 32 without its vowels: nothing to mistake for another (I, L, O, U), and no words.
_BOGSTAVER = "BCDFGHJKMNPQRSTVWXYZ"
_TEGN = f"0123456789{_BOGSTAVER}"
_GRUPPER, _I_GRUPPEN = 3, 4
REFERENCE = rf"^[{_BOGSTAVER}][{_TEGN}]{{3}}(-[{_BOGSTAVER}][{_TEGN}]{{3}}){{2}}$"
REFERENCE_LAENGDE = _GRUPPER * (_I_GRUPPEN + 1) - 1
_FORVEKSLET = str.maketrans("OIL", "011")


def uuid7() -> uuid.UUID:
    """A time-ordered UUID version 7 (RFC 9562 § 5.7): neighbours in time are neighbours in the index."""
    millisekunder = time.time_ns() // 1_000_000
    vaerdi = (millisekunder << 80) | int.from_bytes(os.urandom(10))
    vaerdi = (vaerdi & ~(0xF << 76)) | (0x7 << 76)
    vaerdi = (vaerdi & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=vaerdi)


def ny_reference() -> str:
    """A random reference people can read aloud, for instance `K7QF-X0M2-P9RT` (57 bits): it says nothing about anything.

    Each group begins with a letter, so it can never be taken for a CPR number, with or without its hyphens.
    """
    return "-".join(
        secrets.choice(_BOGSTAVER) + "".join(secrets.choice(_TEGN) for _ in range(_I_GRUPPEN - 1))
        for _ in range(_GRUPPER)
    )


def laes_reference(tekst: str) -> str:
    """The reference somebody has typed: in any case, with or without hyphens, O for 0, I or L for 1. Else the empty string."""
    tegn = re.sub(r"[\s-]", "", tekst).upper().translate(_FORVEKSLET)
    skrevet = "-".join(tegn[fra : fra + _I_GRUPPEN] for fra in range(0, len(tegn), _I_GRUPPEN))
    return skrevet if re.match(REFERENCE, skrevet) else ""
