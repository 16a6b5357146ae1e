"""PostgreSQL's settings for the embedded server, sized from the machine's memory."""

import os
from pathlib import Path

MB = 1024 * 1024
SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "password_encryption": "'scram-sha-256'",
    # Passwords are 256 random bits: stretching them would only slow down every connection.
    "scram_iterations": "1",
    "max_connections": "200",
    "work_mem": "32MB",
    # The embedded build knows only pglz, which costs an import more than the writing it saves.
    "wal_compression": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",  # solid-state disks
    "jit": "off",
    "autovacuum_vacuum_scale_factor": "0.05",
    "autovacuum_vacuum_insert_scale_factor": "0.05",
    "autovacuum_analyze_scale_factor": "0.02",
    "default_statistics_target": "200",
    # A transaction left open holds back every reader of the event log.
    "idle_in_transaction_session_timeout": "'5min'",
    "client_connection_check_interval": "'10s'",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "logging_collector": "on",
    "log_directory": "'log'",
    "log_filename": "'postgres-%a.log'",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "'1d'",
    "log_min_duration_statement": "'2s'",
    "log_lock_waits": "on",
    "log_line_prefix": "'%m [%p] %q%u@%d '",
}
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


def memory_bytes() -> int:
    """Return the memory we may use in bytes: the machine's, or the container's limit (cgroup v2) if lower."""
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        return min(physical, int(Path("/sys/fs/cgroup/memory.max").read_text()))
    except (OSError, ValueError):  # not Linux, no limit ("max"), or cgroup v1
        return physical


def configuration(*, durable: bool) -> str:
    """Return the text of postgresql.conf for a server that shares the memory with web and worker.

    `durable=False` gives up crash safety for speed, and takes little memory: tests only.
    """
    memory = memory_bytes() if durable else 2048 * MB
    settings = SETTINGS | {
        "shared_buffers": f"{_megabytes(memory // 5, 128, 4096)}MB",
        "effective_cache_size": f"{_megabytes(memory // 2, 256, 65536)}MB",
        "maintenance_work_mem": f"{_megabytes(memory // 16, 64, 1024)}MB",
    }
    if not durable:
        settings |= UNSAFE
    lines = [f"{name} = {value}" for name, value in settings.items()]
    head = "# Written by fairlead at every start. Your own settings belong in local.conf beside this file."
    return "\n".join([head, *lines, "include_if_exists = 'local.conf'", ""])


def _megabytes(size: int, least: int, most: int) -> int:
    return max(least, min(most, size // MB))
