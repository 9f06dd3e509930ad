"""All settings, read from the environment (12-factor). A missing required variable stops the start with its name.

Development values are set by `drift.udvikling` before this module is read, so there is no second settings file.
"""

from pathlib import Path
from typing import Any

import environ
import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.enumnavne import ENUMNAVNE
from config.tidsplan import TIDSPLAN
from faelles.aktoer import SCOPES
from faelles.graenser import Graense, laes_sats
from faelles.lager import laes_lager
from kommuner.udbydere import Udbyder, laes_udbydere

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

SECRET_KEY: str = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG: bool = env.bool("DEBUG", default=False)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
REDIS_URL: str = env.str("REDIS_URL")
VERSION = "0.1.0"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "oauth2_provider",
    "rest_framework",
    "drf_spectacular",
    "faelles",
    "kommuner",
    "vilkaar",
    "tilbud",
    "tilbud.belaegning",
    "takster",
    "reservationer.soegning",
    "reservationer.sag",
    "reservationer.venteliste",
    "rammeaftale",
    "rammeaftale.rapporter",
]

MIDDLEWARE = [
    "faelles.sporing.SporMiddleware",
    "faelles.middleware.AfsenderMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "faelles.middleware.HovedMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "faelles.middleware.KropMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kommuner.session.AktivitetMiddleware",
    "kommuner.middleware.AktoerMiddleware",
    "faelles.middleware.DomaeneFejlMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "faelles.formularer.Dkfds"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["faelles.templatetags.dansk"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kommuner.context.ramme",
            ],
        },
    }
]

# --- Database -------------------------------------------------------------------------------------------------------
# DATABASE_URL is the application role: it owns nothing and cannot pass row-level security. Migrations and data loading run
# with DATABASE_OWNER_URL, which `manage.py` puts in DATABASE_URL's place for exactly those commands.
DATABASES: dict[str, dict[str, Any]] = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["ATOMIC_REQUESTS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["HOST"] = DATABASES["default"].setdefault("OPTIONS", {}).pop("host", DATABASES["default"]["HOST"])
LAASEFRIST: int = env.int("LAASEFRIST", default=3)
DATABASES["default"]["OPTIONS"]["options"] = f"-c lock_timeout={LAASEFRIST}s -c timezone=UTC"
DATABASE_APP_ROLLE: str = env.str("DATABASE_APP_ROLE", default="rammeaftale_app")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Cache, queue ---------------------------------------------------------------------------------------------------
# REDIS_URL names no database: the queue is in 0 and the cache in 1, so that emptying the cache never loses a task.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {
            "db": 1,
            "socket_timeout": 2,
        },  # seconds; the limits are counted here, and nobody waits long for that
    }
}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_DEFAULT_QUEUE = "standard"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Copenhagen"
# Longer than the longest task: a shorter one would make Redis hand a running task to a second worker.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE = TIDSPLAN

# --- People and systems ---------------------------------------------------------------------------------------------
# No index per relation of a history row: the log asks by time, by organisation and by the thing itself (faelles.spor).
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

AUTH_USER_MODEL = "kommuner.Bruger"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_ADAPTER = "kommuner.konto.KontoAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"  # administrators create the users; there is no sign-up
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {"reset_password": "kommuner.konto_forms.NyAdgangskodeForm"}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"

# A session ends when the person has not used the platform for so many seconds, or closes the browser (kommuner.session).
SESSION_COOKIE_AGE: int = env.int("SESSION_COOKIE_AGE", default=3600)
if SESSION_COOKIE_AGE < 60:  # noqa: PLR2004 - the warning comes half-way at the latest, and people need 20 seconds
    raise ImproperlyConfigured("SESSION_COOKIE_AGE skal være mindst 60 sekunder.")
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True

# Limits of allauth: amount/period/per, where per is "ip", "user" or "key" (the address or person it is tried for).
# A municipality's people share one IP address, so the limits per address are those of an office, not of a person.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": env.str("LOGIN_FEJL_GRAENSE", default="20/m/ip,100/h/ip,5/15m/key"),
    "reset_password": env.str("NY_ADGANGSKODE_GRAENSE", default="20/m/ip,3/15m/key"),
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

# The second factor. Roles that administer or read cases are asked for one (kommuner.totrin); this makes it a demand.
MFA_PAAKRAEVET: bool = env.bool("MFA_PAAKRAEVET", default=not DEBUG)
MFA_ADAPTER = "kommuner.totrin.TotrinAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Rammeaftale"
MFA_TOTP_TOLERANCE = 1  # the code before and after too: people type slowly; a used code is refused (konto_forms)
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up here, so no address is anybody's but the invited person's
MFA_FORMS = {
    "authenticate": "kommuner.konto_forms.TotrinForm",
    "reauthenticate": "kommuner.konto_forms.BekraeftKodeForm",
    "activate_totp": "kommuner.konto_forms.KodeappForm",
    "add_webauthn": "kommuner.konto_forms.NoegleForm",
    "edit_webauthn": "kommuner.konto_forms.NoeglenavnForm",
}

# Logging in with an organisation's own provider (OpenID Connect); see docs/saadan/tilslut-login.md.
OIDC_UDBYDERE: tuple[Udbyder, ...] = laes_udbydere(env.str("OIDC_UDBYDERE", default="[]"))
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [udbyder.app for udbyder in OIDC_UDBYDERE]}
}
SOCIALACCOUNT_ADAPTER = "kommuner.oidc.UdbyderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True  # only where UdbyderAdapter trusts the address

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://" if DEBUG else environ.Env.NOTSET)
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="rammeaftale@localhost")

# How many days an invitation's link works, and the platform's own address as it stands in mails.
INVITATION_DAGE: int = env.int("INVITATION_DAGE", default=7)
PLATFORM_URL: str = env.str("PLATFORM_URL", default=f"https://{next(iter(ALLOWED_HOSTS), '')}")

# How long the answer to an Idempotency-Key is kept, in days; never under two.
IDEMPOTENS_DAGE: int = env.int("IDEMPOTENS_DAGE", default=7)
# An active credential older than this is marked on the page of API clients: it is time to change it.
KLIENTNOEGLE_DAGE: int = env.int("KLIENTNOEGLE_DAGE", default=365)
# How long the logs are kept, in days; why so long, and what is never deleted, stands in docs/drift.md.
LAESELOG_DAGE: int = env.int("LAESELOG_DAGE", default=730)
AENDRINGSLOG_DAGE: int = env.int("AENDRINGSLOG_DAGE", default=2192)
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth2_provider.Application"
OAUTH2_PROVIDER = {
    # RFC 9700: only client credentials are offered, tokens are stored hashed and never read from a URL.
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "SCOPES": dict(SCOPES),
    "ACCESS_TOKEN_EXPIRE_SECONDS": 900,
    "SCOPES_BACKEND_CLASS": "kommuner.oauth.KlientScopes",
    "OAUTH2_VALIDATOR_CLASS": "kommuner.oauth.Klientvalidator",
}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["kommuner.oauth.KlientAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["faelles.rettigheder.Lukket"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["faelles.json_krop.JsonKrop"],
    "DEFAULT_SCHEMA_CLASS": "faelles.openapi.Skema",
    "EXCEPTION_HANDLER": "faelles.problem.behandl",
    "DEFAULT_VERSIONING_CLASS": None,
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "TITLE": "Rammeaftale API",
    "DESCRIPTION": "Kommunernes adgang til tilbud, pladser, takster, reservationer og rammeaftaler.",
    "VERSION": VERSION,
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "config.apieksempler.tilfoej"],
    "ENUM_NAME_OVERRIDES": ENUMNAVNE,
    "CONTACT": {"name": "Rammeaftale", "url": "https://rammeaftale.example.dk", "email": "api@rammeaftale.example.dk"},
}

# --- Pages ----------------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "da"
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    ("dkfds", BASE_DIR / "node_modules/dkfds/dist"),
    ("htmx", BASE_DIR / "node_modules/htmx.org/dist"),
    *((navn, BASE_DIR / f"node_modules/{navn}/build") for navn in ("vega", "vega-lite", "vega-embed")),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
    "rapporter": laes_lager("RAPPORTLAGER", env.str("RAPPORTLAGER")),
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # our files are for our own pages

# --- Security (docs/sikkerhed.md) -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "frame-src": [NONE],
        "worker-src": [NONE],
        "base-uri": [NONE],
        # Chromium holds the redirect after a form against this too, and a log-in begins with a form.
        "form-action": [SELF, *(oprindelse for udbyder in OIDC_UDBYDERE for oprindelse in udbyder.form_action)],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY = ", ".join(
    f"{navn}=()"
    for navn in (
        "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
# Behind a proxy that ends TLS: the proxy must set (and strip from clients) X-Forwarded-Proto.
_BAG_TLS_PROXY: bool = env.bool("TLS", default=not DEBUG)
# How many proxies of ours stand in front and add to X-Forwarded-For: whoever asks is who the outermost of them has noted.
PROXYER: int = env.int("PROXYER", default=1 if _BAG_TLS_PROXY else 0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXYER
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BAG_TLS_PROXY else None
SECURE_SSL_REDIRECT = _BAG_TLS_PROXY
SECURE_REDIRECT_EXEMPT = [r"^sundhed$"]
SESSION_COOKIE_SECURE = _BAG_TLS_PROXY
CSRF_COOKIE_SECURE = _BAG_TLS_PROXY
CSRF_COOKIE_HTTPONLY = True  # pages hand the token to htmx themselves
# A browser takes a __Host- cookie only from this very host, over TLS: no neighbour on the domain can plant one.
SESSION_COOKIE_NAME = "__Host-session" if _BAG_TLS_PROXY else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrf" if _BAG_TLS_PROXY else "csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what is said to a person is in no cookie
SECURE_HSTS_SECONDS = 31_536_000 if _BAG_TLS_PROXY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _BAG_TLS_PROXY
SECURE_HSTS_PRELOAD = _BAG_TLS_PROXY
if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS skal nævne værtsnavnene; * godtager alle.")

# What may be sent at once, in bytes: a form's fields, an upload with its form, a body of the API; and fields and files.
DATA_UPLOAD_MAX_MEMORY_SIZE: int = env.int("FORMULAR_MAKS", default=1_000_000)
UPLOAD_MAKS: int = env.int("UPLOAD_MAKS", default=10_000_000)
# One file of an answer to a hearing, of which there are three at most; together less than UPLOAD_MAKS.
HOERINGSFIL_MAKS: int = env.int("HOERINGSFIL_MAKS", default=3_000_000)
API_KROP_MAKS: int = env.int("API_KROP_MAKS", default=1_000_000)
# Whose body is a file, and may be as large as an upload.
API_FILADRESSER = (
    "/api/v1/importer",
    "/api/v1/budgetimporter",
    "/api/v1/budgetproever",
    "/api/v1/regnskabsimporter",
    "/api/v1/regnskabsproever",
)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# How often: a number and a period (s, m, h, d), each with a variable of its own; faelles.graenser says who is counted.
GRAENSER: dict[Graense, tuple[int, int]] = {
    Graense.SOEG: laes_sats(env.str("GRAENSE_SOEG", default="120/m")),
    Graense.SKRIV: laes_sats(env.str("GRAENSE_SKRIV", default="60/m")),
    Graense.HENT: laes_sats(env.str("GRAENSE_HENT", default="60/m")),
    Graense.API_SOEG: laes_sats(env.str("GRAENSE_API_SOEG", default="1200/m")),
    Graense.API_SKRIV: laes_sats(env.str("GRAENSE_API_SKRIV", default="600/m")),
    Graense.API_HENT: laes_sats(env.str("GRAENSE_API_HENT", default="120/m")),
    Graense.AABEN: laes_sats(env.str("GRAENSE_AABEN", default="60/m")),
    Graense.TOKEN: laes_sats(env.str("GRAENSE_TOKEN", default="300/m")),
    Graense.TOKEN_FEJL: laes_sats(env.str("GRAENSE_TOKEN_FEJL", default="10/m")),
    Graense.TOKEN_FEJL_ADRESSE: laes_sats(env.str("GRAENSE_TOKEN_FEJL_ADRESSE", default="60/m")),
}

# /.well-known/security.txt (RFC 9116): where to write about a weakness, and for how long the file is good.
SIKKERHED_KONTAKT: list[str] = env.list("SIKKERHED_KONTAKT", default=[f"mailto:{DEFAULT_FROM_EMAIL}"])
SIKKERHED_POLITIK: str = env.str("SIKKERHED_POLITIK", default="")
SIKKERHED_DAGE: int = env.int("SIKKERHED_DAGE", default=180)

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"forespoergsel": {"()": "faelles.logning.Forespoergselsfilter"}},
    "formatters": {
        "linje": {
            "()": "faelles.logning.UdenCpr",
            "format": "%(asctime)s %(levelname)s %(name)s %(forespoergsel)s %(message)s",
        }
    },
    "handlers": {"konsol": {"class": "logging.StreamHandler", "formatter": "linje", "filters": ["forespoergsel"]}},
    # A line per font and stage of every page says nothing to anybody here.
    # oauthlib writes every token it gives at DEBUG, so LOG_LEVEL=DEBUG must not reach it.
    "loggers": {
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "oauthlib": {"level": "INFO"},
    },
    "root": {"handlers": ["konsol"], "level": env.str("LOG_LEVEL", default="INFO")},
}
