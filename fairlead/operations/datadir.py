"""The data directory: where one installation keeps everything that is not code.

DATA/postgres/   the embedded database (or a link to it, see `confinement`)
DATA/media/      uploaded files
DATA/outbox/     mail that was not sent
DATA/secrets/    keys and passwords, readable by their owner only
DATA/run/        locks, ports and process ids; worthless when nothing runs
"""

import os
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def default_path() -> Path:
    """Return FAIRLEAD_DATA, else `data` of a source checkout, else the platform's place for data."""
    if configured := os.environ.get("FAIRLEAD_DATA"):
        return Path(configured).expanduser().absolute()
    if (CHECKOUT / "bin" / "run").exists() and (CHECKOUT / "pyproject.toml").exists():
        return CHECKOUT / "data"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Fairlead"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/fairlead/data")
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fairlead"


@dataclass(frozen=True)
class DataDir:
    """One installation's data directory, made on first use."""

    path: Path

    def prepare(self) -> "DataDir":
        """Make the directory and its parts. Idempotent."""
        # Root's server runs as another user, who must be able to pass through (not to look around).
        self.path.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
        for part in (self.secrets, self.run, self.media, self.path / "static"):
            part.mkdir(exist_ok=True, mode=0o700)
        return self

    @property
    def secrets(self) -> Path:
        """Keys and passwords."""
        return self.path / "secrets"

    @property
    def run(self) -> Path:
        """Locks, ports and process ids."""
        return self.path / "run"

    @property
    def media(self) -> Path:
        """Uploaded files."""
        return self.path / "media"

    @property
    def postgres(self) -> Path:
        """The embedded database cluster."""
        return self.path / "postgres"

    def secret(self, name: str) -> str:
        """Return the secret `name`, 256 random bits made on first use (URL-safe base64)."""
        return read_or_create(self.secrets / name, secrets.token_urlsafe(32))


def read_or_create(file: Path, fresh: str) -> str:
    """Return the content of `file`; when there is none, write `fresh` to it, mode 0600.

    Two processes that start together agree: the content appears whole under its name, once.
    """
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        pass
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        handle.write(fresh + "\n")
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        return file.read_text().strip()
    finally:
        draft.unlink()
    return fresh
