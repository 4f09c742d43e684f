"""Who does a deed: a plain value that surfaces make and services hand to the audit."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What kind of doer an actor is."""

    PERSON = "person"
    CLIENT = "client"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, from where, in which request."""

    kind: ActorKind
    id: int | None
    address: str | None = None
    request_id: str | None = None


SYSTEM = Actor(kind=ActorKind.SYSTEM, id=None)
