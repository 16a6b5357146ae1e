"""Stages stay in use while deals come into them: who deletes a stage, or archives a pipeline, waits for those."""

from fairlead.tenancy.public import advisory

STAGES = "sales.stages"


def hold_stages() -> None:
    """Keep every stage of the firm in use until the transaction ends.

    For whoever brings a deal into one, before any deal is locked: who waits for it may have to lock the same deal.
    """
    advisory.shared(STAGES)


def wait_for_holders() -> None:
    """Wait for all who bring a deal into a stage (`hold_stages`), and let new ones wait for this transaction."""
    advisory.exclusive(STAGES)
