"""`fairlead doctor`: every check, in words or as JSON."""

import argparse
import json

from fairlead.operations.instance import Instance


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print JSON, as /health does")


def execute(args: argparse.Namespace, instance: Instance) -> int:
    """Print what every check found; exit with 1 when one of them fails."""
    instance.require_installation()
    with instance.connected():
        from fairlead.operations.django_setup import setup

        setup()
        from fairlead.kernel import health
        from fairlead.operations.report import lines, report

        findings = health.examine()
    print(json.dumps(report(findings, in_full=True), indent=2) if args.json else "\n".join(lines(findings)))
    return 1 if any(finding.status == "failing" for finding in findings) else 0
