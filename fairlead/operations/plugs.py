"""What the operations room offers: health checks, metrics, a banner on muted copies."""

from django.core.cache import caches
from django.http import HttpRequest
from django.urls import reverse
from prometheus_client import REGISTRY

from fairlead.operations import checks
from fairlead.operations.metrics import InstallationCollector
from fairlead.shell.banners import Banner, BannerSource, sources
from fairlead.tenancy.public import is_muted

LOOKED = 10  # seconds for which a page believes what another has seen: a copy is unmuted once in its life

_collector: list[InstallationCollector] = []


def register() -> None:
    """Register checks, metrics, the banner and the watch."""
    from fairlead.operations import sweeping, watching  # noqa: F401  registers their jobs

    checks.register()
    sources.register(BannerSource(key="operations.muted", banner=muted_banner, order=10))
    sources.register(BannerSource(key="operations.demo", banner=demo_banner, order=20))
    if not _collector:
        _collector.append(InstallationCollector())
        REGISTRY.register(_collector[0])


def muted_banner(request: HttpRequest) -> Banner | None:
    """Say on every page that nothing is sent."""
    if not caches["frame"].get_or_set("muted", is_muted, LOOKED):
        return None
    return Banner("This is a restored copy. It is muted: it sends nothing until `fairlead unmute` is run.", "warning")


def demo_banner(request: HttpRequest) -> Banner | None:
    """Mark every page of a demo firm; its owner can remove it from there."""
    firm, actor = getattr(request, "firm", None), getattr(request, "actor", None)
    if firm is None or not firm.is_demo:
        return None
    if actor is None or not actor.can("firm.transfer"):
        return Banner("This is a demo firm with invented people.")
    return Banner(
        "This is a demo firm with invented people.",
        action_label="Remove the demo firm",
        action_url=reverse("demo_removal", kwargs={"firm": firm.slug}),
        confirm="Remove the demo firm with everything in it?",
    )
