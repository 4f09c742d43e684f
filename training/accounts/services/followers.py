"""Who is told when a fact about a person begins to hold: rooms above this one, which the application names."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from training.accounts.rules import FactKind
from training.actors import Actor


class Follower(Protocol):
    """A deed of another room that follows from a fact, in the same transaction."""

    def __call__(self, person_id: int, *, by: Actor, now: datetime) -> object:
        """See to what follows for this person."""


_FOLLOWERS: dict[FactKind, Follower] = {}


def follow_facts(kind: FactKind, follower: Follower) -> None:
    """Let this be done whenever facts of this kind begin to hold for somebody."""
    _FOLLOWERS[kind] = follower


def tell_followers(person_id: int, kinds: Iterable[FactKind], *, by: Actor, now: datetime) -> None:
    """Facts of these kinds hold for this person from now on."""
    for kind in sorted(set(kinds) & _FOLLOWERS.keys()):
        _FOLLOWERS[kind](person_id, by=by, now=now)
