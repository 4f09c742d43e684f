"""Which addresses may be called, how messages are written and signed, and why an endpoint is not taken."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

MOST_ENDPOINTS = 20
"""So many senders may be under way at once, one for each endpoint: none ever waits for another."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an administrator wants an endpoint to be: its name, its address, and the kinds of events it is told of."""

    name: str
    address: str
    kinds: Collection[str]


class IntegrationRefusal(StrEnum):
    """Why something about an endpoint is not done."""

    TOO_MANY_ENDPOINTS = "webhook_too_many_endpoints"
    ADDRESS_UNFIT = "webhook_address_unfit"
    SEALED = "webhook_secret_sealed"
