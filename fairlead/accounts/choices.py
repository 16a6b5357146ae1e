"""Choices of people, for the forms of every room."""

from fairlead.accounts.models import Membership


def member_choices() -> list[tuple[str, str]]:
    """Return the active members of the firm in context: id and name, by name."""
    rows = Membership.rows().filter(deactivated_at=None).select_related("user")
    return sorted(((str(m.pk), m.user.name) for m in rows), key=lambda choice: choice[1].lower())
