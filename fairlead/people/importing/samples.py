"""What a dry run shows of its work: a few people before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from fairlead.people.importing.changes import Change
from fairlead.people.importing.drafts import Drafts
from fairlead.people.importing.targets import BOUNCED
from fairlead.records.imports.samples import Row, Wording

_DERIVED = frozenset({"name", "sort_key", "email_norm", "do_not_contact", "converted_by_id"})


def sample_change(change: Change, wording: Wording, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the change of a known contact for people; `names` are those of tags and lists by id."""
    after = {name: value for name, value in change.after.items() if name not in _DERIVED}
    if "custom" in after:  # what is cleared is no longer in it
        after["custom"] = {**dict.fromkeys(change.before["custom"]), **after["custom"]}
    groups = {
        "Emails": [a.written for a in change.emails],
        "Phones": [n.typed for n, _ in change.phones],
        "Blocked": [a.norm for a in change.suppress],
        **change.extras,
        "Tags": [names[pk] for pk in change.tags],
        "Lists": [names[pk] for pk in change.lists],
        "Lists left": [names[pk] for pk in change.left],
    }
    rows = wording.rows(change.before, after) + _several(groups, wording)
    known = change.known.contact
    return {"line": change.line, "kind": "updated", "record_id": str(known.pk), "name": known.name, "changes": rows}


def sample_new(drafts: Drafts, index: int, wording: Wording) -> dict[str, Any]:
    """Return a new contact for people."""
    given = {name: values[index] for name, values in {**drafts.plain, **drafts.kept}.items()}
    consent = given.pop("consent", None)
    given["opt_in_status"] = None if consent == BOUNCED else consent
    own = {key: values[index] for key, values in drafts.custom.items()}
    given["custom"] = {key: held.value for key, held in own.items() if held is not None}
    addresses = [a.written for a in drafts.emails[index]]
    groups = {"Emails": addresses, "Phones": [n.typed for n in drafts.phones[index]],
              "Blocked": (addresses[:1] if consent == BOUNCED else []) + [a.norm for a in drafts.blocked[index]],
              "Tags": drafts.tags[index], "Lists": drafts.lists[index], "Lists left": drafts.left[index]}  # fmt: skip
    name = " ".join(n for n in (given.get("first_name"), given.get("last_name")) if n) or next(iter(addresses), "—")
    rows = wording.rows({}, given) + _several(groups, wording)
    return {"line": drafts.batch.lines[index], "kind": "created", "record_id": None, "name": name, "changes": rows}


def _several(groups: Mapping[str, Sequence[str]], wording: Wording) -> list[Row]:
    """Return a row for each group that has something in it."""
    return [wording.row(name, "", ", ".join(texts)) for name, texts in groups.items() if texts]
