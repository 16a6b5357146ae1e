"""Sample data of the gallery. Its people do not exist."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from fairlead.kernel import clock

from ..banners import Banner
from ..frame import FirmLink, Frame, Line, NavSection, Viewer
from ..lists import Action, BulkAction, Column, Option, Person, Row, SavedView, Title
from ..navigation import Item, UserItem
from ..palette import SearchSource
from ..progress import Job, JobSource, State
from ..quick_add import QuickAdd
from ..record import Entry, Fact, FactGroup

NAMES = [
    ("Ada Okafor", "Head of Operations", "Harbour Analytics"),
    ("Ben Carter", "Founder", "Carter & Vale"),
    ("Chiara Rossi", "Finance Director", "Officine Rossi"),
    ("Daniel Müller", "CEO", "Müller Logistik GmbH"),
    ("Elif Yılmaz", "Office Manager", "Bosphorus Foods"),
    ("Farid Haddad", "Partner", "Haddad Legal"),
    ("Grace Lin", "Marketing Lead", "Northwind Studio"),
    ("Hugo Lefèvre", "Product Owner", "Atelier Lefèvre"),
    ("Ines Duarte", "Controller", "Duarte Hotels"),
    ("Jonas Berg", "Head of People", "Bergwerk AS"),
    ("Keiko Tanaka", "Consultant", "Tanaka Advisory"),
    ("Liam O’Brien", "Managing Director", "O’Brien Build"),
]
STAGES = [
    Option("Lead", "blue"),
    Option("Prospect", "amber"),
    Option("Client", "green"),
    Option("Former client", "slate"),
]
TAGS = [
    Option("VIP", "violet"),
    Option("Newsletter", "teal"),
    Option("Needs follow-up", "orange"),
    Option("Berlin", "pink"),
    Option("Referral", "lime"),
    Option("Audit 2026", "indigo"),
]

COLUMNS: Sequence[Column] = (
    Column("name", "Name", "title", sortable=True),
    Column("email", "Email", "email", sortable=True),
    Column("phone", "Phone", "phone"),
    Column("stage", "Stage", "options", sortable=True),
    Column("tags", "Tags", "tags"),
    Column("owner", "Owner", "person", sortable=True),
    Column("value", "Value", "money", sortable=True),
    Column("complete", "Profile", "percent"),
    Column("active", "Last activity", "datetime", sortable=True),
    Column("birthday", "Birthday", "date", shown=False),
)
BULK = tuple(
    BulkAction(key, label, icon, "/shell/gallery/dialog/", danger)
    for key, label, icon, danger in (
        ("tag", "Tag", "tag", False),
        ("owner", "Owner", "user-share", False),
        ("export", "Export", "download", False),
        ("delete", "Delete", "trash", True),
    )
)
VIEWS = (
    SavedView("all", "All contacts", "/shell/gallery/list/", current=True),
    SavedView("mine", "Mine", "/shell/gallery/list/"),
    SavedView("clients", "Clients in Berlin", "/shell/gallery/list/", shared=True),
)


def rows() -> list[Row]:
    """Return a page of contacts."""
    now = clock.now()
    made = []
    for at, (name, job, company) in enumerate(NAMES):
        email = name.lower().replace(" ", ".").encode("ascii", "ignore").decode() + "@example.com"
        tags = TAGS[at % 3 : at % 3 + at % 5]
        cells: list[Any] = [
            Title(name, f"{job}, {company}"),
            email,
            f"+44 20 7946 0{100 + at}",
            [STAGES[at % 4]],
            tags,
            Person("Alice Ash" if at % 3 else "Bob Beech"),
            f"£{(at * 1370) % 9000 + 400:,}",
            at * 7 % 100,
            now - timedelta(hours=at * at * 3),
        ]
        made.append(Row(str(at), reverse("gallery-record"), cells))
    return made


def _paragraph(text: str) -> SafeString:
    return format_html("<p>{}</p>", text)


NOTE = SafeString(
    "<p>Called about the audit. Wants the offer <strong>before Friday</strong>, cc "
    '<a class="mention">@Bob Beech</a>.</p><ul><li>scope: two sites</li><li>budget known</li></ul>'
)
STAGE = SafeString('<span class="tag" data-color="green"><span>Client</span></span>')


def entries(now: datetime) -> list[Entry]:
    """Return three days of a timeline."""
    hours = timedelta(hours=1)
    edit = (Action("Edit", "/shell/gallery/dialog/", "pencil", dialog=True),)
    opened, moved, imported = (
        SafeString("<b>Ada Okafor</b> opened “Quarterly review”"),
        SafeString("<b>Bob Beech</b> changed Stage from Lead to Prospect"),
        SafeString("Imported from <b>contacts.csv</b> by Bob Beech"),
    )
    wrote = SafeString("<b>Alice Ash</b> wrote a note")
    return [
        Entry("1", now - hours / 3, wrote, "note", "amber", body=NOTE, actions=edit, pin_url="/shell/gallery/dialog/"),
        Entry("2", now - 2 * hours, format_html("<b>Alice Ash</b> added the tag {}", "VIP"), "tag", "violet"),
        Entry("3", now - 26 * hours, opened, "mail-opened", "blue", details=_paragraph("Opened twice, from London.")),
        Entry("4", now - 28 * hours, moved, "arrows-exchange", "teal"),
        Entry("5", now - 90 * hours, imported, "file-import", "slate"),
    ]


def facts() -> list[FactGroup]:
    """Return the facts of a contact."""
    edit = "/shell/gallery/fact/"
    email = format_html('<a href="mailto:{0}">{0}</a>', "ada.okafor@example.com")
    contact = [
        Fact("email", "Email", email, f"{edit}email/"),
        Fact("phone", "Phone", "+44 20 7946 0100", f"{edit}phone/"),
        Fact("stage", "Stage", STAGE, f"{edit}stage/"),
        Fact("owner", "Owner", "Alice Ash", f"{edit}owner/"),
        Fact("birthday", "Birthday", "", f"{edit}birthday/"),
    ]
    address = [
        Fact("city", "City", "London", f"{edit}city/"),
        Fact("country", "Country", "United Kingdom", f"{edit}country/"),
    ]
    created = Fact("created", "Created", date(2026, 3, 4).strftime("%d %b %Y"))
    return [
        FactGroup("contact", "Contact", contact),
        FactGroup("address", "Address", address),
        FactGroup("system", "About this record", [created], folded=True),
    ]


def sample_job(done: int) -> Job:
    """Return a job that moves on with every poll."""
    state: State = "done" if done >= 1000 else "running"
    return Job(
        "sample",
        "Tag 1,000 contacts",
        state,
        f"/shell/gallery/job/{min(done + 100, 1000)}/",
        done,
        1000,
        undo_url="/shell/gallery/dialog/",
    )


class SampleFrame(Frame):
    """A frame with somebody in it."""

    viewer = Viewer(
        "Alice Ash",
        "alice@alder.example",
        "Alder & Co",
        "alder",
        lambda permission: True,
        firms=(FirmLink("Alder & Co", "/shell/gallery/", True), FirmLink("Birch Ltd", "/shell/gallery/")),
    )
    user_menu = [
        Line(UserItem("profile", "Profile and security", "user-circle", ""), "/shell/gallery/"),
        Line(UserItem("out", "Log out", "logout", "", post=True), "/shell/gallery/"),
    ]
    quick_add = [
        Line(QuickAdd("note", "Note", "note", "", shortcut="ctrl+n n"), "/shell/gallery/dialog/"),
        Line(QuickAdd("contact", "Contact", "user-plus", "", shortcut="c"), "/shell/gallery/dialog/"),
    ]
    commands: list[Line] = []
    banners: list[Banner] = []
    search = Line(
        SearchSource("all", "", placeholder="Search contacts, companies, notes…"), "/shell/gallery/search.json"
    )
    jobs = Line(JobSource("jobs", ""), "/shell/gallery/job/200/")

    @property
    def nav(self) -> list[NavSection]:
        """A navigation over the gallery's own pages."""

        def line(label: str, icon: str, url: str, key: str = "") -> Line:
            return Line(Item(label, label, icon, "", "", shortcut=key), url, self.request.path == url)

        return [
            NavSection(
                "",
                "start",
                [
                    line("Components", "components", "/shell/gallery/", "h"),
                    line("Inbox", "inbox", "/shell/gallery/list/empty/"),
                ],
            ),
            NavSection(
                "Clients",
                "clients",
                [
                    line("Contacts", "users", "/shell/gallery/list/", "c"),
                    line("Record", "id-badge-2", "/shell/gallery/record/", "r"),
                    line("Companies", "building", "/shell/gallery/list/none/"),
                    line("Tags", "tags", "/shell/gallery/list/wrong/"),
                ],
            ),
            NavSection("Firm", "firm", [line("Settings", "settings", "/shell/gallery/bare/")]),
        ]


HEAD_ACTIONS = (
    Action("Import", "/shell/gallery/dialog/", "upload", dialog=True),
    Action("New contact", "/shell/gallery/dialog/", "plus", primary=True, dialog=True),
)
