"""What the accounts room offers to the engines and to the frame."""

from fairlead.accounts.events import TYPES
from fairlead.accounts.viewer import OPERATOR, viewer
from fairlead.events.public import register as register_events
from fairlead.kernel import crypto
from fairlead.shell import frame
from fairlead.shell.navigation import Item, UserItem, items, settings_items, user_items
from fairlead.tenancy.public import Role, declare

_PERMISSIONS = (
    ("records.view_all", "See every record whatever its owner", "Records", Role.MANAGER),
    ("members.view", "See the members and teams of the firm", "Firm", Role.READ_ONLY),
    ("members.manage", "Invite, change and deactivate members", "Firm", Role.ADMIN),
    ("teams.manage", "Create and change teams and departments", "Firm", Role.MANAGER),
    ("roles.manage", "Create and change custom roles", "Firm", Role.ADMIN),
    ("firm.manage", "Change the firm's settings", "Firm", Role.ADMIN),
    ("firm.transfer", "Pass on the ownership of the firm", "Firm", Role.OWNER),
    ("keys.create", "Create API keys for oneself", "Developers", Role.MEMBER),
    ("keys.manage", "See and revoke the API keys of everybody", "Developers", Role.ADMIN),
    ("audit.view", "See the audit", "Security", Role.ADMIN),
    ("audit.export", "Export the audit", "Security", Role.ADMIN),
)
_SETTINGS = (
    Item("firm", "Firm", "building", "accounts:firm", "Firm", 10, "firm.manage"),
    Item("members", "Members", "users", "accounts:members", "Firm", 20, "members.view"),
    Item("teams", "Teams", "users-group", "accounts:teams", "Firm", 30, "members.view"),
    Item("roles", "Roles", "shield-lock", "accounts:roles", "Firm", 40, "members.view"),
    Item("developers", "Developers", "code", "accounts:keys", "Data", 80, "keys.create"),
    Item("set_aside", "Events set aside", "alert-circle", "accounts:set_aside", "Data", 85, "log.manage"),
    Item("background", "Background jobs", "progress", "accounts:background", "Data", 87, "jobs.manage"),
    Item("audit", "Audit", "history", "accounts:audit", "Data", 90, "audit.view"),
)
_YOURS = (
    UserItem("profile", "Your profile", "user", "profile", 10, scope="site"),
    UserItem("security", "Log-in and security", "lock", "mfa_index", 20, scope="site"),
    UserItem("outbox", "Outbox of the installation", "mail", "outbox", 80, OPERATOR, scope="site"),
    UserItem("logout", "Log out", "logout", "account_logout", 90, scope="site", post=True),
)


def register() -> None:
    """Register permissions, event types, pages and who is looking."""
    for name, label, group, since in _PERMISSIONS:
        declare(name, label, group=group, since=since)
    register_events(*TYPES)
    items.register(Item("settings", "Settings", "settings", "accounts:settings", "firm", 90, "members.view"))
    for page in _SETTINGS:
        settings_items.register(page)
    for line in _YOURS:
        user_items.register(line)
    frame.set_viewer_source(viewer)
    from fairlead.accounts import admission, credentials, errands, jobs  # noqa: F401  registers its jobs
    from fairlead.accounts.actions import departed, invitations  # noqa: F401  registers its job
    from fairlead.accounts.actions.factors import reencrypt_second_factors  # models, which are there by now
    from fairlead.accounts.actions.keys import end_keys

    credentials.register(credentials.Credential("keys_revoked", admission.PREFIX, admission.admit_key, end_keys))
    errands.register(departed.HANDOVER)
    crypto.register_holder("second factors", reencrypt_second_factors)
