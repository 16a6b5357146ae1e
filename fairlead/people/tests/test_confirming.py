"""Double opt-in: the mail with the link, and the page that confirms by a press and never by a look."""

from datetime import timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default as default_policy
from email.utils import parseaddr
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from fairlead.accounts.actions.firms import update_firm
from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.events.public import Event
from fairlead.jobs.testing import drain
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.people.actions import consent, lists
from fairlead.people.actions.contacts import create_contact, update_contact
from fairlead.people.models import Contact, ContactList, ListSubscription
from fairlead.tenancy.public import Firm, firm_context

pytestmark = pytest.mark.django_db


def setting(person: Person, **values: Any) -> tuple[ContactList, Contact]:
    with firm_context(person.firm.id):
        made = lists.create_list("Newsletter", by=person.actor, **values)
        return made, create_contact({"first_name": "Ada", "email": "ada@kestrel.example"}, by=person.actor)


def ask(person: Person, found: ContactList, *contacts: Contact) -> int:
    with firm_context(person.firm.id):
        count = lists.ask_to_confirm(found.id, [c.id for c in contacts], by=person.actor)
    drain()
    return count


def link() -> str:
    word = next(word for word in str(mail.outbox[-1].body).split() if "/confirm/" in word)
    return "/" + word.split("/", 3)[3]


def standing(person: Person, contact: Contact) -> str:
    with firm_context(person.firm.id):
        return str(ListSubscription.rows().get(contact=contact).status)


def test_the_letter_is_in_the_firms_name_and_answers_go_to_the_firm(alice: Person, charlie: Person) -> None:
    with firm_context(alice.firm.id):
        update_firm({"name": "Ångström & Söhne, Ltd", "reply_to": " hello@alder.example "}, by=alice.actor)
    ask(alice, *setting(alice))
    ask(charlie, *setting(charlie))
    hers, his = (one.message() for one in mail.outbox)
    name, address = parseaddr(hers["From"])
    assert str(make_header(decode_header(name))) == "Ångström & Söhne, Ltd"
    assert address == parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    assert hers["Reply-To"] == "hello@alder.example" and "Reply-To" not in his


@pytest.mark.parametrize("name", [
    "Eve\r\nBcc: all@bank.example", "Eve\nX: y", "Eve\x85Bcc: a@b.example", '"Bank" <support@bank.example>, ',
    "=?utf-8?q?a=0D=0AB?=",
])  # fmt: skip
def test_no_name_of_a_firm_becomes_a_header(alice: Person, name: str) -> None:
    Firm.objects.filter(pk=alice.firm.id).update(name=name)  # past every check of the form
    ask(alice, *setting(alice))
    [letter] = mail.outbox
    parsed = message_from_bytes(letter.message().as_bytes(), policy=default_policy)
    assert parsed["Bcc"] is None and parsed["X"] is None
    [sender] = parsed["From"].addresses
    assert sender.addr_spec == parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


@pytest.mark.parametrize(
    "address", ["a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "nobody", "Eve <e@x.example>"]
)
def test_only_an_address_is_a_reply_address(alice: Person, address: str) -> None:
    with firm_context(alice.firm.id), pytest.raises(InvalidInput) as refused:
        update_firm({"reply_to": address}, by=alice.actor)
    assert "reply_to" in refused.value.fields
    answer = Api(alice).patch("firm", {"reply_to": address})
    assert answer.status_code == 422


def test_a_press_confirms_and_a_look_does_not(alice: Person, charlie: Person) -> None:
    found, ada = setting(alice, confirm_subject="One press more", confirm_text="Letters about ships,\nmonthly.")
    assert ask(alice, found, ada) == 1
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["ada@kestrel.example"], "One press more")
    assert letter.from_email.startswith(("Alder", '"Alder')) and "Letters about ships," in str(letter.body)
    assert "Hello Ada" in str(letter.body) and "ada@" not in link()
    stranger = Client(enforce_csrf_checks=True)
    page = stranger.get(link())
    assert page.status_code == 200 and "Yes, subscribe me" in page.content.decode()
    assert standing(alice, ada) == "pending", "Scanners open every link."
    assert stranger.post(link()).status_code == 403, "Nor can another page press the button."
    page = Client().post(link())
    assert "You are subscribed" in page.content.decode() and standing(alice, ada) == "subscribed"
    assert "You are subscribed" in Client().get(link()).content.decode()
    with firm_context(alice.firm.id):
        told = Event.rows().get(type="list.confirmed")
        assert (told.actor_label, told.data["source"], told.contact_id) == (ada.name, "confirmation link", ada.id)
    assert Client().get(link().replace(alice.firm.slug, charlie.firm.slug, 1)).status_code == 404


@pytest.mark.parametrize("spoiled", ["x", "unsubscribed", "address", "archived"])
def test_a_link_that_leads_nowhere_is_not_found(alice: Person, spoiled: str) -> None:
    found, ada = setting(alice)
    ask(alice, found, ada)
    there = link()
    with firm_context(alice.firm.id):
        if spoiled == "unsubscribed":
            lists.unsubscribe(found.id, [ada.id], by=alice.actor)
        elif spoiled == "address":
            update_contact(ada.id, {"email": "ada@osprey.example"}, by=alice.actor)
        elif spoiled == "archived":
            lists.archive_list(found.id, by=alice.actor)
        else:
            there = there.replace("/confirm/", "/confirm/x")
    assert Client().get(there).status_code == Client().post(there).status_code == 404
    page = Client().get(there).content.decode()
    assert "This link leads nowhere" in page and alice.firm.name not in page and found.name not in page


def test_an_old_link_brings_a_new_one(alice: Person) -> None:
    found, ada = setting(alice, confirm_days="3")
    ask(alice, found, ada)
    with clock.frozen(clock.now() + timedelta(days=4)):
        old = link()
        page = Client().get(old)
        assert page.status_code == 410 and "work for 3 days" in page.content.decode()
        assert Client().post(old).status_code == 410 and standing(alice, ada) == "pending"
        assert "A new link is on its way" in Client().post(old, {"again": "yes"}).content.decode()
        assert "A new link is on its way" in Client().post(old, {"again": "yes"}).content.decode()
        drain()
        assert len(mail.outbox) == 2, "At most one an hour."
        assert link() != old
        Client().post(link())
    assert standing(alice, ada) == "subscribed"


def test_nobody_is_written_to_who_wants_no_mail(alice: Person) -> None:
    found, ada = setting(alice)
    with firm_context(alice.firm.id):
        out = create_contact({"first_name": "Ben", "email": "ben@kestrel.example"}, by=alice.actor)
        blocked = create_contact({"first_name": "Cas", "email": "cas@kestrel.example"}, by=alice.actor)
        dislikes = create_contact({"first_name": "Dan", "email": "dan@kestrel.example"}, by=alice.actor)
        nowhere = create_contact({"first_name": "Eve"}, by=alice.actor)
        consent.opt_out([out.id], by=alice.actor)
        consent.suppress("email", "cas@kestrel.example", by=alice.actor, reason="manual")
        consent.set_channels(dislikes.id, {"email": False}, by=alice.actor)
    assert ask(alice, found, ada, out, blocked, dislikes, nowhere) == 5
    assert [letter.to for letter in mail.outbox] == [["ada@kestrel.example"]]
    panel = alice.client().get(alice.url(f"contacts/{out.id}/panels/lists")).content.decode()
    assert "Nobody can be asked by mail" in panel and 'value="ask"' not in panel


def test_the_page_and_the_api_ask_and_ask_again(alice: Person, charlie: Person) -> None:
    found, ada = setting(alice)
    url = alice.url(f"contacts/{ada.id}/subscriptions")
    panel = alice.client().post(url, {"list": found.id, "subscribe": "ask"}, headers={"HX-Request": "true"})
    assert "asked to confirm" in panel.content.decode() and "Ask again" in panel.content.decode()
    api = Api(alice)
    body = {"contacts": [str(ada.id)]}
    assert api.post(f"lists/{found.id}/ask-to-confirm", body).json() == {"changed": 0}, "Asked within the hour."
    later = clock.now() + timedelta(hours=2)
    with clock.frozen(later):
        assert api.post(f"lists/{found.id}/ask-to-confirm", body).json() == {"changed": 1}
    drain()
    assert len(mail.outbox) == 2
    [row] = api.get(f"lists/{found.id}/subscriptions").json()["data"]
    assert row["status"] == "pending" and row["asked_at"]
    problem(Api(charlie).post(f"lists/{found.id}/ask-to-confirm", body), 404, "not_found")


def test_what_a_list_writes_is_set_on_its_page_and_over_the_api(alice: Person) -> None:
    api = Api(alice)
    made = api.post("lists", {"name": "Fair", "confirm_days": 5, "confirm_subject": "Hello"}).json()
    assert (made["confirm_days"], made["confirm_subject"], made["confirm_text"]) == (5, "Hello", "")
    url = alice.url(f"lists/{made['id']}/")
    assert 'value="Hello"' in alice.client().get(url).content.decode()
    sent = {
        "name": "Fair",
        "description": "",
        "confirm_subject": "",
        "confirm_text": "Be welcome.",
        "confirm_days": "0",
    }
    refused = alice.client().post(url, sent | {"confirm_days": "0"})
    assert refused.status_code == 422 and "from 1 to 90" in refused.content.decode()
    alice.client().post(url, sent | {"confirm_days": "30"})
    told = api.get(f"lists/{made['id']}").json()
    assert (told["confirm_days"], told["confirm_subject"], told["confirm_text"]) == (30, "", "Be welcome.")
