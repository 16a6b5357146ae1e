"""Background entry points of the people room."""

from uuid import UUID

from fairlead.jobs.public import job
from fairlead.people import confirming
from fairlead.tenancy.public import firm_context


@job("people.ask_confirmation", retries=5)
def ask_confirmation(*, firm_id: UUID, list_id: UUID, contact_id: UUID) -> None:
    """Mail a contact the link that confirms a subscription."""
    with firm_context(firm_id):
        letter = confirming.letter(list_id, contact_id)
    if letter is not None:
        letter.send()
