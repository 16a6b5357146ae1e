"""What furnishes the rooms of sales, daily work and segments; each function returns ids by the parameter they fill."""

from datetime import timedelta
from uuid import UUID

from fairlead.accounts.tests.cast import Person
from fairlead.activities.actions import activities, comments, options, snippets, task_templates
from fairlead.activities.actions.tasks import create_task
from fairlead.activities.models import ActivityOption, ChecklistItem
from fairlead.kernel import clock
from fairlead.notifications.models import Notice
from fairlead.people.models import Contact
from fairlead.sales.actions import forecasts, line_items, rates
from fairlead.sales.actions.deals import create_deal
from fairlead.sales.actions.founding import furnish as found_sales
from fairlead.sales.actions.moving import move_deal
from fairlead.sales.actions.outcomes import lose_deal, win_deal
from fairlead.sales.actions.products import create_product
from fairlead.sales.models import Pipeline, Reason, ScoreRule, Stage
from fairlead.segments.actions import assigning, personas, picks, rules, segments
from fairlead.segments.models import SegmentDefect

CLIENTS = {"all": [{"field": "lifecycle", "op": "in", "value": ["client"]}]}
IN_LONDON = {"all": [{"field": "city", "op": "is", "value": "London"}]}


def furnish_sales(alice: Person, bob: Person) -> dict[str, UUID]:
    """Three deals, open, won and lost, with all that a deal may have; a product, a rate."""
    by, ada = alice.actor, Contact.rows().get(name="Ada Byron")
    found_sales(by)
    pipeline, reason = Pipeline.rows().get(), Reason.rows().filter(kind="loss").first()
    soon = clock.now().date() + timedelta(days=20)
    values = {"company": str(ada.company_id), "contact": str(ada.pk), "owner": str(alice.membership.id)}
    audit, lease, payroll = (
        create_deal({**values, "title": title, "value": value, "expected_close": soon.isoformat()}, by=by).pk
        for title, value in (("Kestrel audit", "12,000 GBP"), ("Lease review", "2,500 GBP"), ("Payroll", "900 GBP"))
    )
    product = create_product({"name": "Year-end audit", "unit_price": "4,000"}, by=by)
    rate = rates.set_rate("EUR", "0.86", by=by)
    forecasts.take_forecast(by=by, on=soon.replace(day=1))
    stages = list(Stage.rows().filter(pipeline=pipeline).order_by("position"))
    move_deal(audit, stages[1].pk, by=by)
    win_deal(lease, by=by)
    lose_deal(payroll, by=by, reason_id=reason.pk, note="They do it themselves now.")
    items = [{"product": str(product.pk), "quantity": "3", "unit_price": "4,000", "discount": "10"}]
    line_items.set_line_items(audit, items, by=by)
    return {
        "deal": audit, "ended deal": payroll, "other_deal": ada.pk, "pipeline_id": pipeline.pk,
        "stage_id": stages[0].pk, "product_id": product.pk, "rate_id": rate.pk, "reason_id": reason.pk,
        "settings/rule_id": ScoreRule.rows().first().pk,
    }  # fmt: skip


def furnish_work(alice: Person, bob: Person) -> dict[str, UUID]:
    """Calls held and planned, an email, tasks in every state, a talk, a snippet, notices."""
    by, ada = alice.actor, Contact.rows().get(name="Ada Byron")
    options.furnish(by)
    snippets.furnish_firm(by)
    about = [("contact", ada.pk), ("company", ada.company_id)]
    _calls(alice, bob, about)
    today = clock.now().date()
    task = create_task(
        {
            "title": "Send the offer", "description": "<p>Two sites.</p>", "due_on": today.isoformat(),
            "priority": "2_high", "about": about, "checklist": ["Ask for the size", "Price it"],
            "assignees": [alice.membership.id, bob.membership.id], "reminders": [30], "rrule": "FREQ=MONTHLY",
        },
        by=by,
    )  # fmt: skip
    create_task({"title": "Call back", "due_on": (today - timedelta(days=3)).isoformat(), "type": "call"}, by=by)
    create_task({"title": "Read the contract", "blockers": [task.pk]}, by=by)
    said = comments.comment_on_task(task.pk, "<p>Half done.</p>", by=bob.actor)
    form = {"name": "Year end", "title": "Ask for the papers", "due_in_days": 5, "checklist": ["Bank", "Payroll"]}
    template = task_templates.save_task_template(form, by=by)
    snippet = snippets.save_snippet({"shortcut": "bye", "name": "Goodbye", "body": "<p>Kind regards</p>"}, by=by)
    return {
        "task": task.pk, "tasks/template_id": template.pk, "snippet_id": snippet.pk, "comment_id": said.pk,
        "item_id": ChecklistItem.rows().filter(task=task).first().pk, "notice_id": _notices(alice, task.pk)[0],
        "option_id": ActivityOption.rows().filter(kind="call", role="outcome").first().pk,
    }  # fmt: skip


def _calls(alice: Person, bob: Person, about: list[tuple[str, UUID]]) -> None:
    """A call held and talked about, one to come, an email, a meeting."""
    words = {"body": "<p>She asked for the year-end dates.</p>", "subject": "Year end"}
    held = {**words, "duration_minutes": 12, "direction": "inbound"}
    call = activities.log_activity("call", held, about, by=alice.actor)
    planned = {"subject": "Terms", "scheduled_at": clock.now() + timedelta(days=1)}
    meeting = {**words, "location": "Bath", "duration_minutes": 60}
    for kind, values in (("call", planned), ("email", words), ("meeting", meeting)):
        activities.log_activity(kind, values, about, by=alice.actor)
    comments.comment_on_activity(call.pk, "<p>I have the dates.</p>", by=bob.actor)


def _notices(alice: Person, task_id: UUID) -> list[UUID]:
    """Three notices, one of them not read; return their ids, that one first."""
    now = clock.now()
    return [
        Notice.objects.create(
            member=alice.membership, kind="task_assigned", key=f"sample-{at}", title=f"Bob gave you a task ({at})",
            text="Send the offer", link=f"tasks/{task_id}/", actor_label="Bob Beech", occurred_at=now,
            read_at=now if at else None,
        ).pk
        for at in range(3)
    ]  # fmt: skip


def furnish_segments(alice: Person, bob: Person) -> dict[str, UUID]:
    """A segment that keeps itself, with a history; one that is picked; a rule, a persona, a defect."""
    by, ada = alice.actor, Contact.rows().get(name="Ada Byron")
    clients = segments.create_segment({"name": "Clients", "description": "Who pays us.", "criteria": CLIENTS}, by=by)
    segments.update_segment(clients.pk, {"criteria": {"any": [CLIENTS, IN_LONDON]}}, by=by)
    picked = segments.create_segment({"name": "Advisory board", "kind": "static"}, by=by)
    picks.add_people(picked.pk, [ada.pk], by=by)
    rule = rules.create_rule({"name": "London", "criteria": IN_LONDON, "add": ["London"]}, by=by)
    persona = personas.create_persona(
        {"name": "The careful owner", "description": "Runs a firm of ten.", "goals": "Sleep well."}, by=by
    )
    assigning.assign_persona(persona.pk, [ada.pk], by=by)
    defect = SegmentDefect.objects.create(segment=clients, missing=1, extra=0, sample=[str(ada.pk)])
    return {
        "segment_id": clients.pk, "rule_id": rule.pk, "persona_id": persona.pk, "defect_id": defect.pk,
        "contact_id": ada.pk,
    }  # fmt: skip
