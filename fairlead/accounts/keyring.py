"""Finding an API key with everything its request needs, in one statement: every API request starts with it.

Written as SQL because composing it anew by the ORM costs more than all else that admission does.
"""

import json
from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.accounts.models import ApiKey, CustomRole, Membership, User
from fairlead.kernel import clock
from fairlead.tenancy.public import Firm

_SELECT = """
SELECT k.id, k.name, k.scopes::text, k.expires_at, k.last_used_at, m.id, m.role, m.custom_role_id, r.permissions::text,
    u.id, u.email, u.first_name, u.last_name, {firm}
FROM accounts_apikey k
JOIN accounts_membership m ON m.firm_id = k.firm_id AND m.id = k.membership_id
JOIN accounts_user u ON u.id = m.user_id
JOIN tenancy_firm f ON f.id = k.firm_id
LEFT JOIN accounts_customrole r ON r.firm_id = m.firm_id AND r.id = m.custom_role_id
WHERE k.firm_id = %s AND (k.secret_hash = %s OR (k.previous_hash = %s AND k.previous_until > %s))
    AND k.revoked_at IS NULL AND m.deactivated_at IS NULL
"""
_FIRM = [field.attname for field in Firm._meta.concrete_fields]
_SQL = _SELECT.format(firm=", ".join(f"f.{field.column}" for field in Firm._meta.concrete_fields))
_OWN = 13  # columns before the firm's


def find(firm_id: UUID, secret_hash: str) -> ApiKey | None:
    """Return the living key of an active member, with membership, login, role and firm at hand, or None.

    A rotated key is found by the secret before it too, for as long as that was given. Runs inside the firm's context;
    says nothing about expiry.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [firm_id, secret_hash, secret_hash, clock.now()])
        row = cursor.fetchone()
    return None if row is None else _assembled(row)


def _assembled(row: tuple[Any, ...]) -> ApiKey:
    pk, name, scopes, expires_at, last_used_at, member, role, custom, permissions, user, email, first, last = row[:_OWN]
    firm = Firm.from_db("default", _FIRM, row[_OWN:])
    membership = _loaded(Membership, id=member, firm_id=firm.id, user_id=user, role=role, custom_role_id=custom)
    membership.user = _loaded(User, id=user, email=email, first_name=first, last_name=last)
    if custom is not None:
        membership.custom_role = _loaded(CustomRole, id=custom, firm_id=firm.id, permissions=json.loads(permissions))
    key: ApiKey = _loaded(
        ApiKey, id=pk, firm_id=firm.id, name=name, scopes=json.loads(scopes), expires_at=expires_at,
        last_used_at=last_used_at, membership_id=member,
    )  # fmt: skip
    key.membership, key.firm = membership, firm
    return key


def _loaded(model: Any, **values: Any) -> Any:
    """Return an instance as the ORM would load it; the columns that were not asked for are read when needed."""
    names = [f.attname for f in model._meta.concrete_fields if f.attname in values]
    return model.from_db("default", names, [values[name] for name in names])
