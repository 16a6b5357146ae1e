"""The sessions of a login: list them, end one, end all."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from fairlead.accounts.models import LoginLink, User
from fairlead.kernel import clock
from fairlead.kernel.errors import NotFound


@transaction.atomic
def end_all(user: User, *, but: str | None = None) -> int:
    """End every session of the login but the one with the key `but`, and its unused links; return how many ended."""
    sessions = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    keys = list(sessions.values_list("session_key", flat=True))
    for key in keys:
        _delete(key)
    sessions.delete()
    LoginLink.objects.filter(user=user, used_at=None).update(used_at=clock.now())
    return len(keys)


@transaction.atomic
def end_one(user: User, session_id: int) -> UserSession:
    """End one session of the login and return what it was; raise `NotFound`."""
    session = UserSession.objects.filter(user=user, pk=session_id).first()
    if session is None:
        raise NotFound
    _delete(session.session_key)
    session.delete()
    return session


def _delete(key: str) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore().delete(key)
