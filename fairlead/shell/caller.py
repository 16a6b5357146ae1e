"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str | None:
    """Return the caller's address; the forwarded one only when the operator says a proxy sets it."""
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and (found := _address(forwarded.split(",")[-1].strip())):
        return found
    address: str | None = request.META.get("REMOTE_ADDR")
    return address


def _address(written: str) -> str:
    """Return the address without the port that some proxies write after it, "" for what is none (`unknown`)."""
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        found = ip_address(written.partition("%")[0])
    except ValueError:
        return ""
    return str(found.ipv4_mapped or found) if isinstance(found, IPv6Address) else str(found)
