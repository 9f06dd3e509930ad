"""Codes as a person's app shows them."""

import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

from kommuner.models import Bruger

PERIODE = 30  # seconds a code is shown


def kode(hemmelighed: str, forskydning: int = 0) -> str:
    """The code of now, or so many codes later."""
    vist: str = format_hotp_value(hotp_value(hemmelighed, int(time.time()) // PERIODE + forskydning))
    return vist


def kodeapp(bruger: Bruger) -> str:
    """Give the person a code app and recovery codes; its secret."""
    hemmelighed: str = generate_totp_secret()
    TOTP.activate(bruger, hemmelighed)
    RecoveryCodes.activate(bruger)
    return hemmelighed


def genoprettelseskoder(bruger: Bruger) -> list[str]:
    """The recovery codes the person has left."""
    koder: list[str] = Authenticator.objects.get(user=bruger, type="recovery_codes").wrap().get_unused_codes()
    return koder


def laest(gemt: str) -> str:
    """A stored secret, decrypted."""
    tekst: str = get_adapter().decrypt(gemt)
    return tekst
