"""The invented people of the demo firm. Domains end in .example and numbers are set aside for drama."""

import random
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

COLLEAGUES = (("Priya", "Nair"), ("Tom", "Reed"), ("Ines", "Duarte"))
LONDON, MANCHESTER, EDINBURGH = ("London", "GB"), ("Manchester", "GB"), ("Edinburgh", "GB")
DUBLIN, PARIS, BERLIN = ("Dublin", "IE"), ("Paris", "FR"), ("Berlin", "DE")
# Name, domain, industry, and where it is.
COMPANIES = (
    ("Alder Logistics", "alder-logistics.example", "manufacturing", MANCHESTER),
    ("Birchwood Clinics", "birchwood-clinics.example", "health_care", LONDON),
    ("Cedar & Sons Builders", "cedar-builders.example", "real_estate", LONDON),
    ("Dovetail Software", "dovetail.example", "software", BERLIN),
    ("Elm Street Bakery", "elm-bakery.example", "hospitality", EDINBURGH),
    ("Fernhill School", "fernhill-school.example", "education", LONDON),
    ("Gannet Renewables", "gannet.example", "manufacturing", DUBLIN),
    ("Hawthorn Legal", "hawthorn-legal.example", "consulting", LONDON),
    ("Islay Instruments", "islay-instruments.example", "manufacturing", EDINBURGH),
    ("Juniper Housing Trust", "juniper-trust.example", "non_profit", MANCHESTER),
    ("Kestrel Capital", "kestrel-capital.example", "finance", PARIS),
    ("Larch Media", "larch-media.example", "media", BERLIN),
)
ELSEWHERE = 0.15  # who works in another place than the company
TAGS = {"Newsletter": 0.5, "Key contact": 0.2, "Met at a conference": 0.15, "Tax advice": 0.25}
LISTS = {"Quarterly briefing": 0.4, "Autumn seminar": 0.2}
PEOPLE = 48
NOTES = (
    "Called about the year-end audit. Wants an offer before the board meets.",
    "Met at the spring conference: two sites, budget known, decides in autumn.",
    "Prefers email to phone. <strong>Never on Mondays.</strong>",
    "Asked for a second opinion on the lease. Sent our usual questions.",
    "Very happy with the last project, would speak for us as a reference.",
    "The contract ends in March; remind them in January.",
)
NOTED, LATELY = 22, 60  # how many have a note, and how many days ago the oldest was written
REFERRED = 9

_FIRST = (
    "Amara", "Ben", "Chloé", "Daniel", "Elif", "Farah", "George", "Hannah", "Ivan", "Jürgen", "Kavya", "Liam", "Mei",
    "Noah", "Olga", "Peter", "Quentin", "Rosa", "Sven", "Thandi", "Uma", "Victor", "Wanda", "Ximena", "Yusuf", "Zoë",
)  # fmt: skip
_LAST = (
    "Abbott", "Brandt", "Castillo", "Dupont", "Eriksson", "Fletcher", "Gallagher", "Hughes", "Iqbal", "Jansen",
    "Kowalski", "Lindqvist", "Müller", "Novak", "O'Connor", "Petrov", "Quinn", "Rossi", "Schmidt", "Tanaka", "Usman",
    "Vogel", "Watanabe", "Young", "Zhang",
)  # fmt: skip
_TITLES = (
    "Managing director", "Finance director", "Office manager", "Head of operations", "Partner", "Controller",
    "People lead", "Head of IT",
)  # fmt: skip
_PLACES = (LONDON, MANCHESTER, EDINBURGH, DUBLIN, PARIS, BERLIN)
# How they came: source, medium, campaign.
_WAYS = (
    ("Recommendation", "word of mouth", ""),
    ("Recommendation", "word of mouth", ""),
    ("Website", "search", ""),
    ("Website", "email", "Quarterly briefing"),
    ("Social network", "social", "Hiring a controller"),
    ("Conference", "event", "Spring conference"),
)
LONGEST = 330  # days since the first of them came
_STAGES = ("subscriber", "lead", "lead", "sales_qualified", "prospect", "client", "client", "client", "former_client")
_FURTHEST = ("client", "former_client", "prospect", "sales_qualified", "lead")
_SCORED = frozenset(("lead", "sales_qualified", "prospect"))


def contacts(chance: random.Random) -> Iterator[dict[str, Any]]:
    """Yield field values of contacts, with `company_name` and `days_ago`; the same for the same state of `chance`.

    The last one is the first once more, as somebody else typed them.
    """
    made = [_contact(number, chance) for number in range(PEOPLE)]
    again = {name: made[0][name] for name in ("last_name", "job_title", "company_name", "city", "country")}
    again |= {"first_name": made[0]["first_name"][0] + ".", "phone": made[0]["phone"]}
    made[-1] |= again | {"email": made[0]["email"].replace(".0@", "@")}
    yield from made


def _contact(number: int, chance: random.Random) -> dict[str, Any]:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    company, domain, _, place = chance.choice(COMPANIES)
    city, country = chance.choice(_PLACES) if chance.random() < ELSEWHERE else place
    source, medium, campaign = chance.choice(_WAYS)
    made = {
        "first_name": first,
        "last_name": last,
        "email": f"{_plain(first)}.{_plain(last)}.{number}@{domain}",
        "phone": f"+44 20 7946 0{number:03}",  # Ofcom: numbers for use in drama
        "job_title": chance.choice(_TITLES),
        "company_name": company,
        "lifecycle": chance.choice(_STAGES),
        "city": city,
        "country": country,
        "source": source,
        "medium": medium,
        "campaign": campaign,
        "days_ago": int(LONGEST * chance.random() ** 1.4),  # the firm grows: more of them came lately
    }
    return made | ({"score": 15 + number * 37 % 81} if made["lifecycle"] in _SCORED else {})


def stage_of(company: str, people: Iterable[Mapping[str, Any]]) -> str:
    """Return the lifecycle stage of a company: how far the one of its people is who got furthest."""
    reached = {person["lifecycle"] for person in people if person["company_name"] == company}
    return next((stage for stage in _FURTHEST if stage in reached), "lead")


def _plain(name: str) -> str:
    letters = name.lower().translate(str.maketrans("éüöë", "euoe"))
    return "".join(c for c in letters if c.isascii() and c.isalnum())
