"""The command line `fairlead`: one module per command in `commands/`, imported only when it is asked for.

A command module has `configure(parser)`, which declares its arguments, and `execute(args, instance)`, which
returns the exit code. `instance` knows the data directory; a command that needs the database enters
`instance.connected()` first.
"""

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from fairlead import __version__
from fairlead.kernel.errors import FairleadError
from fairlead.operations.datadir import DataDir, default_path
from fairlead.operations.instance import Instance

COMMANDS = {
    "run": "start everything on this machine: database, web, worker",
    "web": "serve pages and API only (for more than one machine)",
    "live": "stream live events to open pages only (for more than one machine)",
    "worker": "run background jobs only (for more than one machine)",
    "prepare": "what `run` does before it serves: migrate, demo firm, login link",
    "migrate": "bring the database to this version",
    "firm": "create a firm",
    "key": "create an API key",
    "import": "import a file into a firm",
    "demo": "create or remove the demo firm",
    "login-link": "print a one-time login link for somebody",
    "doctor": "check every part and say what is wrong",
    "backup": "write everything to one file",
    "restore": "bring a backup back into an empty installation",
    "reencrypt": "bring stored secrets under the newest field key",
    "unmute": "let a restored installation send again",
    "manage": "run a Django management command",
}

MODULES = {"import": "import_file"}  # a word of the language is no name for a module


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 failed with a message, 2 wrong arguments."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = build_parser(words).parse_args(words)
    instance = Instance(DataDir(Path(args.data).expanduser().absolute() if args.data else default_path()))
    try:
        return int(args.execute(args, instance))
    except FairleadError as error:
        print(f"fairlead {args.command}: {error.message}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def build_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for `words`; only the command they name is imported and declared in full."""
    parser = argparse.ArgumentParser(prog="fairlead", description="Run and look after a Fairlead installation.")
    parser.add_argument("--version", action="version", version=f"fairlead {__version__}")
    _add_data_option(parser, default=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = next((word for word in words if word in COMMANDS), None)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name == wanted:
            module = importlib.import_module(
                "fairlead.operations.commands." + MODULES.get(name, name.replace("-", "_"))
            )
            module.configure(command)
            command.set_defaults(execute=module.execute)
            for leaf in _leaves(command):
                _add_data_option(leaf, default=argparse.SUPPRESS)
    return parser


def _add_data_option(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        default=default,
        help="the data directory (default: FAIRLEAD_DATA, else ./data)",
    )


def _leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the parser, or those of its subcommands: `--data` may stand before or after any of them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices.values())
    return [parser]


if __name__ == "__main__":
    sys.exit(main())
