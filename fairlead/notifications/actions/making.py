"""Write notices, each once, and decide how each leaves."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.kernel import clock
from fairlead.notifications import kinds, quiet
from fairlead.notifications.actions.telling import NOTICES, tell
from fairlead.notifications.jobs import wake_mails
from fairlead.notifications.models import MORNING, MailWhen, Notice, NoticeMail, Preference, Rhythm
from fairlead.notifications.rules import Draft

Wish = tuple[bool, str]


def make_notices(drafts: Sequence[Draft]) -> int:
    """Write the notices that members want and do not have yet; return how many. Runs in the caller's transaction."""
    wanted = [d for d in drafts if d.even_to_actor or d.event.actor_id != d.member]
    members = _members(wanted)
    wishes = _wishes(list(members))
    made = [_notice(d, wishes) for d in wanted if d.member in members]
    made = list({(n.member_id, n.key): n for n in made if n.shown or n.in_digest or _mails(n, wishes)}.values())
    if not made:
        return 0
    Notice.objects.bulk_create(made, ignore_conflicts=True)
    new = set(Notice.rows().filter(pk__in=[n.pk for n in made]).values_list("pk", flat=True))
    fresh = [n for n in made if n.pk in new]
    _queue_mails([n for n in fresh if _mails(n, wishes)], members)
    _expect_digests({n.member_id for n in fresh if n.in_digest}, members)
    tell({n.member_id for n in fresh if n.shown}, NOTICES)
    return len(fresh)


def wish(member_id: UUID, kind: str, wishes: dict[tuple[UUID, str], Wish]) -> Wish:
    """Return (in the app, when by mail) for a member and kind."""
    default = kinds.known(kind)
    return wishes.get((member_id, kind), (default.in_app, default.mail))


def _members(drafts: Sequence[Draft]) -> dict[UUID, Membership]:
    ids = {d.member for d in drafts}
    rows = Membership.rows().filter(pk__in=ids, deactivated_at=None).select_related("user")
    return {m.pk: m for m in rows}


def _wishes(member_ids: Sequence[UUID]) -> dict[tuple[UUID, str], Wish]:
    rows = Preference.rows().filter(member__in=member_ids).values_list("member_id", "kind", "in_app", "mail")
    return {(member, kind): (in_app, mail) for member, kind, in_app, mail in rows}


def _notice(draft: Draft, wishes: dict[tuple[UUID, str], Wish]) -> Notice:
    in_app, mail = wish(draft.member, draft.kind, wishes)
    return Notice(
        member_id=draft.member, kind=draft.kind, key=draft.key or f"{draft.kind}:{draft.event.id}",
        title=draft.title, text=draft.text, link=draft.link, actor_label=draft.event.actor_label,
        event=draft.event.id, occurred_at=draft.occurred_at, shown=in_app, in_digest=mail == MailWhen.DIGEST,
    )  # fmt: skip


def _mails(notice: Notice, wishes: dict[tuple[UUID, str], Wish]) -> bool:
    return wish(notice.member_id, notice.kind, wishes)[1] == MailWhen.NOW


def _queue_mails(notices: Sequence[Notice], members: dict[UUID, Membership]) -> None:
    if not notices:
        return
    rhythms = {r.member_id: r for r in Rhythm.rows().filter(member__in=[n.member_id for n in notices])}
    now = clock.now()
    NoticeMail.objects.bulk_create(
        [NoticeMail(notice=n, send_at=_send_at(now, members[n.member_id], rhythms.get(n.member_id))) for n in notices],
        ignore_conflicts=True,
    )
    wake_mails()


def _expect_digests(ids: set[UUID], members: dict[UUID, Membership]) -> None:
    """Have a digest come in the morning to those who never chose a time: what is put off into it must reach them."""
    chosen = set(Rhythm.rows().filter(member__in=ids).values_list("member_id", flat=True))
    now = clock.now()
    Rhythm.objects.bulk_create(
        [
            Rhythm(member_id=m, digest_at=MORNING, digest_due=quiet.next_at(now, members[m].user.time_zone, MORNING))
            for m in sorted(ids - chosen)
        ],
        ignore_conflicts=True,
    )


def _send_at(now: datetime, member: Membership, rhythm: Rhythm | None) -> datetime:
    if rhythm is None:
        return now
    end = quiet.ends(now, member.user.time_zone, rhythm.quiet_from, rhythm.quiet_until, weekends=rhythm.quiet_weekends)
    return end or now
