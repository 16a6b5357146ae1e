"""How what is wrong with criteria is named where they are one value among others."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from fairlead.kernel.errors import InvalidInput

FIELD = "criteria"


@contextmanager
def criteria_field() -> Iterator[None]:
    """Name wrong conditions as requests send them, below `criteria`: `criteria.all.0.value`."""
    try:
        yield
    except InvalidInput as error:
        if error.code != "invalid_criteria":
            raise
        named = {f"{FIELD}.{path}" if path else FIELD: texts for path, texts in error.fields.items()}
        raise InvalidInput(named, code=error.code) from None


def at_conditions(errors: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return what the builder shows at its conditions: the path within the tree, and the message."""
    return [
        {"path": path.removeprefix(FIELD).removeprefix("."), "message": " ".join(texts)}
        for path, texts in errors.items()
    ]
