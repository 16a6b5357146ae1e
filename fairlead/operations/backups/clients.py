"""PostgreSQL's own programs: their connection comes by environment, so that no password shows in the process list."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit

_OPTIONS = {"sslmode": "PGSSLMODE", "host": "PGHOST", "sslrootcert": "PGSSLROOTCERT"}


def environment(variable: str) -> dict[str, str]:
    """Return the environment for pg_dump and its like from the postgresql:// URL in `variable`."""
    url = urlsplit(os.environ[variable])
    parts = {
        "PGHOST": unquote(url.hostname or ""),
        "PGPORT": str(url.port or 5432),
        "PGUSER": unquote(url.username or ""),
        "PGPASSWORD": unquote(url.password or ""),
        "PGDATABASE": unquote(url.path.lstrip("/")),
        **{_OPTIONS[name]: value for name, value in parse_qsl(url.query) if name in _OPTIONS},
    }
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **{name: text for name, text in parts.items() if text}}
