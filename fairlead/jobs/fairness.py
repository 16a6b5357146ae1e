"""Fair share: which priority a firm's next jobs get, so that no firm waits behind another firm's flood.

The queue serves the highest priority first. We make it serve firms in turn by start-time fair queueing (Goyal,
Vin and Cheng, 1996): every job gets a start tag, and the smallest tag is served first.

* The queue's virtual time V is the tag of the job that is served next.
* A firm's next job gets the tag max(V, the firm's last waiting tag + 1); a batch gets consecutive tags.

A firm with 100,000 waiting jobs therefore holds the tags V … V+99,999. A job of another firm that arrives now gets V
and waits for at most one job of each firm, not for 100,000. A firm that was idle earns no credit: it starts at V.
When the queue runs empty V falls back to zero, because tags are only ever compared between waiting jobs.

Priority is the base of the queue minus the tag. Each queue has a band of its own, so that a worker of one queue
does not wade through the other's rows at the head of the index; the short jobs' band lies above the long ones'.
Recurring jobs lie above all: they are few and short.

Turns alone are not enough for long jobs: two imports of one firm would hold both threads of "bulk" for minutes. So a
firm's long jobs share locks, one fewer than there are threads, and one thread is always there for the others.

Tags are read without a lock. Two transactions of one firm that enqueue at the same moment do not see each other and
hand out the same tags; the firm then gets two turns in each round they overlap, which is bounded by the number of
its open transactions. A lock would be exact, but would be held until the caller commits: an import would block its
own firm. Jobs set to a later time take their tag when they are enqueued and are due at once when their time comes.
"""

from uuid import UUID

from django.conf import settings
from django.db import connection

BAND = 1_000_000_000
BASES = {"default": 0, "bulk": -BAND}
RECURRING = 1_000_000_000


def priorities(firm_id: UUID, queue: str, count: int) -> range:
    """Return the priorities of the firm's next `count` jobs in `queue`, in the order of the jobs."""
    base = BASES[queue]
    with connection.cursor() as cursor:
        # Reads one entry each at the edge of two partial indexes: the firm's last tag, and the head of the queue.
        cursor.execute("SELECT jobs_next_tag(%s, %s, %s)", [str(firm_id), base, BAND])
        tag = min(int(cursor.fetchone()[0]), BAND - 1 - count)
    return range(base - tag, base - tag - count, -1)


def lock(firm_id: UUID, queue: str, priority: int) -> str | None:
    """Return the lock that keeps a firm's long jobs from taking every thread; None for short jobs."""
    if queue != "bulk":
        return None
    return f"bulk:{firm_id}:{priority % max(1, settings.WORKER_BULK_CONCURRENCY - 1)}"
