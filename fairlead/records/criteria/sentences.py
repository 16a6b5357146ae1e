"""Criteria in one sentence, for who is told what somebody else has made of them."""

from typing import Any

from fairlead.kernel.errors import InvalidInput
from fairlead.records.criteria.criteria import Criteria
from fairlead.records.criteria.nodes import All, AnyOf, Node, Not
from fairlead.records.nouns import Noun
from fairlead.tenancy.public import Actor


def sentence(noun: Noun, tree: Any, *, by: Actor) -> str:
    """Return stored criteria as people say them: "City is Berlin and not (Score at least 5 or Tags has any of Lead)".

    What can no longer be asked is said to be so.
    """
    try:
        asked = Criteria(noun, tree, by=by, stored=True)
    except InvalidInput:
        return "conditions that can no longer be asked"
    return _said(asked, asked.node) or "no condition"


def _said(asked: Criteria, node: Node, *, inside: bool = False) -> str:
    if isinstance(node, Not):
        return f"not ({_said(asked, node.child)})"
    if not isinstance(node, All | AnyOf):
        return asked.in_words(node)
    parts = [_said(asked, child, inside=len(node.children) > 1) for child in node.children]
    text = (" and " if isinstance(node, All) else " or ").join(parts)
    return f"({text})" if inside and len(parts) > 1 else text
