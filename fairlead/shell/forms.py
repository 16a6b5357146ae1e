"""Forms whose values go to an action, which alone judges them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.dateparse import parse_datetime

from fairlead.kernel.dates import day, read_yearly, yearly
from fairlead.kernel.errors import InvalidInput
from fairlead.shell import seen


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, be it nothing (a form of boxes that are all unticked); None for who only looks."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True, slots=True)
class Beside:
    """A value that a form shows by other means than a field of its own: what is stored, what was typed, its words."""

    stored: Any
    typed: Any
    shown: Callable[[], str]


class WatchedForm(forms.Form):
    """A form which, when it is `watched`, shows what is stored (its initial values): who saves second is told.

    See `shell.seen`. `beside` holds what it shows without a field, by name.
    """

    def __init__(self, *args: Any, watched: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.watched = watched
        self.beside: dict[str, Beside] = {}
        self._is_judged = False

    @property
    def seen(self) -> str:
        """Return what the form carries of the values that it shows, "" when it is not watched.

        One that comes back unjudged carries what it came with: whoever sent it has been told nothing yet.
        """
        if not self.watched:
            return ""
        return self._carried() if self.is_bound and not self._is_judged else seen.mark(self._stored())

    def judge(self) -> None:
        """Raise `InvalidInput` when somebody changed a value since a watched form was opened."""
        if not self.watched:
            return
        self.is_valid()
        self._is_judged = True
        typed = {name: self.cleaned_data.get(name) for name in self.fields}
        typed |= {name: value.typed for name, value in self.beside.items()}
        seen.expect(self._carried(), self._stored(), typed, self._shown)

    def _carried(self) -> str:
        return str(self.data.get(seen.NAME, ""))

    def _stored(self) -> dict[str, Any]:
        own = {name: value for name, value in self.initial.items() if name in self.fields}
        return own | {name: value.stored for name, value in self.beside.items()}

    def _shown(self, name: str, value: Any) -> str:
        if name in self.beside:
            return self.beside[name].shown()
        choices = dict(getattr(self.fields[name], "choices", ()))
        many = value if isinstance(value, list | tuple) else [value]
        return ", ".join(str(choices.get(one) or choices.get(str(one)) or _in_words(one)) for one in many)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return day(value) if isinstance(value, date) else "" if value is None else str(value)


class ActionForm(WatchedForm):
    """What the action refuses comes back as the form's errors."""

    def typed(self) -> dict[str, Any]:
        """Return what was typed, by field, unjudged; a multiple choice as a list, a checkbox as yes or no.

        Raises `InvalidInput` when somebody changed a value since a watched form was opened.
        """
        self.is_valid()
        self.judge()
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def refuse(self, error: InvalidInput) -> None:
        """Show the messages at their fields; those of no field above the form."""
        self.is_valid()
        for path, messages in error.fields.items():
            field = next((p for p in (path, path.split(".")[0]) if p in self.fields), None)
            for message in messages:
                self.add_error(field, message)


class Unjudged(forms.ChoiceField):
    """A choice whose value the action judges: a searched select offers more than was drawn."""

    def valid_value(self, value: Any) -> bool:
        """Accept it."""
        return True


class Needed(forms.CharField):
    """A text that must not be empty: it is drawn as such, and the action judges and words it."""

    needed = True

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, **more)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell whoever hears the page too."""
        return {**super().widget_attrs(widget), "aria-required": "true"}


class Searched(forms.Select):
    """A choice with search. What was chosen is drawn as an option, so that it is still there when the form comes back.

    `source` answers what may be chosen; with `create` anything typed may.
    """

    def __init__(self, *, source: str, create: bool = False, placeholder: str = "") -> None:
        super().__init__(attrs={"data-search": "1", **_searching(source, create, placeholder)})

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the drawn choices and those chosen that are none of them."""
        drawn = {str(option) for option, _ in self.choices}
        self.choices = [*self.choices, *((v, v) for v in value if v not in drawn)]
        return super().optgroups(name, value, attrs)


class Yearly(forms.CharField):
    """A day that comes every year, as the viewer writes dates; it leaves the form in ISO 8601."""

    def __init__(self, **more: Any) -> None:
        attrs = {"autocomplete": "off", "placeholder": "12 April, or with the year"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **more)

    def prepare_value(self, value: Any) -> Any:
        """Show it as people say it; what is no day as it was typed."""
        try:
            return yearly(value) if value else value
        except ValueError:
            return value

    def to_python(self, value: Any) -> str:
        """Return it in ISO 8601; what is no day as it was typed."""
        return read_yearly(str(super().to_python(value) or ""))


class Moment(forms.DateTimeField):
    """A day and a time of day in the viewer's zone."""

    def __init__(self, **more: Any) -> None:
        attrs = {"type": "datetime-local", "autocomplete": "off"}
        super().__init__(widget=forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M"), **more)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored text (ISO 8601) as the moment it is."""
        return super().prepare_value(parse_datetime(value) or value if isinstance(value, str) else value)

    def to_python(self, value: Any) -> Any:
        """Return the moment; what is none as it was typed."""
        try:
            return super().to_python(value)
        except ValidationError:
            return value


class UnjudgedMany(forms.MultipleChoiceField):
    """Several choices that the action judges. `source` answers what may be chosen; with `create` anything typed may."""

    def __init__(self, *, source: str, create: bool = False, placeholder: str = "", **more: Any) -> None:
        widget = _SearchedMany(source=source, create=create, placeholder=placeholder)
        super().__init__(widget=widget, required=False, **more)

    def valid_value(self, value: Any) -> bool:
        """Accept it."""
        return True


class _SearchedMany(Searched, forms.SelectMultiple):
    """The same for several choices."""


def _searching(source: str, create: bool, placeholder: str) -> dict[str, str]:
    return {"source": source, "placeholder": placeholder, **({"create": "yes"} if create else {})}
