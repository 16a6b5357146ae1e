"""Keep snippets, and use them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from fairlead.accounts.public import Team, TeamMembership
from fairlead.activities import access, merging, prebuilt, richtext
from fairlead.activities.access import About
from fairlead.activities.actions import associating
from fairlead.activities.models import Snippet
from fairlead.events.public import record
from fairlead.kernel import clock
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.tenancy.public import Actor

NAME, CATEGORY = 80, 60
SCOPES = ("mine", "team", "firm")
_SHORTCUT = re.compile(r"[^\W_][\w-]{0,39}\Z")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A snippet with its fields filled: for the rich text editor, and for plain text boxes."""

    html: str
    text: str


@transaction.atomic
def save_snippet(values: Mapping[str, Any], *, by: Actor, snippet_id: UUID | None = None) -> Snippet:
    """Create a snippet, or change the one with `snippet_id`; what is not given stays.

    `values`: shortcut, name, category, body (HTML with merge fields), scope (mine, team, firm), team (id). Shared
    ones are written by who manages snippets, team ones by the team's members too.
    """
    by.require("notes.edit")
    found = Snippet(owner_id=by.membership_id, created_by_id=by.membership_id)
    if snippet_id is not None:
        found = access.snippet(by, snippet_id, lock=True)
        _require_own(found, by)
    _place(found, values, by)
    _check(found, values)
    with unique(f"#{found.shortcut} is taken there.", field="shortcut"):
        found.save()
    record("snippet.saved", by=by, subject=("snippet", found.pk), data={"name": found.shortcut})
    return found


@transaction.atomic
def delete_snippet(snippet_id: UUID, *, by: Actor) -> None:
    """Delete a snippet; texts that were written with it stay."""
    by.require("notes.edit")
    found = access.snippet(by, snippet_id, lock="to delete")
    _require_own(found, by)
    record("snippet.deleted", by=by, subject=("snippet", found.pk), data={"name": found.shortcut})
    found.delete()


@transaction.atomic
def expand_snippet(snippet_id: UUID, *, by: Actor, about: About | None = None) -> Expansion:
    """Return a snippet filled for a record, and count the use."""
    found = access.snippet(by, snippet_id)
    Snippet.rows().filter(pk=found.pk).update(usage_count=F("usage_count") + 1, last_used_at=clock.now())
    filled = merging.merged(found.body, about, by)
    return Expansion(richtext.clean(filled), richtext.plain(filled))


@transaction.atomic
def add_usual_snippets(*, by: Actor) -> int:
    """Give the firm the pre-built snippets that it does not have; returns how many."""
    by.require("snippets.manage")
    return _furnish(by)


def furnish_firm(by: Actor) -> None:
    """Give a new firm the pre-built snippets."""
    _furnish(by)


def _furnish(by: Actor) -> int:
    before = Snippet.rows().count()
    made = [
        Snippet(shortcut=s, shortcut_norm=fold(s), name=name, category=category, body=richtext.clean(body),
                text=richtext.plain(body), created_by_id=by.membership_id)
        for s, name, category, body in prebuilt.SNIPPETS
    ]  # fmt: skip
    Snippet.objects.bulk_create(made, ignore_conflicts=True)
    return Snippet.rows().count() - before


def may_change(found: Snippet, by: Actor) -> bool:
    """Tell whether the actor may change a snippet: one's own always, a shared one by who wrote it or a manager."""
    if not by.can("notes.edit"):
        return False
    return by.can("snippets.manage") or by.membership_id in (found.owner_id, found.created_by_id)


def _require_own(found: Snippet, by: Actor) -> None:
    if not may_change(found, by):
        raise Forbidden("Only who wrote a shared snippet, or a manager, can change it.")


def _place(found: Snippet, values: Mapping[str, Any], by: Actor) -> None:
    if "scope" not in values:
        return
    scope, team = values["scope"], values.get("team")
    if scope not in SCOPES:
        raise InvalidInput({"scope": ["Choose mine, team or firm."]})
    if scope == "firm":
        is_firms = not found._state.adding and found.owner_id is None and found.team_id is None
        if not is_firms:
            by.require("snippets.share")
        found.owner_id, found.team_id = None, None
    elif scope == "team":
        if team is None or not _may_give(found, team, by):
            raise InvalidInput({"team": ["Choose one of your teams."]})
        found.owner_id, found.team_id = None, team
    else:
        found.owner_id, found.team_id = found.created_by_id or by.membership_id, None


def _may_give(found: Snippet, team: UUID, by: Actor) -> bool:
    """Tell whether a snippet may be this team's: it is already, the actor is in it, or manages everybody's."""
    if team == found.team_id or (by.can("snippets.manage") and Team.rows().filter(pk=team).exists()):
        return True
    return TeamMembership.rows().filter(membership_id=by.membership_id or access.NOBODY, team_id=team).exists()


def _check(found: Snippet, values: Mapping[str, Any]) -> None:
    errors: dict[str, list[str]] = {}
    code = InvalidInput.code
    if "shortcut" in values or found._state.adding:
        found.shortcut = (values.get("shortcut") or "").strip().lstrip("#")
        found.shortcut_norm = fold(found.shortcut)
        if not _SHORTCUT.match(found.shortcut):
            errors["shortcut"] = ["One word of letters, digits, - and _, at most 40."]
    found.name = squeeze(values.get("name", found.name) or "") or f"#{found.shortcut}"
    found.category = squeeze(values.get("category", found.category) or "")
    if len(found.name) > NAME or len(found.category) > CATEGORY:
        errors["name"] = [f"At most {NAME} characters fit, {CATEGORY} for the category."]
    if "body" in values or found._state.adding:
        try:
            found.body = associating.clean_body(values.get("body") or "", required="Write the text.")
            merging.check(found.body)
            found.text = richtext.plain(found.body)
        except InvalidInput as error:
            errors |= error.fields
            code = error.code
    if errors:
        raise InvalidInput(errors, code=code)
