"""Passes that a ruling took back, and what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar


class RetestDeed(StrEnum):
    """What can happen to a pass that a ruling took back. The certificate that it earned is never touched."""

    RAISED = "raised"
    """The pass no longer stands; a short re-test is asked for."""
    MET = "met"
    """The re-test was passed."""
    LIFTED = "lifted"
    """A later ruling gave the pass back."""


class OfAttempt(Protocol):
    """An entry about a re-test: the attempt whose pass was taken back."""

    @property
    def attempt(self) -> str:
        """By its public id."""


E = TypeVar("E", bound=OfAttempt)


def latest_by_attempt(entries: Iterable[E]) -> list[E]:
    """The entry that counts of each attempt; `entries` come the latest first."""
    latest: dict[str, E] = {}
    for entry in entries:
        latest.setdefault(entry.attempt, entry)
    return list(latest.values())


@dataclass(frozen=True, slots=True)
class Retest:
    """What became last of a pass that a ruling took back."""

    certification_id: int
    attempt: str
    deed: RetestDeed
    replaced_by: str | None
