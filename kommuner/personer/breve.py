"""Mails about people's roles: plain text, in Danish, sent when the change has been committed."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from faelles.brev import skriv


def send(skabelon: str, modtagere: Iterable[str], **kontekst: Any) -> None:
    """Send `templates/personer/breve/<skabelon>.txt` to each address by itself after commit; its first line is the subject.

    A mail server that refuses is logged and changes nothing: the page offers to send again.
    """
    brev = skriv(f"personer/breve/{skabelon}.txt", kontekst)
    for modtager in modtagere:
        transaction.on_commit(partial(brev.send, modtager), robust=True)
