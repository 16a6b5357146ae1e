"""Forms whose values go to an action, which alone judges them."""

from typing import Any

from django import forms

from fairlead.kernel.errors import InvalidInput


class ActionForm(forms.Form):
    """What the action refuses comes back as the form's errors."""

    def typed(self) -> dict[str, Any]:
        """Return what was typed, by field, unjudged; a multiple choice as a list, a checkbox as yes or no."""
        self.is_valid()
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


class UnjudgedMany(forms.MultipleChoiceField):
    """Several choices that the action judges. `source` answers what may be chosen; with `create` anything typed may."""

    def __init__(self, *, source: str, create: bool = False, placeholder: str = "", **more: Any) -> None:
        attrs = {"source": source, "placeholder": placeholder, **({"create": "yes"} if create else {})}
        super().__init__(widget=_Kept(attrs=attrs), required=False, **more)

    def valid_value(self, value: Any) -> bool:
        """Accept it."""
        return True


class _Kept(forms.SelectMultiple):
    """Draws what was chosen as options, so that it is still there when the form comes back."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        """Return the drawn choices and those chosen that are none of them."""
        drawn = {str(option) for option, _ in self.choices}
        self.choices = [*self.choices, *((v, v) for v in value if v not in drawn)]
        return super().optgroups(name, value, attrs)
