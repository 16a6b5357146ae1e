"""The one schedule: every recurring job of every room. Times are UTC."""

from fairlead.jobs.public import recurring

SCHEDULE = [
    recurring("accounts.end_memberships", "7 * * * *", every_firm=True),
    recurring("operations.watch", "* * * * *"),
    recurring("operations.sweep_files", "37 4 * * *", every_firm=True),
    recurring("accounts.sweep_photos", "33 4 * * *"),
    recurring("events.make_partitions", "17 2 * * *"),
    recurring("events.apply_retention", "47 2 * * *"),
    recurring("jobs.purge", "41 3 * * *"),
    recurring("oauth.forget_tokens", "51 3 * * *", every_firm=True),
    recurring("api.purge_answers", "11 4 * * *", every_firm=True),
    recurring("records.forget_merges", "31 3 * * *", every_firm=True),
    recurring("sales.daily", "10 1 * * *", every_firm=True),
    recurring("notifications.wake", "* * * * *"),
    recurring("notifications.tidy", "23 4 * * *", every_firm=True),
    recurring("activities.wake", "* * * * *"),
    recurring("activities.roll_up_all", "53 2 * * *", every_firm=True),
    recurring("assignment.retry", "*/10 * * * *", every_firm=True),
    recurring("segments.pass_time", "*/5 * * * *", every_firm=True),
    recurring("segments.check", "23 3 * * *", every_firm=True),
]
