"""What a dry run shows of its work: a few records before and after."""

from typing import Any

from fairlead.people.importing.changes import Change
from fairlead.people.importing.drafts import Drafts
from fairlead.people.nouns.contact import FIELDS
from fairlead.records.imports.convert import as_json

_LABELS = {f.attribute: f.label for f in FIELDS} | {"channels": "Channels"}
_DERIVED = frozenset({"name", "sort_key", "email_norm", "do_not_contact"})


def sample_change(change: Change) -> dict[str, Any]:
    """Return the change of a known contact for people."""
    rows = [
        {"field": _LABELS.get(name, name.capitalize()), "before": _shown(change.before[name]), "after": _shown(value)}
        for name, value in change.after.items()
        if name not in _DERIVED
    ]
    added = {
        "Emails": [a.written for a in change.emails],
        "Phones": [n.typed for n, _ in change.phones],
        "Blocked": change.suppress,
        **{name.capitalize(): texts for name, texts in change.extras.items()},
    }
    rows += [{"field": k, "before": "", "after": ", ".join(v)} for k, v in added.items() if v]
    for name, ids in (("Tags", change.tags), ("Lists", change.lists)):
        if ids:
            rows.append({"field": name, "before": "", "after": f"{len(ids)} more"})
    return {"line": change.line, "kind": "updated", "name": change.known.contact.name, "changes": rows}


def sample_new(drafts: Drafts, index: int) -> dict[str, Any]:
    """Return a new contact for people."""
    columns = {**drafts.plain, **drafts.kept}
    rows = [
        {"field": _LABELS.get(name, name.replace("_", " ").capitalize()), "before": "", "after": _shown(values[index])}
        for name, values in columns.items()
        if values[index] is not None
    ]
    rows += [
        {"field": key.replace("_", " ").capitalize(), "before": "", "after": _shown(values[index].value)}  # type: ignore[union-attr]
        for key, values in drafts.custom.items()
        if values[index] is not None
    ]
    groups = {"Emails": [a.written for a in drafts.emails[index]], "Phones": [n.typed for n in drafts.phones[index]],
              "Tags": drafts.tags[index], "Lists": drafts.lists[index]}  # fmt: skip
    rows += [{"field": k, "before": "", "after": ", ".join(v)} for k, v in groups.items() if v]
    none = [None] * drafts.size
    names = (drafts.plain.get(n, none)[index] for n in ("first_name", "last_name"))
    name = " ".join(n for n in names if n) or next(iter(groups["Emails"]), "—")
    return {"line": drafts.batch.lines[index], "kind": "created", "name": name, "changes": rows}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        return as_json(value)
    return value.isoformat(" ", "minutes") if hasattr(value, "hour") else str(value)
