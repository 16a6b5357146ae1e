"""One note, call, email, meeting or task about several records of several nouns, over the API."""

from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem
from fairlead.sales.tests import making

pytestmark = pytest.mark.django_db
SENT: dict[str, dict[str, Any]] = {
    "notes": {"body": "<p>Together</p>"}, "calls": {"body": "Rang"}, "meetings": {"body": "Met"},
    "emails": {"body": "Wrote", "subject": "Hello"}, "tasks": {"title": "Send the offer"},
}  # fmt: skip
ON = {"tasks": "associations"}
OFF = {"tasks": "dissociations"}
PATHS = {"contact": "contacts", "company": "companies", "deal": "deals"}


def records(person: Person) -> dict[str, str]:
    """Make one record of each noun, none of which points at another."""
    making.pipeline(person)
    api = Api(person)
    sent = {"contact": {"first_name": "Ada"}, "company": {"name": "Heron"}, "deal": {"title": "Audit"}}
    return {noun: api.post(PATHS[noun], body).json()["id"] for noun, body in sent.items()}


def place(noun: str, pk: str) -> dict[str, str]:
    return {"noun": noun, "id": pk}


def told(api: Api, noun: str, pk: str, kind: str) -> list[str]:
    events = api.get(f"{PATHS[noun]}/{pk}/timeline").json()["data"]
    return [e["type"].partition(".")[2] for e in events if e["type"].startswith(f"{kind[:-1]}.")][::-1]


@pytest.mark.parametrize("kind", SENT)
def test_one_thing_stands_on_several_records(alice: Person, charlie: Person, kind: str) -> None:
    api, mine = Api(alice), records(alice)
    about = [place(noun, mine[noun]) for noun in ("deal", "contact")]
    made = api.post(kind, {**SENT[kind], "about": about})
    assert made.status_code == 201, made.content
    path = f"{kind}/{made.json()['id']}"
    assert sorted(a["noun"] for a in api.get(path).json()["about"]) == ["contact", "deal"]
    on, off = ON.get(kind, "associate"), OFF.get(kind, "dissociate")
    more = {"about": [place("company", mine["company"])]}
    for _ in range(2):  # a second time is no news
        assert len(api.post(f"{path}/{on}", more).json()["about"]) == 3
    assert all(told(api, noun, pk, kind) for noun, pk in mine.items())
    assert told(api, "company", mine["company"], kind).count("associated") == 1
    left = api.post(f"{path}/{off}", place("deal", mine["deal"]))
    assert sorted(a["noun"] for a in left.json()["about"]) == ["company", "contact"], left.content
    assert told(api, "deal", mine["deal"], kind)[-1] == "dissociated"
    problem(api.post(f"{path}/{off}", place("deal", mine["deal"])), 404, "not_found")
    if kind != "tasks":
        for noun, count in (("contact", 1), ("company", 1), ("deal", 0)):
            assert len(api.get(f"{kind}?noun={noun}&record={mine[noun]}").json()["data"]) == count


@pytest.mark.parametrize("kind", SENT)
def test_what_is_not_there_to_see_is_refused(alice: Person, charlie: Person, kind: str) -> None:
    api, other, mine, theirs = Api(alice), Api(charlie), records(alice), records(charlie)
    path = f"{kind}/{api.post(kind, {**SENT[kind], 'about': [place('contact', mine['contact'])]}).json()['id']}"
    on = ON.get(kind, "associate")
    wrong = [place(noun, pk) for noun, pk in theirs.items()]
    wrong += [place("company", mine["contact"])]
    for one in wrong:
        problem(api.post(kind, {**SENT[kind], "about": [place("deal", mine["deal"]), one]}), 404, "not_found")
        problem(api.post(f"{path}/{on}", {"about": [one]}), 404, "not_found")
        problem(other.post(f"{path}/{on}", {"about": [one]}), 404, "not_found")
    problem(api.post(kind, {**SENT[kind], "about": [place("contact", mine["contact"])] * 2}), 422, "invalid")
    unicorn = api.post(kind, {**SENT[kind], "about": [place("deal", mine["deal"]), place("unicorn", mine["contact"])]})
    assert (unicorn.status_code, unicorn.json()["errors"][0]["field"]) == (422, "about.1.noun")
    assert unicorn.json()["errors"][0]["message"] == "Use one of: contact, company, task, deal."
    assert api.get(path).json()["about"] == [place("contact", mine["contact"])]
    for noun, pk in mine.items():
        problem(other.get(f"{PATHS[noun]}/{pk}/timeline"), 404, "not_found")
    problem(other.get(f"deals/{mine['deal']}/pins"), 404, "not_found")


def test_what_happened_with_a_deal_is_pinned(alice: Person) -> None:
    api, mine = Api(alice), records(alice)
    api.post("notes", {**SENT["notes"], "about": [place("deal", mine["deal"])]})
    event = api.get(f"deals/{mine['deal']}/timeline?kind=notes").json()["data"][0]["id"]
    assert api.call("PUT", f"deals/{mine['deal']}/pins/{event}").status_code == 204
    assert api.get(f"deals/{mine['deal']}/pins").json() == {"events": [event]}


@pytest.mark.parametrize("kind", SENT)
def test_each_page_draws_it_once_while_it_stands_there(alice: Person, kind: str) -> None:
    api, mine = Api(alice), records(alice)
    words = next(iter(SENT[kind].values())).removeprefix("<p>").removesuffix("</p>")
    api.patch(f"contacts/{mine['contact']}", {"company": mine["company"]})
    made = api.post(kind, {**SENT[kind], "about": [place(noun, pk) for noun, pk in mine.items()]}).json()

    def drawn() -> dict[str, int]:
        pages = {noun: alice.url(f"{PATHS[noun]}/{pk}/timeline") for noun, pk in mine.items()}
        entry = f">{words}<"
        return {noun: alice.client().get(url).content.decode().count(entry) for noun, url in pages.items()}

    assert drawn() == {"contact": 1, "company": 1, "deal": 1}
    off = f"{kind}/{made['id']}/{OFF.get(kind, 'dissociate')}"
    api.post(off, place("contact", mine["contact"]))
    api.post(off, place("deal", mine["deal"]))
    assert drawn() == {"contact": 0, "company": 1, "deal": 0}
    api.post(f"{kind}/{made['id']}/{ON.get(kind, 'associate')}", {"about": [place("deal", mine["deal"])]})
    assert drawn() == {"contact": 0, "company": 1, "deal": 1}
