"""The key in an invitation's link: 256 random bits, so a plain hash is enough to keep it unreadable here."""

from hashlib import sha256


def fingeraftryk(noegle: str) -> str:
    """What is stored of a key, in hex."""
    return sha256(noegle.encode()).hexdigest()
