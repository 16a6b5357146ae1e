"""Register, change and delete applications; give one a new secret, which is returned once and never stored."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from fairlead.accounts.public import hash_secret, rotation
from fairlead.events.public import record
from fairlead.kernel.errors import Conflict, Forbidden
from fairlead.kernel.fields import Fields
from fairlead.kernel.ids import uuid7
from fairlead.oauth import access
from fairlead.oauth.engine import texts
from fairlead.oauth.models import Application
from fairlead.shell import seen
from fairlead.tenancy.public import Actor, UnknownPermission, checked

MOST_REDIRECTS = 10
LONGEST_REDIRECT = 500
LOOPBACK = ("127.0.0.1", "::1")  # RFC 8252, 7.3; not `localhost`, which may lead elsewhere (8.3)


@transaction.atomic
def register_application(values: Mapping[str, Any], *, by: Actor) -> tuple[Application, str]:
    """Register an application of the firm and return it with its secret, "" for a public one.

    `values`: `name`, `website`, `kind` ("confidential" or "public"), `redirect_uris`, `scopes` (what it may ask for;
    none means anything). Raises `InvalidInput`, `Forbidden`.
    """
    by.require("applications.manage")
    _require_person(by)
    cleaned = _read({"redirect_uris": [], **values}, is_new=True)
    pk = uuid7()
    application = Application(id=pk, client_id=texts.client_id(pk), created_by_id=by.membership_id, **cleaned)
    secret = _new_secret(application)
    application.save()
    record("application.registered", by=by, subject=("application", pk), data=_told(application))
    return application, secret


@transaction.atomic
def update_application(application_id: UUID, values: Mapping[str, Any], *, by: Actor) -> Application:
    """Change an application, but for its kind. Raises `InvalidInput`, `NotFound`."""
    application = access.application(by, application_id)
    cleaned = _read(values)
    if not cleaned:
        return application
    for name, value in cleaned.items():
        setattr(application, name, value)
    application.save(update_fields=[*cleaned, "updated_at"])
    data = {**_told(application), "fields": ", ".join(sorted(cleaned)).replace("_", " ")}
    record("application.updated", by=by, subject=("application", application.id), data=data)
    return application


@transaction.atomic
def rotate_secret(application_id: UUID, *, by: Actor, grace: timedelta = rotation.NONE) -> tuple[Application, str]:
    """Give an application a new secret; tokens live on.

    The old one works for `grace` more (at most `rotation.LONGEST`), one before it no longer. Raises `InvalidInput`,
    `Conflict`.
    """
    application: Application = seen.locked(access.application(by, application_id))
    _require_person(by)
    if application.client_type == Application.Kind.PUBLIC:
        raise Conflict("A public application has no secret.", code="public")
    until = rotation.ends(grace)
    application.previous_secret, application.previous_until = application.client_secret if until else "", until
    secret = _new_secret(application)
    application.save(update_fields=["client_secret", "previous_secret", "previous_until", "hint", "updated_at"])
    data = {**_told(application), "old_works_until": until}
    record("application.secret_rotated", by=by, subject=("application", application.id), data=data)
    return application, secret


@transaction.atomic
def delete_application(application_id: UUID, *, by: Actor) -> Application:
    """Delete an application: nobody is connected to it any more, and its tokens end at once. Returns what it was."""
    application = access.application(by, application_id)
    data = {**_told(application), "members": application.members}
    record("application.deleted", by=by, subject=("application", application.id), data=data)
    Application.rows().filter(pk=application.pk).delete()
    return application


def _require_person(by: Actor) -> None:
    if by.kind == "application":
        raise Forbidden("A connected application cannot have secrets: they would outlive the connection.")


def _new_secret(application: Application) -> str:
    """Give the application a new secret and return its text."""
    if application.client_type == Application.Kind.PUBLIC:
        return ""
    secret = secrets.token_hex(32)
    application.client_secret, application.hint = hash_secret(secret), secret[-6:]
    return secret


def _told(application: Application) -> dict[str, Any]:
    shown = {"redirect_uris": application.redirects, "scopes": application.scopes}
    return {"name": application.name, "client_id": application.client_id, **shown}


def _read(values: Mapping[str, Any], *, is_new: bool = False) -> dict[str, Any]:
    fields = Fields(values)
    fields.text("name", longest=100, required=is_new or "name" in values)
    fields.text("website", longest=300)
    if is_new:
        fields.choice("kind", Application.Kind.values)
    fields.words("redirect_uris")
    fields.words("scopes")
    _check(fields)
    cleaned = fields.done()
    if "kind" in cleaned:
        cleaned["client_type"] = cleaned.pop("kind")
    if "redirect_uris" in cleaned:
        cleaned["redirect_uris"] = " ".join(cleaned["redirect_uris"])
    return cleaned


def _check(fields: Fields) -> None:
    try:
        checked(fields.clean.get("scopes", []))
    except UnknownPermission as error:
        fields.problem("scopes", str(error))
    try:
        if fields.clean.get("website"):
            URLValidator(["https", "http"])(fields.clean["website"])
    except ValidationError:
        fields.problem("website", "Enter a web address, such as https://example.com.")
    uris = fields.clean.get("redirect_uris")
    if uris is not None and not 1 <= len(uris) <= MOST_REDIRECTS:
        fields.problem("redirect_uris", f"Enter 1 to {MOST_REDIRECTS} addresses.")
    for uri in uris or []:
        if problem := _problem_of(uri):
            fields.problem("redirect_uris", f"{uri[:100]}: {problem}")


def _problem_of(uri: str) -> str:
    """Return what is wrong with a redirect address, "" when nothing is."""
    try:
        parts = urlsplit(uri)
        _ = parts.port  # raises for what is no number
    except ValueError:
        return "this is no address."
    if len(uri) > LONGEST_REDIRECT or any(c.isspace() or not c.isprintable() for c in uri) or not uri.isascii():
        return f"use at most {LONGEST_REDIRECT} ASCII characters without spaces."
    if "#" in uri or "@" in parts.netloc or "*" in parts.netloc:
        return "leave out #, names and passwords, and *."
    if parts.scheme == "https" and parts.hostname:
        return ""
    if parts.scheme == "http" and parts.hostname in LOOPBACK:
        return ""
    return "use https, or http to 127.0.0.1 or [::1] for a program on people's own machines."
