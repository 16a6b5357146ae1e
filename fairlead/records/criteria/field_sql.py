"""Field tests as SQL: over columns of the noun's table, and over the index of custom values."""

import re
from typing import Any

from django.db.models import Model

from fairlead.kernel.text import prefix_end
from fairlead.records.criteria.fragments import FALSE, TRUE, Sql, elsewhere, join, negate, quote
from fairlead.records.criteria.operators import TEXTS
from fairlead.records.criteria.primitives import Among, Anniversary, Known, Part, Primitive, Range, over_keys
from fairlead.records.custom.keys import TEXT_LENGTH, phone_key, searchable
from fairlead.records.fields import Field, FieldType
from fairlead.records.models import CustomField
from fairlead.tenancy.public import require_firm

_PARTS = {
    "contains": "strpos({0}, %s) > 0",
    "starts_with": "starts_with({0}, %s)",
    "ends_with": "right({0}, %s) = %s",
}


def standard_test(model: type[Model], field: Field, primitive: Primitive, alias: str) -> Sql:
    """Return the test over a column of the noun's own table, or over what is computed from its columns."""
    if field.computed is not None:
        return computed_test(field.type, field.computed.sql(alias), primitive)
    found: Any = model._meta.get_field(field.attribute)
    stored = f"{alias}.{quote(found.column)}"
    known = f"{stored} IS NOT NULL" if found.null else ""
    if isinstance(primitive, Known):
        parts = [known] if known else []
        if found.empty_strings_allowed and field.type not in (FieldType.MEMBER, FieldType.COMPANY, FieldType.REFERENCE):
            parts.append(f"{stored} <> ''")
        return join([Sql(part) for part in parts], "AND")
    test = _value_test(field.type, _compared(model, field, stored, alias), primitive)
    return join([Sql(known), test], "AND") if known else test


def computed_test(field_type: FieldType, value: Sql, primitive: Primitive) -> Sql:
    """Return the test over a computed value, which is worked out once however often the test names it."""
    if field_type is FieldType.MULTI_CHOICE:
        test = _several_test("c.value", primitive)
    elif isinstance(primitive, Known):
        return TRUE
    else:
        test = _value_test(field_type, "c.value", primitive)
    return Sql(f"(SELECT {test.text} FROM (SELECT {value.text} AS value) c)", (*test.params, *value.params))


def _several_test(compared: str, primitive: Primitive) -> Sql:
    """Return the test over an array of chosen options."""
    if isinstance(primitive, Known):
        return Sql(f"cardinality({compared}) > 0")
    assert isinstance(primitive, Among)
    return Sql(f"{compared} {'@>' if primitive.every else '&&'} %s::text[]", (list(primitive.values),))


def _compared(model: type[Model], field: Field, stored: str, alias: str) -> str:
    """Return the expression that is compared; a stored normal form when there is one, for its index."""
    if field.type is FieldType.EMAIL and field.sort_column:
        normal: Any = model._meta.get_field(field.sort_column)
        return f"{alias}.{quote(normal.column)}"
    return expression(field.type, stored)


# What `expression` makes of a column of the record `t`: whoever asks for many of them folds each column once.
FOLDED = re.compile(r'fairlead_fold\(t\."\w+"\)')


def expression(field_type: FieldType, stored: str) -> str:
    """Return SQL that brings stored text into the form that Python's keys have."""
    if field_type is FieldType.EMAIL:
        return f"lower(btrim({stored}))"
    if field_type is FieldType.PHONE:
        return f"left(regexp_replace({stored}, '[^0-9+]', '', 'g'), 60)"
    if field_type is FieldType.LONG_TEXT:
        return rf"fairlead_fold(btrim(regexp_replace({stored}, '\s+', ' ', 'g')))"
    return f"fairlead_fold({stored})" if field_type in TEXTS else stored


def _value_test(field_type: FieldType, compared: str, primitive: Primitive) -> Sql:
    if isinstance(primitive, Part):
        return part(compared, primitive)
    if isinstance(primitive, Anniversary):
        return Sql(f"right({compared}, 5) = ANY(%s)", (list(primitive.days),))
    if isinstance(primitive, Range):
        return _range(compared, primitive)
    assert isinstance(primitive, Among)
    values = [_native(field_type, value) for value in primitive.values]
    if not values:
        return FALSE
    if len(values) == 1:
        return Sql(f"{compared} = %s", (values[0],))
    return Sql(f"{compared} = ANY(%s)", (values,))


def _native(field_type: FieldType, value: Any) -> Any:
    if field_type is FieldType.PHONE:
        return phone_key(value)
    return searchable(field_type, value) if field_type in TEXTS else value


def part(compared: str, test: Part) -> Sql:
    """Return whether the compared text holds the part."""
    params = (len(test.text), test.text) if test.where == "ends_with" else (test.text,)
    return Sql(_PARTS[test.where].format(compared), params)


def _range(compared: str, test: Range) -> Sql:
    parts = []
    if test.low is not None:
        parts.append(Sql(f"{compared} {'>' if test.above_low else '>='} %s", (test.low,)))
    if test.high is not None:
        parts.append(Sql(f"{compared} {'<=' if test.up_to_high else '<'} %s", (test.high,)))
    return join(parts, "AND")


def custom_test(custom: CustomField, primitive: Primitive, alias: str, *, deny: bool = False) -> Sql:
    """Return the test over the index of custom values, or over the stored JSON where only a part is looked for."""
    primitive = over_keys(custom.type, primitive)
    if isinstance(primitive, Part) and not _is_short_prefix(custom, primitive):
        stored = f"({alias}.custom->>%s)"
        test = part(expression(custom.type, stored), primitive)
        sql = Sql(f"coalesce({test.text}, false)", (custom.key, *test.params))
        return negate(sql) if deny else sql
    if isinstance(primitive, Among) and primitive.every:
        each = [_keys_test(custom, Among((value,)), alias, deny=deny) for value in primitive.values]
        return join(each, "OR" if deny else "AND")
    return _keys_test(custom, primitive, alias, deny=deny)


def _is_short_prefix(custom: CustomField, test: Part) -> bool:
    return test.where == "starts_with" and len(test.text) <= TEXT_LENGTH and custom.type is not FieldType.PHONE


def _keys_test(custom: CustomField, primitive: Primitive, alias: str, *, deny: bool) -> Sql:
    test = _key_test(primitive)
    if test is FALSE:
        return TRUE if deny else FALSE
    where = Sql("v.firm_id = %s AND v.field_id = %s", (require_firm(), custom.id))
    if test is not None:
        where = Sql(f"{where.text} AND {test.text}", (*where.params, *test.params))
    return elsewhere(alias, "records_fieldvalue", "v", "record_id", where, deny=deny)


def _key_test(primitive: Primitive) -> Sql | None:
    if isinstance(primitive, Known):
        return None
    if isinstance(primitive, Among):
        return Sql("v.key = ANY(%s)", (list(primitive.values),)) if primitive.values else FALSE
    if isinstance(primitive, Range):
        return _range("v.key", primitive)
    if isinstance(primitive, Part):
        return Sql("v.key >= %s AND v.key < %s", (primitive.text, prefix_end(primitive.text)))
    # Month and day lead the key, so each day is a range of its own.
    days = [Sql("(v.key >= %s AND v.key < %s)", (day, prefix_end(day))) for day in primitive.days]
    return join(days, "OR")
