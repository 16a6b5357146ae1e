"""On whose behalf a command acts."""

from dataclasses import replace

from fairlead.accounts.public import Membership, actor_for
from fairlead.kernel.errors import InvalidInput
from fairlead.tenancy.public import Actor, Firm, Role, firm_context


def actor_at(firm_slug: str, email: str | None = None) -> Actor:
    """Return the member `email` of the firm, by default its owner, acting through the command line.

    Raises `InvalidInput` naming `firm` or `user`.
    """
    firm = Firm.objects.filter(slug=firm_slug).first()
    if firm is None:
        raise InvalidInput({"firm": [f"There is no firm {firm_slug!r}."]})
    with firm_context(firm.id):
        members = Membership.rows().select_related("user", "custom_role").filter(deactivated_at=None)
        wanted = members.filter(user__email=email.strip().lower()) if email else members.filter(role=Role.OWNER.key)
        member = wanted.order_by("created_at").first()
        if member is None:
            raise InvalidInput({"user": [f"{email or 'The owner'} is no active member of {firm.name}."]})
        return replace(actor_for(member, firm), via="cli")
