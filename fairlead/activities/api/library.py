"""Options of activities, snippets, and what is the caller's own."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from fairlead.activities import access, merging
from fairlead.activities.actions import options, personal, snippets
from fairlead.activities.api import asking, shapes
from fairlead.activities.models import ActivityOption, Signature, Snippet
from fairlead.shell.api.endpoints import endpoint, verb
from fairlead.shell.api.params import Param
from fairlead.shell.api.resource import Resource
from fairlead.shell.api.strict import MAX_TEXT, Input, Output

QUERY = Param("q", "Only those whose shortcut or name begins so.")


class ActivityOptions(Resource):
    """The firm's types and outcomes of activities."""

    tag = "Activities"

    @endpoint(shapes.ActivityOptionOutput, paged=True, sorts={"name": "name_norm"}, default_sort="name",
              params=(asking.KIND, Param("role", "Which of the two.", choices=ActivityOption.Role.values)))  # fmt: skip
    def list(self) -> QuerySet[Any]:
        """List the types and outcomes."""
        rows = access.options(self.actor)
        wanted = {name: self.query[name] for name in ("kind", "role") if self.query[name]}
        return rows.filter(**wanted)

    @endpoint(shapes.ActivityOptionOutput)
    def retrieve(self, pk: UUID) -> ActivityOption:
        """Read a type or outcome."""
        return access.option(self.actor, pk)

    @endpoint(shapes.ActivityOptionOutput, body=shapes.ActivityOptionInput, status=201)
    def create(self, body: dict[str, Any]) -> ActivityOption:
        """Add a type or outcome."""
        more = {"color": body["color"]} if "color" in body else {}
        return options.create_option(body["kind"], body["role"], body["name"], by=self.actor, **more)

    @endpoint(shapes.ActivityOptionOutput, body=shapes.OptionEdit)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> ActivityOption:
        """Rename, colour, archive or bring back a type or outcome."""
        found = access.option(self.actor, pk)
        if "name" in body or "color" in body:
            found = options.update_option(pk, by=self.actor, name=body.get("name"), color=body.get("color"))
        if "archived" in body:
            found = options.archive_option(pk, by=self.actor, archived=body["archived"])
        return found


class SnippetEdit(Input):
    """What is to be changed of a snippet."""

    shortcut = serializers.CharField(max_length=40, required=False)
    name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    category = serializers.CharField(max_length=60, required=False, allow_blank=True)
    body = serializers.CharField(max_length=MAX_TEXT, required=False, help_text="HTML with {{merge.fields|default}}.")
    scope = serializers.ChoiceField(choices=[(s, s) for s in snippets.SCOPES], required=False)
    team = serializers.UUIDField(required=False, allow_null=True, help_text="With the scope team.")


class SnippetInput(SnippetEdit):
    """A snippet."""

    shortcut = serializers.CharField(max_length=40, help_text="One word, without the #.")
    body = serializers.CharField(max_length=MAX_TEXT, help_text="HTML with {{merge.fields|default}}.")


class SnippetOutput(Output):
    """A snippet."""

    by_itself = frozenset({"usage_count"})

    id = serializers.UUIDField()
    shortcut = serializers.CharField()
    name = serializers.CharField()
    category = serializers.CharField()
    body = serializers.CharField()
    text = serializers.CharField()
    owner = serializers.UUIDField(source="owner_id", allow_null=True, help_text="Whose alone it is.")
    team = serializers.UUIDField(source="team_id", allow_null=True, help_text="The team that shares it.")
    usage_count = serializers.IntegerField()


class ExpandInput(Input):
    """For which record."""

    about = shapes.AboutInput(required=False)


class ExpansionOutput(Output):
    """A snippet with its fields filled."""

    html = serializers.CharField()
    text = serializers.CharField()


class FieldsOutput(Output):
    """What merge fields may name: group to name to label."""

    data = serializers.DictField(help_text="contact, company, me, firm, today.")  # type: ignore[assignment]


class Snippets(Resource):
    """Texts that are inserted by typing # and a shortcut."""

    tag = "Snippets"

    @endpoint(SnippetOutput, paged=True, sorts={"shortcut": "shortcut_norm", "usage_count": "usage_count"},
              default_sort="shortcut", params=(QUERY,))  # fmt: skip
    def list(self) -> QuerySet[Any]:
        """List the snippets that you may use: your own, your teams', the firm's."""
        rows, typed = access.snippets(self.actor), self.query["q"]
        return rows.filter(shortcut_norm__startswith=typed.lower()) if typed else rows

    @endpoint(SnippetOutput)
    def retrieve(self, pk: UUID) -> Snippet:
        """Read a snippet."""
        return access.snippet(self.actor, pk)

    @endpoint(SnippetOutput, body=SnippetInput, status=201)
    def create(self, body: dict[str, Any]) -> Snippet:
        """Write a snippet.

        A merge field that nobody offers is an error (`unknown_field`).
        """
        return snippets.save_snippet(body, by=self.actor)

    @endpoint(SnippetOutput, body=SnippetEdit)
    def partial_update(self, pk: UUID, body: dict[str, Any]) -> Snippet:
        """Change a snippet."""
        return snippets.save_snippet(body, by=self.actor, snippet_id=pk)

    @endpoint()
    def destroy(self, pk: UUID) -> None:
        """Delete a snippet."""
        snippets.delete_snippet(pk, by=self.actor)

    @verb("expansions", ExpansionOutput, body=ExpandInput)
    def expand(self, pk: UUID, body: dict[str, Any]) -> snippets.Expansion:
        """Fill a snippet for a record; the use is counted."""
        return snippets.expand_snippet(pk, by=self.actor, about=body.get("about"))

    @verb("fields", FieldsOutput, method="get", of="collection", sparse=False)
    def fields(self) -> dict[str, Any]:
        """List what merge fields may name."""
        return {"data": merging.offered()}


class SignatureEdit(Input):
    """A signature, as HTML or made from facts."""

    html = serializers.CharField(max_length=personal.LONGEST, required=False, allow_blank=True)
    meeting_link = serializers.CharField(max_length=500, required=False, allow_blank=True)
    design = serializers.CharField(max_length=20, required=False, help_text="classic, compact or accent.")
    generate = serializers.BooleanField(required=False, help_text="Make the HTML from the facts below.")
    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    company = serializers.CharField(max_length=200, required=False, allow_blank=True)
    phone = serializers.CharField(max_length=200, required=False, allow_blank=True)
    email = serializers.CharField(max_length=200, required=False, allow_blank=True)
    website = serializers.CharField(max_length=200, required=False, allow_blank=True)
    link_text = serializers.CharField(max_length=200, required=False, allow_blank=True)


class SignatureOutput(Output):
    """Your signature."""

    html = serializers.CharField()
    text = serializers.CharField()
    meeting_link = serializers.CharField()
    design = serializers.CharField()


class OwnSignature(Resource):
    """The signature under your mails."""

    tag = "Profile"

    @endpoint(SignatureOutput)
    def retrieve(self) -> Signature:
        """Read your signature."""
        return Signature.rows().filter(member_id=self.actor.membership_id).first() or Signature()

    @endpoint(SignatureOutput, body=SignatureEdit)
    def partial_update(self, body: dict[str, Any]) -> Signature:
        """Change your signature."""
        return personal.save_signature(body, by=self.actor)
