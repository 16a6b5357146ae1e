"""Notices, how members want them, and what left the house."""

from fairlead.notifications.models.live_post import LivePost
from fairlead.notifications.models.notice import Digest, Notice, NoticeMail
from fairlead.notifications.models.wishes import MORNING, MailWhen, Preference, Rhythm

__all__ = ["MORNING", "Digest", "LivePost", "MailWhen", "Notice", "NoticeMail", "Preference", "Rhythm"]
