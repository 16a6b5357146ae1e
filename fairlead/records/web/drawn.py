"""From what is asked to the page that the shell draws."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fairlead.kernel.errors import InvalidInput
from fairlead.records import access, bulk, columns, lists, nouns
from fairlead.records.listing import mark
from fairlead.records.web import place
from fairlead.records.web.asked import WHOLE, Asked
from fairlead.shell.lists import Action, BulkAction, Column, CriteriaError, ListPage, Lost, Row, SavedView, Title


def draw(asked: Asked) -> ListPage:
    """Return the list page; with wrong criteria, its errors instead of rows."""
    read = _read(asked)
    noun, request = asked.noun, asked.request
    here = {"noun": noun.plural}
    shown = {column.key for column in asked.chosen}
    rest = [column for column in asked.offered if column.key not in shown]
    nothing = read.get("rows") == [] and not (asked.query or asked.criteria or asked.cursor)
    return ListPage(
        title=noun.label_plural, singular=noun.label.lower(), plural=noun.label_plural.lower(), icon=noun.icon,
        url=place.url(request, noun.plural),
        columns=[*_shown(asked.chosen), *(_column(c, False) for c in rest)],
        sort=asked.sort, query=asked.query, criteria=_tree(asked),
        view_id=str(asked.view_id or ""), views=_views(asked),
        save_view_url=place.url(request, "view-new", **here),
        columns_url=place.url(request, "columns", **here),
        catalogue_url=place.url(request, "catalogue", **here),
        count_url=place.url(request, "count", **here),
        bulk=_bulk(asked), actions=_actions(asked), nothing_yet=nothing, empty_actions=_making(asked),
        empty_title=f"Your {noun.label_plural.lower()} live here", empty_text=_invitation(asked),
        live=f"list:{noun.name}", **read,
    )  # fmt: skip


def _read(asked: Asked) -> dict[str, Any]:
    """Return the rows and the cursors around them, or what is wrong with the criteria, or with the place."""
    try:
        rows, cursors = _rows(asked)
    except InvalidInput as error:
        if error.code == "invalid_criteria":
            wrong = ((path, message) for path, messages in error.fields.items() for message in messages)
            return {"errors": [CriteriaError(path, message) for path, message in wrong]}
        if lost := _lost(asked, error):
            return {"lost": lost}
        raise
    return {"rows": rows, **cursors}


def _rows(asked: Asked) -> tuple[list[Row], dict[str, str]]:
    request, noun = asked.request, asked.noun
    values = columns.Values(noun, asked.chosen, request.actor, lambda n, pk: place.record_url(request, n, pk))
    cut, records = asked.listing.page(asked.cursor, values.names)
    by: lists.Sort = asked.listing.order()
    cells = values.rows(records)
    square, plain = bool(noun.extra.get("square")), bool(noun.extra.get("plain"))
    rows = [
        Row(
            str(record["id"]),
            place.record_url(request, noun, record["id"]),
            [Title(str(first or "—"), square=square, plain=plain), *others],
        )
        for record, (first, *others) in zip(records, cells, strict=True)
    ]
    return rows, {"next_cursor": mark(by, cut.next), "previous_cursor": mark(by, cut.previous)}


def _lost(asked: Asked, error: InvalidInput) -> Lost | None:
    """Say what is wrong with the place or the order that the address asks for, and where the list begins."""
    if "sort" in error.fields:
        return Lost(error.fields["sort"][0], _without(asked, "Show it in its usual order", "sort"))
    if "?cursor" in error.fields:
        text = "The address of this page was cut, or belongs to the list in another order."
        return Lost(text, _without(asked, "Go to the first page"))
    return None


def _without(asked: Asked, label: str, *names: str) -> Action:
    kept = asked.parameters.copy()
    for name in ("after", "before", *names):
        kept.pop(name, None)
    base = place.url(asked.request, asked.noun.plural)
    return Action(label, f"{base}?{kept.urlencode()}" if kept else base)


def _shown(chosen: Sequence[columns.Offered]) -> list[Column]:
    """Return the shown columns; the first is the row's title, whatever its values are."""
    first, *others = (_column(column, True) for column in chosen)
    return [replace(first, kind="title"), *others]


def _tree(asked: Asked) -> Any:
    """Return the tree for the builder, wrong nodes and all; None for what is no tree."""
    try:
        return asked.criteria if isinstance(asked.criteria, dict) else None
    except InvalidInput:
        return None


def _column(column: columns.Offered, shown: bool) -> Column:
    return Column(column.key, column.label, column.kind, column.sortable, shown, column.group)


def _views(asked: Asked) -> list[SavedView]:
    base = place.url(asked.request, asked.noun.plural)
    everything = SavedView("", f"All {asked.noun.plural}", f"{base}?view={WHOLE}", current=asked.view is None)
    return [everything, *(_view(asked, view, base) for view in asked.views)]


def _view(asked: Asked, view: Any, base: str) -> SavedView:
    edit = place.url(asked.request, "view", view_id=view.pk) if access.may_edit(asked.request.actor, view) else ""
    shared = view.scope != view.Scope.PRIVATE
    return SavedView(
        str(view.pk), view.name, f"{base}?{urlencode({'view': view.pk})}", view == asked.view, shared, edit
    )


def _bulk(asked: Asked) -> list[BulkAction]:
    request, here = asked.request, {"noun": asked.noun.plural}
    export = BulkAction("export", "Export", "download", place.url(request, "export", **here))
    verbs = [
        BulkAction(
            verb.name, verb.label_of(asked.noun), verb.icon, place.url(request, "bulk", verb=verb.name, **here),
            verb.danger,
        )
        for verb in bulk.offered(asked.noun, request.actor)
    ]  # fmt: skip
    return [export, *verbs] if request.actor.can(asked.noun.permission("export")) else verbs


def _actions(asked: Asked) -> list[Action]:
    """Return the buttons of the page's head: whatever pages the rooms have for them."""
    noun, request = asked.noun, asked.request
    found = [Action(label, place.elsewhere(request, name), icon) for label, icon, name in noun.extra.get("pages", ())]
    found += [Action(label, _of_these(asked, name), icon) for label, icon, name in noun.extra.get("reports", ())]
    # The quick search is no part of the criteria: with it the list shows others than what would be kept.
    if _tree(asked) and not asked.query:
        offered = nouns.keepings(noun.name, request.actor)
        found += [Action(k.label, _of_these(asked, k.page), k.icon) for k in offered]
    if request.actor.can(noun.permission("export")):
        address = f"{place.url(request, 'export', noun=noun.plural)}?{request.GET.urlencode()}"
        found.append(Action("Export", address, "download", dialog=True))
    return [*found, *_making(asked)]


def _of_these(asked: Asked, name: str) -> str:
    """Return the address of a report of those whom the list's filter leaves."""
    given = {"of": asked.noun.plural} | ({"criteria": json.dumps(tree)} if (tree := _tree(asked)) else {})
    return f"{place.elsewhere(asked.request, name)}?{urlencode(given)}"


def _invitation(asked: Asked) -> str:
    """Say to the viewer of an empty list what to do about it."""
    labels = [action.label for action in _making(asked)]
    if not labels:
        return "There is nothing to see yet."
    if "Import" in labels:
        return "Bring them in from the system you leave, or add the first one by hand."
    return "Add the first one by hand."


def _making(asked: Asked) -> list[Action]:
    """Return the buttons that bring records into the list."""
    noun, request = asked.noun, asked.request
    importing = Action("Import", place.elsewhere(request, f"records:{noun.plural}-import"), "upload")
    new = place.elsewhere(request, f"{noun.page}-new")
    by_hand = Action(f"New {noun.label.lower()}", new, "plus", primary=True, dialog=True)
    offers = (("import", importing), ("edit", by_hand))
    return [action for verb, action in offers if action.url and request.actor.can(noun.permission(verb))]
