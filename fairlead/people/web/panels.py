"""The related cards on the right of a record page, drawn by this room."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairlead.people import confirming, engagement, reads
from fairlead.people.actions.consent import CHANNELS
from fairlead.people.merging.web import panel as duplicates
from fairlead.people.models import Company, Contact, Suppression
from fairlead.people.web import growth, kinds
from fairlead.shell.panels import Panel, panels


def register() -> None:
    """Register this room's panels."""
    panels.register(Panel("company", "contact", "Company", "building", _company, order=10, permission="companies.view"))
    panels.register(Panel("lists", "contact", "Lists", "list-check", _lists, order=30))
    panels.register(Panel("consent", "contact", "Consent and channels", "mail-check", _consent, order=40))
    panels.register(Panel("engagement", "contact", "Engagement", "activity", _engagement, order=20, lazy=True))
    panels.register(Panel("referrals", "contact", "Referrals", "speakerphone", growth.panel, order=70, lazy=True))
    panels.register(Panel("people", "company", "People", "users", _people, order=10, permission="contacts.view"))
    for noun in ("contact", "company"):
        panels.register(Panel(f"duplicates-{noun}", noun, "Duplicates", "git-merge", duplicates, 80, lazy=True))
    panels.register(Panel("figures", "company", "At a glance", "chart-bar", _figures, order=5, lazy=True))


def notice(request: HttpRequest, record: Contact | Company) -> SafeString | str:
    """Return the line above a record that must not be overlooked."""
    if isinstance(record, Contact) and record.do_not_contact:
        return _draw(request, "notice", record=record)
    return ""


def _draw(request: HttpRequest, name: str, **context: Any) -> SafeString:
    return render_to_string(f"people/panels/{name}.html", context, request=request)


def _company(request: Any, record: Contact) -> SafeString:
    company = record.company
    if company is None or company.deleted_at is not None or not reads.is_visible(request.actor, company):
        return _draw(request, "company", record=record, company=None)
    colleagues = [c for c in reads.people_of(request.actor, company, 6) if c.pk != record.pk][:5]
    people = [(c, kinds.record_url(request, "contact", c.pk)) for c in colleagues]
    url = kinds.record_url(request, "company", company.pk)
    return _draw(request, "company", record=record, company=company, url=url, people=people)


def _people(request: Any, record: Company) -> SafeString:
    people = [(c, kinds.record_url(request, "contact", c.pk)) for c in reads.people_of(request.actor, record)]
    url = kinds.url(request, "contact-new") + f"?company={record.pk}"
    return _draw(request, "people", people=people, new_url=url if request.actor.can("contacts.edit") else "")


def _engagement(request: Any, record: Contact) -> SafeString:
    return _draw(request, "engagement", record=record, found=engagement.of(record))


def _figures(request: Any, record: Company) -> SafeString:
    figures = reads.roll_up(request.actor, record)
    person = figures.last_with
    url = kinds.record_url(request, "contact", person.pk) if person else ""
    return _draw(request, "figures", record=record, figures=figures, person=person, url=url)


def _lists(request: Any, record: Contact) -> SafeString:
    url = kinds.url(request, "contact-subscriptions", record_id=record.pk)
    may = request.actor.can("contacts.edit")
    history = kinds.record_url(request, "contact", record.pk) + "lists/"
    return _draw(request, "lists", rows=reads.subscriptions_of(record), url=url, may=may, history_url=history,
                 askable=confirming.is_welcome(record))  # fmt: skip


def _consent(request: Any, record: Contact) -> SafeString:
    blocked = Suppression.rows().filter(channel="email", address_norm=record.email_norm).first()
    states = [(key, label, record.channels.get(key)) for key, label in CHANNELS.items()]
    may = request.actor.can("consent.manage")
    return _draw(
        request, "consent", record=record, states=states, may=may, blocked=blocked if record.email_norm else None,
        consent_url=kinds.url(request, "contact-consent", record_id=record.pk),
        channels_url=kinds.url(request, "contact-channels", record_id=record.pk),
    )  # fmt: skip
