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
from fairlead.kernel.errors import FairleadError, InvalidInput
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
        refuse_unreadable(args)
        return int(args.execute(args, instance))
    except FairleadError as error:
        print(f"fairlead {args.command}: {error.message}", file=sys.stderr)
        return 1
    except OSError as error:  # a full disk, a folder that may not be written, a port that may not be taken
        print(f"fairlead {args.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not (words_for_it := _of_the_database(error)):
            raise
        print(f"fairlead {args.command}: {words_for_it}", file=sys.stderr)
        return 1


def build_parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser for `words`; only the command they name is imported and declared in full."""
    parser = argparse.ArgumentParser(prog="fairlead", description="Run and look after a Fairlead installation.")
    parser.add_argument("--version", action="version", version=f"fairlead {__version__}")
    _add_data_option(parser, default=None)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = _command_among(words)
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


def _of_the_database(error: Exception) -> str:
    """Return what to tell when the database cannot be reached or was never migrated, empty for any other error."""
    from django.db import DatabaseError, OperationalError
    from psycopg.errors import UndefinedColumn, UndefinedFunction, UndefinedTable

    said = f"{error}".splitlines()[:1]
    if isinstance(error, OperationalError):
        return " ".join(["The database does not answer:", *said])
    if isinstance(error, DatabaseError) and isinstance(
        error.__cause__, UndefinedColumn | UndefinedFunction | UndefinedTable
    ):
        return " ".join(["The database is not of this version. Run `fairlead migrate`:", *said])
    return ""


def refuse_unreadable(args: argparse.Namespace) -> None:
    """Raise `InvalidInput` for words that are no UTF-8 text: no database takes them. Names of files may be anything."""
    for name, value in vars(args).items():
        if isinstance(value, str) and name != "data" and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise InvalidInput({name: ["This is not UTF-8 text."]}) from None


def _command_among(words: Sequence[str]) -> str | None:
    """Return the first word that is a command, and not the name of the data directory."""
    after = ["", *words]
    return next((w for before, w in zip(after, words, strict=False) if w in COMMANDS and before != "--data"), None)


def _add_data_option(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        default=default,
        help="the data directory (default: FAIRLEAD_DATA, else that of the checkout or the system)",
    )


def _leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """Return the parser, or those of its subcommands: `--data` may stand before or after any of them."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return list(action.choices.values())
    return [parser]


if __name__ == "__main__":
    sys.exit(main())
