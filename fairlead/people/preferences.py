"""The channels that a contact welcomes and refuses, as two fields that lists, filters, segments and files ask."""

from functools import partial

from fairlead.people.actions.consent import CHANNELS
from fairlead.records.public import Computed, Field, FieldType, Option, fragments


def _said(alias: str, *, welcome: bool) -> fragments.Sql:
    """Return the channels of which the contact said so, as an array in the order of their names."""
    return fragments.Sql(
        f"ARRAY(SELECT said.key FROM jsonb_each({alias}.channels) said "  # noqa: S608 - an alias of the compiler
        "WHERE said.value = to_jsonb(%s::boolean) ORDER BY said.key)",
        (welcome,),
    )


def _field(name: str, label: str, color: str, help_text: str, *, welcome: bool) -> Field:
    return Field(
        name, label, FieldType.MULTI_CHOICE, "Consent", editable=False, importable=False, help=help_text,
        options=tuple(Option(key, word, color) for key, word in CHANNELS.items()),
        computed=Computed(partial(_said, welcome=welcome), frozenset({"channels"})),
    )  # fmt: skip


PREFERENCES = (
    _field("welcome_channels", "Welcome channels", "green", "By which they like to be reached.", welcome=True),
    _field("refused_channels", "Refused channels", "red", "By which they do not want to be reached.", welcome=False),
)
