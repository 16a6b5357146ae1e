"""What the jobs room offers."""

from fairlead.tenancy.public import Role, declare


def register() -> None:
    """Register permissions and the room's own jobs."""
    from fairlead.jobs import health, housekeeping  # noqa: F401  registers its jobs
    from fairlead.jobs.services import register_service
    from fairlead.jobs.worker import recovery

    declare("jobs.manage", "Retry and cancel background jobs", group="Administration", since=Role.ADMIN)
    health.register()
    register_service("jobs.recovery", recovery.loop)
