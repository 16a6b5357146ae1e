"""How values are said that are kept as codes and numbers: one way for pages, lists and texts."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import formats

from fairlead.kernel import dates, money
from fairlead.kernel.places import countries, language_name
from fairlead.records.fields import FieldType

PLAIN_WORDS: Mapping[FieldType, Callable[[Any], str]] = {
    FieldType.RECURRING_DATE: dates.yearly,
    FieldType.COUNTRY: lambda code: countries().get(code, code),
    FieldType.LANGUAGE: language_name,
    FieldType.MONEY: lambda value: money.shown(value["amount"], value["currency"]),
    FieldType.NUMBER: lambda value: formats.number_format(value, use_l10n=True, force_grouping=True),
}
