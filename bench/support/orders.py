"""Orders in which cases can be put before a learner: at random, in turn, and by the rules of practice."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Protocol

from training.cases.rules import Difficulty
from training.practice.rules import (
    RECENT_COUNT,
    Candidate,
    ConceptStanding,
    Offer,
    Practised,
    Recent,
    Review,
    calls_for_near_miss,
    may_call_for_near_miss,
    pick,
    ranked,
    stood,
)

AREA_COUNT = 6
MIX = (Difficulty.TYPICAL, Difficulty.CLEAR, Difficulty.TYPICAL, Difficulty.BORDERLINE, Difficulty.TYPICAL)
"""The natural mix of a concept's cases, in their order."""


@dataclass(frozen=True, slots=True)
class Bank:
    """Cases by concept: number `concept * size + place`; each borderline case is the near-miss of the one before it."""

    concept_count: int
    size: int

    def cases_of(self, concept: int) -> list[Candidate]:
        """The cases of a concept, in their order."""
        mix = [*(MIX[place % len(MIX)] for place in range(self.size)), None]
        return [
            Candidate(concept * self.size + place, f"family-{concept}-{place}", difficulty, is_kept_for_pair=mix[place + 1] is Difficulty.BORDERLINE)
            for place, difficulty in enumerate(mix)
            if difficulty is not None
        ]

    def concept_of(self, case_id: int) -> int:
        """The concept of a case."""
        return case_id // self.size

    def name_of(self, concept: int) -> str:
        """Its clause."""
        return f"A{concept % AREA_COUNT:02}-{concept:03}.a"


class Order(Protocol):
    """What decides which case comes next, and hears how it was answered."""

    def next_case(self, now: datetime) -> Candidate:
        """The next case."""

    def answered(self, case: Candidate, review: Review) -> None:
        """How it was answered."""


@dataclass(slots=True)
class _Shelf:
    """What a learner has not seen yet. When it has run out, the cases come again, the ones seen longest ago first."""

    bank: Bank
    unseen: dict[int, list[Candidate]] = field(init=False)
    seen: dict[int, deque[Candidate]] = field(init=False)

    def __post_init__(self) -> None:
        self.unseen = {concept: self.bank.cases_of(concept) for concept in range(self.bank.concept_count)}
        self.seen = {concept: deque() for concept in self.unseen}

    def first(self, concept: int) -> Candidate:
        """Its first case that was not seen, else the one seen longest ago."""
        return self.unseen[concept][0] if self.unseen[concept] else self.seen[concept][0]

    def take(self, case: Candidate) -> bool:
        """Show this case; whether it was seen before."""
        concept = self.bank.concept_of(case.case_id)
        is_repeat = case not in self.unseen[concept]
        (self.seen if is_repeat else self.unseen)[concept].remove(case)
        self.seen[concept].append(case)
        return is_repeat


@dataclass(slots=True)
class RandomOrder:
    """Any concept, one as likely as the other."""

    bank: Bank
    seed: str
    _shelf: _Shelf = field(init=False)
    _chance: Random = field(init=False)

    def __post_init__(self) -> None:
        self._shelf, self._chance = _Shelf(self.bank), Random(self.seed)

    def next_case(self, now: datetime) -> Candidate:
        """The next case."""
        return self._shelf.first(self._chance.randrange(self.bank.concept_count))

    def answered(self, case: Candidate, review: Review) -> None:
        """Remember that it was seen."""
        self._shelf.take(case)


@dataclass(slots=True)
class RoundRobin:
    """One concept after the other, always in the same turn."""

    bank: Bank
    seed: str
    _shelf: _Shelf = field(init=False)
    _count: int = 0

    def __post_init__(self) -> None:
        self._shelf = _Shelf(self.bank)

    def next_case(self, now: datetime) -> Candidate:
        """The next case."""
        return self._shelf.first(self._count % self.bank.concept_count)

    def answered(self, case: Candidate, review: Review) -> None:
        """Go on to the next concept."""
        self._shelf.take(case)
        self._count += 1


@dataclass(slots=True)
class Scheduled:
    """The order of the rules of practice, as the service asks them."""

    bank: Bank
    seed: str
    standings: dict[str, ConceptStanding] = field(default_factory=dict)
    recent: deque[Recent] = field(default_factory=lambda: deque(maxlen=RECENT_COUNT))
    _shelf: _Shelf = field(init=False)
    _offers: dict[str, Offer] = field(init=False)
    _numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self._shelf = _Shelf(self.bank)
        self._numbers = {self.bank.name_of(concept): concept for concept in range(self.bank.concept_count)}
        self._offers = {name: Offer(name, name[:3], self.bank.size) for name in self._numbers}

    def next_case(self, now: datetime) -> Candidate:
        """The next case."""
        if (near_miss := self._near_miss()) is not None:
            return near_miss
        order = self._order(now)
        for name in order:
            if (found := pick(self._shelf.unseen[self._numbers[name]], self.standings.get(name), list(self.recent))) is not None:
                return found
            if not self._shelf.unseen[self._numbers[name]]:
                return self._shelf.first(self._numbers[name])
        return self._shelf.first(self._numbers[order[0]])

    def _order(self, now: datetime) -> Sequence[str]:
        practised = Practised(self.standings, [each.concept for each in self.recent])
        return ranked(self._offers, practised, now=now, midnight=now.replace(hour=0, minute=0, second=0, microsecond=0))

    def _near_miss(self) -> Candidate | None:
        """The other of a borderline case and the one before it, where it was not seen yet."""
        if not may_call_for_near_miss(self.recent, session_id=0):
            return None
        last = self.recent[0]
        wanted = last.case_id - 1 if last.is_borderline else last.case_id + 1
        near_miss = next((case for case in self._shelf.unseen[self.bank.concept_of(last.case_id)] if case.case_id == wanted), None)
        return near_miss if near_miss is not None and calls_for_near_miss(self.recent, near_miss.difficulty) else None

    def answered(self, case: Candidate, review: Review) -> None:
        """Remember how it was answered."""
        name = self.bank.name_of(self.bank.concept_of(case.case_id))
        is_borderline = case.difficulty is Difficulty.BORDERLINE
        seen = replace(review, is_repeat=self._shelf.take(case), is_borderline=is_borderline)
        self.standings[name] = stood(self.standings.get(name), seen)
        self.recent.appendleft(Recent(case.case_id, name, case.family, 0, is_borderline or case.is_kept_for_pair, is_borderline, is_answered=True))


ORDERS = {"scheduler": Scheduled, "random": RandomOrder, "round-robin": RoundRobin}


def daytime(day: int, second: float) -> datetime:
    """The instant of a simulated second of practice: at nine in the morning of each day."""
    return _FIRST_MORNING + timedelta(days=day, seconds=second)


_FIRST_MORNING = datetime.fromisoformat("2026-01-01T09:00:00+00:00")
