"""Tell open pages that something changed, when the transaction commits."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.db import connection

from fairlead.notifications.models import LivePost
from fairlead.tenancy.public import require_firm

CHANNEL = "fairlead_live"
NOTICES = "notices"  # the topic of a member's own notices


def tell(members: Collection[UUID] | None, topic: str) -> None:
    """Make the open pages of members (None: of everybody in the firm) read again what shows `topic`.

    The message carries nothing but the topic: each page asks for what it may see.
    """
    targets: Sequence[UUID | None] = [None] if members is None else sorted(members)
    posts = [LivePost(member_id=member, topic=topic) for member in targets]
    if not posts:
        return
    LivePost.objects.bulk_create(posts)
    if not settings.LISTEN:
        return
    firm = require_firm()
    with connection.cursor() as cursor:
        lines = [f"{firm} {post.member_id or '*'} {post.id} {topic}" for post in posts]
        cursor.execute("SELECT pg_notify(%s, line) FROM unnest(%s::text[]) AS line", [CHANNEL, lines])
