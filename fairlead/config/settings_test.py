"""Settings of the test run: a fast hasher, mail in memory, a throw-away data folder."""

import os
import tempfile

os.environ.setdefault("FAIRLEAD_DATA", tempfile.mkdtemp(prefix="fairlead-test-"))
os.environ.setdefault("DATABASE_URL", "postgresql://fairlead_app@127.0.0.1:5432/fairlead")
os.environ.setdefault("DATABASE_OWNER_URL", "postgresql://fairlead_owner@127.0.0.1:5432/fairlead")

from fairlead.config.settings import *  # noqa: F403
from fairlead.config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
for _database in DATABASES.values():
    _database["OPTIONS"].pop("pool", None)
GALLERY = True
STATIC_ROOT = None  # type: ignore[assignment]  # nothing is collected: WhiteNoise finds the files where they are
WHITENOISE_AUTOREFRESH = True  # else every test client reads all static files first
