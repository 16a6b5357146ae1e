"""One installation on this machine: its data directory, its database, and the environment they make.

Settings read the environment only. `Instance.connected()` fills it: from the embedded server, which it starts
for the time of the block if nobody else has, or, when DATABASE_URL is set, from what is there.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from fairlead.kernel.errors import FairleadError
from fairlead.operations import roles
from fairlead.operations.backups import staging
from fairlead.operations.datadir import DataDir
from fairlead.operations.postgres import Postgres


class NoInstallation(FairleadError):
    """A data directory holds nothing, because its name has a slip, say."""

    code = "no_installation"

    def __init__(self, data: DataDir) -> None:
        super().__init__(f"{data.path} holds no installation. Name its data directory with --data.")


class Instance:
    """The installation in one data directory."""

    def __init__(self, data: DataDir) -> None:
        self.data = data
        self.embedded = not os.environ.get("DATABASE_URL")

    @cached_property
    def postgres(self) -> Postgres:
        """The embedded server of this installation."""
        return Postgres(self.data.postgres, self.data.run, self.data.secret("postgres_superuser"))

    def require_installation(self) -> None:
        """Raise `NoInstallation` where no database has ever been: to ask it for its rows would make an empty one."""
        if self.embedded and not self.data.postgres.exists() and not staging.place(self.data).path.exists():
            raise NoInstallation(self.data)

    @contextmanager
    def connected(self, *, patience: float = 30.0) -> Iterator["Instance"]:
        """Set the environment that settings read; keep the embedded server running during the block.

        The last process to leave stops the server, and cuts it short after `patience` seconds.
        """
        self.data.prepare()
        staging.finish(self.data)
        before = dict(os.environ)
        try:
            if self.embedded:
                os.environ.update(self.database_environment(self.postgres.enter(self.provision)))
            elif not os.environ.get("DATABASE_OWNER_URL"):
                os.environ["DATABASE_OWNER_URL"] = os.environ["DATABASE_URL"]
            os.environ.update(self.secret_environment())
            yield self
        finally:
            if self.embedded:
                self.postgres.leave(patience=patience)
            os.environ.clear()
            os.environ.update(before)

    def database_environment(self, port: int) -> dict[str, str]:
        """Return DATABASE_URL (app role) and DATABASE_OWNER_URL of the embedded server on `port`."""
        return {
            "DATABASE_URL": self._url(roles.APP, self.data.secret("postgres_app"), port),
            "DATABASE_OWNER_URL": self._url(roles.OWNER, self.data.secret("postgres_owner"), port),
        }

    def secret_environment(self) -> dict[str, str]:
        """Return the keys settings need; what the operator set wins over the files."""
        return {
            "FAIRLEAD_DATA": str(self.data.path),
            "FAIRLEAD_SECRET_KEY": os.environ.get("FAIRLEAD_SECRET_KEY") or self.data.secret("secret_key"),
            "FAIRLEAD_FIELD_KEY": os.environ.get("FAIRLEAD_FIELD_KEY") or self.data.secret("field_key"),
        }

    def provision(self, superuser_url: str) -> None:
        """Make roles and database in a new cluster."""
        from fairlead.operations import provisioning  # psycopg is slow to load and rarely needed here

        provisioning.provision(
            superuser_url,
            owner_password=self.data.secret("postgres_owner"),
            app_password=self.data.secret("postgres_app"),
        )

    @staticmethod
    def _url(role: str, password: str, port: int) -> str:
        return f"postgresql://{role}:{password}@127.0.0.1:{port}/{roles.DATABASE}"
