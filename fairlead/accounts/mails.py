"""The mails of this room, as text and HTML."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from fairlead.accounts import grants
from fairlead.accounts.models import Invitation, Membership
from fairlead.kernel.letters import Letter


def invitation(invitation: Invitation, token: str) -> Letter:
    """Return the letter with the link of an invitation."""
    path = reverse("join", kwargs={"slug": invitation.firm.slug, "token": token})
    context = {
        "invitation": invitation,
        "firm": invitation.firm,
        "inviter": invitation.invited_by.user.name if invitation.invited_by else invitation.firm.name,
        "role": grants.role_label(invitation.role, invitation.custom_role),
        "link": settings.BASE_URL + path,
    }
    subject = f"{context['inviter']} invites you to {invitation.firm.name}"
    text, html = (render_to_string(f"accounts/mail/invitation.{kind}", context) for kind in ("txt", "html"))
    return Letter(invitation.email, subject, text, html)


def send_reset(member: Membership) -> None:
    """Tell a person that their second factors are gone; raises what the mail server's client raises."""
    context = {"member": member, "firm": member.firm, "link": settings.BASE_URL + reverse("mfa_index")}
    text, html = (render_to_string(f"accounts/mail/second_factors_reset.{kind}", context) for kind in ("txt", "html"))
    Letter(member.user.email, "Your second factors were reset", text, html).send()
