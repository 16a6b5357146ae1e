"""Save, change and delete views of lists; remember how a member likes a list."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from fairlead.accounts.public import Team
from fairlead.events.public import record
from fairlead.kernel.errors import Forbidden, InvalidInput
from fairlead.kernel.fields import fitting
from fairlead.kernel.text import fold, squeeze
from fairlead.kernel.unique import unique
from fairlead.records import access, columns, lists
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.models import ListPreference, SavedView
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor

FIELDS = ("name", "scope", "team", "criteria", "query", "sort", "columns", "position")
NAME_LENGTH, QUERY_LENGTH, MAX_VIEWS = 80, 200, 200


@transaction.atomic
def create_view(noun: Noun, values: Mapping[str, Any], *, by: Actor) -> SavedView:
    """Save a view. `values`: name, scope, team, criteria, query, sort, columns.

    Raises `InvalidInput`, also for a name that a view of the same owner and sharing has.
    """
    if access.views(by, noun).count() >= MAX_VIEWS:
        raise InvalidInput(f"You see {MAX_VIEWS} views of this list already. Delete one first.")
    rows = SavedView.rows().filter(noun=noun.name)
    view = SavedView(noun=noun.name, owner_id=_member(by))
    view.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    _assign(view, noun, {"name": "", **values}, by)
    _save(view)
    record("view.created", by=by, subject=("view", view.id), data={"name": view.name, "noun": noun.name})
    return view


@transaction.atomic
def update_view(view_id: UUID, values: Mapping[str, Any], *, by: Actor) -> SavedView:
    """Change what `values` names of a view."""
    view = _editable(view_id, by)
    _assign(view, access.noun(view.noun), values, by)
    _save(view)
    record("view.updated", by=by, subject=("view", view.id), data={"name": view.name, "fields": sorted(values)})
    return view


@transaction.atomic
def delete_view(view_id: UUID, *, by: Actor) -> None:
    """Delete a view; who had it as default gets the plain list."""
    view = _editable(view_id, by)
    ListPreference.rows().filter(default_view=view).update(default_view=None)
    record("view.deleted", by=by, subject=("view", view.id), data={"name": view.name, "noun": view.noun})
    SavedView.rows().filter(pk=view.pk).delete()


@transaction.atomic
def prefer(
    noun: Noun, *, by: Actor, columns: Sequence[str] | None = None, default_view: UUID | str | None = ""
) -> ListPreference:
    """Remember the member's columns, or default view (None: none), of a list. A taste, so no event is written."""
    by.require(noun.permission("view"))
    kept, _ = ListPreference.objects.select_for_update().get_or_create(membership_id=_member(by), noun=noun.name)
    if columns is not None:
        kept.columns = _known_columns(noun, columns)
    if default_view != "":
        kept.default_view = access.view(by, default_view) if isinstance(default_view, UUID) else None
    kept.save()
    found: ListPreference = kept
    return found


def _save(view: SavedView) -> None:
    with unique(f"{view.name} is already a view of this list, with the same owner and sharing."):
        view.save()


def _member(by: Actor) -> UUID:
    if by.membership_id is None:
        raise Forbidden("Views belong to members.")
    return by.membership_id


def _editable(view_id: UUID, by: Actor) -> SavedView:
    view = access.view(by, view_id)
    if not access.may_edit(by, view):
        raise Forbidden("Only who saved this view, or who manages shared views, may change it.")
    return view


def _assign(view: SavedView, noun: Noun, values: Mapping[str, Any], by: Actor) -> None:
    errors: dict[str, list[str]] = {name: ["There is no such field."] for name in values if name not in FIELDS}
    for name in (n for n in FIELDS if n in values):
        try:
            _SETTERS[name](view, noun, values[name], by)
        except InvalidInput as error:
            errors |= {f"{name}.{path}" if path else name: messages for path, messages in error.fields.items()}
    if errors:
        raise InvalidInput(errors)
    if view.scope != SavedView.Scope.TEAM:
        view.team = None
    elif view.team is None:
        raise InvalidInput({"team": ["Choose one of your teams."]})


def _set_name(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    view.name = squeeze(str(value))
    view.name_norm = fold(view.name)
    if not 0 < len(view.name) <= NAME_LENGTH:
        raise InvalidInput(f"A name of 1 to {NAME_LENGTH} characters is expected.")


def _set_scope(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    if value not in SavedView.Scope.values:
        raise InvalidInput(f"One of {', '.join(SavedView.Scope.values)} is expected.")
    if value != SavedView.Scope.PRIVATE and value != view.scope and not by.can("views.share"):
        raise InvalidInput("Your role does not allow sharing views.")
    view.scope = value


def _set_team(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    if value and str(value) == str(view.team_id):
        return  # a team's view that one took over from a colleague stays that team's
    try:
        view.team = access.teams(by).get(pk=UUID(str(value))) if value else None
    except (ValueError, Team.DoesNotExist):
        raise InvalidInput("You are in no such team.") from None


def _set_criteria(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    if value:
        Criteria(noun, value, by=by)
    view.criteria = value or None


def _set_query(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    view.query = fitting(squeeze(str(value or "")), "query", QUERY_LENGTH)


def _set_sort(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    view.sort = str(value or "")
    if view.sort:
        lists.sort(noun, view.sort, Vocabulary(noun).custom(noun))


def _set_columns(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    if not isinstance(value, list):
        raise InvalidInput("A list of columns is expected.")
    view.columns = _known_columns(noun, value)


def _set_position(view: SavedView, noun: Noun, value: Any, by: Actor) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:
        raise InvalidInput("A whole number from 0 to 10000 is expected.")
    view.position = value


def _known_columns(noun: Noun, keys: Sequence[str]) -> list[str]:
    known = {column.key for column in columns.offered(noun, Vocabulary(noun).custom(noun))}
    return [key for key in dict.fromkeys(str(k) for k in keys) if key in known]


_SETTERS = {
    "name": _set_name,
    "scope": _set_scope,
    "team": _set_team,
    "criteria": _set_criteria,
    "query": _set_query,
    "sort": _set_sort,
    "columns": _set_columns,
    "position": _set_position,
}
