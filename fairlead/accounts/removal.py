"""Removing a login for good."""

from django.db import transaction

from fairlead.accounts.models import User
from fairlead.kernel import uploads
from fairlead.tenancy.public import FirmModel


@transaction.atomic
def remove_login(user: User) -> None:
    """Delete the login with its addresses, sessions, passkeys, links and photo. It must be no firm's member any more.

    Django's own cascade would look through firm tables, which nobody may without a firm; PostgreSQL's keys still
    refuse when a membership is left.
    """
    for relation in User._meta.related_objects:
        if not issubclass(relation.related_model, FirmModel):
            relation.related_model._base_manager.filter(**{relation.field.name: user}).delete()
    User.objects.filter(pk=user.pk)._raw_delete("default")
    transaction.on_commit(lambda: uploads.remove(user.photo_path))
