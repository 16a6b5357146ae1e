"""Choose how to be told."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction

from fairlead.accounts.public import Membership, require_no_scopes
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.notifications import kinds
from fairlead.notifications.models import MORNING, MailWhen, Notice, Preference, Rhythm
from fairlead.tenancy.public import Actor

TIMES = ("quiet_from", "quiet_until", "digest_at")


@transaction.atomic
def set_preferences(wanted: Mapping[str, Mapping[str, Any]], *, by: Actor) -> None:
    """Set for kinds of notices, by key, `in_app` (bool) and `mail` (never, now, digest). Only one's own."""
    member = _member(by)
    rows = []
    for key, wish in wanted.items():
        try:
            default = kinds.get(key)
        except kinds.UnknownKind:
            raise InvalidInput({key: ["There is no such kind of notice."]}) from None
        mail = wish.get("mail", default.mail)
        if mail not in MailWhen.values:
            raise InvalidInput({key: ["Choose never, now or digest."]})
        rows.append(Preference(member=member, kind=key, in_app=bool(wish.get("in_app", default.in_app)), mail=mail))
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["firm", "member", "kind"],
        update_fields=["in_app", "mail", "updated_at"],
    )  # fmt: skip


@transaction.atomic
def set_rhythm(values: Mapping[str, Any], *, by: Actor) -> Rhythm:
    """Set `quiet_from`, `quiet_until`, `quiet_weekends` and `digest_at` (None: no digest) of the actor."""
    member = _member(by)
    found = Rhythm.rows().filter(member=member).select_for_update(of=("self",)).first()
    had_none = found is not None and found.digest_at is None
    found = found or Rhythm(member=member, digest_at=MORNING)
    for name in TIMES:
        if name in values:
            setattr(found, name, _time(name, values[name]))
    if "quiet_weekends" in values:
        found.quiet_weekends = bool(values["quiet_weekends"])
    if (found.quiet_from is None) != (found.quiet_until is None):
        missing = "quiet_from" if found.quiet_from is None else "quiet_until"
        raise InvalidInput({missing: ["Quiet hours need a beginning and an end."]})
    if found.quiet_from is not None and found.quiet_from == found.quiet_until:
        raise InvalidInput({"quiet_until": ["They end when they begin: choose another time, or leave both empty."]})
    found.digest_due = found.next_digest(clock.now(), member.user.time_zone)
    found.save()
    if had_none and found.digest_at:  # what came while there was no digest is no news any more
        Notice.rows().filter(member=member, in_digest=True).update(in_digest=False)
    return found


def _member(by: Actor) -> Membership:
    if by.membership_id is None:
        raise Forbidden("Only a member has notifications.")
    require_no_scopes("changes how you are told", by=by)
    return Membership.rows().select_related("user").get(pk=by.membership_id)


def _time(name: str, value: Any) -> time | None:
    if value in (None, ""):
        return None
    try:
        found = value if isinstance(value, time) else time.fromisoformat(str(value))
    except ValueError:
        found = None
    if found is None or found.tzinfo is not None:
        raise InvalidInput({name: ["A time on your own clock such as 18:30 is expected."]})
    return found
