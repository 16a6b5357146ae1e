"""The worker process: the lanes of the queue, and the services of the rooms beside them."""

import asyncio
import logging
import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.conf import settings
from django.db import connections

from fairlead.jobs import services
from fairlead.jobs.run import shutting_down
from fairlead.jobs.schedule import schedule
from fairlead.jobs.services import Service
from fairlead.jobs.worker import recovery
from fairlead.jobs.worker.lane import GRACE, Lane
from fairlead.kernel.garbage import settle

log = structlog.get_logger("fairlead.jobs")


def run_worker(concurrency: int | None = None) -> int:
    """Run jobs, the schedule and the rooms' services until SIGTERM or SIGINT; return the exit code.

    `concurrency` counts the short jobs at once (default FAIRLEAD_CONCURRENCY). Ends within 5 s: jobs that have
    not finished by then are put back into the queue. Raises `UnknownJob` for a schedule that names none.
    """
    # It tells of every job with its arguments, which may be personal; we log outcomes ourselves.
    logging.getLogger("procrastinate").setLevel(logging.WARNING)
    settle()
    schedule()  # a line that fits no job would stop the lane again and again: better not to start at all
    asyncio.run(_serve(concurrency or settings.WORKER_CONCURRENCY))
    return 0


async def _serve(concurrency: int) -> None:
    lanes = [
        Lane("default", concurrency, recurring=True),
        Lane("bulk", settings.WORKER_BULK_CONCURRENCY, recurring=False),
    ]
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(lane.concurrency for lane in lanes) + 4, "job"))
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    working = [asyncio.create_task(lane.run(), name=lane.queue) for lane in lanes]
    threads = [_Thread(service) for service in services.registered()]
    log.info("worker started", concurrency=concurrency, services=[t.name for t in threads])
    await stop.wait()
    await _end(lanes, working, threads)


async def _end(lanes: list[Lane], working: list["asyncio.Task[None]"], threads: list["_Thread"]) -> None:
    shutting_down.set()
    for lane in lanes:
        lane.stop()
    _, late = await asyncio.wait(working, timeout=GRACE)
    for thread in threads:
        thread.join(0.5)
    if late or any(thread.is_alive() for thread in threads):
        # A thread cannot be stopped from outside. Ending the process drops its connection and so its
        # transaction; the job is put back first, for the next worker.
        log.warning("worker ends with jobs under way", queues=[task.get_name() for task in late])
        try:
            await asyncio.wait_for(asyncio.to_thread(recovery.release), 1.0)
        finally:
            os._exit(0)
    log.info("worker ended")


class _Thread(threading.Thread):
    """Runs a service, and runs it again when it fails."""

    def __init__(self, service: Service) -> None:
        super().__init__(name=service.name, daemon=True)
        self.service = service
        self.start()

    def run(self) -> None:
        """Run the service until the worker shuts down."""
        while not shutting_down.is_set():
            try:
                self.service.run(shutting_down)
            except Exception:
                log.warning("service interrupted", service=self.name, exc_info=True)
                shutting_down.wait(1.0)
            finally:
                connections.close_all()
