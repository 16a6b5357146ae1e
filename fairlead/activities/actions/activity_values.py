"""Judging what was said about a call, an email, a meeting or a note."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from fairlead.activities.actions.associating import clean_body
from fairlead.activities.models import Activity, ActivityOption, Direction, Kind
from fairlead.kernel import clock
from fairlead.kernel.errors import InvalidInput
from fairlead.kernel.text import squeeze

SUBJECT, LOCATION = 200, 200
LONGEST = 7 * 24 * 60  # minutes
BEGAN = ("started_at", "occurred_at", "ended_at")  # each says that it was held
MOMENTS = ("occurred_at", "scheduled_at", "started_at", "ended_at")
NAMES = ("subject", "body", "type", "outcome", "direction", "duration_minutes", "location", *MOMENTS)
EMPTY = {Kind.NOTE: "Write something.", Kind.EMAIL: "Say what the email was about."}
PLANNABLE, SOON = (Kind.CALL, Kind.MEETING), timedelta(minutes=5)  # the clocks of people's machines differ a little
STILL_TO_COME = "This is still to come: schedule it, or say when it was."
NOT_YET = "This is still to come: say when it was."


def assign(found: Activity, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set the values on an activity; return what the changed ones were before, as JSON.

    `type` and `outcome` are ids. What was held was not held tomorrow: whoever says so forgot to say that it is still
    to come (`scheduled_at` alone). Raises `InvalidInput` naming each wrong field.
    """
    errors: dict[str, list[str]] = {n: ["There is no such value."] for n in values if n not in NAMES}
    before, planned, stood = _snapshot(found), found.is_planned, found.occurred_at
    _texts(found, values, errors)
    for role in ("type", "outcome"):
        if role in values:
            _choose(found, role, values[role], errors)
    _times(found, values, errors)
    if errors:
        raise InvalidInput(errors)
    _settle(found, values)
    if not found.is_planned:
        _judge(found, values, None if planned else stood)
        if planned and not any(values.get(n) for n in BEGAN):
            raise InvalidInput({"scheduled_at": ["It is planned: say when it was held, or delete it."]})
    return {n: was for n, was in before.items() if was != _snapshot(found)[n]}


def again(found: Activity, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that `assign` once returned as it takes them, without options that the firm gave up since.

    Of a call or meeting that had not begun `occurred_at` says only for when it was planned: it is left out, because
    with it the activity would be taken as held.
    """
    values = dict(kept)
    for name in MOMENTS:
        if values.get(name):
            values[name] = datetime.fromisoformat(values[name])
    if found.kind in PLANNABLE and not values.get("started_at"):
        values.pop("occurred_at", None)
    for role in ("type", "outcome"):
        if values.get(role):
            options = ActivityOption.rows().filter(kind=found.kind, role=role, name=values[role], archived_at=None)
            values[role] = options.values_list("pk", flat=True).first()
            if values[role] is None:
                del values[role]
        elif role in values:
            values[role] = None
    return values


def _snapshot(found: Activity) -> dict[str, Any]:
    taken = {n: getattr(found, n) for n in ("subject", "direction", "duration_minutes", "location", *MOMENTS)}
    taken |= {"type": found.type.name if found.type else "", "outcome": found.outcome.name if found.outcome else ""}
    return {n: v.isoformat() if isinstance(v, datetime) else v for n, v in taken.items()}


def _texts(found: Activity, values: Mapping[str, Any], errors: dict[str, list[str]]) -> None:
    for name, longest in (("subject", SUBJECT), ("location", LOCATION)):
        if name in values:
            text = squeeze(values[name] or "")
            setattr(found, name, text)
            if len(text) > longest:
                errors[name] = [f"At most {longest} characters fit."]
    if "direction" in values:
        found.direction = values["direction"] or ""
        if found.direction and found.direction not in Direction.values:
            errors["direction"] = ["Choose inbound or outbound."]
    if "body" in values or found._state.adding:
        needed = EMPTY.get(Kind(found.kind), "") if not found.subject else ""
        try:
            found.body = clean_body(values.get("body") or "", required=needed)
        except InvalidInput as error:
            errors |= error.fields


def _choose(found: Activity, role: str, chosen: UUID | None, errors: dict[str, list[str]]) -> None:
    if chosen == getattr(found, f"{role}_id"):
        return
    option = None
    if chosen is not None:
        option = ActivityOption.rows().filter(pk=chosen, kind=found.kind, role=role, archived_at=None).first()
        if option is None:
            errors[role] = [f"Choose a {role} that your firm has for {Kind(found.kind).label.lower()}s."]
    setattr(found, role, option)


def _times(found: Activity, values: Mapping[str, Any], errors: dict[str, list[str]]) -> None:
    for name in MOMENTS:
        if name in values:
            if values[name] is not None and values[name].tzinfo is None:
                errors[name] = ["A moment with its time zone is expected."]
            else:
                setattr(found, name, values[name])
    if values.get("scheduled_at") and found.kind not in PLANNABLE:
        errors["scheduled_at"] = ["Only calls and meetings are planned. Make a task of what you mean to write."]
    minutes = values.get("duration_minutes", found.duration_minutes)
    if minutes is not None and not 0 <= minutes <= LONGEST:
        errors["duration_minutes"] = [f"From 0 to {LONGEST} minutes are expected."]
    found.duration_minutes = minutes
    if found.started_at and found.ended_at and found.ended_at < found.started_at and "duration_minutes" not in values:
        errors["ended_at"] = ["It cannot have ended before it began."]


def _settle(found: Activity, values: Mapping[str, Any]) -> None:
    """Make the times agree: a call that was held has a beginning, an end and a length; a planned one has none."""
    now = clock.now()
    if found.kind in (Kind.NOTE, Kind.EMAIL):
        found.occurred_at = found.occurred_at or now
        return
    found.direction = found.direction or (Direction.OUTBOUND if found.kind == Kind.CALL else "")
    if found.scheduled_at and not (found.started_at or found.ended_at or values.get("occurred_at")):
        found.occurred_at = found.scheduled_at
        return
    began = found.started_at or found.occurred_at or now
    if values.get("occurred_at"):
        began = values["occurred_at"]
    found.started_at = found.occurred_at = began
    if "duration_minutes" in values or found.ended_at is None or values.get("occurred_at"):
        found.ended_at = began + timedelta(minutes=found.duration_minutes or 0)
    found.duration_minutes = round((found.ended_at - began).total_seconds() / 60)


def _judge(found: Activity, values: Mapping[str, Any], stood: datetime | None) -> None:
    """Refuse what would have been held in the future, or too long or backwards; what `stood` so already may stay."""
    minutes = found.duration_minutes or 0
    if any(n in values for n in MOMENTS) and not 0 <= minutes <= LONGEST:
        raise InvalidInput({"ended_at": [f"It may last from 0 to {LONGEST} minutes."]})
    if found.occurred_at > clock.now() + SOON and found.occurred_at != stood:
        named = next((n for n in BEGAN if values.get(n)), "scheduled_at")
        raise InvalidInput({named: [STILL_TO_COME if found.kind in PLANNABLE else NOT_YET]})
