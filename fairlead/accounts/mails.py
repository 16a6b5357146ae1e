"""The mails of this room, as text and HTML."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from fairlead.accounts import grants
from fairlead.accounts.models import Invitation


def send_invitation(invitation: Invitation, token: str) -> None:
    """Send the link of an invitation; raises what the mail server's client raises."""
    path = reverse("join", kwargs={"slug": invitation.firm.slug, "token": token})
    context = {
        "invitation": invitation,
        "firm": invitation.firm,
        "inviter": invitation.invited_by.user.name if invitation.invited_by else invitation.firm.name,
        "role": grants.role_label(invitation.role, invitation.custom_role),
        "link": settings.BASE_URL + path,
    }
    subject = f"{context['inviter']} invites you to {invitation.firm.name}"
    text = render_to_string("accounts/mail/invitation.txt", context)
    message = EmailMultiAlternatives(" ".join(subject.split()), text, to=[invitation.email])
    message.attach_alternative(render_to_string("accounts/mail/invitation.html", context), "text/html")
    message.send()
