"""Mails that did not go out: whoever caused one hears of it, for the person it was for does not know what happened."""

from collections.abc import Iterable, Sequence

from fairlead.events.public import Event
from fairlead.kernel.ids import read_id
from fairlead.notifications import rules
from fairlead.notifications.kinds import Kind, declare
from fairlead.notifications.models.wishes import MailWhen
from fairlead.notifications.rules import Draft

KIND = "mail_failed"
WORDS = {
    "invitation.mail_failed": (
        "The invitation to {email} could not be sent",
        "Check the address, then send it again or invite the right one.",
    ),
    "second_factor.mail_failed": (
        "{name} was not told that their second factors were reset",
        "The mail to {email} could not be sent. Tell them yourself: only the password guards the log-in now.",
    ),
}


def register() -> None:
    """Declare the kind and plug in the rule. It comes in the application only: mail is what fails."""
    declare(
        Kind(
            KIND,
            "A mail that I caused could not be sent",
            "Mail",
            icon="mail-x",
            color="red",
            mail=MailWhen.NEVER,
            order=90,
        )
    )
    rules.register("mails that failed", WORDS.keys(), failed)


def failed(events: Sequence[Event]) -> Iterable[Draft]:
    """Tell the member who invited, or reset."""
    for event in events:
        member = read_id(event.data.get("asked_by"))
        if member is not None:
            title, text = (words.format_map(event.data) for words in WORDS[event.type])
            yield Draft(event, member, KIND, title, text, "settings/members/", even_to_actor=True)
