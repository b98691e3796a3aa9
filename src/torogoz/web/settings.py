"""Django's settings, from the home's `torogoz.toml` and the environment (design §6, §7)."""

from __future__ import annotations

import os
import tomllib
from urllib.parse import unquote, urlparse

from torogoz.storage.home import Home

HOME = Home.current()
_FILE = tomllib.loads(HOME.settings.read_text()) if HOME.settings.exists() else {}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "torogoz.storage",
]
AUTH_USER_MODEL = "storage.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: The state whose border this centre watches, and its clock.
STATE = _FILE.get("state", "SLV")
TIME_ZONE = _FILE.get("time_zone", "America/El_Salvador")
USE_TZ = True


def _database(url: str) -> dict[str, object]:
    """PostgreSQL where DATABASE_URL names one, else the embedded SQLite file with the settings of design §6."""
    if url:
        parts = urlparse(url)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME.database,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
