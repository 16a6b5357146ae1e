"""What clients, codes and tokens look like: the firm stands in them, so that nothing is searched across firms."""

import re
import secrets
from typing import Any
from uuid import UUID

from fairlead.tenancy.public import require_firm

CLIENT, ACCESS, REFRESH = "fla_", "flt_", "flr_"
_CLIENT = re.compile(f"{CLIENT}([0-9a-f]{{32}})_[0-9a-f]{{32}}")


def client_id(application_id: UUID) -> str:
    """Return the public name of an application of the firm in context."""
    return f"{CLIENT}{require_firm().hex}_{application_id.hex}"


def firm_of_client(text: str) -> UUID | None:
    """Return the firm that a client id names, or None; nothing is known yet to be true."""
    found = _CLIENT.fullmatch(text)
    return UUID(hex=found[1]) if found else None


def access_token(request: Any) -> str:
    """Return a new access token of the firm in context."""
    return _token(ACCESS)


def refresh_token(request: Any) -> str:
    """Return a new refresh token of the firm in context."""
    return _token(REFRESH)


def _token(prefix: str) -> str:
    return f"{prefix}{require_firm().hex}_{secrets.token_hex(32)}"
