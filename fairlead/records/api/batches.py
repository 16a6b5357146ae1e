"""Up to a thousand records in one request, each judged by itself."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from fairlead.kernel.errors import FairleadError
from fairlead.shell.api import problems
from fairlead.shell.api.strict import Input, Output

MAX_ITEMS = 1000


class Items(serializers.ListField):
    """A list whose items are checked one by one when their turn comes, so that one bad item spoils only itself."""

    def __init__(self, child: Any) -> None:
        super().__init__(child=child, min_length=1, max_length=MAX_ITEMS, help_text=f"At most {MAX_ITEMS}.")

    def run_child_validation(self, data: Any) -> Any:
        """Return the items as sent."""
        return data


class Ids(Input):
    """Which records."""

    ids = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MAX_ITEMS, help_text=f"At most {MAX_ITEMS}."
    )


class ProblemOutput(Output):
    """Why one item failed, in the shape of every error."""

    type = serializers.URLField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.ListField(  # type: ignore[assignment]
        child=serializers.DictField(), required=False
    )
    current_version = serializers.IntegerField(required=False)


class BatchItemOutput(Output):
    """What became of one item."""

    index = serializers.IntegerField(help_text="Its place in the request, from 0.")
    status = serializers.IntegerField(help_text="What a request of its own would have answered.")
    id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    problem = ProblemOutput(allow_null=True)


class BatchOutput(Output):
    """What became of each item, in the order of the request. What succeeded stays, whatever failed."""

    succeeded = serializers.IntegerField()
    failed = serializers.IntegerField()
    results = BatchItemOutput(many=True)


def each(items: Iterable[Any], run: Callable[[Any], Any], *, status: int = 200) -> dict[str, Any]:
    """Run the action for every item in a savepoint of its own and return the body of `BatchOutput`.

    `run` returns the record (with `pk` and `version`), or None when there is nothing to tell.
    """
    results = []
    for index, item in enumerate(items):
        result: dict[str, Any] = {"index": index, "status": status, "id": None, "version": None, "problem": None}
        try:
            with transaction.atomic():
                record = run(item)
            result |= {"id": getattr(record, "pk", None), "version": getattr(record, "version", None)}
        except (FairleadError, ValidationError) as error:
            problem, _ = problems.describe(error, {})
            result |= {"status": problem["status"], "problem": problem}
        results.append(result)
    failed = sum(r["problem"] is not None for r in results)
    return {"succeeded": len(results) - failed, "failed": failed, "results": results}
