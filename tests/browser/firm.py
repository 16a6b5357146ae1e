"""A furnished firm: something on every page, made by the actions that people use."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import UUID

from django.core import mail
from django.core.mail import EmailMultiAlternatives

from fairlead.accounts.actions import invitations, keys, roles, teams
from fairlead.accounts.models import Errand, Invitation
from fairlead.accounts.tests import cast
from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, pins, templates
from fairlead.activities.actions.attachments import attach
from fairlead.assignment.actions import availability, territories
from fairlead.assignment.actions import rules as assignment_rules
from fairlead.assignment.actions.assigning import assign_by_rules
from fairlead.credit.actions.estimates import keep_estimate
from fairlead.credit.actions.founding import start_model
from fairlead.credit.models import CreditStep
from fairlead.events.models import SetAside
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel.outbox import OutboxBackend, newest
from fairlead.oauth.actions import applications
from fairlead.oauth.models import Connection
from fairlead.operations.demo import cast as demo
from fairlead.operations.demo.firm import fill
from fairlead.people.actions import companies, consent, contacts, lists
from fairlead.people.actions.referrals import set_referrer
from fairlead.people.merging.same_company import SAME_COMPANY
from fairlead.people.merging.same_person import SAME_PERSON
from fairlead.people.models import Company, Contact, ContactList, Tag
from fairlead.people.nouns.contact import CONTACT
from fairlead.records.actions import bulk, custom_fields, exports, saved_views
from fairlead.records.duplicates.public import DuplicateCandidate, candidates, merge_records, scanning
from fairlead.records.imports import runs
from fairlead.records.public import nouns
from fairlead.tenancy.public import Role, firm_context

from .rooms import CLIENTS, furnish_sales, furnish_segments, furnish_work

HUBSPOT = Path(__file__).resolve().parents[1] / "data" / "contacts-hubspot.csv"


@dataclass(frozen=True)
class Furnished:
    """Alice's firm with everything in it, Charlie's without anything; ids by the parameter that takes them.

    `invited` is the path of an open invitation, `mail` the name of a mail in the outbox.
    """

    alice: Person
    bob: Person
    charlie: Person
    ids: dict[str, Any]
    invited: str
    mail: str


def furnish() -> Furnished:
    """Make both firms. The jobs of the furnished one have run when this returns."""
    firm = cast.make_firm("alder", "Alder & Co")
    alice, bob = cast.join(firm, "Alice", "Ash", Role.OWNER), cast.join(firm, "Bob", "Beech")
    charlie = cast.join(cast.make_firm("birch", "Birch Ltd", country="US"), "Charlie", "Cedar", Role.OWNER)
    alice.user.is_operator = True
    alice.user.save()
    with firm_context(firm.id):
        ids = _people(alice, bob) | _notes(alice, bob) | _settings(alice, bob) | furnish_sales(alice, bob)
        ids |= furnish_work(alice, bob) | furnish_segments(alice, bob) | _assignment(alice, bob)
        ids |= _background(alice) | _duplicates(alice) | _credit(alice)
    drain()
    invited = next(str(m.body) for m in mail.outbox if "eve@elm.example" in m.to)
    link = next(word for word in invited.split() if "/join/" in word)
    return Furnished(alice, bob, charlie, ids, "/" + link.split("/", 3)[3], _outbox())


def _people(alice: Person, bob: Person) -> dict[str, UUID]:
    by = alice.actor
    lists.create_primary_list(by=by)
    with mock.patch.multiple(demo, PEOPLE=12, NOTED=4):  # axe looks at every cell
        fill([by, bob.actor])
    lists.archive_list(lists.create_list("Winter 2024", by=by).id, by=by)
    ada = contacts.create_contact(
        {
            "first_name": "Ada", "last_name": "Byron", "email": "ada@kestrel-capital.example", "city": "London",
            "phone": "020 7946 0011", "job_title": "Finance director", "owner": alice.membership.id, "country": "GB",
            "company": Company.rows().get(name="Kestrel Capital").id, "birthday": "1985-12-10",
            "lifecycle": "prospect", "time_zone": "Europe/London",
        },
        by=by,
    )  # fmt: skip
    lists.subscribe(ContactList.rows().get(name="Quarterly briefing").id, [ada.id], by=by)
    contacts.update_contact(ada.id, {"city": "Bath", "lifecycle": "sales_qualified"}, by=bob.actor)
    binned = contacts.create_contact({"first_name": "Old", "last_name": "Friend"}, by=by)
    contacts.delete_contacts([binned.id], by=by)
    tag = Tag.rows().order_by("name").first()
    errand = Errand.objects.create(  # under way for ever
        kind="tag.delete", subject_id=Tag.rows().order_by("name").last().pk, label="Delete the tag", total=12_000,
        done=5_000, membership_id=alice.membership.id, asked_by=by.label, via="web",
    )  # fmt: skip
    blocked = consent.suppress("email", "gone@kestrel-capital.example", reason="bounce", by=by)
    return {
        "contact": ada.id, "company": ada.company_id, "tag_id": tag.pk, "errand_id": errand.pk,
        "list_id": ContactList.rows().get(name="Autumn seminar").pk, "suppression_id": blocked.pk,
    }  # fmt: skip


def _notes(alice: Person, bob: Person) -> dict[str, UUID]:
    ada, by = Contact.rows().get(name="Ada Byron"), alice.actor
    mention = f'<span class="mention" data-type="mention" data-id="{bob.membership.id}" data-label="Bob">@Bob</span>'
    body = f"<p>Called about the audit. Wants the offer <strong>before Friday</strong>, {mention} knows more.</p>"
    body += "<ul><li>scope: two sites</li><li>budget known</li></ul>"
    note = activities.write_note(body, [("contact", ada.id)], by=by)
    event = Event.rows().filter(type="note.written", contact_id=ada.id).latest("recorded_at")
    pins.pin("contact", ada.id, event.id, by=by)
    activities.edit_activity(note.id, {"body": body + "<p>She prefers mornings.</p>"}, by=by)
    activities.write_note("<p>Sent the offer.</p>", [("contact", ada.id), ("company", ada.company_id)], by=bob.actor)
    file = attach(note.id, io.BytesIO(b"%PDF-1.4\n%%EOF"), "offer.pdf", by=by)
    template = templates.save_template("Call summary", "<p>Who, what, next step</p>", by=by)
    return {"activity_id": note.id, "template_id": template.id, "attachment_id": file.id, "event_id": event.id}


def _settings(alice: Person, bob: Person) -> dict[str, Any]:
    by, contact = alice.actor, nouns.get("contact")
    eve = invitations.invite_member({"email": "eve@elm.example"}, by=by)
    advisory = teams.create_team({"name": "Advisory", "kind": "department"}, by=by)
    tax = teams.create_team({"name": "Tax", "parent": str(advisory.pk)}, by=by)
    teams.set_team_members(tax.pk, members=[bob.membership.id], leads=[alice.membership.id], by=by)
    role = roles.create_role({"name": "Assistant", "permissions": ["members.view"]}, by=by)
    key, _ = keys.create_key({"name": "Newsletter sync"}, by=by)
    scopes = {"scopes": ["contacts.view", "contacts.edit"]}
    robin, _ = applications.register_application(
        {"name": "Robin", "website": "https://robin.example", "redirect_uris": ["https://robin.example/back"]}, by=by
    )
    connection = Connection.objects.create(application=robin, membership_id=alice.membership.id, **scopes)
    tiers = [{"label": "Gold"}, {"label": "Silver"}]
    field = custom_fields.create_field(contact, {"label": "Tier", "kind": "dropdown", "options": tiers}, by=by)
    old = custom_fields.create_field(contact, {"label": "Fax", "kind": "text"}, by=by)
    custom_fields.archive_field(old.id, by=by)
    view = saved_views.create_view(contact, {"name": "Clients", "scope": "firm", "criteria": CLIENTS}, by=by)
    event = Event.rows().filter(type="contact.created").first()
    aside = SetAside.objects.create(
        consumer="search", event_id=event.id, event_type=event.type, recorded_at=event.recorded_at, attempts=7,
        error="OperationalError: the connection was closed while the record was being read",
    )  # fmt: skip
    return {
        "member_id": bob.membership.id, "team_id": tax.id, "role_id": role.id, "key_id": key.id, "view_id": view.id,
        "application_id": robin.id, "client_id": robin.client_id, "connection_id": connection.id,
        "invitation_id": Invitation.rows().get(pk=eve.pk).pk, "field_id": field.id, "set_aside_id": aside.id,
    }  # fmt: skip


def _credit(alice: Person) -> dict[str, UUID]:
    by, ada = alice.actor, Contact.rows().get(name="Ada Byron")
    start_model(by=by)
    step = CreditStep.rows().get(name="Pay cards down to 10%")
    keep_estimate(ada.pk, {}, [step.pk], "640", by=by)
    other = Contact.rows().filter(deleted_at=None).earliest("created_at")
    set_referrer(ada.pk, other.pk, by=by)
    return {"factor_id": step.factor_id, "step_id": step.pk}


def _duplicates(alice: Person) -> dict[str, UUID]:
    by, ada = alice.actor, Contact.rows().get(name="Ada Byron")
    twin = contacts.create_contact(
        {"first_name": "Ada", "last_name": "Byrom", "email": "ada.b@home.example", "company": ada.company_id}, by=by
    )
    once = contacts.create_contact({"first_name": "A.", "last_name": "Byron", "phone": "020 7946 0011"}, by=by)
    branch = companies.create_company({"name": "Kestrel Capital Ltd", "city": "Leeds"}, by=by)
    merged = merge_records(CONTACT, ada.pk, once.pk, {}, by=by)
    for finder, one, other in ((SAME_PERSON, ada.pk, twin.pk), (SAME_COMPANY, ada.company_id, branch.pk)):
        candidates.refresh(finder, [one, other])
    scan = scanning.start_scan(nouns.get("contact"), by=by)
    pair = DuplicateCandidate.rows().get(high_id=twin.pk)
    return {
        "other_contact": twin.pk, "other_company": branch.pk, "merge_id": merged.pk, "candidate_id": pair.pk,
        "scan_id": scan.pk,
    }  # fmt: skip


def _assignment(alice: Person, bob: Person) -> dict[str, UUID]:
    """Rules of every kind, a territory and an absence; a contact that a rule gave to Bob."""
    by, both = alice.actor, [alice.membership.id, bob.membership.id]
    area = {"name": "London", "countries": ["GB"], "postal_codes": ["EC", "SW1"], "members": both[1:]}
    london = territories.create_territory(area, by=by)
    london_rule = {"name": "By place", "takers_from": "territory"}
    assignment_rules.create_rule(london_rule, by=by)
    everybody = assignment_rules.create_rule({"name": "In turn", "members": both}, by=by)
    large = {"all": [{"field": "base_value", "op": "gt", "value": 5000}]}
    assignment_rules.create_rule({"name": "Large", "noun": "deal", "criteria": large, "members": both}, by=by)
    availability.set_capacity(bob.membership.id, {"contacts": 40, "deals": None}, by=by)
    assign_by_rules("contact", [Contact.rows().get(name="Ada Byron").pk], by=by)
    days = {"first_day": "2027-07-05", "last_day": "2027-07-16", "note": "Walking in the Alps"}
    absence = availability.set_absence(days, by=by)
    return {"assignment_rule_id": everybody.pk, "territory_id": london.pk, "absence_id": absence.pk}


def _background(alice: Person) -> dict[str, UUID]:
    by, contact = alice.actor, nouns.get("contact")
    tagged = bulk.start_bulk(contact, "tag", {"names": ["Client of the year"]}, by=by, criteria=CLIENTS)
    exported = exports.start_export(contact, by=by, columns=["name", "email"])
    with HUBSPOT.open("rb") as stream:
        imported = runs.upload("contacts", stream, name=HUBSPOT.name, by=by)
    return {"bulk": tagged.id, "exports": exported.id, "imports": imported.id}


def _outbox() -> str:
    """Put a mail with a file into the outbox of the installation; return its name there."""
    letter = EmailMultiAlternatives("Your invitation", "Join us: http://localhost/join/", to=["eve@elm.example"])
    letter.attach_alternative("<h1>Join us</h1><p>Bob invites you.</p>", "text/html")
    letter.attach("terms.txt", "None.", "text/plain")
    OutboxBackend().send_messages([letter])
    return newest(1)[0].name
