"""Several addresses and numbers of a contact, edited as one fact."""

from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import QueryDict

from fairlead.kernel.text import whole_number
from fairlead.people.models import Contact
from fairlead.records.public import Record
from fairlead.shell.forms import ActionForm

EDITORS = {"email": ("emails", "address"), "phone": ("phones", "number")}
LABELS = ("Work", "Home", "Mobile", "Other")
SPARE = 2


@dataclass(frozen=True)
class Entry:
    """One address or number: as stored, as typed, its label, and what stands behind it on the page."""

    value: str
    typed: str
    label: str
    is_primary: bool

    @property
    def note(self) -> str:
        """Return the label, and that it is the primary one."""
        return ", ".join(filter(None, [self.label.lower(), "primary" if self.is_primary else ""]))


class ChannelForm(ActionForm):
    """Rows of value and label, some spare ones, and which is primary."""

    plural: str
    key: str
    rows: int


def entries(name: str, record: Record) -> list[Entry]:
    """Return a contact's addresses (`email`) or numbers (`phone`), the primary one first."""
    plural, key = EDITORS[name]
    found = getattr(record, plural).all()
    made = [Entry(getattr(e, "e164", "") or getattr(e, key), getattr(e, key), e.label, e.is_primary) for e in found]
    return sorted(made, key=lambda e: not e.is_primary)


def form(name: str, record: Record, data: QueryDict | None) -> ChannelForm:
    """Return the form of a contact's addresses or numbers."""
    plural, key = EDITORS[name]
    found = entries(name, record) if isinstance(record, Contact) else []
    made = ChannelForm(data, auto_id=f"fact-{record.pk}-%s")
    made.plural, made.key = plural, key
    asked = whole_number(data.get("rows")) if data else None
    made.rows = min(max(0, len(found) + SPARE if asked is None else asked), 60)
    made.fields["rows"] = django_forms.CharField(widget=django_forms.HiddenInput, initial=str(made.rows))
    for at in range(made.rows):
        entry = found[at] if at < len(found) else Entry("", "", "", False)
        _add_row(made, name, at, entry)
    marks = [(str(i), made.fields[f"{plural}-{i}"].label or "") for i in range(made.rows)]
    made.fields["primary"] = django_forms.ChoiceField(
        choices=marks, label="Primary", required=False, initial="0", widget=django_forms.Select
    )
    return made


def read(form: ChannelForm) -> dict[str, Any]:
    """Return what was typed as the action takes it: a list under `emails` or `phones`."""
    typed = form.typed()
    rows = [
        {
            form.key: value,
            "label": typed.get(f"{form.plural}-label-{at}") or "",
            "is_primary": typed["primary"] == str(at),
        }
        for at in range(form.rows)
        if (value := str(typed.get(f"{form.plural}-{at}") or "").strip())
    ]
    return {form.plural: rows}


def _add_row(made: ChannelForm, name: str, at: int, entry: Entry) -> None:
    word = "Address" if name == "email" else "Number"
    kind = "email" if name == "email" else "tel"
    widget = django_forms.TextInput(attrs={"type": kind, "autocomplete": "off"})
    made.fields[f"{made.plural}-{at}"] = django_forms.CharField(
        label=f"{word} {at + 1}", required=False, initial=entry.typed, widget=widget
    )
    labels = dict.fromkeys(["", *LABELS, entry.label])
    made.fields[f"{made.plural}-label-{at}"] = django_forms.ChoiceField(
        label=f"Kind of {word.lower()} {at + 1}", required=False, initial=entry.label,
        choices=[(label, label or "—") for label in labels],
    )  # fmt: skip
