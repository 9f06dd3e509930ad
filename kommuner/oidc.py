"""Logging in with an organisation's own provider: who may, and which roles the provider's claims give (docs/adr/0011)."""

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from faelles.afsender import praeciser
from faelles.fejl import IngenAdgang
from faelles.tid import Periode, idag, nu
from kommuner.models import Bruger, Organisation, Organisationsart, Rolle, Tilknytning
from kommuner.roller import ROLLEINDHOLD
from kommuner.udbydere import Udbyder

logger = logging.getLogger(__name__)

Oensket = tuple[UUID, Rolle]  # organisation and role


def kontroller_roller(udbydere: Iterable[Udbyder]) -> None:
    """Raise ImproperlyConfigured when a provider gives a role we do not have."""
    for udbyder in udbydere:
        ukendte = set(udbyder.roller.values()) - set(Rolle.values)
        if ukendte:
            raise ImproperlyConfigured(
                f"OIDC_UDBYDERE: {udbyder.id} giver roller, der ikke findes: {', '.join(sorted(ukendte))}."
            )


def oenskede_tilknytninger(udbyder: Udbyder, claims: Mapping[str, Any]) -> set[Oensket]:
    """What the claims say the person is. Raises IngenAdgang when they name nothing this provider can give.

    Values of the role claim we have no mapping for are left out: providers send all groups of a person.
    """
    cvr = _vaerdier(claims, udbyder.claim_cvr) if udbyder.claim_cvr else udbyder.cvr
    fremmede = cvr - udbyder.cvr
    if fremmede or not cvr:
        raise IngenAdgang(
            "login_ukendt_organisation",
            f"{udbyder.navn} siger, at du hører til en organisation med CVR-nummer {', '.join(sorted(fremmede)) or '(intet)'}. "
            "Den kan du ikke logge på for herfra.",
        )
    sendt = _vaerdier(claims, udbyder.claim_rolle)
    roller = {Rolle(udbyder.roller[vaerdi]) for vaerdi in sendt if vaerdi in udbyder.roller}
    if not roller:
        raise IngenAdgang("login_ingen_rolle", f"{udbyder.navn} siger ikke, hvilken rolle du har i Rammeaftale.")
    organisationer = list(Organisation.objects.filter(cvr__in=cvr))
    return {(_organisation(nummer, rolle, organisationer), rolle) for nummer in cvr for rolle in roller}


def afstem_tilknytninger(*, bruger: Bruger, kilde: str, oenskede: set[Oensket], dag: date) -> None:
    """Make the person's memberships from this provider what it says today; those given by hand are left alone.

    New ones begin on the day and vanished ones end on it. A role the person holds anyway is not given twice.
    """
    praeciser(identitet=f"bruger:{bruger.pk}", udbyder=kilde)
    with transaction.atomic():
        Bruger.objects.select_for_update(no_key=True).get(pk=bruger.pk)
        mangler = set(oenskede)
        for har in Tilknytning.objects.paa(dag).filter(bruger=bruger, kilde=kilde):
            if (har.organisation_id, Rolle(har.rolle)) in mangler:
                mangler.discard((har.organisation_id, Rolle(har.rolle)))
            else:
                _afslut(har, dag)
        for organisation_id, rolle in mangler:
            _begynd(bruger, kilde, organisation_id, rolle, dag)


def _afslut(tilknytning: Tilknytning, dag: date) -> None:
    fra = Periode.af_range(tilknytning.periode).fra
    if fra >= dag:  # a period holds at least one day, and this one has not
        tilknytning.afsluttet = nu()
        tilknytning.save(update_fields=["afsluttet"])
    else:
        tilknytning.periode = Periode(fra, dag).som_range
        tilknytning.save(update_fields=["periode"])


def _begynd(bruger: Bruger, kilde: str, organisation_id: UUID, rolle: Rolle, dag: date) -> None:
    """From the day until the same role begins otherwise (never two at a time: `tilknytning_en_rolle_ad_gangen`)."""
    samme = Tilknytning.objects.uafsluttede().filter(bruger=bruger, organisation_id=organisation_id, rolle=rolle)
    if samme.paa(dag).exists():
        return
    senere = [Periode.af_range(t.periode).fra for t in samme.filter(periode__startswith__gt=dag)]
    Tilknytning.objects.create(
        bruger=bruger,
        organisation_id=organisation_id,
        rolle=rolle,
        kilde=kilde,
        periode=Periode(dag, min(senere, default=None)).som_range,
    )


def _vaerdier(claims: Mapping[str, Any], navn: str) -> frozenset[str]:
    """A claim's values; providers send one text or a list."""
    vaerdi = claims.get(navn) or []
    liste = vaerdi if isinstance(vaerdi, list) else [vaerdi]
    return frozenset(str(del_) for del_ in liste)


def _organisation(cvr: str, rolle: Rolle, organisationer: Iterable[Organisation]) -> UUID:
    """The organisation with the number that can have the role; one number may be municipality and secretariat at once."""
    mulige = [
        organisation
        for organisation in organisationer
        if organisation.cvr == cvr and Organisationsart(organisation.art) in ROLLEINDHOLD[rolle].arter
    ]
    if len(mulige) == 1:
        return mulige[0].pk
    grund = "ingen organisation, der kan have" if not mulige else "flere organisationer, der kan have"
    raise IngenAdgang(
        "login_organisation_passer_ikke",
        f"CVR-nummer {cvr} er {grund} rollen {rolle.label.lower()} i Rammeaftale.",
    )


class UdbyderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's log-in with a provider, closed except for what the provider is configured to decide."""

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, Any]) -> Bruger:
        """Keep the address only. The claims, with the person's name in them, stay in this request (adr/0006)."""
        token, info = (sociallogin.account.extra_data.get(del_, {}) for del_ in ("id_token", "userinfo"))
        if token and info and token.get("sub") != info.get("sub"):
            raise OAuth2Error("userinfo is about somebody else than the token")  # OpenID Connect Core 5.3.2
        sociallogin.claims = {**token, **info}
        sociallogin.account.extra_data = {}
        for adresse in sociallogin.email_addresses:
            adresse.verified = _har_adresse(_udbyder(sociallogin), sociallogin.claims)
        bruger: Bruger = super().populate_user(request, sociallogin, {"email": data.get("email")})
        return bruger

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's signature
        """Whoever comes past `pre_social_login`."""
        return True

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:  # noqa: ARG002 - allauth's signature
        """Whether an existing person with the address is this one: the provider must be trusted with its domain."""
        return _har_adresse(_udbyder(login), login.claims)

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in only whom the claims give a role, and make her memberships what they say."""
        udbyder = _udbyder(sociallogin)
        kendt = sociallogin.user if sociallogin.is_existing else None
        try:
            oenskede = _tjek(udbyder, sociallogin, ny=kendt is None)
        except IngenAdgang as fejl:
            if kendt is not None:
                afstem_tilknytninger(bruger=kendt, kilde=udbyder.id, oenskede=set(), dag=idag())
            raise ImmediateHttpResponse(_afvis(request, udbyder, sociallogin, fejl)) from fejl
        sociallogin.oenskede = oenskede
        if kendt is not None:
            afstem_tilknytninger(bruger=kendt, kilde=udbyder.id, oenskede=oenskede, dag=idag())

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> Bruger:
        """A new person, with her memberships."""
        bruger: Bruger = super().save_user(request, sociallogin, form)
        kilde = sociallogin.account.provider
        afstem_tilknytninger(bruger=bruger, kilde=kilde, oenskede=sociallogin.oenskede, dag=idag())
        return bruger

    def on_authentication_error(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,  # noqa: ARG002 - as above
    ) -> None:
        """Somebody has to find out why; the page only says that it went wrong."""
        logger.warning("login hos %s gik galt: %s", provider.app.provider_id, error, exc_info=exception)


def _udbyder(sociallogin: SocialLogin) -> Udbyder:
    return next(u for u in settings.OIDC_UDBYDERE if u.id == sociallogin.account.provider)


def _tjek(udbyder: Udbyder, sociallogin: SocialLogin, *, ny: bool) -> set[Oensket]:
    """What the claims give. Raises IngenAdgang when they give nothing, or a new person has no address we can trust."""
    if sociallogin.state.get("process") != "login":
        raise IngenAdgang("login_kobling", "Et login hos en udbyder kan ikke kobles til en bruger her.")
    oenskede = oenskede_tilknytninger(udbyder, sociallogin.claims)
    if ny and not _har_adresse(udbyder, sociallogin.claims):
        raise IngenAdgang(
            "login_adresse",
            f"{udbyder.navn} har ikke givet os en bekræftet e-mailadresse, der hører til organisationen.",
        )
    return oenskede


def _har_adresse(udbyder: Udbyder, claims: Mapping[str, Any]) -> bool:
    """Whether the claims bear a verified address of a domain the provider is trusted with."""
    email, bekraeftet = claims.get("email"), claims.get("email_verified")
    if not isinstance(email, str) or email.rpartition("@")[2].lower() not in udbyder.domaener:
        return False
    return bekraeftet is True or (bekraeftet is None and udbyder.adresser_er_bekraeftede)


def _afvis(request: HttpRequest, udbyder: Udbyder, sociallogin: SocialLogin, fejl: IngenAdgang) -> HttpResponse:
    logger.warning(
        "login hos %s afvist (%s): sub=%r, organisation=%r, roller=%r",
        udbyder.id,
        fejl.kode,
        sociallogin.account.uid,
        sociallogin.claims.get(udbyder.claim_cvr),
        sociallogin.claims.get(udbyder.claim_rolle),
    )
    return render(request, "socialaccount/afvist.html", {"fejl": fejl, "udbyder": udbyder}, status=fejl.status)
