"""Settings, all from the environment; docs/operations.md lists every variable."""

import os
from pathlib import Path
from typing import Any

from fairlead.config import env
from fairlead.operations.logs import dict_config

DATA = env.data_dir()
DEBUG = env.flag("FAIRLEAD_DEBUG")
# Several, newest first: the first signs, all of them verify. So keys can be changed without logging anybody out.
_keys = env.secret("FAIRLEAD_SECRET_KEY", DATA / "secrets" / "secret_key").split(",")
SECRET_KEY, *SECRET_KEY_FALLBACKS = [key.strip() for key in _keys]
FIELD_KEY = env.secret("FAIRLEAD_FIELD_KEY", DATA / "secrets" / "field_key")
ALLOWED_HOSTS = env.words("FAIRLEAD_HOSTS", "localhost 127.0.0.1 [::1]")
BASE_URL = os.environ.get("FAIRLEAD_URL", "http://localhost:8000").rstrip("/")
SECURE = BASE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
BEHIND_PROXY = env.flag("FAIRLEAD_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None

INSTALLED_APPS = [
    "fairlead.kernel",
    "fairlead.shell",
    "fairlead.tenancy",
    "fairlead.jobs",
    "fairlead.events",
    "fairlead.accounts",
    "fairlead.oauth",
    "fairlead.records",
    "fairlead.search",
    "fairlead.notifications",
    "fairlead.people",
    "fairlead.credit",
    "fairlead.segments",
    "fairlead.activities",
    "fairlead.sales",
    "fairlead.assignment",
    "fairlead.api",
    "fairlead.operations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "oauth2_provider",
    "procrastinate.contrib.django",
    "rest_framework",
    "drf_spectacular",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_vite",
    "whitenoise.runserver_nostatic",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "fairlead.operations.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fairlead.shell.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fairlead.shell.middleware.PartsMiddleware",
    "fairlead.accounts.middleware.FirmMiddleware",  # last: it calls the view inside the firm's transaction
]

ROOT_URLCONF = "fairlead.config.urls"
WSGI_APPLICATION = "fairlead.config.wsgi.application"

_loaders: list[Any] = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
# Partials outermost, then the cache: see docs/decisions/dependencies.md.
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _loaders)] if not DEBUG else _loaders,
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "fairlead.shell.templatetags.shell",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fairlead.shell.frame.frame",
            ],
        },
    }
]

APP_ROLE = env.database_url("DATABASE_URL").get("USER", "fairlead_app")
DATABASES = {
    "default": env.database("DATABASE_URL", pool=True),
    "owner": env.database("DATABASE_OWNER_URL"),
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # jobs are found by our own registry
SCHEDULE = "fairlead.config.schedule.SCHEDULE"
# Behind a pooler in transaction mode nothing can be listened to: set 0 and the worker polls.
LISTEN = env.flag("FAIRLEAD_LISTEN", default=True)
LOG_MONTHS = int(os.environ.get("FAIRLEAD_LOG_MONTHS") or 0) or None  # the log is kept for ever unless this is set
WORKER_CONCURRENCY = int(os.environ.get("FAIRLEAD_CONCURRENCY", "4"))
WORKER_BULK_CONCURRENCY = int(os.environ.get("FAIRLEAD_BULK_CONCURRENCY", "2"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_CHANGE_EMAIL = True  # one address; a new one replaces it once it is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "fairlead.accounts.adapters.AccountAdapter"
ACCOUNT_RATE_LIMITS = {
    "signup": "10/h/ip", "login": "30/m/ip", "login_failed": "10/m/ip,5/300s/key",
    "confirm_email": "3/300s/key",  # whoever changes their mind about an address, or asks again, gets the mail
}  # fmt: skip
ACCOUNT_FORMS = {
    "add_email": "fairlead.accounts.web.addresses.NewAddressForm",
    "reset_password_from_key": "fairlead.accounts.web.passwords.NewPasswordForm",
    "change_password": "fairlead.accounts.web.passwords.ChangePasswordForm",
}
SIGNUP_OPEN = env.flag("FAIRLEAD_SIGNUP", default=True)  # 0: only invitations and the command line make logins
MFA_ADAPTER = "fairlead.accounts.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "fairlead.accounts.web.second_step.SecondCodeForm",
    "authenticate_webauthn": "fairlead.accounts.web.second_step.SecondPasskeyForm",
    "login_webauthn": "fairlead.accounts.web.second_step.PasskeyLoginForm",
    "add_webauthn": "fairlead.accounts.web.second_step.NewPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Fairlead"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

# Authorization code with PKCE, refresh tokens, revocation, introspection: docs/decisions/0009-oauth.md.
MIGRATION_MODULES = {"oauth2_provider": None}  # all of its models are swapped for ours, which belong to a firm
OAUTH2_PROVIDER_APPLICATION_MODEL = "oauth.Application"
OAUTH2_PROVIDER_GRANT_MODEL = OAUTH2_PROVIDER_DEVICE_GRANT_MODEL = "oauth.Grant"  # there is no device flow
OAUTH2_PROVIDER_ACCESS_TOKEN_MODEL = OAUTH2_PROVIDER_ID_TOKEN_MODEL = "oauth.AccessToken"  # noqa: S105  nor OpenID
OAUTH2_PROVIDER_REFRESH_TOKEN_MODEL = "oauth.RefreshToken"  # noqa: S105
OAUTH2_PROVIDER: dict[str, Any] = {
    "OAUTH2_SERVER_CLASS": "fairlead.oauth.engine.server.Server",
    "OAUTH2_BACKEND_CLASS": "fairlead.oauth.engine.core.Core",
    "OAUTH2_VALIDATOR_CLASS": "fairlead.oauth.engine.validator.Validator",
    "SCOPES_BACKEND_CLASS": "fairlead.oauth.engine.scopes.Scopes",
    "ACCESS_TOKEN_GENERATOR": "fairlead.oauth.engine.texts.access_token",
    "REFRESH_TOKEN_GENERATOR": "fairlead.oauth.engine.texts.refresh_token",
    "AUTHORIZATION_CODE_EXPIRE_SECONDS": 60,
    "ACCESS_TOKEN_EXPIRE_SECONDS": 3600,
    "REFRESH_TOKEN_EXPIRE_SECONDS": 30 * 86400,  # after the access token that came with it
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "PKCE_REQUIRED": True,
    "OIDC_ISS_ENDPOINT": BASE_URL,  # also what the toolkit takes for `iss`
    # RFC 9700 throughout: hashes at rest, S256 only, `iss` in answers, exact addresses.
    **{
        f"COMPLIANT_BCP_RFC9700_{part}": True
        for part in (
            "IMPLICIT_GRANT", "PASSWORD_GRANT", "PKCE_METHOD", "ACCESS_TOKEN_TRANSPORT", "AUTHZ_RESPONSE_ISS",
            "TOKEN_STORAGE", "REFRESH_TOKEN", "REDIRECT_URI_MATCHING", "PKCE_REQUIRED",
        )
    },
}  # fmt: skip

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"/build/assets/.+-[\w-]{8}\.\w+$"  # Vite names these by their content
FRONTEND_BUILD = Path(__file__).resolve().parent.parent / "shell" / "static" / "build"
DJANGO_VITE = {
    "default": {
        # Without a build (unit tests of a fresh checkout) the tags point at Vite's own server.
        "dev_mode": not (FRONTEND_BUILD / "manifest.json").exists(),
        "manifest_path": FRONTEND_BUILD / "manifest.json",
        "static_url_prefix": "build",
    }
}
GALLERY = DEBUG  # mounts the gallery of components at /shell/gallery/
MEDIA_ROOT = DATA / "media"
METRICS_TOKEN = os.environ.get("FAIRLEAD_METRICS_TOKEN", "")
LOGGING = dict_config()
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

EMAIL_URL = os.environ.get("FAIRLEAD_SMTP_URL", "")
OUTBOX = DATA / "outbox"
EMAIL_BACKEND, _mail = env.email(EMAIL_URL)
EMAIL_HOST, EMAIL_PORT = _mail.get("host", "localhost"), _mail.get("port", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.get("username", ""), _mail.get("password", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.get("use_ssl", False), _mail.get("use_tls", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("FAIRLEAD_FROM", "Fairlead <no-reply@localhost>")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
# RFC 6797: for a year browsers come by https alone, to this host; of others below it we know nothing.
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "fairlead.shell.errors.stale_form"
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The process of live events: its own address (behind a proxy that sends /live/ there: the installation's), or this
# host at a port of its own, which `fairlead run` chooses. With neither, pages do not listen.
LIVE_URL = os.environ.get("FAIRLEAD_LIVE_URL", "").rstrip("/")
LIVE_PORT = int(os.environ.get("FAIRLEAD_LIVE_PORT", "0") or 0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *env.live_sources(LIVE_URL, LIVE_PORT, ALLOWED_HOSTS, BASE_URL)],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
_caches = "django.core.cache.backends"
CACHES: dict[str, dict[str, Any]] = {
    # Counts failed log-ins: of the usual 300 entries, failures at other addresses would push them out.
    "default": {"BACKEND": f"{_caches}.db.DatabaseCache", "LOCATION": "cache", "OPTIONS": {"MAX_ENTRIES": 100_000}},
    # Parts of the frame as they were drawn, under all that they were drawn from: never stale, and each process's own.
    "frame": {"BACKEND": f"{_caches}.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2_000}},
}

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["fairlead.accounts.api.authentication.BearerAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["fairlead.shell.api.rendering.JSON"],
    "DEFAULT_PARSER_CLASSES": ["fairlead.shell.api.strict.StrictJSON"],
    "DEFAULT_SCHEMA_CLASS": "fairlead.shell.api.schema.Schema",
    "EXCEPTION_HANDLER": "fairlead.shell.api.problems.handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS: dict[str, Any] = {
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "COMPONENT_SPLIT_REQUEST": True,
}
# Requests a minute, per API key, user, firm, and address without a key; 0 switches a limit off.
API_LIMITS = {
    name: int(os.environ.get(f"FAIRLEAD_API_LIMIT_{name.upper()}", default))
    for name, default in (("key", "3000"), ("user", "6000"), ("firm", "12000"), ("address", "300"))
}
