"""Reading the environment."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def data_dir() -> Path:
    """Return FAIRLEAD_DATA, by default `data` in the current folder."""
    return Path(os.environ.get("FAIRLEAD_DATA", "data")).absolute()


def flag(name: str, *, default: bool = False) -> bool:
    """Tell whether the variable is set to 1, true, yes or on; `default` when it is not set."""
    value = os.environ.get(name, "")
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def words(name: str, default: str) -> list[str]:
    """Return the variable split at spaces and commas."""
    return os.environ.get(name, default).replace(",", " ").split()


def secret(name: str, file: Path) -> str:
    """Return the variable, else the content of `file`, which is made on first use, readable by its owner only."""
    if value := os.environ.get(name):
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as stream:
            stream.write(secrets.token_urlsafe(48))
    return file.read_text().strip()


def database_url(name: str) -> dict[str, str]:
    """Return the parts of a postgresql:// URL in the environment, empty when it is not set."""
    url = os.environ.get(name, "")
    if not url:
        return {}
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or options.pop("host", "")),
        "PORT": str(parts.port or ""),
    }


def database(name: str, *, pool: bool = False) -> dict[str, Any]:
    """Return Django's settings of a database; with `pool`, a small pool a process."""
    options: dict[str, Any] = {"prepare_threshold": None}  # PgBouncer in transaction mode keeps no statements
    if pool:
        options["pool"] = {
            "min_size": 1,
            "max_size": int(os.environ.get("FAIRLEAD_POOL", "10")),
            "timeout": 10,
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "OPTIONS": options,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "CONN_HEALTH_CHECKS": True,  # a restart of the database costs nobody a request
        **database_url(name),
    }


def email(url: str) -> tuple[str, dict[str, Any]]:
    """Return the mail backend and its options: SMTP when a URL is given, else the local outbox."""
    if not url:
        return "fairlead.kernel.outbox.OutboxBackend", {}
    parts = urlsplit(url)
    return "fairlead.tenancy.mail.MutableBackend", {
        "host": parts.hostname,
        "port": parts.port or (465 if parts.scheme == "smtps" else 587),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": parts.scheme == "smtps",
        "use_tls": parts.scheme == "smtp+tls",
    }


def live_sources(url: str, port: int, hosts: list[str], base: str) -> list[str]:
    """Return where pages may listen for live events, as a content security policy names it.

    The grammar of a policy has no IPv6 addresses: browsers complain of one on every page.
    """
    if url or not port:
        return [url] if url else []
    named = [host.lstrip(".") for host in hosts if host != "*" and not host.startswith("[")]
    return [f"{base.partition(':')[0]}://{host}:{port}" for host in named]
