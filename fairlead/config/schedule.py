"""The one schedule: every recurring job of every room. Times are UTC."""

from fairlead.jobs.public import recurring

SCHEDULE = [
    recurring("jobs.purge", "41 3 * * *"),
]
