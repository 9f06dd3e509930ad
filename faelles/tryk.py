"""Fingerprints of what somebody was shown, sent out and sent back to tell whether it has changed since."""

from hashlib import sha256

LAENGDE = 32  # hexadecimal digits, as of a UUID: the CPR guard takes no part of one for a number


def tryk(tekst: str) -> str:
    """The fingerprint of a text."""
    return sha256(tekst.encode()).hexdigest()[:LAENGDE]
