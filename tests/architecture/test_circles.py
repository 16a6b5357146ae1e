"""Modules know each other in one direction only: between rooms the floors see to that, inside a room this test."""

from graphlib import CycleError, TopologicalSorter

import grimp

# Inside a function, and left: one half would have to be torn in two for it.
ACCEPTED = {
    ("fairlead.events.actions.set_asides", "fairlead.events.jobs"),
    ("fairlead.events.consuming.failures", "fairlead.events.consuming.batch"),
    ("fairlead.records.imports.runs", "fairlead.records.imports.jobs"),
}


def test_no_two_modules_of_a_room_import_each_other() -> None:
    assert circle(ACCEPTED) == []


def test_what_is_accepted_is_still_there() -> None:
    for edge in ACCEPTED:
        assert circle(ACCEPTED - {edge}), f"{edge[0]} forms no circle any more: take it off the list"


def circle(accepted: set[tuple[str, str]]) -> list[str]:
    """Return modules of which each imports the next, wherever the import stands, and the last is the first."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for module in GRAPH.modules:
        sorter.add(module, *(m for m in GRAPH.find_modules_directly_imported_by(module) if (module, m) not in accepted))
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


GRAPH = grimp.build_graph("fairlead", cache_dir=None)
