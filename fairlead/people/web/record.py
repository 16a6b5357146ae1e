"""The record page of contacts and companies."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from fairlead.accounts.public import FirmRequest
from fairlead.kernel.errors import NotFound
from fairlead.people.models import Company, Consent, Contact, Lifecycle
from fairlead.people.profile import completeness
from fairlead.people.web import facts, kinds, panels, tags
from fairlead.records.duplicates.public import merging
from fairlead.records.public import custom
from fairlead.shell.lists import Action, Option
from fairlead.shell.panels import panels_for
from fairlead.shell.record import RecordPage, draw_composers, draw_panels

CONVERTIBLE = {
    Lifecycle.SUBSCRIBER, Lifecycle.LEAD, Lifecycle.MARKETING_QUALIFIED, Lifecycle.SALES_QUALIFIED, Lifecycle.PROSPECT,
    Lifecycle.FORMER_CLIENT,
}  # fmt: skip


def page(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Show a contact or a company; the address of one that was merged leads to what it went into."""
    try:
        return _page(request, noun, record_id)
    except NotFound:
        return _moved(request, noun, record_id)


def _page(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    own = custom.custom_fields(noun)
    more = {"completeness": completeness(own)} if noun == "contact" else {}
    record = kinds.read_with_names(request, noun, record_id, **more)
    kind, url = kinds.noun_of(noun), kinds.record_url(request, noun, record_id)
    may_edit = request.actor.can(f"{kind.plural}.edit")
    drawn = RecordPage(
        title=record.name,
        url=url,
        version=record.version,
        list_url=kinds.list_url(request, noun),
        list_label=kind.label_plural,
        groups=facts.groups(request, noun, record, own),
        subtitle=_subtitle(record),
        picture_url=picture_url(request, record),
        picture_edit_url=_picture_edit_url(request, record) if may_edit else "",
        square=noun == "company",
        badges=_badges(record),
        tags=tags.marks(request, noun, record_id),
        tags_url=kinds.part_url(request, noun, "tags", record_id=record_id) if may_edit else "",
        completeness=getattr(record, "completeness", None),
        actions=_actions(request, noun, record),
        more=_more(request, noun, record),
        timeline_url=kinds.part_url(request, noun, "timeline", record_id=record_id),
        composers=draw_composers(request, noun, record, request.actor.can),
        panels=draw_panels(request, noun, record, request.actor.can, url),
        notice=panels.notice(request, record),
    )
    return render(request, "shell/record/page.html", {"page": drawn, "record_noun": noun, "record_id": record_id})


def _picture_edit_url(request: FirmRequest, record: Contact | Company) -> str:
    """Return where a picture is chosen; companies have none."""
    return kinds.url(request, "contact-picture-form", record_id=record.pk) if isinstance(record, Contact) else ""


def _moved(request: FirmRequest, noun: str, record_id: UUID) -> HttpResponse:
    """Lead from a merged record to what it went into; for now only (302), as a merge can be undone."""
    there = merging.successor(record_id)
    if there is None:
        raise NotFound
    kinds.read(request, noun, there)
    return redirect(kinds.record_url(request, noun, there))


def panel(request: FirmRequest, noun: str, record_id: UUID, key: str) -> HttpResponse:
    """Answer with the body of one related panel."""
    record = kinds.read(request, noun, record_id)
    found = next((p for p in panels_for(noun, request.actor.can) if p.key == key), None)
    if found is None:
        raise NotFound
    return HttpResponse(found.render(request, record))


def picture_url(request: FirmRequest, record: Contact | Company) -> str:
    """Return the address of a contact's picture, "" without one; it changes with every version."""
    if not isinstance(record, Contact) or not record.picture:
        return ""
    return kinds.url(request, "contact-picture", record_id=record.pk) + f"?v={record.version}"


def _subtitle(record: Contact | Company) -> str:
    if isinstance(record, Company):
        return ", ".join(filter(None, [record.domain, record.city]))
    company = record.company.name if record.company else ""
    return ", ".join(filter(None, [record.job_title, company]))


def _badges(record: Contact | Company) -> list[Option]:
    stages = {o.value: o for o in kinds.noun_of("contact").field("lifecycle").options}
    stage = stages.get(record.lifecycle)
    badges = [Option(stage.label, stage.color)] if stage else []
    if isinstance(record, Contact):
        if record.lifecycle == Lifecycle.CLIENT and record.client_type:
            badges.append(Option(record.client_type, "teal"))
        if record.do_not_contact:
            badges.append(Option(Consent.OPTED_OUT.label, "red"))
    return badges


def _actions(request: FirmRequest, noun: str, record: Contact | Company) -> list[Action]:
    if not isinstance(record, Contact) or not request.actor.can("contacts.edit"):
        return []
    if record.lifecycle not in CONVERTIBLE:
        return []
    url = kinds.url(request, "contact-convert", record_id=record.pk)
    return [Action("Convert to client", url, "trophy", primary=True, dialog=True)]


def _more(request: FirmRequest, noun: str, record: Contact | Company) -> list[Action]:
    actor, found = request.actor, []
    if isinstance(record, Contact) and actor.can("consent.manage"):
        label, icon = ("Record an opt-in", "mail-check") if record.do_not_contact else ("Record an opt-out", "mail-off")
        found.append(Action(label, kinds.url(request, "contact-consent", record_id=record.pk), icon, dialog=True))
    if noun == "company" and actor.can("contacts.edit"):
        url = kinds.url(request, "contact-new") + f"?company={record.pk}"
        found.append(Action("Add a person", url, "user-plus", dialog=True))
    if actor.can(f"{kinds.noun_of(noun).plural}.delete"):
        if actor.can(f"{kinds.noun_of(noun).plural}.edit"):
            url = kinds.part_url(request, noun, "merge", record_id=record.pk)
            found.append(Action("Merge with …", url, "git-merge", dialog=True))
        url = kinds.part_url(request, noun, "delete", record_id=record.pk)
        found.append(Action("Move to the bin", url, "trash", dialog=True))
    return found
