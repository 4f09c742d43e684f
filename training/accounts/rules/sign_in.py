"""How failed tries slow further ones down, and where a sign-in may lead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
KNOWN = "browser "


@dataclass(frozen=True, slots=True)
class Tries:
    """Failed tries on one address from one place."""

    failed_count: int
    last_failed_at: datetime


def tries_open_at(tries: Tries) -> datetime:
    """When the next try is looked at: at once for the first five, then later and later, never more than a quarter of an hour."""
    if tries.failed_count < FREE_TRIES:
        return tries.last_failed_at
    factor: int = 2 ** min(tries.failed_count - FREE_TRIES, 20)
    return tries.last_failed_at + min(FIRST_WAIT * factor, LONGEST_WAIT)


def failed_count_after(tries: Tries | None, *, now: datetime) -> int:
    """How many tries have failed when this one has, too. A day without one forgets the others."""
    if tries is None or now - tries.last_failed_at > FORGOTTEN_AFTER:
        return 1
    return tries.failed_count + 1


def place_of(address: str | None, known_browser: str | None) -> str:
    """Where tries are counted together: a browser in which this person signed in before counts for itself.

    So a stranger in the same office, behind the same address, slows nobody's own browser down. Of an IPv6 address the
    first 64 bits count: a household has them all.
    """
    if known_browser:
        return f"{KNOWN}{known_browser}"
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return "address unknown"
    if isinstance(parsed, IPv6Address):
        return f"address {parsed.packed[:8].hex()}"
    return f"address {parsed}"


def code_place_of(place: str) -> str:
    """Where tries on a code are counted together, given where the password's are.

    A browser in which this person signed in before counts for itself; everything else is one place, so that nobody who knows
    the password gets more guesses at a million codes by coming from a thousand addresses.
    """
    return f"code {place}" if place.startswith(KNOWN) else "code elsewhere"


def safe_path(target: str | None) -> str | None:
    """The target if it is a page of this site, else nothing: a sign-in never leads to somebody else's."""
    if not target or not target.startswith("/") or target.startswith("//") or len(target) > 2000:
        return None
    if "\\" in target or any(ord(character) < 33 or ord(character) == 127 for character in target):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


class LinkPurpose(StrEnum):
    """Why somebody was sent a link to choose a password."""

    INVITE = "invite"
    RESET = "reset"


LINK_LIFE = {LinkPurpose.INVITE: timedelta(days=7), LinkPurpose.RESET: timedelta(hours=1)}
LINKS_AN_HOUR = 3
"""More mail than this to one person within an hour would be somebody's mischief."""
LINK_PATH = "/choose-password"
"""Where a link's token is shown: `/choose-password/<token>`."""


@dataclass(frozen=True, slots=True)
class Site:
    """How this deployment calls itself in mail, and where it is."""

    name: str
    url: str

    def link_to(self, token: str) -> str:
        """The full address of a one-time link."""
        return f"{self.url.rstrip('/')}{LINK_PATH}/{token}"
