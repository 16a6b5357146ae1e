"""Who looks at a page: what the frame asks of this room."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from fairlead.accounts import security
from fairlead.accounts.actors import actor_for
from fairlead.accounts.models import Membership, User
from fairlead.shell.frame import FirmLink, Viewer
from fairlead.tenancy.public import Actor, Firm, firm_context

# Not a right within a firm: it comes with running the installation, and only the frame asks for it.
OPERATOR = "installation.operate"


def viewer(request: HttpRequest) -> Viewer | None:
    """Return who is looking; on pages outside of any firm, in the firm they worked in last."""
    user = request.user
    if not user.is_authenticated:
        return None
    found: Sequence[Firm] | None = getattr(request, "firms", None)  # a page of a firm was admitted by them
    if found is None:
        found = security.firms_of(user)
    firm: Firm | None = getattr(request, "firm", None)
    actor: Actor | None = getattr(request, "actor", None)
    if firm is None or actor is None:
        place = _last_place(user, found)
        if place is None:
            return None
        firm, actor = place
    return Viewer(
        name=user.name,
        email=user.email,
        firm_name=firm.name,
        firm_slug=firm.slug,
        may=lambda permission: user.is_operator if permission == OPERATOR else actor.can(permission),
        picture_url=reverse("own_photo") + f"?v={user.photo_path[-17:-5]}" if user.photo_path else "",
        firms=[FirmLink(f.name, reverse("accounts:start", kwargs={"firm": f.slug}), f.pk == firm.pk) for f in found],
        language="en",
    )


def _last_place(user: User, firms: Sequence[Firm]) -> tuple[Firm, Actor] | None:
    places: list[tuple[Firm, Membership]] = []
    for firm in firms:
        with firm_context(firm.id):
            member = Membership.rows().select_related("user", "custom_role").get(user=user)
            places.append((firm, member))
    if not places:
        return None
    firm, member = max(places, key=lambda p: p[1].last_seen_at or p[1].created_at)
    with firm_context(firm.id):
        return firm, actor_for(member, firm)
