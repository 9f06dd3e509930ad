"""The log-in providers of the organisations (OpenID Connect), as the environment names them. Pure: the settings read it.

What the fields mean to an operator stands in docs/saadan/tilslut-login.md; why they are as they are in docs/adr/0011.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_ID = re.compile(r"^[a-z0-9][a-z0-9-]{0,39}$")
_CVR = re.compile(r"^\d{8}$")
_LISTER = ("cvr", "domaener", "oprindelser")


@dataclass(frozen=True, slots=True)
class Udbyder:
    """A provider, the organisations it may speak for (`cvr`), and the e-mail domains it is trusted with (`domaener`).

    `roller`: value of the claim `claim_rolle` → our role. `claim_cvr` empty: everybody belongs to all of `cvr`.
    `adresser_er_bekraeftede`: it sends no `email_verified`, but gives out the addresses of its domains itself.
    `totrin`: it asks for a second factor itself, so we do not. `oprindelser`: further origins its log-in passes through.
    """

    id: str
    navn: str
    server_url: str
    client_id: str
    client_secret: str = field(repr=False)
    cvr: frozenset[str]
    domaener: frozenset[str]
    roller: Mapping[str, str]
    claim_rolle: str = "roles"
    claim_cvr: str = ""
    adresser_er_bekraeftede: bool = False
    totrin: bool = False
    oprindelser: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what would fail, or let too many in, at the first log-in."""
        if not _ID.match(self.id):
            raise ImproperlyConfigured(f"OIDC_UDBYDERE: id »{self.id}« skal være små bogstaver, tal og bindestreg.")
        if not _sikker(self.server_url) or not all(_sikker(oprindelse) for oprindelse in self.oprindelser):
            raise ImproperlyConfigured(f"OIDC_UDBYDERE: {self.id} skal bruge https.")
        if not self.cvr or not all(_CVR.match(cvr) for cvr in self.cvr):
            raise ImproperlyConfigured(f"OIDC_UDBYDERE: {self.id} skal have mindst ét cvr på otte cifre.")
        if not self.domaener or not self.roller:
            raise ImproperlyConfigured(f"OIDC_UDBYDERE: {self.id} skal have domaener og roller.")

    @property
    def app(self) -> dict[str, Any]:
        """The provider as allauth wants it in SOCIALACCOUNT_PROVIDERS."""
        return {
            "provider_id": self.id,
            "name": self.navn,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.server_url},
        }

    @property
    def form_action(self) -> list[str]:
        """Origins a log-in that begins with a form of ours passes through."""
        dele = urlsplit(self.server_url)
        return [f"{dele.scheme}://{dele.netloc}", *sorted(self.oprindelser)]


def _sikker(url: str) -> bool:
    """Whether the address is https, or on this machine."""
    dele = urlsplit(url)
    return bool(dele.hostname) and (dele.scheme == "https" or dele.hostname == "localhost")


def laes_udbydere(tekst: str) -> tuple[Udbyder, ...]:
    """The providers in a JSON list of objects. Raises ImproperlyConfigured, naming what is wrong."""
    try:
        raekker = json.loads(tekst)
    except ValueError as fejl:
        raise ImproperlyConfigured(f"OIDC_UDBYDERE er ikke gyldig JSON: {fejl}") from fejl
    if not isinstance(raekker, list) or not all(isinstance(raekke, dict) for raekke in raekker):
        raise ImproperlyConfigured("OIDC_UDBYDERE skal være en liste af objekter.")
    udbydere = tuple(_udbyder(raekke) for raekke in raekker)
    if len({udbyder.id for udbyder in udbydere}) < len(udbydere):
        raise ImproperlyConfigured("OIDC_UDBYDERE: to udbydere har samme id.")
    return udbydere


def _udbyder(raekke: dict[str, Any]) -> Udbyder:
    ukendte = set(raekke) - {felt.name for felt in fields(Udbyder)}
    if ukendte:
        raise ImproperlyConfigured(f"OIDC_UDBYDERE: ukendte felter: {', '.join(sorted(ukendte))}.")
    lister = {navn: _liste(navn, raekke[navn]) for navn in _LISTER if navn in raekke}
    try:
        return Udbyder(**{**raekke, **lister})
    except TypeError as fejl:
        raise ImproperlyConfigured(f"OIDC_UDBYDERE: {raekke.get('id', 'en udbyder')} mangler felter: {fejl}") from fejl


def _liste(navn: str, vaerdi: object) -> frozenset[str]:
    """A JSON list of texts; a single text would otherwise become its letters."""
    if not isinstance(vaerdi, list) or not all(isinstance(del_, str) for del_ in vaerdi):
        raise ImproperlyConfigured(f"OIDC_UDBYDERE: {navn} skal være en liste af tekster.")
    return frozenset(del_.lower() for del_ in vaerdi)
