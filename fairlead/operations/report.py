"""What the checks found, as one document for machines and as lines for people."""

from collections.abc import Iterator, Sequence
from typing import Any

from fairlead import __version__
from fairlead.kernel.health import Finding

_WORST_FIRST = ("failing", "degraded", "ok")
_MARKS = {"ok": "ok      ", "degraded": "degraded", "failing": "FAILING "}


def report(findings: Sequence[Finding], *, in_full: bool) -> dict[str, Any]:
    """Return `status`, the worst of all, and `checks` by name; figures and words only `in_full`."""
    states = {finding.status for finding in findings}
    document: dict[str, Any] = {
        "status": next((status for status in _WORST_FIRST if status in states), "ok"),
        "checks": {f.name: f.as_json() if in_full else {"status": f.status} for f in findings},
    }
    return {**document, "version": __version__} if in_full else document


def lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Yield one line per check, and under a bad one its remedy."""
    width = max((len(finding.name) for finding in findings), default=0)
    for finding in findings:
        facts = ", ".join(f"{name} {value}" for name, value in finding.facts.items())
        yield f"{_MARKS[finding.status]}  {finding.name:{width}}  {finding.problem or facts}"
        if finding.remedy:
            yield f"{'':{width + 10}}  → {finding.remedy}"
