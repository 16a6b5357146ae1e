"""What hangs on a contact or company: loaded for a whole page at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers

from fairlead.people.actions.consent import CHANNELS
from fairlead.people.models import Contact, ContactEmail, ContactPhone, ListSubscription, Tagging
from fairlead.shell.api.strict import Output

Found = Mapping[UUID, list[dict[str, Any]]]


class EmailOutput(Output):
    """An address of a contact."""

    address = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    is_primary = serializers.BooleanField()


class PhoneOutput(Output):
    """A phone number of a contact."""

    number = serializers.CharField(help_text="As typed.")
    e164 = serializers.CharField(help_text="ITU-T E.164, empty when it could not be read.")
    label = serializers.CharField()  # type: ignore[assignment]
    is_primary = serializers.BooleanField()


class TagRefOutput(Output):
    """A tag on a record."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    color = serializers.CharField()
    tagged_by = serializers.UUIDField(allow_null=True, help_text="The member who put it there.")
    tagged_at = serializers.DateTimeField()


class SubscriptionRefOutput(Output):
    """A list that a contact is on, or was."""

    id = serializers.UUIDField(help_text="Of the list.")
    name = serializers.CharField()
    status = serializers.CharField(help_text="subscribed, pending or unsubscribed.")


class ChannelsOutput(Output):
    """Which channels a contact welcomes: true, false, or null while nothing was said."""

    email = serializers.BooleanField(allow_null=True)
    sms = serializers.BooleanField(allow_null=True)
    whatsapp = serializers.BooleanField(allow_null=True)
    voice = serializers.BooleanField(allow_null=True)
    social = serializers.BooleanField(allow_null=True)
    web = serializers.BooleanField(allow_null=True)


def company_name() -> serializers.CharField:
    """Return the field that names a company where its id would stand."""
    about = (
        "Instead of `company`: the name of one that you may see, or of a new one. Needs companies.edit for a new one."
    )
    return serializers.CharField(
        max_length=500, required=False, allow_blank=True, allow_null=True, help_text=about, write_only=True
    )


def emails(ids: Sequence[UUID]) -> Found:
    """Return the addresses of contacts, the primary first."""
    rows = ContactEmail.rows().filter(contact_id__in=ids).order_by("-is_primary", "id")
    return _grouped(rows.values("contact_id", "address", "label", "is_primary"), "contact_id")


def phones(ids: Sequence[UUID]) -> Found:
    """Return the numbers of contacts, the primary first."""
    rows = ContactPhone.rows().filter(contact_id__in=ids).order_by("-is_primary", "id")
    return _grouped(rows.values("contact_id", "number", "e164", "label", "is_primary"), "contact_id")


def tags(ids: Sequence[UUID]) -> Found:
    """Return the tags of records, by name, with who put them there and when."""
    rows = Tagging.rows().filter(record_id__in=ids).order_by("tag__name_norm")
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    columns = ("record_id", "tag_id", "tag__name", "tag__color", "tagged_by_id", "created_at")
    for record, pk, name, color, by, moment in rows.values_list(*columns):
        found[record].append({"id": pk, "name": name, "color": color, "tagged_by": by, "tagged_at": moment})
    return found


def lists(ids: Sequence[UUID]) -> Found:
    """Return the lists that contacts are or were on, by name."""
    rows = ListSubscription.rows().filter(contact_id__in=ids).order_by("list__name_norm")
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for contact, pk, name, status in rows.values_list("contact_id", "list_id", "list__name", "status"):
        found[contact].append({"id": pk, "name": name, "status": status})
    return found


def channels(ids: Sequence[UUID]) -> Mapping[UUID, dict[str, bool | None]]:
    """Return the channel preferences of contacts."""
    rows = Contact.rows().filter(pk__in=ids).values_list("pk", "channels")
    return {pk: {name: said.get(name) for name in CHANNELS} for pk, said in rows}


def _grouped(rows: Any, key: str) -> Found:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.pop(key)].append(row)
    return found
