"""Every URL of the platform."""

from allauth.mfa.totp.views import activate_totp
from csp.decorators import csp_update
from django.urls import URLPattern, URLResolver, include, path
from oauth2_provider.views import RevokeTokenView

from faelles.kontakt import security_txt
from kommuner import profil, session
from kommuner import views as kommuner
from kommuner.breve import views as breve_views
from kommuner.tokenvaern import Tokenadresse, bremset
from rammeaftale.hoering.svarside import svar as hoeringssvar
from takster.aarsliste.urls import urlpatterns as aarsliste_urls
from takster.budget.urls import urlpatterns as budget_urls
from takster.dokumenter.urls import urlpatterns as dokument_urls
from takster.fastsaettelse.urls import urlpatterns as fastsaettelse_urls
from takster.finansiering.urls import urlpatterns as finansiering_urls
from takster.frister.urls import urlpatterns as frist_urls
from takster.kontrol.urls import urlpatterns as kontrol_urls
from takster.prisblade.urls import urlpatterns as prisblad_urls
from takster.regnskab.urls import urlpatterns as regnskab_urls
from takster.urls import urlpatterns as takster_urls
from takster.vaekst.urls import urlpatterns as vaekst_urls
from tilbud.urls import urlpatterns as tilbud_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("", kommuner.start, name="start"),
    path("rolle", kommuner.rolle, name="rolle"),
    path("sundhed", kommuner.sundhed, name="sundhed"),
    path("was", kommuner.was, name="was"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path("hoering/svar", hoeringssvar, name="hoeringssvar"),
    path("session", session.session, name="session"),
    path("profil", profil.profil, name="profil"),
    path("profil/mails", breve_views.breve, name="breve"),
    path("profil/sessioner/<int:session_id>/afslut", profil.afslut_session, name="profil_afslut_session"),
    # allauth's pages for own addresses and for tying logins to oneself: administrators and providers decide those.
    path("konto/email/", kommuner.findes_ikke),
    path("konto/udbyder/", kommuner.findes_ikke),
    path("konto/udbyder/signup/", kommuner.findes_ikke),
    path("konto/udbyder/", include("allauth.socialaccount.urls")),
    # The key's QR code stands in the page itself, so that no address ever gives it.
    path("konto/totrin/totp/activate/", csp_update({"img-src": ["data:"]})(activate_totp), name="mfa_activate_totp"),
    path("konto/totrin/", include("allauth.mfa.urls")),
    path("konto/sessioner/", include("allauth.usersessions.urls")),
    path("konto/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("konto/", include("allauth.account.urls")),
    path("klienter/", include("kommuner.klienter.urls")),
    path("personer/", include("kommuner.personer.urls")),
    path("soeg/", include("reservationer.soegning.urls")),
    path("tilbud/", include(([*tilbud_urls, *takster_urls], "tilbud"))),
    path(
        "takster/",
        include(
            (
                [
                    *budget_urls,
                    *regnskab_urls,
                    *fastsaettelse_urls,
                    *prisblad_urls,
                    *finansiering_urls,
                    *frist_urls,
                    *aarsliste_urls,
                    *vaekst_urls,
                    *dokument_urls,
                    *kontrol_urls,
                ],
                "takster",
            )
        ),
    ),
    path("forespoergsler/", include("reservationer.sag.forespoergsler.urls")),
    path("ventelister/", include("reservationer.venteliste.urls")),
    path("svartider/", include("reservationer.svartider.urls")),
    path("ophold/", include("reservationer.sag.ophold.urls")),
    path("prisudvikling/", include("reservationer.sag.prisudvikling.urls")),
    path("placeringsaftaler/", include("reservationer.sag.aftaler.urls")),
    path("reservationer/", include("reservationer.sag.urls")),
    path("rammeaftaler/", include("rammeaftale.urls")),
    path("rapporter/", include("rammeaftale.rapporter.urls")),
    path("spor/", include("kommuner.spor.urls")),
    path("aabne-data/", include("tilbud.aabnedata.urls")),
    path("api/v1/", include("config.api")),
    # Only what client credentials need of the OAuth provider: no consent pages, no client registration.
    path("o/token/", bremset(Tokenadresse.as_view()), name="token"),
    path("o/revoke_token/", bremset(RevokeTokenView.as_view()), name="revoke-token"),
]

handler400 = "faelles.fejlsider.ulaeselig"
handler429 = "kommuner.graense.for_mange"  # where allauth looks for it
handler500 = "faelles.fejlsider.intern_fejl"
