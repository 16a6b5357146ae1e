"""Subscription lists, and who is on them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.kernel.errors import InvalidInput
from fairlead.people import access, list_reads
from fairlead.people.actions import lists
from fairlead.people.api.tags import ChangedOutput
from fairlead.people.models import ContactList, ListSubscription
from fairlead.records.api.public import MAX_ITEMS
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import Input, Output

ARCHIVED = Param("archived", "Only archived lists, or only the others.", "boolean")
CONTACT = Param("contact", "Which contact; needed.", "uuid")
STATUS = Param("status", "Only this standing.", choices=ListSubscription.Status.values)


class ListInput(Input):
    """A list."""

    name = serializers.CharField(max_length=lists.NAME_LENGTH, help_text="Unique, whatever its case and accents.")
    description = serializers.CharField(max_length=lists.DESCRIPTION_LENGTH, required=False, allow_blank=True)
    confirm_subject = serializers.CharField(
        max_length=lists.SUBJECT_LENGTH, required=False, allow_blank=True,
        help_text="Of the mail that asks to confirm; empty for Fairlead's words.",
    )  # fmt: skip
    confirm_text = serializers.CharField(max_length=lists.TEXT_LENGTH, required=False, allow_blank=True)
    confirm_days = serializers.IntegerField(min_value=1, max_value=lists.MOST_DAYS, required=False,
                                            help_text="How long its link works.")  # fmt: skip


class ListOutput(Output):
    """A list that people subscribe to."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    description = serializers.CharField()
    confirm_subject = serializers.CharField()
    confirm_text = serializers.CharField()
    confirm_days = serializers.IntegerField()
    is_primary = serializers.BooleanField(help_text="The list that holds everybody by itself.")
    archived_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class SubscriptionInput(Input):
    """Who."""

    contacts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MAX_ITEMS)
    source = serializers.CharField(max_length=100, required=False, help_text="Where they said so.")  # type: ignore[assignment]


class SubscriptionOutput(Output):
    """A contact's standing on a list."""

    id = serializers.UUIDField()
    contact = serializers.UUIDField(source="contact_id")
    list = serializers.UUIDField(source="list_id")
    status = serializers.CharField(help_text="subscribed, pending or unsubscribed.")
    source = serializers.CharField()  # type: ignore[assignment]
    asked_at = serializers.DateTimeField(allow_null=True, help_text="When the contact was last asked to confirm.")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()


class StandingOutput(Output):
    """A change of how a contact stands on a list, as the log keeps it."""

    standing = serializers.CharField(help_text="Subscribed, Asked to confirm, Confirmed or Unsubscribed.")
    occurred_at = serializers.DateTimeField()
    source = serializers.CharField(help_text="Where they said so.")  # type: ignore[assignment]
    by = serializers.CharField(help_text="Who wrote it down.")


class StandingsOutput(Output):
    """How a contact came to stand on a list, the latest first."""

    changes = StandingOutput(many=True)


class ListMonthOutput(Output):
    """A month of a list."""

    first = serializers.DateField()
    came = serializers.IntegerField()
    left = serializers.IntegerField()


class ListFiguresOutput(Output):
    """How a list does. Shares are from 0 to 1, null where there is nobody to share among."""

    subscribed = serializers.IntegerField()
    pending = serializers.IntegerField()
    unsubscribed = serializers.IntegerField()
    came = serializers.IntegerField(help_text="In the last 30 days.")
    left = serializers.IntegerField(help_text="In the last 30 days.")
    churn = serializers.FloatField(allow_null=True, help_text="Who left in 30 days, of those who were on it before.")
    active = serializers.IntegerField(help_text="Subscribers with whom something happened in 30 days.")
    engagement = serializers.FloatField(allow_null=True)
    bounced = serializers.IntegerField()
    bounce_rate = serializers.FloatField(allow_null=True)
    complained = serializers.IntegerField()
    complaint_rate = serializers.FloatField(allow_null=True)
    months = ListMonthOutput(many=True)


class Lists(Resource):
    """Lists that people subscribe to."""

    tag = "Lists"

    @endpoint(
        ListOutput, paged=True, sorts={"name": "name_norm", "created_at": "created_at"}, default_sort="name",
        params=(ARCHIVED,),
    )  # fmt: skip
    def list(self) -> QuerySet[ContactList]:
        """List the lists."""
        found, archived = access.lists(self.actor), self.query["archived"]
        return found if archived is None else found.filter(archived_at__isnull=not archived)

    @endpoint(ListOutput)
    def retrieve(self, pk: UUID) -> ContactList:
        """Read one list."""
        return access.contact_list(self.actor, pk)

    @endpoint(ListOutput, body=ListInput, status=201, example={"name": "Newsletter"})
    def create(self, body: dict[str, Any]) -> ContactList:
        """Create a list."""
        return lists.create_list(by=self.actor, **body)

    @endpoint(ListOutput, body=ListInput)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> ContactList:
        """Rename or describe a list."""
        return lists.update_list(pk, by=self.actor, **body)

    @verb("archive", ListOutput)
    def archive(self, pk: UUID) -> ContactList:
        """Put a list away.

        It keeps its people, but is no longer offered or written to.
        """
        return lists.archive_list(pk, by=self.actor)

    @verb("unarchive", ListOutput)
    def unarchive(self, pk: UUID) -> ContactList:
        """Take an archived list out again."""
        return lists.unarchive_list(pk, by=self.actor)

    @verb("subscriptions", SubscriptionOutput, method="get", paged=True, sorts={"id": "pk"}, default_sort="id",
          params=(STATUS,))  # fmt: skip
    def subscriptions(self, pk: UUID) -> QuerySet[ListSubscription]:
        """List who is on a list, or was.

        The list of all contacts holds everybody and has no rows of its own.
        """
        found = access.subscriptions(self.actor, pk)
        return found.filter(status=self.query["status"]) if self.query["status"] else found

    @verb("subscribe", ChangedOutput, body=SubscriptionInput, sparse=False)
    def subscribe(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Subscribe up to 1000 contacts.

        Contacts that do not exist, or are not yours to see, are passed over.
        """
        return {"changed": lists.subscribe(pk, body["contacts"], by=self.actor, source=body.get("source", ""))}

    @verb("unsubscribe", ChangedOutput, body=SubscriptionInput, sparse=False)
    def unsubscribe(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Take up to 1000 contacts off a list."""
        return {"changed": lists.unsubscribe(pk, body["contacts"], by=self.actor, source=body.get("source", ""))}

    @verb("ask-to-confirm", ChangedOutput, body=SubscriptionInput, sparse=False)
    def ask_to_confirm(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Put up to 1000 contacts on a list until they confirm.

        They are pending, and get a mail with a link that confirms; who is pending already is asked again, at most once
        an hour. Nobody is written to who has opted out, whose address is blocked, or who does not welcome email.
        """
        return {"changed": lists.ask_to_confirm(pk, body["contacts"], by=self.actor, source=body.get("source", ""))}

    @verb("confirm", ChangedOutput, body=SubscriptionInput, sparse=False)
    def confirm(self, pk: UUID, body: dict[str, Any]) -> dict[str, int]:
        """Say of up to 1000 pending contacts that they have confirmed."""
        return {"changed": lists.confirm(pk, body["contacts"], by=self.actor, source=body.get("source", ""))}

    @verb("standings", StandingsOutput, method="get", params=(CONTACT,), sparse=False)
    def standings(self, pk: UUID) -> dict[str, Any]:
        """Tell how a contact came to stand on a list: every change with its time, source and author."""
        self.actor.require("contacts.view")
        if self.query["contact"] is None:
            raise InvalidInput({"?contact": ["Say which contact."]})
        return {"changes": list_reads.history(self.actor, pk, self.query["contact"])}

    @verb("figures", ListFiguresOutput, method="get", sparse=False)
    def figures(self, pk: UUID) -> list_reads.Figures:
        """Tell how a list does: growth, churn, engagement, bounces and complaints."""
        return list_reads.figures(self.actor, pk)
