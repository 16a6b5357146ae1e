"""What the API plugs into the rooms below: where answers are kept, and its page."""

from fairlead.api.answers import Answers
from fairlead.kernel import crypto
from fairlead.shell.api import idempotency
from fairlead.shell.navigation import Item, settings_items


def register() -> None:
    """Name the store of answers and offer the reference page among the settings."""
    from fairlead.api import jobs  # noqa: F401 - declares the jobs
    from fairlead.api.actions.answers import reencrypt_answers

    idempotency.plug(Answers())
    crypto.register_holder("kept answers", reencrypt_answers)
    settings_items.register(Item("reference", "API reference", "book", "api:reference", "Data", 81, "keys.create"))
