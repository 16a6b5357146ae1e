"""Forms of the pages: they draw fields and carry messages; the rules are the actions'."""

from collections.abc import Mapping
from typing import Any

from django import forms

from fairlead.accounts import rotation
from fairlead.accounts.models import CustomRole, Invitation, Membership, Team, User
from fairlead.kernel import clock, dates
from fairlead.kernel.currencies import CURRENCIES
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.places import available_time_zones, countries, languages
from fairlead.shell.forms import WatchedForm
from fairlead.shell.navigation import items
from fairlead.tenancy.public import Firm, Role, Visibility, declared

Choices = list[tuple[str, str]]
SEARCH = {"data-search": "1"}
PASSWORD_HELP = "At least 10 characters. A few words that belong together are best."  # noqa: S105  a word of help


def add_errors(form: forms.BaseForm, error: InvalidInput, names: Mapping[str, str] | None = None) -> None:
    """Put the messages of an action to the fields of `form`; those of unknown fields stand above it."""
    for path, messages in error.fields.items():
        name = (names or {}).get(path, path)
        form.add_error(name if name in form.fields else None, list(messages))


def country_choices() -> Choices:
    """Return countries by name."""
    return sorted(countries().items(), key=lambda c: c[1])


def zone_choices() -> Choices:
    """Return time zones as regions and cities."""
    return [(z, z.replace("_", " ")) for z in sorted(available_time_zones())]


def select(choices: Choices, **attrs: str) -> forms.Select:
    """Return a select; with `data-search` it can be searched."""
    return forms.Select(choices=choices, attrs=attrs)


class PersonForm(forms.Form):
    """A new login."""

    first_name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"}))
    last_name = forms.CharField(max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"}))
    password = forms.CharField(
        strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=PASSWORD_HELP,
    )  # fmt: skip


class SignupForm(PersonForm):
    """A new login and its firm."""

    field_order = ["first_name", "last_name", "email", "password", "name", "slug", "country"]
    email = forms.EmailField(label="Work email", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    name = forms.CharField(max_length=200, label="Firm", widget=forms.TextInput(attrs={"autocomplete": "organization"}))
    slug = forms.CharField(
        max_length=50, required=False, label="Address",
        help_text="Part of every link. Small letters, digits and hyphens; empty means: from the name.",
    )  # fmt: skip
    country = forms.ChoiceField(choices=country_choices, initial="US", widget=forms.Select(attrs=SEARCH))


class NewFirmForm(forms.Form):
    """One more firm of a login."""

    name = forms.CharField(max_length=200, label="Name")
    slug = SignupForm.base_fields["slug"]
    country = SignupForm.base_fields["country"]


class ProfileForm(WatchedForm):
    """What a person tells of themselves."""

    first_name = forms.CharField(max_length=100, required=False)
    last_name = forms.CharField(max_length=100, required=False)
    time_zone = forms.ChoiceField(
        choices=zone_choices, widget=forms.Select(attrs=SEARCH), help_text="Times on every page are shown in it."
    )
    language = forms.ChoiceField(
        choices=lambda: list(languages().items()), widget=forms.Select(attrs=SEARCH),
        help_text="Kept for the day when there is more than English: pages and mails are in English so far.",
    )  # fmt: skip
    date_format = forms.ChoiceField(choices=lambda: dates.samples(clock.now().date()), label="Dates", required=False)
    start_page = forms.ChoiceField(
        choices=lambda: [("", "The first that I may open"), *((i.key, i.label) for i in items)], label="Start page",
        required=False, help_text="Where you begin in each firm, if your role there may open it.",
    )  # fmt: skip

    @classmethod
    def of(cls, user: User, typed: Mapping[str, Any] | None = None) -> "ProfileForm":
        """Return the form with what is known, or with what was typed."""
        known = {n: getattr(user, n, None) or user.preferences.get(n) or "" for n in cls.base_fields}
        return cls(typed, initial=known, watched=True)


class FirmForm(WatchedForm):
    """The firm's settings."""

    name = forms.CharField(max_length=200)
    country = forms.ChoiceField(
        choices=country_choices, widget=forms.Select(attrs=SEARCH),
        help_text="Phone numbers without a country code are read as numbers of this country.",
    )  # fmt: skip
    time_zone = forms.ChoiceField(choices=zone_choices, widget=forms.Select(attrs=SEARCH))
    currency = forms.ChoiceField(
        choices=[(c, c) for c in CURRENCIES], widget=forms.Select(attrs=SEARCH),
        help_text="Sums are in it. When it changes, exchange rates are carried over and the past is worked out anew.",
    )  # fmt: skip
    language = forms.ChoiceField(
        choices=lambda: list(languages().items()), widget=forms.Select(attrs=SEARCH),
        help_text="Kept for the day when there is more than English: pages and mails are in English so far.",
    )  # fmt: skip
    reply_to = forms.EmailField(
        required=False, label="Reply address",
        help_text="Where answers to mail go that is sent to contacts in the firm’s name, such as requests to confirm.",
    )  # fmt: skip
    seats = forms.IntegerField(
        min_value=1, required=False, label="Seats",
        help_text="How many people may work here, open invitations included. Empty means: as many as you like.",
    )  # fmt: skip

    @classmethod
    def of(cls, firm: Firm, typed: Mapping[str, Any] | None = None) -> "FirmForm":
        """Return the form with what is set, or with what was typed."""
        return cls(typed, initial={n: getattr(firm, n) for n in cls.base_fields}, watched=True)


class VisibilityForm(WatchedForm):
    """Who sees whose records."""

    visibility = forms.ChoiceField(choices=Visibility.choices, widget=forms.RadioSelect, label="Records")

    @classmethod
    def of(cls, firm: Firm, typed: Mapping[str, Any] | None = None) -> "VisibilityForm":
        """Return the form with what is set, or with what was typed."""
        return cls(typed, initial={"visibility": firm.visibility}, watched=True)


def role_choices(custom: list[CustomRole], *, owner: bool) -> Choices:
    """Return the roles to choose from: built-in ones as `role:<key>`, the firm's own as `custom:<id>`."""
    built_in = [r for r in reversed(Role) if owner or r is not Role.OWNER]
    return [(f"role:{r.key}", r.label) for r in built_in] + [(f"custom:{c.id}", c.name) for c in custom]


def chosen_role(value: str) -> dict[str, Any]:
    """Return the values that actions take for what `role_choices` offered; a custom role starts from `member`."""
    kind, _, key = value.partition(":")
    return {"role": "member", "custom_role": key} if kind == "custom" else {"role": key, "custom_role": None}


def role_value(holder: Membership | Invitation) -> str:
    """Return the choice that shows the holder's role."""
    return f"custom:{holder.custom_role_id}" if holder.custom_role_id else f"role:{holder.role}"


class RoleChoiceForm(WatchedForm):
    """A form with a role to choose."""

    role = forms.ChoiceField(label="Role")

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class InviteForm(RoleChoiceForm):
    """An invitation."""

    field_order = ["email", "role"]
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "off"}))


class MemberForm(RoleChoiceForm):
    """A member."""

    field_order = ["title", "role", "teams"]
    title = forms.CharField(max_length=100, required=False, label="Job title")
    teams = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["teams"].choices = [(str(t.id), t.name) for t in teams]  # type: ignore[attr-defined]


class HeirForm(WatchedForm):
    """Who takes over what a former member still owns."""

    successor = forms.ChoiceField(label="Who takes over what they own", widget=forms.Select(attrs=SEARCH))

    def __init__(self, *args: Any, members: list[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Choose a colleague"), *((str(m.id), m.user.name) for m in members)]
        self.fields["successor"].choices = choices  # type: ignore[attr-defined]


class LeaverForm(HeirForm):
    """Who takes over, and when."""

    last_day = forms.DateField(
        required=False, label="Last day", widget=forms.DateInput(attrs={"type": "date"}),
        help_text="They may work until its end. Empty means: deactivate at once.",
    )  # fmt: skip


class TeamForm(WatchedForm):
    """A team or department, and who is in it."""

    name = forms.CharField(max_length=100)
    kind = forms.ChoiceField(choices=Team.Kind.choices, help_text="A department may hold teams and departments.")
    parent = forms.ChoiceField(required=False, label="Part of")
    visibility = forms.ChoiceField(
        choices=[("", "As its department says, or else the firm"), *Visibility.choices], required=False,
        label="Whose records its members see",
    )  # fmt: skip
    members = forms.MultipleChoiceField(required=False)
    leads = forms.MultipleChoiceField(required=False, help_text="Leads are members of the team too.")

    def __init__(
        self, *args: Any, departments: list[Team], people: list[Membership], rules: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not rules:
            del self.fields["visibility"]
        names = [(str(m.id), m.user.name) for m in people]
        self.fields["parent"].choices = [("", "Nothing"), *((str(d.id), d.name) for d in departments)]  # type: ignore[attr-defined]
        self.fields["members"].choices = names  # type: ignore[attr-defined]
        self.fields["leads"].choices = names  # type: ignore[attr-defined]


class RoleForm(WatchedForm):
    """A custom role; the permissions stand in groups of their own."""

    name = forms.CharField(max_length=80)
    description = forms.CharField(max_length=300, required=False)
    permissions = forms.MultipleChoiceField(required=False, label="Rights")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].choices = [(p.name, p.label) for p in declared()]  # type: ignore[attr-defined]


class RotationForm(forms.Form):
    """How long the old text of a key works beside the new one."""

    grace = forms.ChoiceField(
        choices=rotation.CHOICES, initial=rotation.USUAL, required=False, label="The old text stops working"
    )


class KeyForm(forms.Form):
    """A new API key."""

    name = forms.CharField(max_length=100, help_text="What it is for, such as the program that uses it.")
    expires = forms.ChoiceField(
        choices=[("30", "In 30 days"), ("90", "In 90 days"), ("365", "In a year"), ("", "Never")],
        initial="90", required=False, label="Expires",
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        required=False, help_text="What the key may do. None chosen means: everything that you may do."
    )

    def __init__(self, *args: Any, allowed: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [(p.name, f"{p.label} ({p.name})") for p in declared() if p.name in allowed]
        self.fields["scopes"].choices = shown  # type: ignore[attr-defined]
