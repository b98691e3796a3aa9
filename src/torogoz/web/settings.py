"""Django's settings, from the home's `torogoz.toml` and the environment (design §6, §7).

What may be said there, and by which variable, is one table (storage/configuration.py).

Everything that the browser enforces is closed here and opened nowhere: scripts, styles and images come from this origin
only, cookies stay with it, and every page needs a sign-in unless it says otherwise.
"""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF

from torogoz.domain.operating_points import OperatingPoints
from torogoz.messages.sensitive_table import DEFAULT
from torogoz.privacy.schedule import Terms, rows
from torogoz.storage.configuration import read
from torogoz.storage.home import Home
from torogoz.storage.keys import web_keys
from torogoz.web.permissions import FRESH_FOR

HOME = Home.current()
_SAID = read(HOME, os.environ)
_HERE = Path(__file__).parent

#: The state whose border this centre watches, and its clock.
STATE = _SAID["state"]
TIME_ZONE = _SAID["time_zone"]
USE_TZ = True

#: How long a reviewer holds a hit that they have claimed.
CLAIM_MINUTES = _SAID["claim_minutes"]
CLEARED_SAMPLE_PERCENT = _SAID["cleared_sample_percent"]

#: When a list entry fires too often (storage/access/loads.py).
ENTRY_HITS_A_DAY, ENTRY_HITS_A_WEEK = _SAID["entry_hits_a_day"], _SAID["entry_hits_a_week"]
ENTRY_REJECTED_PERCENT = _SAID["entry_rejected_percent"]

#: From which probability on a match is raised, and from which it is urgent (domain/operating_points.py).
OPERATING_POINTS = OperatingPoints(_SAID["review_probability"], _SAID["urgent_probability"])

#: How long the missing parts of a list or a push are waited for.
SERIES_MINUTES = _SAID["series_minutes"]

#: The share of a list that changes without a second person, and how long a change waits (flow/waiting.py).
LIST_CHANGE_PERCENT, LIST_WAITING_DAYS = _SAID["list_change_percent"], _SAID["list_waiting_days"]

#: Carriers that ask: under which name they are answered, whom they call, and how long they wait (flow/answer.py).
OFFICE, HOTLINE, ANSWER_SECONDS = _SAID["office"], _SAID["hotline"], _SAID["answer_seconds"]

#: How long what is kept, and the hour of the state's clock at which the nightly run begins (privacy/schedule.py).
RETENTION_PROFILE, RETENTION_HOUR = _SAID["retention_profile"], _SAID["retention_hour"]
RETENTION = rows(
    RETENTION_PROFILE,
    Terms(_SAID["raw_days"], _SAID["sealed_hours"], _SAID["crossing_months"], RETENTION_HOUR),
)

#: What messages and notes may not tell (messages/sensitive_table.py).
SENSITIVE = DEFAULT.changed(_SAID["sensitive_add"], _SAID["sensitive_keep"])

#: The address that people type. Cookies travel over HTTPS only where it is an HTTPS address.
_SERVED_AT = os.environ.get("TOROGOZ_SERVED_AT", "http://localhost:8000")
ORIGIN = _SAID["origin"] or _SERVED_AT
_HTTPS = urlparse(ORIGIN).scheme == "https"
ALLOWED_HOSTS = [urlparse(ORIGIN).hostname or "", "localhost", "127.0.0.1", "[::1]", *_SAID["allowed_hosts"]]
CSRF_TRUSTED_ORIGINS = [ORIGIN]

#: A home whose people are invented says so on every page, and lets people in with a password alone.
DEMO = HOME.demo_marker.exists()
REQUIRE_SECOND_FACTOR = not DEMO if _SAID["require_second_factor"] is None else _SAID["require_second_factor"]

# Django refuses to sign with an empty one. What older keys signed is taken too; middleware/keys follows a rotation.
SECRET_KEY, *SECRET_KEY_FALLBACKS = web_keys(HOME) or [""]

INSTALLED_APPS = [
    "torogoz.web",  # before allauth: its pages are in our words and our style
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "torogoz.storage",
]
AUTH_USER_MODEL = "storage.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "torogoz.web.urls"
ASGI_APPLICATION = "torogoz.web.asgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",  # before static files, which are answered next, and are closed like pages
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "torogoz.web.middleware.headers.Headers",
    "torogoz.web.middleware.keys.SigningKey",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "torogoz.web.middleware.session.AccountLanguage",
    "torogoz.web.middleware.session.SessionLife",
    "torogoz.web.middleware.doors.Doors",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",  # for itself, should the table ever err
    "torogoz.web.middleware.blame.Blame",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "torogoz.web.context.office",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "torogoz.web.templatetags.torogoz"],
        },
    }
]


def _database(url: str) -> dict[str, object]:
    """PostgreSQL where DATABASE_URL names one, else the embedded SQLite file with the settings of design §6."""
    if url:
        parts = urlparse(url)
        # Closed with each request, whose thread is its own, and kept for the next one (storage/server).
        return {
            "ENGINE": "torogoz.storage.server",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
        }
    return {
        "ENGINE": "torogoz.storage.embedded",
        "NAME": HOME.database,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA secure_delete=ON;",  # what is deleted is overwritten at once, not when its page is used again
        },
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}

# Sign-in: a name and a password, then a code from the person's own device. Accounts are made on the terminal.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("UserAttributeSimilarityValidator", {}),
        ("CommonPasswordValidator", {}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "torogoz.web.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = FRESH_FOR
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords lock by axes, below; wrong codes of a second factor are slowed by allauth, which counts both.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
MFA_ADAPTER = "torogoz.web.sign_in.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Torogoz"
# A code that was typed while its half minute ended is still right (RFC 6238, 5.2: one step at most).
MFA_TOTP_TOLERANCE = 1
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "torogoz.web.passkeys.AddForm",
    "edit_webauthn": "torogoz.web.passkeys.NameForm",
    "authenticate_webauthn": "torogoz.web.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "torogoz.web.passkeys.ReauthenticateForm",
    "login_webauthn": "torogoz.web.passkeys.SignInForm",
}
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_HANDLER = "torogoz.web.lockout.Handler"
AXES_USERNAME_CALLABLE = "torogoz.web.lockout.name_tried"
AXES_CLIENT_IP_CALLABLE = "torogoz.web.lockout.address_of"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "torogoz.web.lockout.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # nobody keeps a name locked by trying on
AXES_SENSITIVE_PARAMETERS = ["login", "code", "credential", "next"]
AXES_DISABLE_ACCESS_LOG = True  # who came in stands in the audit
AXES_VERBOSE = False

# A session lasts a shift, and ends when nobody has used it for an hour (middleware/session.py).
SESSION_ENGINE = "torogoz.storage.sessions"
SESSION_LONGEST = timedelta(hours=12)
SESSION_IDLE = timedelta(minutes=60)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# A name that begins so is taken by browsers from this host and over HTTPS only: no neighbour can plant the cookie.
_OWN_HOST = "__Host-" if _HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{_OWN_HOST}sessionid", f"{_OWN_HOST}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "torogoz.web.pages.errors.forged"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
# W021 asks to enter the host's domain in the list that browsers carry: its owner, the state, decides that, not we.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap's style sheet draws its arrows and ticks as data
        "base-uri": [NONE],
        "object-src": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [_HERE / "locale"]

# Files that people send: a limit first (web/uploads.py). A large one waits below the home, which only its owner reads.
FILE_UPLOAD_HANDLERS = [
    "torogoz.web.uploads.Limit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_TEMP_DIR = HOME.path
#: The body of a request stays in memory, up to the most that `web.bounds` lets in: it is nowhere written in clear.
FILE_UPLOAD_MAX_MEMORY_SIZE = 65 * 1024 * 1024

# Counts of tries, in this process: more names and addresses than an attacker can use to push others out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Static files are served as they stand in the package: nothing is collected, nothing is built.
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 300

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "torogoz.web.logs.JsonLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers would write stack traces to the terminal and mail them.
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
