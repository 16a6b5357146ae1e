"""`fairlead import contacts FILE`: a CSV or XLSX file into a firm, here and now."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from fairlead.kernel.errors import InvalidInput
from fairlead.operations.instance import Instance

COUNTS = ("created", "updated", "unchanged", "skipped", "errors")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("noun", choices=["contacts", "companies", "deals"], help="what the rows are")
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX, from any system")
    parser.add_argument("--firm", required=True, metavar="SLUG")
    parser.add_argument("--user", metavar="EMAIL", help="the member who imports (default: the owner)")
    parser.add_argument(
        "--mapping", metavar="JSON", help='what columns mean, where the suggestion errs: {"Mail": "email"}'
    )
    parser.add_argument(
        "--options", metavar="JSON",
        help='how rows meet records: {"mode": "update", "match": "phone", "allow_without_address": true, '
        '"clear": true, "tags": ["Fair"], "lists": ["News"]}',
    )  # fmt: skip
    parser.add_argument("--dry-run", action="store_true", help="change nothing, tell what would change")
    parser.add_argument("--overwrite", action="store_true", help="let the file replace filled fields")
    parser.add_argument("--json", action="store_true", help="print JSON")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Import the file and print the counts; wrong rows are listed, and are no failure of the command."""
    mapping = read_object("mapping", args.mapping, '{"Mail": "email"}')
    options = read_object("options", args.options, '{"match": "phone"}') or {}
    if not args.file.is_file():
        raise InvalidInput({"file": [f"There is no file {args.file}."]})
    instance.require_installation()
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.operations.callers import actor_at
        from fairlead.records.imports.public import import_file

        with args.file.open("rb") as stream:
            found = import_file(
                args.noun,
                stream,
                name=os.fsencode(args.file.name).decode(errors="replace"),  # a disk takes any bytes, a database text
                by=actor_at(args.firm, args.user),
                mapping=mapping,
                options=options | ({"overwrite": True} if args.overwrite else {}),
                dry_run=args.dry_run,
            )
    print(json.dumps(found, ensure_ascii=False, default=str) if args.json else "\n".join(lines(found)))
    return 0


def read_object(name: str, text: str | None, example: str) -> dict[str, Any] | None:
    """Return what an argument says; raise `InvalidInput` naming it unless it is a JSON object."""
    if text is None:
        return None
    try:
        found = json.loads(text)
    except ValueError as error:
        raise InvalidInput({name: [f"This is not JSON: {error}."]}) from None
    if not isinstance(found, dict):
        raise InvalidInput({name: [f"A JSON object is expected, such as {example}."]})
    return found


def lines(found: dict[str, Any]) -> list[str]:
    """Return the counts and the first problems for people."""
    head = ", ".join(f"{found[name]:,} {name}" for name in COUNTS)
    problems = [f"line {p['line']}, {p['column'] or 'row'}: {p['message']}" for p in found["problems"][:20]]
    return [("Would be: " if found["dry_run"] else "") + head, *problems]
