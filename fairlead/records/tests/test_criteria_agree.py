"""The property the engine stands on: a set, one record, an explanation and plain answers always agree."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairlead.accounts.tests import cast
from fairlead.events.public import NewEvent, record_many
from fairlead.kernel.text import squeeze
from fairlead.people.models import Company, Contact, ContactList, ListSubscription, Tag, Tagging
from fairlead.records.criteria.plain import Answers, Happening
from fairlead.records.criteria.vocabulary import Vocabulary
from fairlead.records.custom import Change, index_values
from fairlead.records.models import CustomField
from fairlead.records.public import Context, Criteria, nouns
from fairlead.tenancy.public import Role, firm_context

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORDS = ["", "Zoë", "zoe", "ZOE Ångström", "straße", "STRASSE", "Łódź", "a_b%c", "O'Neil", "ﬁn", "x" * 250, "x" * 251]
CUSTOM = {
    "note": "text", "essay": "long_text", "likes": "multi_select", "tier": "dropdown", "score": "number",
    "budget": "money", "renewal": "date", "seen": "datetime", "vip": "boolean", "site": "url", "mail": "email",
    "mobile": "phone", "founded": "recurring_date",
}  # fmt: skip
CHOICES = ("tax", "audit", "tax-audit")
OPTIONS = [{"value": v, "label": v.upper()} for v in CHOICES]


class World:
    """A few dozen awkward contacts, and everything about them as plain answers."""

    def __init__(self) -> None:
        self.firm = cast.make_firm("alder", "Alder", country="GB")
        self.firm.time_zone = "America/New_York"
        self.firm.save()
        self.alice = cast.join(self.firm, "Alice", "Ash", Role.OWNER)
        self.answers: dict[UUID, Answers] = {}
        with firm_context(self.firm.id):
            self.fields = [
                CustomField.objects.create(noun="contact", key=k, label=k, kind=v, options=OPTIONS)
                for k, v in CUSTOM.items()
            ]
            self.tags = [Tag.objects.create(name=n, name_norm=n) for n in ("one", "two", "three")]
            self.list = ContactList.objects.create(name="News", name_norm="news")
            self.everyone = ContactList.objects.create(name="All", name_norm="all", is_primary=True)
            self.companies = [
                Company.objects.create(name="Acme", industry="software", employees=5, city="Zürich"),
                Company.objects.create(name="Bolt", employees=None),
            ]
            for number in range(40):
                self._contact(number)

    def _contact(self, n: int) -> None:
        word = WORDS[n % len(WORDS)]
        moment = NOW + timedelta(days=(n * 37) % 120 - 60, seconds=n)
        company = (None, *self.companies)[n % 3]
        contact = Contact.objects.create(
            first_name=word, city=WORDS[(n * 7) % len(WORDS)], country=["", "DE", "GB"][n % 3],
            email=f"Ann{n % 5}@Example.com" if n % 4 else "", email_norm=f"ann{n % 5}@example.com" if n % 4 else "",
            phone=["", "+442079460011", "call 020-7946"][n % 3], lifecycle=["lead", "client"][n % 2], company=company,
            do_not_contact=n % 2 == 0, birthday=["", "1980-02-29", "--03-02", "1999-12-31"][n % 4],
            score=[None, 0, 7, 100][n % 4],
            opt_out_date=None if n % 3 else moment, owner=self.alice.membership if n % 2 else None,
            custom=custom_values(n, word),
        )  # fmt: skip
        index_values(self.fields, [Change(contact.id, {}, contact.custom)])
        tags = [t for i, t in enumerate(self.tags) if (n >> i) & 1]
        for tag in tags:
            Tagging.objects.create(tag=tag, noun="contact", record_id=contact.id)
        if n % 3:
            ListSubscription.objects.create(list=self.list, contact=contact, status=["subscribed", "pending"][n % 2])
        lists = {self.everyone.id} | ({self.list.id} if n % 3 and n % 2 == 0 else set())
        related = {} if company is None else {
            "company.name": company.name, "company.industry": company.industry, "company.city": company.city,
            "company.employees": company.employees,
        }  # fmt: skip
        values = {f.name: getattr(contact, f.attribute) for f in nouns.get("contact").fields}
        self.answers[contact.id] = Answers(
            {**values, **related, **{f"custom.{k}": v for k, v in contact.custom.items()}},
            {"tag": frozenset(t.id for t in tags), "list": frozenset(lists)},
            [Happening(e.type, e.occurred_at or NOW, e.data) for e in self._happened(contact, n % 5)],
        )

    def _happened(self, contact: Contact, count: int) -> list[NewEvent]:
        events = [
            NewEvent(("contact.created", "record.tagged")[i % 2], ("contact", contact.id), contact_id=contact.id,
                     data={"tag": ["x", 1, True][i % 3]}, occurred_at=NOW - timedelta(days=i * 11))
            for i in range(count)
        ]  # fmt: skip
        record_many(events, by=self.alice.actor)
        return events


def custom_values(n: int, word: str) -> dict[str, Any]:
    everything = {
        "note": squeeze(word), "essay": f"{word}\n\n line  two".strip(),
        "likes": [["tax"], ["tax", "audit"], ["tax-audit"]][n % 3],
        "tier": CHOICES[n % 3], "score": [-12, 0, 7.25, 1e9][n % 4],
        "renewal": str(date(2026, 2, 1) + timedelta(days=n * 3)),
        "budget": {"amount": (n - 20) * 100, "currency": ["EUR", "USD"][n % 2]},
        "seen": f"2026-02-{n % 28 + 1:02}T23:30:00Z",
        "vip": n % 2 == 0, "site": "https://zoe.example", "mail": "Bo@Example.com", "mobile": "+4930123456",
        "founded": ["--03-01", "2001-02-28"][n % 2],
    }  # fmt: skip
    return {k: v for i, (k, v) in enumerate(everything.items()) if v != "" and (n + i) % 4}


TEXT_OPS = ["contains", "not_contains", "is", "is_not", "starts_with", "ends_with"]
needles = st.sampled_from(
    ["zoe", "ZOË", "Ångström", "strasse", "ß", "a_b%", "'", "l", "x" * 200, "éx", "fi", "line two"]
)
UNITS = st.sampled_from(["days", "weeks", "months"])
COUNTS = st.sampled_from([">=", "<=", "=", "none"])
MANY_OPS = ["has_any", "has_all", "has_none"]
AMOUNT_OPS = ["is", "is_not", "gt", "gte", "lt", "lte"]
ADDRESSES = st.sampled_from(["ANN1@example.com", "ann", "bo@EXAMPLE.com", ".com"])
moments = st.one_of(
    st.dates(date(2026, 1, 1), date(2026, 5, 1)).map(str),
    st.sampled_from(["2026-02-03T23:30:00Z", "2026-02-05T18:30:00-05:00"]),
    st.builds(lambda u, a: {"relative": {"unit": u, "amount": a}}, UNITS, st.integers(-60, 60)),
)  # fmt: skip
days = moments.filter(lambda m: not isinstance(m, str) or "T" not in m)
numbers = st.one_of(st.integers(-30, 30), st.sampled_from([7.25, "7.25", -12, 1e9, 2.5]))
spans = st.one_of(st.integers(0, 100), st.builds(lambda a: {"amount": a, "unit": "months"}, st.integers(0, 4)))
chosen = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3)


def test_node(names: list[str], ops: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda f, o, v: {"field": f, "op": o, "value": v}, st.sampled_from(names), st.sampled_from(ops), values
    )


test_node.__test__ = False  # type: ignore[attr-defined]


def moment_nodes(names: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        test_node(names, ["is", "is_not", "before", "after"], values),
        test_node(names, ["between"], st.lists(values, min_size=2, max_size=2)),
        test_node(names, ["in_last", "in_next"], spans),
    )


def memberships(world: World) -> st.SearchStrategy[Any]:
    tags = st.lists(st.sampled_from([str(t.id) for t in world.tags]), min_size=1, max_size=3)
    lists = st.lists(st.sampled_from([str(world.list.id), str(world.everyone.id)]), min_size=1, max_size=2)
    return st.one_of(
        st.builds(lambda o, v: {"tag": {"op": o, "value": v}}, st.sampled_from(MANY_OPS), tags),
        st.builds(lambda o, v: {"list": {"op": o, "value": v}}, st.sampled_from(["in", "not_in"]), lists),
    )


def happenings() -> st.SearchStrategy[Any]:
    events = st.fixed_dictionaries(
        {"type": st.sampled_from(["contact.created", "record.tagged"]), "op": COUNTS},
        optional={
            "count": st.integers(0, 4), "within": st.sampled_from([None, {"days": 12}, {"days": 30}]),
            "where": st.sampled_from([{"tag": "x"}, {"tag": 1}, {"tag": True}, {"nope": "x"}]),
        },
    )  # fmt: skip
    return events.map(lambda e: {"event": e})


def conditions(world: World) -> st.SearchStrategy[Any]:
    texts = ["first_name", "city", "custom.note", "custom.essay", "custom.site", "company.city"]
    everything = [*texts, "email", "country", "owner", "opt_out_date", "company", "company.employees", "birthday"]
    everything += ["score", *(f"custom.{key}" for key in CUSTOM)]
    return st.one_of(
        test_node(texts, TEXT_OPS, needles),
        test_node(texts, ["in", "not_in"], st.lists(needles, min_size=1, max_size=3)),
        test_node(["email", "custom.mail"], TEXT_OPS, ADDRESSES),
        test_node(["phone", "custom.mobile"], TEXT_OPS, st.sampled_from(["020 7946 0011", "7946", "+49", "56"])),
        test_node(everything, ["is_known", "is_unknown"], st.none()),
        test_node(["country"], ["in", "not_in", "is", "is_not"], st.sampled_from(["DE", "gb", "France"])),
        test_node(["lifecycle"], ["is", "is_not"], st.sampled_from(["lead", "client", "other"])),
        test_node(["company.industry"], ["in", "not_in"], st.just(["software", "finance"])),
        test_node(["owner"], ["is", "is_not"], st.sampled_from(["me", str(world.alice.membership.id)])),
        test_node(["company"], ["in", "not_in"], st.just([str(world.companies[0].id)])),
        test_node(["do_not_contact", "custom.vip"], ["is_true", "is_false"], st.none()),
        test_node(["custom.score", "company.employees", "score"], AMOUNT_OPS, numbers),
        test_node(["custom.score", "score"], ["between"], st.lists(numbers, min_size=2, max_size=2)),
        test_node(["custom.budget"], AMOUNT_OPS, st.sampled_from(["1 EUR", "-3.00 USD", "0 EUR"])),
        test_node(["custom.budget"], ["between"], st.just(["-5 EUR", "8 EUR"])),
        moment_nodes(["opt_out_date", "custom.seen"], moments),
        moment_nodes(["custom.renewal"], days),
        test_node(["birthday", "custom.founded"], ["anniversary"], st.integers(0, 40)),
        test_node(["custom.likes"], MANY_OPS, chosen),
        test_node(["custom.tier"], ["in", "not_in"], chosen),
        memberships(world),
        happenings(),
    )  # fmt: skip


def trees(world: World) -> st.SearchStrategy[Any]:
    return st.recursive(
        conditions(world),
        lambda inner: st.one_of(
            st.builds(lambda c: {"all": c}, st.lists(inner, max_size=3)),
            st.builds(lambda c: {"any": c}, st.lists(inner, min_size=1, max_size=3)),
            st.builds(lambda c: {"not": c}, inner),
        ),
        max_leaves=6,
    )


@pytest.fixture
def world(db: None) -> Iterator[World]:
    return World()


@pytest.fixture
def context(world: World) -> Iterator[Context]:
    with firm_context(world.firm.id):
        actor = world.alice.actor
        home = Context.of(actor)
        yield Context(NOW, home.zone, home.country, home.me, actor)


QUIET = {"suppress_health_check": list(HealthCheck), "deadline": None, "derandomize": True}


def test_set_and_plain_answers_agree_on_every_operator(world: World, context: Context) -> None:
    contact, actor = nouns.get("contact"), context.actor
    assert actor is not None
    splitting: set[tuple[str, str]] = set()
    vocabulary = Vocabulary(contact)

    @settings(max_examples=400, **QUIET)
    @given(conditions(world))
    def agree(tree: Any) -> None:
        criteria = Criteria(contact, tree, by=actor, context=context, vocabulary=vocabulary)
        found = set(criteria.filter(contact.visible(actor)).values_list("pk", flat=True))
        assert found == {pk for pk, answers in world.answers.items() if criteria.matches_answers(answers)}, tree
        if found and len(found) < len(world.answers):
            splitting.add((tree.get("field", ""), tree.get("op", "")))

    agree()
    assert len(splitting) > 40  # the world is awkward enough for most operators to split it
    assert {("custom.likes", op) for op in MANY_OPS} <= splitting


def test_one_record_and_its_explanation_agree_with_the_set(world: World, context: Context) -> None:
    contact, actor = nouns.get("contact"), context.actor
    assert actor is not None

    @settings(max_examples=100, **QUIET)
    @given(trees(world), st.sampled_from(list(world.answers)))
    def agree(tree: Any, one: UUID) -> None:
        criteria = Criteria(contact, tree, by=actor, context=context)
        found = set(criteria.filter(contact.visible(actor)).values_list("pk", flat=True))
        assert found == {pk for pk, answers in world.answers.items() if criteria.matches_answers(answers)}, tree
        assert criteria.matches(one) == criteria.explain(one).holds == (one in found)

    agree()
