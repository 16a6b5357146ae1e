"""Keep answers for repeats of their requests, and forget them."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from fairlead.api import sealing
from fairlead.api.models import KeptAnswer
from fairlead.kernel import clock
from fairlead.shell.api.idempotency import Answer
from fairlead.tenancy.public import Firm, firm_context

KEPT_FOR = timedelta(hours=24)


@transaction.atomic
def keep_answer(caller: UUID, key: str, answer: Answer) -> None:
    """Keep an answer for a day, in the place of one that has expired. No event: it is no news to anybody."""
    kept = {"fingerprint": answer.fingerprint, "status": answer.status, "headers": answer.headers}
    expires = clock.now() + KEPT_FOR
    KeptAnswer.objects.update_or_create(
        caller=caller, key=key, defaults={**kept, "body": sealing.sealed(answer.body), "expires_at": expires}
    )


@transaction.atomic
def purge_answers() -> int:
    """Delete what has expired, in the firm of the context; return how many."""
    gone, _ = KeptAnswer.rows().filter(expires_at__lte=clock.now()).delete()
    return gone


@transaction.atomic
def reencrypt_answers() -> int:
    """Encrypt the bodies of all firms' answers under the first field key; return how many. For the operator."""
    count = 0
    for firm_id in Firm.objects.values_list("id", flat=True):
        with firm_context(firm_id):
            for kept in KeptAnswer.rows().select_for_update(of=("self",)).order_by("id"):
                kept.body = sealing.rotated(bytes(kept.body))
                kept.save(update_fields=["body", "updated_at"])
                count += 1
    return count
