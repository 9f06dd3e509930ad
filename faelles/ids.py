"""Ids made in Python, because `uuidv7()` does not exist before PostgreSQL 18."""

import os
import time
import uuid


def uuid7() -> uuid.UUID:
    """A time-ordered UUID version 7 (RFC 9562 § 5.7): neighbours in time are neighbours in the index."""
    millisekunder = time.time_ns() // 1_000_000
    vaerdi = (millisekunder << 80) | int.from_bytes(os.urandom(10))
    vaerdi = (vaerdi & ~(0xF << 76)) | (0x7 << 76)
    vaerdi = (vaerdi & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=vaerdi)
