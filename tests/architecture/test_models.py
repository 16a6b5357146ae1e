"""What every model says about itself: the docstrings are ruff's business, the help texts of fields are kept here."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

# Words that say nothing beside a field's name.
SMALL = frozenset(
    "a an and are as at be by for from has have in into is it its of on or that the their this to was which who whose "
    "what when where with field value column".split()
)
LONGEST = 130  # characters: a sentence, not a paragraph


def is_ours(kind: type) -> bool:
    """Tell whether a class is the project's own."""
    return kind.__module__.startswith("fairlead.")


def helped() -> Iterator[tuple[str, type[Model], Any]]:
    """Yield every field that we declare, with its model; what a model inherits from a library is the library's."""
    for model in apps.get_models(include_auto_created=True):
        if not is_ours(model):
            continue
        foreign = [base._meta for base in model.__mro__ if hasattr(base, "_meta") and not is_ours(base)]
        inherited = {field.name for meta in foreign for field in meta.local_fields}
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if field.name not in inherited:
                yield f"{model._meta.label}.{field.name}", model, field


def words(text: str) -> set[str]:
    """Return the words of a text or a name that carry meaning, without their plural."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return {word.removesuffix("s") for word in re.findall(r"[a-z0-9]+", spaced.lower()) if word not in SMALL}


def test_every_field_has_a_help_text() -> None:
    silent = [label for label, _, field in helped() if not str(field.help_text).strip()]
    assert silent == []


def test_no_help_text_only_says_the_name_again() -> None:
    known = {label: words(f"{model.__name__} {field.name} {field.verbose_name}") for label, model, field in helped()}
    empty = [label for label, _, field in helped() if not words(str(field.help_text)) - known[label]]
    assert empty == []


def test_help_texts_are_sentences() -> None:
    odd = [
        label
        for label, _, field in helped()
        if not str(field.help_text).endswith((".", "…")) or len(str(field.help_text)) > LONGEST
    ]
    assert odd == []


def test_the_words_of_a_name_are_told_from_those_of_a_help() -> None:
    assert words("The name of this Tag.") - words("Tag name") == set()
    assert words("Folded name.") - words("Tag name_norm") == {"folded"}
    assert words("SavedView.default_view") == {"saved", "view", "default"}
