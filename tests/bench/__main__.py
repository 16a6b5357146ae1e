"""`bin/bench [NAME …] [--smoke] [--fresh]`: run the benchmarks and print their figures."""

import argparse
import importlib
import logging
import sys
from pathlib import Path

from tests.bench import figures, stage

CONTACTS, EVENTS = 1_000_000, 10_000_000
SMOKE_CONTACTS, SMOKE_EVENTS = 2_000, 20_000


def main() -> int:
    """Return 0 when every figure reaches its target; a smoke run only shows that all of them work."""
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which benchmarks; default all")
    parser.add_argument("--smoke", action="store_true", help="small data, figures not judged")
    parser.add_argument("--contacts", type=int, default=CONTACTS, help="what the big firm holds")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--fresh", action="store_true", help="fill the database anew")
    args = parser.parse_args()
    logging.disable(logging.WARNING)
    contacts, events = (SMOKE_CONTACTS, SMOKE_EVENTS) if args.smoke else (args.contacts, args.events)
    scene = stage.Stage(contacts, events, args.smoke)
    with stage.server() as url:
        stage.build(scene, url, fresh=args.fresh or args.smoke)
        try:
            return run(scene, args.names)
        finally:
            from django.db import connections

            for connection in connections.all():
                connection.close()
                connection.close_pool()


def run(scene: stage.Stage, names: list[str]) -> int:
    """Run the named benchmarks and print each figure as soon as it is known."""
    from tests.bench import data

    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        importlib.import_module(f"tests.bench.{file.stem}")
    unknown = sorted(set(names) - set(figures.entries))
    if unknown:
        print(f"No benchmark is called {unknown[0]!r}. There are: {', '.join(figures.entries)}.", file=sys.stderr)
        return 2
    wanted = [entry for name, entry in figures.entries.items() if not names or name in names]
    if any(entry.needs_data for entry in wanted):
        data.fill(scene)
    missed = 0
    for entry in wanted:
        for figure in entry.run(scene):
            print(figure.line(judged=not scene.smoke), flush=True)
            missed += not figure.ok
    return 0 if scene.smoke or not missed else 1


if __name__ == "__main__":
    sys.exit(main())
