"""The firm's own fields of tasks: asked for in the forms, shown on the page, and of nobody else's business."""

import re

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.activities.models import Task
from fairlead.people.actions.contacts import create_contact
from fairlead.people.models import Contact
from fairlead.records.actions.custom_fields import create_field
from fairlead.records.public import nouns
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}
WHOLE = {"title": "File the return", "parts": "1"}


@pytest.fixture
def ada(alice: Person) -> Contact:
    """A contact, in a firm whose tasks have a matter, which none may be without, a place and a number."""
    places = [{"value": "office", "label": "Office"}, {"value": "court", "label": "Court"}]
    wanted = (
        {"label": "Matter", "kind": "text", "is_required": True},
        {"label": "Place", "kind": "dropdown", "options": places, "default": "office"},
        {"label": "Pages", "kind": "number"},
    )
    with firm_context(alice.firm.id):
        for values in wanted:
            create_field(nouns.get("task"), values, by=alice.actor)
        return create_contact({"first_name": "Ada"}, by=alice.actor)


def only_task(person: Person) -> Task:
    with firm_context(person.firm.id):
        return Task.rows().get()


def test_a_new_task_asks_for_them(alice: Person, charlie: Person, ada: Contact) -> None:
    client, new = alice.client(), alice.url("tasks/new")
    form = client.get(new, headers=HX).content.decode()
    assert all(re.search(rf">\s*{label}", form) for label in ("Matter", "Place", "Pages"))
    assert re.search(r'<option value="office"\s+selected', form)
    refused = client.post(new, WHOLE | {"custom-place": "court"}, headers=HX)
    page = refused.content.decode()
    assert refused.status_code == 422 and page.count("Matter is required.") == 1
    assert re.search(r'<option value="court"\s+selected', page) and "File the return" in page
    assert client.post(new, WHOLE | {"custom-matter": "M-7", "custom-pages": "12"}, headers=HX).status_code == 204
    assert only_task(alice).custom == {"matter": "M-7", "pages": 12}
    assert "Matter" not in charlie.client().get(charlie.url("tasks/new"), headers=HX).content.decode()


def test_a_task_shows_and_changes_them(alice: Person, ada: Contact) -> None:
    client = alice.client()
    client.post(alice.url("tasks/new"), WHOLE | {"custom-matter": "M-7", "custom-place": "court"}, headers=HX)
    task = only_task(alice)
    page = client.get(alice.url(f"tasks/{task.pk}/")).content.decode()
    assert "<dt>Matter</dt><dd>M-7</dd>" in page and "Court" in page and "<dt>Pages</dt>" not in page
    edit = alice.url(f"tasks/{task.pk}/edit")
    assert 'value="M-7"' in client.get(edit, headers=HX).content.decode()
    kept = WHOLE | {"version": str(task.version)}
    assert client.post(edit, kept | {"custom-matter": ""}, headers=HX).status_code == 422
    assert client.post(edit, kept | {"custom-matter": "M-8", "custom-place": ""}, headers=HX).status_code == 204
    assert only_task(alice).custom == {"matter": "M-8"}


def test_the_short_form_asks_for_what_no_task_may_be_without(alice: Person, ada: Contact) -> None:
    client, about = alice.client(), f"contact:{ada.pk}"
    form = client.get(alice.url(f"activities/composer?kind=task&about={about}"), headers=HX).content.decode()
    assert "Matter" in form and "Pages" not in form
    add = alice.url("tasks/add")
    refused = client.post(add, {"title": "File it", "about": about}, headers=HX)
    assert refused.status_code == 422 and refused.content.decode().count("Matter is required.") == 1
    made = client.post(add, {"title": "File it", "about": about, "custom-matter": "M-9"}, headers=HX)
    assert made.status_code == 200 and "M-9" not in made.content.decode()
    assert only_task(alice).custom == {"matter": "M-9", "place": "office"}
