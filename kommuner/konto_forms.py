"""allauth's forms with our labels; what allauth words well stands as it is."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.cache import cache
from django.forms import Field

from faelles.formularer import vogt

_KODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "numeric"}


def _kodefelt(felt: Field, tekst: str, hjaelp: str) -> None:
    felt.label, felt.help_text, felt.widget.attrs = tekst, hjaelp, dict(_KODE_ATTRS)


class NyAdgangskodeForm(ResetPasswordForm):  # type: ignore[misc]  # allauth ships no types
    """Ask for a link to choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail"


class _Totrinskode:
    """A code from the app or a recovery code. A code counts once: with tolerance it is valid longer than allauth remembers it."""

    authenticator: Authenticator

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _kodefelt(
            self.fields["code"],  # type: ignore[attr-defined]  # mixed into forms
            "Kode",
            "Seks cifre fra din kodeapp, eller en af dine genoprettelseskoder.",
        )

    def clean_code(self) -> str:
        """Refuse a code from the app that has been used."""
        kode: str = super().clean_code()  # type: ignore[misc]  # mixed into forms
        cifre = "".join(tegn for tegn in kode if tegn.isalnum())
        levetid = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        brugt = f"totrin-brugt:{self.authenticator.pk}:{cifre}"
        if self.authenticator.type == Authenticator.Type.TOTP and not cache.add(brugt, True, timeout=levetid):  # noqa: FBT003 - any value
            raise get_adapter().validation_error("incorrect_code")
        return kode


class TotrinForm(_Totrinskode, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second step of logging in."""


class BekraeftKodeForm(_Totrinskode, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """Confirm that it is still the same person."""


class KodeappForm(ActivateTOTPForm):  # type: ignore[misc]  # allauth ships no types
    """Show that the code app works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _kodefelt(self.fields["code"], "Kode fra appen", "Seks cifre. Appen viser en ny kode hvert halve minut.")


class NoegleForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A new passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        navn, alene = self.fields["name"], self.fields["passwordless"]
        navn.label, navn.help_text = "Navn", "Så du kan kende nøglen igen, f.eks. »Arbejdstelefon«."
        navn.required = True
        vogt(navn)
        alene.label = "Log på med nøglen alene"
        alene.help_text = "Uden adgangskode. Nøglen skal kunne bede om fingeraftryk, ansigt eller pinkode."
        alene.initial = True


class NoeglenavnForm(EditWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """Rename a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Navn"
        vogt(self.fields["name"])
