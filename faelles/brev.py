"""Mails: plain text in Danish from a template whose first line is the subject."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def adresse(sti: str) -> str:
    """A path as a whole address, as it stands in a mail (PLATFORM_URL)."""
    return f"{settings.PLATFORM_URL.rstrip('/')}{sti}"


@dataclass(frozen=True, slots=True)
class Brev:
    """What is to be sent."""

    emne: str
    indhold: str

    def send(self, til: str) -> None:
        """Raises SMTPException or OSError when it cannot be sent."""
        send_mail(self.emne, self.indhold, None, [til])


def skriv(skabelon: str, kontekst: Mapping[str, Any]) -> Brev:
    """The mail a template gives; it may lead to the platform's front page (`forside`)."""
    tekst = render_to_string(skabelon, {"forside": adresse("/"), **kontekst})
    emne, _, indhold = tekst.strip().partition("\n")
    return Brev(emne.strip(), f"{indhold.strip()}\n")


def forsoeg(skabelon: str, til: str, kontekst: Mapping[str, Any], *, ellers: str, **om: str) -> bool:
    """Whether it was sent; when not, the log says so as the event `ellers`, with what it was about. Nothing else comes of it here."""
    brev = skriv(skabelon, kontekst)
    try:
        brev.send(til)
    except (SMTPException, OSError):
        log.exception(ellers, extra=om)
        return False
    return True
