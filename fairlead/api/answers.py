"""Where the answers to requests with an Idempotency-Key are kept: a table under the firm's policy."""

from typing import Any
from uuid import UUID

from django.db import connection

from fairlead.api import sealing
from fairlead.api.actions.answers import keep_answer
from fairlead.api.models import KeptAnswer
from fairlead.kernel import clock
from fairlead.shell.api.idempotency import Answer


class Answers:
    """The store that `shell.api.idempotency` asks. Everything happens in the request's transaction."""

    def claim(self, actor: Any, key: str) -> bool:
        """Take the key's advisory lock until the transaction ends, whichever way; False when it is taken."""
        with connection.cursor() as cursor:
            name = f"{actor.firm_id} {caller(actor)} {key}"
            cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
            row = cursor.fetchone()
        return bool(row and row[0])

    def find(self, actor: Any, key: str) -> Answer | None:
        """Return the answer unless it has expired."""
        kept = KeptAnswer.rows().filter(caller=caller(actor), key=key, expires_at__gt=clock.now()).first()
        return Answer(kept.fingerprint, kept.status, kept.headers, sealing.opened(bytes(kept.body))) if kept else None

    def keep(self, actor: Any, key: str, answer: Answer) -> None:
        """Keep the answer for a day."""
        keep_answer(caller(actor), key, answer)


def caller(actor: Any) -> UUID:
    """Return whose key it is: two API keys may use the same Idempotency-Key for different things."""
    found: UUID = actor.key_id or actor.membership_id
    return found
