"""How segments overlap: each part counted, led to, made a segment of; only of what one may see."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from fairlead.accounts.tests.cast import Person
from fairlead.api.tests.client import Api
from fairlead.kernel.errors import InvalidInput, NotFound
from fairlead.people.actions.contacts import create_contact
from fairlead.people.public import access as people
from fairlead.records.public import Criteria, nouns
from fairlead.segments.actions.picks import add_people
from fairlead.segments.actions.segments import create_segment
from fairlead.segments.models import Segment
from fairlead.segments.overlap import overlap
from fairlead.tenancy.public import firm_context

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(alice: Person) -> list[Segment]:
    """Segments of people 0 to 4, 2 to 6 and 4 to 8, of ten."""
    with firm_context(alice.firm.pk):
        ids = [create_contact({"first_name": f"P{n}"}, by=alice.actor).pk for n in range(10)]
        made = [create_segment({"name": name, "kind": "static"}, by=alice.actor) for name in ("One", "Two", "Three")]
        for n, segment in enumerate(made):
            add_people(segment.pk, ids[2 * n : 2 * n + 5], by=alice.actor)
        return made


def test_each_part_is_counted_and_its_criteria_are_its_people(alice: Person, three: list[Segment]) -> None:
    with firm_context(alice.firm.pk):
        found = overlap(alice.actor, [s.pk for s in three])
        assert {r.words: r.count for r in found.regions} == {
            "In One, not in Two or Three": 2, "In Two, not in One or Three": 0, "In Three, not in One or Two": 2,
            "In One and Two, not in Three": 2, "In One and Three, not in Two": 0, "In Two and Three, not in One": 2,
            "In One and Two and Three": 1,
        }  # fmt: skip
        assert found.union == 9 and [found.size(s) for s in three] == [5, 5, 5]
        for region in found.regions:
            asked = Criteria(nouns.get("contact"), region.tree, by=alice.actor)
            assert asked.filter(people.contacts(alice.actor)).count() == region.count, region.words
        with pytest.raises(InvalidInput):
            overlap(alice.actor, [three[0].pk])


def test_the_page_draws_it_and_leads_into_the_builder(alice: Person, three: list[Segment], charlie: Person) -> None:
    browser = alice.client()
    assert "Nothing chosen yet" in browser.get(alice.url("segments/overlap")).content.decode()
    query = "&".join(f"segment={s.pk}" for s in three[:2])
    page = browser.get(alice.url(f"segments/overlap?{query}"))
    assert page.status_code == 200 and "In One and Two" in page.content.decode()
    to = next(p.segment_url for p in page.context["parts"] if p.words == "In One and Two")
    builder = browser.get(to)
    tree = json.loads(parse_qs(urlsplit(to).query)["criteria"][0])
    assert json.loads(builder.context["sent"]["criteria"]) == tree
    assert "Choose 2 or 3" in browser.get(alice.url(f"segments/overlap?segment={three[0].pk}")).content.decode()
    assert charlie.client().get(charlie.url(f"segments/overlap?{query}")).status_code == 404
    assert browser.get(alice.url("segments/new?criteria=nonsense")).status_code == 200


def test_the_api_tells_it_and_strangers_learn_nothing(alice: Person, three: list[Segment], charlie: Person) -> None:
    ids = ",".join(str(s.pk) for s in three)
    told = Api(alice).get(f"segments/overlap?segments={ids}").json()
    assert told["union"] == 9 and told["regions"][-1]["count"] == 1
    assert Api(alice).get("segments/overlap?segments=x").status_code == 422
    for wrong in (str(three[0].pk), ",".join([str(three[0].pk)] * 2)):
        refused = Api(alice).get(f"segments/overlap?segments={wrong}")
        assert refused.status_code == 422 and refused.json()["errors"][0]["parameter"] == "segments"
    assert Api(charlie).get(f"segments/overlap?segments={ids}").status_code == 404
    with firm_context(charlie.firm.pk), pytest.raises(NotFound):
        overlap(charlie.actor, [s.pk for s in three])


def test_who_sees_only_their_own_counts_only_their_own(alice: Person, bob: Person, three: list[Segment]) -> None:
    from dataclasses import replace

    with firm_context(alice.firm.pk):
        own = replace(bob.actor, visible_owners=frozenset({bob.membership.pk}))
        assert overlap(own, [s.pk for s in three]).union == 0
