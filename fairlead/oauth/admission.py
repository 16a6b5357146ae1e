"""From an access token to the actor: the member who connected the application, within the scopes they agreed to."""

from uuid import UUID

from fairlead.accounts.public import SEEN_EVERY, actor_for, hash_secret, narrowed
from fairlead.kernel import clock
from fairlead.oauth.models import AccessToken, Connection
from fairlead.tenancy.public import Actor, Firm


def admit_token(firm_id: UUID, text: str) -> tuple[Firm, Actor] | None:
    """Return firm and actor of a living token of an active member, or None. One statement, in the firm's context."""
    related = ("firm", "application", "connection__membership__user", "connection__membership__custom_role")
    tokens = AccessToken.rows().select_related(*related)
    token = tokens.filter(token_checksum=hash_secret(text), connection__membership__deactivated_at=None).first()
    if token is None or token.expires <= clock.now():
        return None
    _used(token.connection)
    token.connection.application = token.application
    return token.firm, actor_of(token.connection, token.firm, scopes_of(token))


def scopes_of(token: AccessToken) -> list[str]:
    """Return what a token may be used for: what it was given for, and the member has not refused since."""
    return [name for name in token.scope.split() if name in token.connection.scopes]


def actor_of(connection: Connection, firm: Firm, scopes: list[str]) -> Actor:
    """Return the member as the application acts for them: never more than both may do now."""
    application = connection.application
    allowed = set(scopes).intersection(application.scopes) if application.scopes else scopes
    member = actor_for(connection.membership, firm)
    return narrowed(member, allowed, firm, kind="application", key_id=connection.id, name=application.name)


def _used(connection: Connection) -> None:
    now = clock.now()
    if connection.last_used_at is None or connection.last_used_at < now - SEEN_EVERY:
        Connection.rows().filter(pk=connection.pk).update(last_used_at=now)
