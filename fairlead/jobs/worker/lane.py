"""One queue's procrastinate worker, kept alive through restarts of the database."""

import asyncio

import structlog
from django.conf import settings
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import connector_params
from procrastinate.contrib.django.db_cleanup import close_db_connections, close_db_connections_async
from procrastinate.worker import Worker

from fairlead.jobs.worker import recovery, tasks

log = structlog.get_logger("fairlead.jobs")
GRACE = 3.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.25, 5.0


class Lane:
    """Runs the jobs of `queue`, at most `concurrency` at once, until stopped."""

    def __init__(self, queue: str, concurrency: int, *, recurring: bool) -> None:
        self.queue = queue
        self.concurrency = concurrency
        self.recurring = recurring
        self.stopping = False
        self.worker: Worker | None = None

    async def run(self) -> None:
        """Run until `stop`; procrastinate's worker ends when the database goes away, so it is started again."""
        pause = SHORTEST_PAUSE
        while not self.stopping:
            started = asyncio.get_running_loop().time()
            try:
                await self._work()
            except Exception as error:
                log.warning("worker interrupted", queue=self.queue, error=str(error))
            if self.stopping:
                return
            calm = asyncio.get_running_loop().time() - started > 30
            pause = SHORTEST_PAUSE if calm else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    def stop(self) -> None:
        """Take no more jobs; `run` returns when those under way have ended."""
        self.stopping = True
        if self.worker is not None:
            self.worker.stop()  # type: ignore[no-untyped-call]

    async def _work(self) -> None:
        connector = PsycopgConnector(
            kwargs=connector_params("default"), min_size=1, max_size=self.concurrency + 2, timeout=10
        )
        async with tasks.build_app(connector, recurring=self.recurring).open_async() as app:
            self.worker = worker = Worker(
                app=app,
                queues=[self.queue],
                name=self.queue,
                concurrency=self.concurrency,
                fetch_job_polling_interval=2.0 if settings.LISTEN else 0.5,
                abort_job_polling_interval=2.0,
                shutdown_graceful_timeout=GRACE,
                listen_notify=settings.LISTEN,
                delete_jobs="successful",
                install_signal_handlers=False,
                update_heartbeat_interval=recovery.HEARTBEAT,
                stalled_worker_timeout=recovery.STALLED,
                task_middleware=[close_db_connections, close_db_connections_async],
            )
            watch = asyncio.create_task(self._watch(worker))
            try:
                if not self.stopping:
                    await worker.run()  # type: ignore[no-untyped-call]
            finally:
                watch.cancel()

    async def _watch(self, worker: Worker) -> None:
        # Recovery must know our own workers; the number is known only once the worker has registered itself.
        while worker.worker_id is None:
            await asyncio.sleep(0.01)
        recovery.own_workers.add(worker.worker_id)
