"""What a filter builder offers, as JSON: fields with their operators and options, memberships, event types."""

from typing import Any
from uuid import UUID

from fairlead.accounts.public import Membership
from fairlead.events.public import EventType
from fairlead.kernel.places import countries
from fairlead.records import nouns
from fairlead.records.criteria import happenings, memberships
from fairlead.records.criteria.nodes import FieldTest, Leaf, MemberTest
from fairlead.records.criteria.operands import ME
from fairlead.records.criteria.operators import MEMBER_OPERATORS, OPERATORS, Operator
from fairlead.records.criteria.vocabulary import RELATIONS, FieldRef, Vocabulary
from fairlead.records.fields import FieldType
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor

Json = dict[str, Any]


def catalogue(vocabulary: Vocabulary, *, by: Actor) -> Json:
    """Return all that trees of the noun may speak of. The number of queries does not depend on the firm's size."""
    members = _members()
    return {
        "fields": [_field(ref, members, by) for ref in vocabulary.refs()],
        "memberships": [_membership(kind, vocabulary.noun, by) for kind in memberships.of_noun(vocabulary.noun.name)],
        "events": [_event(event, offered) for event, offered in happenings.of_noun(vocabulary.noun)],
    }


def labels(leaf: Leaf, noun: Noun, by: Actor) -> dict[Any, str]:
    """Return the names of the ids that a condition holds."""
    if isinstance(leaf, MemberTest):
        kind = memberships.known(leaf.kind)
        return {UUID(o.value): o.label for o in (*kind.choices(noun.name, by), *(kind.past() if kind.past else ()))}
    if isinstance(leaf, FieldTest) and leaf.ref.type is FieldType.MEMBER:
        return {ME: "me", **{UUID(o["value"]): o["label"] for o in _members() if o["value"] != ME}}
    if isinstance(leaf, FieldTest) and leaf.ref.type is FieldType.REFERENCE:
        return {UUID(o.value): o.label for o in leaf.ref.field.options_for(by)}
    if isinstance(leaf, FieldTest) and leaf.ref.type in RELATIONS and leaf.operand:
        ids = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
        found = nouns.get(RELATIONS[leaf.ref.type]).visible(by).filter(pk__in=ids)
        return {record.pk: str(record) for record in found}
    return {}


def _field(ref: FieldRef, members: list[Json], by: Actor) -> Json:
    label = f"{ref.via.label}: {ref.field.label}" if ref.via else ref.field.label
    return {
        "name": ref.name,
        "label": label,
        "group": ref.via.label if ref.via else ref.field.group,
        "type": ref.type.value,
        "ops": [_op(o) for o in OPERATORS[ref.type]],
        **({"options": options} if (options := _options(ref, members, by)) else {}),
        **({"help": ref.field.help} if ref.field.help else {}),
    }


def _event(event: EventType, offered: bool) -> Json:
    """What cannot happen to such a record has a name for the trees that speak of it, and is not offered."""
    return {"type": event.name, "label": event.label, "group": event.kind, **({} if offered else {"offered": False})}


def _op(op: Operator) -> Json:
    return {"name": op.name, "label": op.label, "value": op.shape}


def _options(ref: FieldRef, members: list[Json], by: Actor) -> list[Json]:
    if ref.type is FieldType.MEMBER:
        return members
    if ref.type is FieldType.COUNTRY:
        return [{"value": code, "label": name} for code, name in sorted(countries().items(), key=lambda c: c[1])]
    return [{"value": o.value, "label": o.label, "color": o.color} for o in ref.field.options_for(by)]


def _members() -> list[Json]:
    rows = Membership.rows().select_related("user").order_by("user__first_name", "user__email")
    return [{"value": ME, "label": "Me"}, *({"value": str(m.pk), "label": m.user.name} for m in rows)]


def _membership(kind: memberships.Kind, noun: Noun, by: Actor) -> Json:
    options = [{"value": o.value, "label": o.label, "color": o.color} for o in kind.choices(noun.name, by)]
    ops = [_op(o) for o in MEMBER_OPERATORS[kind.style]]
    return {"name": kind.name, "label": kind.label, "ops": ops, "options": options}
