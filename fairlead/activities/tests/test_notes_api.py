"""/api/v1/notes, attachments, timelines and pins."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fairlead.accounts.tests.cast import Person
from fairlead.activities.api.timeline import KIND
from fairlead.api.tests.client import Api, problem
from fairlead.people.public import timeline

pytestmark = pytest.mark.django_db


def write(api: Api, ada: str, body: str = "<p>Called <b>Ada</b><script>x</script></p>") -> dict[str, object]:
    made = api.post("notes", {"body": body, "about": [{"noun": "contact", "id": ada}]})
    assert made.status_code == 201, made.content
    found: dict[str, object] = made.json()
    return found


def test_a_note_is_written_changed_reverted_deleted_and_restored(api: Api, ada: str) -> None:
    note = write(api, ada)
    assert note["text"] == "Called Ada"
    assert note["about"] == [{"noun": "contact", "id": ada}]
    path = f"notes/{note['id']}"
    changed = api.patch(path, {"body": "<p>Met Ada</p>"}, If_Match='"1"')
    assert (changed.json()["text"], changed["ETag"]) == ("Met Ada", '"2"')
    problem(api.patch(path, {"body": "<p>Late</p>"}, If_Match='"1"'), 412, "stale_version")
    problem(api.delete(path, If_Match='"1"'), 412, "stale_version")
    assert [r["version"] for r in api.get(f"{path}/revisions").json()["data"]] == [1]
    assert api.post(f"{path}/revert", {"version": 1}).json()["text"] == "Called Ada"
    acme = api.post("companies", {"name": "Acme"}).json()["id"]
    assert len(api.post(f"{path}/associate", {"about": [{"noun": "company", "id": acme}]}).json()["about"]) == 2
    assert len(api.post(f"{path}/dissociate", {"noun": "company", "id": acme}).json()["about"]) == 1
    assert api.delete(path).status_code == 204
    assert api.get("notes").json()["data"] == []
    problem(api.post(f"{path}/restore", If_Match='"1"'), 412, "stale_version")
    problem(api.post(f"calls/{note['id']}/restore"), 404, "not_found")
    assert api.post(f"{path}/restore").json()["text"] == "Called Ada"
    assert [n["id"] for n in api.get(f"notes?noun=contact&record={ada}&mine=true").json()["data"]] == [note["id"]]


def test_another_firms_note_and_record_are_absent(api: Api, ada: str, charlie: Person) -> None:
    note, stranger = write(api, ada), Api(charlie)
    path = f"notes/{note['id']}"
    for method, where, body in (
        ("GET", path, None), ("PATCH", path, {"body": "<p>x</p>"}), ("DELETE", path, None),
        ("GET", f"{path}/revisions", None),
        ("POST", f"{path}/revert", {"version": 1}), ("POST", f"{path}/restore", None),
        ("GET", f"contacts/{ada}/timeline", None), ("GET", f"contacts/{ada}/pins", None),
    ):  # fmt: skip
        problem(stranger.call(method, where, body), 404, "not_found")
    sent = {"body": "<p>x</p>", "about": [{"noun": "contact", "id": ada}]}
    assert stranger.post("notes", sent).status_code in (404, 422)
    assert api.get(path).json() == note


def test_a_key_without_the_scope_is_refused(api: Api, ada: str, bob: Person) -> None:
    note, reader = write(api, ada), Api(bob, scopes=("contacts.view", "notes.view"))
    assert reader.get(f"notes/{note['id']}").status_code == 200
    problem(reader.patch(f"notes/{note['id']}", {"body": "<p>x</p>"}), 403, "forbidden")
    problem(Api(bob, scopes=("contacts.view",)).get("notes"), 403, "forbidden")


def test_a_file_is_put_on_a_note_read_and_deleted(api: Api, ada: str, charlie: Person) -> None:
    note = write(api, ada)
    file = SimpleUploadedFile("offer.txt", b"Our offer", "text/plain")
    headers = {"Authorization": f"Bearer {api.token}"}
    made = api.client.post(f"/api/v1/notes/{note['id']}/attachments", {"file": file}, headers=headers)
    assert made.status_code == 201, made.content
    path = f"attachments/{made.json()['id']}"
    assert (made.json()["name"], made.json()["size"]) == ("offer.txt", 9)
    read = api.get(f"{path}/content")
    assert b"".join(read.streaming_content) == b"Our offer"
    assert read["Content-Disposition"].startswith("attachment")
    for method, where in (("GET", path), ("GET", f"{path}/content"), ("DELETE", path)):
        problem(Api(charlie).call(method, where), 404, "not_found")
    problem(api.post(f"notes/{note['id']}/attachments", {"file": "x"}), 415, "unsupported_media_type")
    assert api.delete(path).status_code == 204
    assert api.get(f"notes/{note['id']}").json()["attachments"] == []


def test_a_timeline_tells_what_happened_and_what_is_pinned(api: Api, ada: str) -> None:
    write(api, ada)
    api.post(f"contacts/{ada}/tag", {"names": ["VIP"]})
    events = api.get(f"contacts/{ada}/timeline?fields=id,type,words,actor,via").json()["data"]
    assert {"contact.created", "record.tagged"} <= {e["type"] for e in events}
    assert {e["via"] for e in events} == {"api"}
    (tagged,) = api.get(f"contacts/{ada}/timeline?kind=tags").json()["data"]
    assert tagged["words"] == "added the tag VIP"
    for path in (f"contacts/{ada}/timeline", "feed"):
        told = api.get(f"{path}?kind=unicorns")
        problem(told, 422, "invalid")
        kinds = told.json()["errors"][0]["message"].removeprefix("Use one of: ").removesuffix(".").split(", ")
        assert set(timeline.kinds_for("contact")) <= set(kinds)
        assert all(kind in KIND.description for kind in timeline.kinds_for("contact")), "The reference names them all."
    page = api.get(f"contacts/{ada}/timeline?limit=1").json()
    assert api.get(page["next"]).json()["data"][0]["id"] != page["data"][0]["id"]
    pin = f"contacts/{ada}/pins/{tagged['id']}"
    assert api.call("PUT", pin).status_code == 204
    assert api.get(f"contacts/{ada}/pins").json() == {"events": [tagged["id"]]}
    assert api.delete(pin).status_code == 204
    assert api.get(f"contacts/{ada}/pins").json() == {"events": []}
