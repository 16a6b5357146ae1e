"""Who writes down what people do to jobs: the log lies above this room, and plugs itself in."""

from collections.abc import Callable
from dataclasses import dataclass

from fairlead.jobs import registry
from fairlead.tenancy.public import Actor


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did to a job: `verb` is cancelled or retried."""

    verb: str
    number: int
    name: str

    @property
    def purpose(self) -> str:
        """Return what the job is for, in words."""
        return registry.purpose(self.name) or self.name


Witness = Callable[[Deed, Actor], None]
_witnesses: list[Witness] = []


def register_witness(witness: Witness) -> None:
    """Have `witness` called for each deed, in its transaction and with the firm in context."""
    _witnesses.append(witness)


def tell(deed: Deed, by: Actor) -> None:
    """Call the witnesses."""
    for witness in _witnesses:
        witness(deed, by)
