"""Which addresses of the network may be called: none that only somebody inside could reach."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

CARRYING_IPV4 = tuple(IPv6Network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
"""Networks whose addresses stand for one of IPv4, wherever that leads."""
LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Target:
    """Where an endpoint is: the host's name for TLS and the Host header, and the rest of its address."""

    is_secure: bool
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.is_secure else 80) else f"{name}:{self.port}"


def target_of(address: str, *, allows_private: bool) -> Target | None:
    """The address as a target; nothing where it is none that may be called. Plain http only where private addresses are allowed."""
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    is_secure = parts.scheme == "https"
    if not parts.hostname or parts.username is not None or parts.fragment or not (is_secure or (parts.scheme == "http" and allows_private)):
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(is_secure, parts.hostname, port or (443 if is_secure else 80), path)


def may_be_called(address: str, *, allows_private: bool) -> bool:
    """Whether this address of the network may be connected to."""
    found = ip_address(address.partition("%")[0])
    return allows_private or _is_public(found)


def _is_public(found: IPv4Address | IPv6Address) -> bool:
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None or any(found in network for network in CARRYING_IPV4):
            return False
        if found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved
