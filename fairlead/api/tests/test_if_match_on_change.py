"""PATCH with If-Match, on what keeps no version: who comes second is told, and nothing of the first is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api, problem

pytestmark = pytest.mark.django_db

Make = Callable[[Api], str]  # makes one, returns its address


def _made(address: str, **body: Any) -> Make:
    def make(api: Api) -> str:
        answer = api.post(address, body)
        assert answer.status_code == 201, answer.content
        return f"{address}/{answer.json()['id']}"

    return make


def _comment(api: Api) -> str:
    task = api.post("tasks", {"title": "Call back"}).json()["id"]
    return f"comments/{api.post(f'tasks/{task}/comments', {'body': '<p>One</p>'}).json()['id']}"


NOUNS: dict[str, tuple[Make, str, Any, Any]] = {
    "comment": (_comment, "body", "<p>Two</p>", "<p>Three</p>"),
    "snippet": (_made("snippets", shortcut="hi", body="<p>Hi</p>", scope="firm"), "body", "<p>Ho</p>", "<p>Hu</p>"),
    "note template": (_made("note-templates", name="First", body="<p>Who</p>"), "name", "Second", "Third"),
    "task template": (_made("task-templates", name="Review", title="Review"), "title", "Look", "See"),
    "tag": (_made("tags", name="VIP"), "name", "Gold", "Silver"),
    "list": (_made("lists", name="News"), "name", "Letters", "Mails"),
    "team": (_made("teams", name="North"), "name", "South", "East"),
    "product": (_made("products", name="Audit", unit_price=1), "unit_price", 2, 3),
    "reason": (_made("reasons", kind="loss", name="Price"), "name", "Cost", "Fee"),
    "saved view": (_made("views", noun="contact", name="Mine", scope="firm"), "name", "Yours", "Ours"),
    "custom field": (_made("custom-fields", noun="contact", kind="text", label="Size"), "label", "Shoe", "Hat"),
    "note's outcome": (
        _made("activity-options", kind="call", role="outcome", name="Rang"), "name", "Rang off", "Rang on",
    ),
}  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS)
def test_who_comes_second_is_told_and_may_go_on(alice: Person, noun: str) -> None:
    make, field, second, third = NOUNS[noun]
    api = Api(alice)
    path = make(api)
    read = api.get(path)
    tag = read["ETag"]
    assert tag == api.get(path)["ETag"], "Reading changes nothing."
    assert tag == api.get(f"{path}?fields=id")["ETag"], "A part of it is the same thing."
    changed = api.patch(path, {field: second}, If_Match=tag)
    assert changed.status_code == 200, changed.content
    assert changed["ETag"] == api.get(path)["ETag"] != tag
    late = api.patch(path, {field: third}, If_Match=tag)
    problem(late, 412, "stale_version")
    assert late["ETag"] == changed["ETag"]
    assert api.get(path).json()[field] == second, "Nothing of the first is lost."
    assert api.patch(path, {field: third}, If_Match=f'"other", {late["ETag"]}').status_code == 200
    assert api.patch(path, {field: second}, If_Match="*").status_code == 200
    assert api.patch(path, {field: third}).status_code == 200, "Without If-Match the last change wins."


@pytest.mark.parametrize("noun", ["snippet", "note template", "task template", "tag", "list"])
def test_a_colleagues_change_is_not_written_over(alice: Person, bob: Person, noun: str) -> None:
    make, field, second, third = NOUNS[noun]
    api, bobs = Api(alice), Api(bob)
    path = make(api)
    tag = api.get(path)["ETag"]
    assert bobs.get(path)["ETag"] == tag, "Both read the same."
    api.patch(path, {field: second})
    problem(bobs.patch(path, {field: third}, If_Match=tag), 412, "stale_version")
    assert api.get(path).json()[field] == second


def test_a_comment_is_its_authors_alone(alice: Person, bob: Person) -> None:
    api, bobs = Api(alice), Api(bob)
    path = _comment(api)
    tag = api.get(path)["ETag"]
    problem(bobs.patch(path, {"body": "<p>Mine</p>"}, If_Match=tag), 403, "forbidden")
    problem(api.patch(path, {"body": "<p>Late</p>"}, If_Match='"1"'), 412, "stale_version")


@pytest.mark.parametrize("noun", NOUNS)
def test_another_firm_learns_nothing_from_a_tag(alice: Person, charlie: Person, noun: str) -> None:
    make, field, second, _ = NOUNS[noun]
    path = make(Api(alice))
    stranger = Api(charlie)
    for tag in ("*", '"wrong"', Api(alice).get(path)["ETag"]):
        problem(stranger.patch(path, {field: second}, If_Match=tag), 404, "not_found")


def test_what_changes_by_itself_is_no_change(alice: Person) -> None:
    api = Api(alice)
    snippet = NOUNS["snippet"][0](api)
    tag = api.get(snippet)["ETag"]
    assert api.post(f"{snippet}/expansions").status_code == 200
    assert api.get(snippet).json()["usage_count"] == 1
    assert api.get(snippet)["ETag"] == tag, "It was used, not changed."


def test_what_there_is_one_of_has_a_tag_too(alice: Person) -> None:
    api = Api(alice)
    tag = api.get("signature")["ETag"]
    assert api.patch("signature", {"html": "<p>Alice</p>"}, If_Match=tag).status_code == 200
    problem(api.patch("signature", {"html": "<p>Al</p>"}, If_Match=tag), 412, "stale_version")
    tag = api.get("firm")["ETag"]
    assert api.patch("firm", {"name": "Alder"}, If_Match=tag).status_code == 200
    problem(api.patch("firm", {"name": "Elder"}, If_Match=tag), 412, "stale_version")
