"""What an address asks of a list: its own parameters, else the chosen view's, else the member's habits."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import QueryDict

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import InvalidInput
from fairlead.records import access, columns
from fairlead.records.criteria.context import Context
from fairlead.records.criteria.parsing import read_tree
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.listing import Listing
from fairlead.records.models import ListPreference, SavedView
from fairlead.records.nouns import Noun
from fairlead.shell.lists import Selection

PARAMETERS = ("view", "q", "criteria", "sort", "columns", "after", "before")
WHOLE = "all"  # the tab of the plain list: no view, not even the default one


class Asked:
    """A list as asked for; everything is read at most once."""

    def __init__(self, request: FirmRequest, noun: Noun, parameters: QueryDict | None = None) -> None:
        """Read the request's own parameters, or those of another address of the list."""
        request.actor.require(noun.permission("view"))
        self.request = request
        self.parameters = request.GET if parameters is None else parameters
        self.noun = noun
        self.vocabulary = Vocabulary(noun)

    @cached_property
    def views(self) -> list[SavedView]:
        """Return the views the member sees, in their order."""
        return list(access.views(self.request.actor, self.noun))

    @cached_property
    def preference(self) -> ListPreference | None:
        """Return how the member likes this list."""
        return ListPreference.rows().filter(membership=self.request.actor.membership_id, noun=self.noun.name).first()

    @cached_property
    def view(self) -> SavedView | None:
        """Return the chosen view; the default one when nothing at all is asked for."""
        chosen: Any = self.parameters.get("view", "")
        if not any(name in self.parameters for name in PARAMETERS) and self.preference is not None:
            chosen = self.preference.default_view_id
        return next((view for view in self.views if str(view.pk) == str(chosen)), None)

    @property
    def is_view_gone(self) -> bool:
        """Tell whether the address names a view that is not there for the member: the list looks like another then."""
        return self.parameters.get("view", WHOLE) not in ("", WHOLE) and self.view is None

    def _asked(self, name: str, attribute: str) -> str:
        if name in self.parameters:
            return str(self.parameters[name])
        return str(getattr(self.view, attribute)) if self.view else ""

    @cached_property
    def query(self) -> str:
        """Return the quick search."""
        return self._asked("q", "query")

    @cached_property
    def sort(self) -> str:
        """Return the order; the noun's own when none is asked for, or a view's field has gone to the archive."""
        wanted = self._asked("sort", "sort")
        gone = "sort" not in self.parameters and wanted.removeprefix("-") not in self._orders
        return self.noun.default_sort if gone else wanted or self.noun.default_sort

    @property
    def _orders(self) -> set[str]:
        return {column.key for column in self.offered if column.sortable}

    @cached_property
    def criteria(self) -> Any:
        """Return the criteria's tree or None; raise `InvalidInput` for what is no JSON."""
        if "criteria" not in self.parameters:
            return self.view.criteria if self.view else None
        return read_tree(str(self.parameters["criteria"]))

    @cached_property
    def offered(self) -> list[columns.Offered]:
        """Return every column of the list."""
        return columns.offered(self.noun, self.vocabulary.custom(self.noun))

    @cached_property
    def chosen(self) -> list[columns.Offered]:
        """Return the columns to show."""
        return columns.chosen(self.offered, self._keys(), self.noun)

    def _keys(self) -> Sequence[str]:
        if self.parameters.get("columns"):
            return str(self.parameters["columns"]).split(",")
        if self.view and self.view.columns:
            return [str(key) for key in self.view.columns]
        return [str(key) for key in self.preference.columns] if self.preference else []

    @cached_property
    def listing(self) -> Listing:
        """Return the list, ready to be read."""
        actor = self.request.actor
        return Listing(
            self.noun, actor, self.criteria, self.query, self.sort, vocabulary=self.vocabulary,
            context=Context.of(actor, self.request.firm),
        )  # fmt: skip

    @property
    def cursor(self) -> str:
        """Return the cursor, whichever way it leads."""
        return self.parameters.get("after") or self.parameters.get("before") or ""

    @property
    def view_id(self) -> UUID | None:
        """Return the chosen view's id."""
        return self.view.pk if self.view else None


def selected(request: FirmRequest, noun: Noun) -> dict[str, Any]:
    """Return the records that the posted `selection` means, as actions take them: `ids`, or `criteria` and `query`."""
    selection = Selection.from_json(request.POST.get("selection", ""))
    if selection.everything:
        asked = Asked(request, noun, QueryDict(selection.search))
        return {"criteria": asked.criteria, "query": asked.query}
    try:
        return {"ids": [UUID(pk) for pk in selection.ids]}
    except ValueError:
        raise InvalidInput("Select rows first.") from None
