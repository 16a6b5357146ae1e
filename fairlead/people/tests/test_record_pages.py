"""The pages of contacts and companies."""

import re
from uuid import UUID

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.people import access, timeline
from fairlead.people.actions.companies import create_company
from fairlead.people.actions.contacts import create_contact, delete_contacts, update_contact
from fairlead.people.actions.tagging import tag_records
from fairlead.people.models import Contact
from fairlead.people.web import facts
from fairlead.records.models import CustomField
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def ada(alice: Person) -> Contact:
    with firm_context(alice.firm.id):
        CustomField.objects.create(noun="contact", key="tier", label="Tier", kind="text")
        kestrel = create_company({"name": "Kestrel", "domain": "kestrel.example"}, by=alice.actor)
        made = create_contact(
            {"first_name": "Ada", "last_name": "<b>Byron", "email": "ada@kestrel.example", "phone": "020 7946 0011",
             "company": kestrel.id, "birthday": "--04-12", "owner": alice.membership.id, "custom.tier": "Gold"},
            by=alice.actor,
        )  # fmt: skip
        tag_records("contact", [made.id], names=["VIP"], by=alice.actor)
        return made


def test_the_record_page_shows_what_is_known(alice: Person, ada: Contact) -> None:
    html = alice.page(f"contacts/{ada.id}/")
    for part in ("Ada &lt;b&gt;Byron", "ada@kestrel.example", "020 7946 0011", "12 April", "Gold", "VIP", "Kestrel"):
        assert part in html
    assert "<b>Byron" not in html
    company = alice.page(f"companies/{ada.company_id}/")
    assert "kestrel.example" in company and "Ada &lt;b&gt;Byron" in company


def test_details_are_in_the_order_of_the_fields(alice: Person, ada: Contact) -> None:
    given = {"custom.tier": "Silver", "website": "ada.example", "city": "Turin", "job_title": "CFO", "country": "IT",
             "first_name": "Augusta", "advocate": True}  # fmt: skip
    with firm_context(alice.firm.id):
        update_contact(ada.id, given, by=alice.actor)
    html = alice.page(f"contacts/{ada.id}/timeline")
    shown = re.findall(r"<dt>([^<]*)</dt>", html.split('<dl class="facts">')[1].split("</dl>")[0])
    with firm_context(alice.firm.id):
        declared = [f.label for f in facts.fields("contact")]
    assert len(shown) == 7 and shown == sorted(shown, key=declared.index)
    assert "Italy" in html and "Yes</dd>" in html


def test_the_timeline_tells_the_story_in_stretches(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        for turn in range(timeline.PAGE + 5):
            update_contact(ada.id, {"city": f"Town {turn}", "custom.tier": f"T{turn}"}, by=alice.actor)
    html = alice.page(f"contacts/{ada.id}/timeline")
    assert "Town 24" in html and "Town 3<" not in html and "changed city, Tier" in html
    menus = re.findall(r'popovertarget="(entry-menu-[0-9a-f-]{36})"', html)
    assert len(menus) == timeline.PAGE and all(f'id="{menu}"' in html for menu in menus)
    more = re.search(r'hx-get="[^"]*(\?[^"]*after=[^"]*)"', html)
    assert more
    rest = alice.page(f"contacts/{ada.id}/timeline{more[1].replace('&amp;', '&')}")
    assert "created the contact" in rest and "Town 24" not in rest and "Town 3<" in rest
    both = alice.page(f"contacts/{ada.id}/timeline?shown={timeline.PAGE + 1}")
    assert both.count('id="entry-menu-') > timeline.PAGE, "Read again, it is as long as it was."
    for odd in ("0", "x", "-1", "9" * 30):
        assert alice.page(f"contacts/{ada.id}/timeline?shown={odd}") == html
    tags = alice.page(f"contacts/{ada.id}/timeline?kind=tags")
    assert "added the tag VIP" in tags and "Town" not in tags
    assert "changed city" in alice.page(f"companies/{ada.company_id}/timeline")


def test_a_fact_is_edited_in_place(alice: Person, bob: Person, ada: Contact) -> None:
    url = alice.url(f"contacts/{ada.id}/facts/city")
    assert 'name="city"' in alice.page(f"contacts/{ada.id}/facts/city", **HX)
    saved = alice.client().post(url, {"city": "London"}, headers=HX | {"If-Match": '"1"'})
    assert (saved.status_code, saved["ETag"]) == (200, '"2"')
    assert "London" in saved.content.decode()
    late = bob.client().post(url, {"city": "Paris"}, headers=HX | {"If-Match": '"1"'})
    assert late.status_code == 412
    assert (
        "London" in late.content.decode() and "Paris" in late.content.decode() and "Alice Ash" in late.content.decode()
    )
    wrong = alice.client().post(alice.url(f"contacts/{ada.id}/facts/birthday"), {"birthday": "31.2."}, headers=HX)
    assert wrong.status_code == 422 and "is expected" in wrong.content.decode()
    own = alice.client().post(alice.url(f"contacts/{ada.id}/facts/custom-tier"), {"custom-tier": "Silver"}, headers=HX)
    assert "Silver" in own.content.decode()
    alice.page(f"contacts/{ada.id}/facts/created_at", 404, **HX)


def test_every_editable_fact_has_a_form(alice: Person, ada: Contact) -> None:
    html = alice.page(f"contacts/{ada.id}/") + alice.page(f"companies/{ada.company_id}/")
    urls = set(re.findall(r'hx-get="(/f/alder/[^"]*/facts/[^"]*)"', html))
    assert len(urls) > 40
    client = alice.client()
    for url in urls:
        assert client.get(url, headers=HX).status_code == 200, url
        assert client.get(f"{url}?view=1", headers=HX).status_code == 200, url


def test_a_language_that_no_list_has_is_kept_while_it_is_edited(alice: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        update_contact(ada.id, {"language": "de-AT"}, by=alice.actor)
    assert "German (AT)" in alice.page(f"contacts/{ada.id}/")
    form = alice.client().get(alice.url(f"contacts/{ada.id}/facts/language"), headers=HX).content.decode()
    assert '<option value="de-AT" selected>' in form and '<option value="ca">Catalan' in form


def test_several_addresses_are_one_fact(alice: Person, ada: Contact) -> None:
    url = alice.url(f"contacts/{ada.id}/facts/email")
    form = {"rows": "3", "emails-0": "ada@kestrel.example", "emails-1": "ada@home.example", "emails-label-1": "Home"}
    saved = alice.client().post(url, form | {"primary": "1"}, headers=HX | {"If-Match": '"1"'})
    assert saved.status_code == 200 and "home, primary" in saved.content.decode()
    with firm_context(alice.firm.id):
        assert access.contact(alice.actor, ada.id).email == "ada@home.example"
    wrong = alice.client().post(url, form | {"emails-2": "nonsense"}, headers=HX)
    assert wrong.status_code == 422 and "nonsense" in wrong.content.decode()


def test_a_contact_is_created_with_a_hint_about_its_double(alice: Person, ada: Contact) -> None:
    assert "Create" in alice.page("contacts/new", **HX)
    hint = alice.page("contacts/duplicates?email=ADA@kestrel.example", **HX)
    assert "Ada &lt;b&gt;Byron" in hint
    taken = alice.client().post(alice.url("contacts/new"), {"email": "ada@kestrel.example"}, headers=HX)
    assert taken.status_code == 422 and "already belongs" in taken.content.decode()
    made = alice.client().post(alice.url("contacts/new"), {"first_name": "Ben", "lifecycle": "lead"}, headers=HX)
    assert made.status_code == 204 and "/contacts/" in made["HX-Redirect"]
    plain = alice.client().post(alice.url("companies/new"), {"name": "Acme"})
    assert plain.status_code == 302
    assert "Kestrel" in alice.page("companies/duplicates?name=KESTREL", **HX)


def test_the_dialogs_do_what_they_say(alice: Person, ada: Contact) -> None:
    one = f"contacts/{ada.id}/"
    for path, data in (
        (f"{one}convert", {"client_type": "Retainer", "owner": str(alice.membership.id)}),
        (f"{one}channels", {"sms": "no", "email": "yes"}),
        (f"{one}tags", {"tags": ["VIP", "New one"]}),
        (f"{one}consent", {"reason": "on the phone"}),
    ):
        assert "dialog-head" in alice.page(path, **HX)
        assert "page-head" in alice.page(path)
        assert alice.client().post(alice.url(path), data, headers=HX).status_code == 204, path
    html = alice.page(one)
    for part in ("Retainer", "Opted out", "not welcome", "New one", "on the phone", "does not want to be contacted"):
        assert part in html + alice.page(f"{one}timeline"), part


def test_the_bin_gives_back_and_forgets(alice: Person, bob: Person, ada: Contact) -> None:
    assert "dialog-head" in alice.page(f"contacts/{ada.id}/delete", **HX)
    assert alice.client().post(alice.url(f"contacts/{ada.id}/delete"), headers=HX).status_code == 204
    alice.page(f"contacts/{ada.id}/", 404)
    assert "Ada &lt;b&gt;Byron" in alice.page("contacts/bin")
    assert alice.client().post(alice.url("contacts/bin/restore"), {"id": str(ada.id)}).status_code == 302
    alice.page(f"contacts/{ada.id}/")
    with firm_context(alice.firm.id):
        delete_contacts([ada.id], by=alice.actor)
    assert bob.client().post(bob.url("contacts/bin/purge"), {"id": str(ada.id)}).status_code == 403
    assert alice.client().post(alice.url("contacts/bin/purge"), {"id": str(ada.id)}).status_code == 302
    with firm_context(alice.firm.id):
        assert not Contact.rows().exists()


def test_tags_and_lists_are_managed(alice: Person, ada: Contact) -> None:
    client = alice.client()
    assert "VIP" in alice.page("tags/?q=vi&sort=-count")
    assert client.post(alice.url("tags/new"), {"name": "Hot", "color": "red", "category": "status"}).status_code == 302
    assert client.post(alice.url("tags/new"), {"name": "HOT", "color": "red", "category": "status"}).status_code == 422
    assert client.post(alice.url("lists/new"), {"name": "News", "description": ""}).status_code == 302
    assert "News" in alice.page("lists/")
    with firm_context(alice.firm.id):
        news = access.lists(alice.actor).get(name="News")
        vip, hot = (access.tags(alice.actor).get(name=n) for n in ("VIP", "Hot"))
    panel = client.post(
        alice.url(f"contacts/{ada.id}/subscriptions"), {"list": str(news.id), "subscribe": "yes"}, headers=HX
    )
    assert "Unsubscribe from News" in panel.content.decode()
    unchosen = client.get(alice.url(f"tags/{hot.id}/merge"), headers=HX).content.decode()
    assert '<option value="" selected>Choose a tag' in unchosen and "cannot be undone" in unchosen
    refused = client.post(alice.url(f"tags/{hot.id}/merge"), {"into": ""}, headers=HX)
    assert refused.status_code == 422 and "Choose a tag." in refused.content.decode()
    assert client.post(alice.url(f"tags/{hot.id}/merge"), {"into": str(vip.id)}).status_code == 302
    assert (
        client.post(alice.url(f"tags/{vip.id}/"), {"name": "V.I.P.", "color": "red", "category": "status"}).status_code
        == 302
    )
    assert "V.I.P." in alice.page("tags/choices?q=v.i")
    assert client.post(alice.url(f"tags/{vip.id}/delete")).status_code == 302
    assert client.post(alice.url(f"lists/{news.id}/archive"), headers=HX).status_code == 204
    assert "News" in alice.page("lists/?archived=1")
    blocked = {"channel": "email", "address": "x@y.example", "reason": "manual", "detail": ""}
    assert client.post(alice.url("suppressions/new"), blocked).status_code == 302
    assert "x@y.example" in alice.page("suppressions/")


def test_charlie_finds_nothing_of_alices(alice: Person, charlie: Person, ada: Contact) -> None:
    paths = [
        "",
        "facts/city",
        "timeline",
        "panels/lists",
        "tags",
        "delete",
        "convert",
        "consent",
        "channels",
        "picture",
    ]
    for path in paths:
        charlie.page(f"contacts/{ada.id}/{path}", 404)
        assert charlie.client().get(alice.url(f"contacts/{ada.id}/{path}")).status_code == 404
    for path in ("facts/city", "tags", "delete", "restore", "convert", "consent", "channels", "subscriptions"):
        assert charlie.client().post(charlie.url(f"contacts/{ada.id}/{path}"), {"city": "Rome"}).status_code == 404
    with firm_context(alice.firm.id):
        assert access.contact(alice.actor, ada.id).version == ada.version


def test_a_reader_sees_no_way_to_change(alice: Person, bob: Person, ada: Contact) -> None:
    with firm_context(alice.firm.id):
        bob.membership.role = "read_only"
        bob.membership.save()
    html = bob.page(f"contacts/{ada.id}/")
    assert "fact-edit" not in html and "Convert to" not in html
    assert bob.client().post(bob.url(f"contacts/{ada.id}/facts/city"), {"city": "Rome"}).status_code == 403
    assert bob.client().get(bob.url("contacts/new")).status_code == 403


def test_the_page_costs_the_same_whatever_happened(
    alice: Person, ada: Contact, django_assert_max_num_queries: object
) -> None:
    with firm_context(alice.firm.id):
        colleagues = [
            create_contact({"first_name": f"C{i}", "company": ada.company_id}, by=alice.actor) for i in range(9)
        ]
        tag_records("contact", [ada.id], names=[f"T{i}" for i in range(9)], by=alice.actor)
        assert isinstance(colleagues[0].id, UUID)
    client = alice.client()
    with django_assert_max_num_queries(27):  # type: ignore[operator]
        client.get(alice.url(f"contacts/{ada.id}/"))
    with django_assert_max_num_queries(13):  # type: ignore[operator]
        client.get(alice.url(f"contacts/{ada.id}/timeline"))
