"""What the credit room offers to the engines."""

from collections.abc import Sequence
from uuid import UUID

from fairlead.accounts.public import founding
from fairlead.credit import events
from fairlead.events.public import register as register_events
from fairlead.people.public import register_purge
from fairlead.records.public import happenings
from fairlead.shell.navigation import Item, settings_items
from fairlead.tenancy.public import Actor, Role, declare


def register() -> None:
    """Register permissions, event types, the model of new firms, and the pages."""
    declare("credit.simulate", "Estimate credit scores", group="Credit", since=Role.MEMBER)
    declare("credit.manage", "Change credit factors, weights and steps", group="Credit", since=Role.MANAGER)
    register_events(*events.TYPES)
    happenings.register("contact", "credit.estimated")
    from fairlead.credit.actions.founding import furnish
    from fairlead.credit.web import client

    founding.register("credit model", furnish)
    register_purge(forget_clients)
    _merging()
    client.register()
    settings_items.register(
        Item("credit", "Credit score estimate", "calculator", "credit:model", "Records", 75, "credit.simulate")
    )


def forget_clients(noun: str, ids: Sequence[UUID], by: Actor) -> None:
    """Delete what is kept about contacts that are deleted for good."""
    from fairlead.credit.models import CreditEstimate, CreditProfile

    if noun == "contact":
        CreditEstimate.rows().filter(contact_id__in=ids).delete()
        CreditProfile.rows().filter(contact_id__in=ids).delete()


def _merging() -> None:
    from fairlead.credit.models import CreditEstimate, CreditProfile
    from fairlead.records.duplicates.public import LinkedRows, merging

    merging.register(LinkedRows("credit estimates", CreditEstimate, "contact_id", only="contact"))
    merging.register(LinkedRows("credit profile", CreditProfile, "contact_id", beside=("firm_id",), only="contact"))
