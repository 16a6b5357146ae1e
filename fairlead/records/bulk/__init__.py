"""Bulk actions: one verb over a whole filtered list, in the background, with progress, report and undo."""

from fairlead.records.bulk.verbs import Applied, Controls, Failure, Verb, get, offered, register

__all__ = ["Applied", "Controls", "Failure", "Verb", "get", "offered", "register"]
