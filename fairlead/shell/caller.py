"""Where a request comes from."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str | None:
    """Return the caller's address; the forwarded one only when the operator says a proxy sets it."""
    forwarded: str = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.BEHIND_PROXY and (found := _address(forwarded.split(",")[-1].strip())):
        return found
    address: str | None = request.META.get("REMOTE_ADDR")
    return address


def network_of(address: str | None) -> str | None:
    """Return whom an address is counted as: itself, and of IPv6 its /64 (RFC 4291), which one machine has to itself."""
    if address is None or ":" not in address:
        return address
    return str(ip_network(f"{address.partition('%')[0]}/64", strict=False))


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
