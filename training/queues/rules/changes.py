"""What the feed says of a change at the gate: of what kind it is, and which queues it concerns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from training.queues.rules.evidence import Requirements


class ChangeKind(StrEnum):
    """What it is that changed, or that came into effect or ended by time alone. Never why somebody is unavailable."""

    PERSON = "person"
    """Status, languages or markets of a person."""
    CERTIFICATE = "certificate"
    POLICY = "policy"
    """What was read, and what is to be learned by when."""
    OVERRIDE = "override"
    AVAILABILITY = "availability"
    REQUIREMENTS = "requirements"
    """What a queue demands."""


ENDS = "ends"
"""A cause that becomes a change of a certificate where it matters: an end may have moved, as by reported work, or has come."""
SHIFT = "shift"
"""A cause that becomes a change of availability of each of a shift's people: its hours changed, begin or end."""


class Concern(NamedTuple):
    """What a queue demands now, and every certification that this comes down to."""

    requirements: Requirements
    certifications: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cause:
    """Something the gate reads changed, or changes by time alone at `due_at`; what is None is not narrowed by."""

    id: int
    kind: str
    due_at: datetime
    person_id: int | None = None
    queue: str | None = None
    certification_id: int | None = None
    certification: str | None = None
    module: str | None = None
    areas: frozenset[str] | None = None
    shift_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the feed, before it has a position."""

    at: datetime
    kind: ChangeKind
    person_id: int | None
    queues: tuple[str, ...] | None
    """By slug; None is all of them."""
    certification: str | None


def change_of(cause: Cause, demands: Mapping[str, Concern]) -> Change | None:
    """What the feed says of a cause, by what each queue demands; nothing where it concerns no queue."""
    kind = ChangeKind.CERTIFICATE if cause.kind == ENDS else ChangeKind(cause.kind)
    concerned = _concerned(kind, cause, demands)
    return None if concerned == () else Change(cause.due_at, kind, cause.person_id, concerned, cause.certification)


def _concerned(kind: ChangeKind, cause: Cause, demands: Mapping[str, Concern]) -> tuple[str, ...] | None:
    if cause.queue is not None:
        return (cause.queue,)
    if cause.certification is not None:
        return tuple(queue for queue, asked in demands.items() if cause.certification in asked.certifications)
    if kind is ChangeKind.POLICY:
        return tuple(queue for queue, asked in demands.items() if _is_about(cause, asked.requirements))
    return None


def _is_about(cause: Cause, asked: Requirements) -> bool:
    """Whether a queue with these demands asks for the version that was read, or shows what is to be learned."""
    return bool(cause.areas & asked.areas) if cause.areas is not None else any(slug == cause.module for slug, _version in asked.modules)
