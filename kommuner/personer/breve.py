"""Mails about people's roles: plain text, in Danish, sent when the change has been committed."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string


def adresse(sti: str) -> str:
    """A path as a whole address, as it stands in a mail (PLATFORM_URL)."""
    return f"{settings.PLATFORM_URL.rstrip('/')}{sti}"


def send(skabelon: str, modtagere: Iterable[str], **kontekst: Any) -> None:
    """Send `templates/personer/breve/<skabelon>.txt` to each address by itself after commit; its first line is the subject.

    A mail server that refuses is logged and changes nothing: the page offers to send again.
    """
    tekst = render_to_string(f"personer/breve/{skabelon}.txt", {**kontekst, "forside": adresse("/")})
    emne, _, indhold = tekst.strip().partition("\n")
    for modtager in modtagere:
        brev = partial(send_mail, emne.strip(), indhold.strip() + "\n", None, [modtager])
        transaction.on_commit(brev, robust=True)
