"""Which concept comes next: what live work calls for, a survey of all, then a rotation weighted by weakness and by what is likely forgotten.

The unit of practice is the concept, a clause and its boundary. Plain "most overdue first" lost to random order in
simulation (docs/practice.md): it spends itself on what was failed last.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from training.practice.rules.memory import retention
from training.practice.rules.standing import ConceptStanding

APART = 8
"""Cases between two of the same concept, at least."""

LONGEST_REST = timedelta(days=13)
"""After so long a concept comes before others, so that none rests for more than two weeks."""

LONGEST_REST_ROUNDS = 1.25
"""And after so many cases for each concept on offer: whatever is weak, a quarter of the cases at most goes to it beside its turn."""


class Turn(IntEnum):
    """Why a concept comes, the best reason first."""

    CALLED = 0
    """Live work calls for it: the person erred there, and did not practise it since."""
    SURVEY = 1
    """It was never practised."""
    OVERDUE = 2
    """It rested for long enough."""
    FRESH = 3
    """It may come, and has cases never seen."""
    REPEAT = 4
    """It may come, and all its cases were seen."""
    SAME_DAY = 5
    """It came today already and was not failed."""
    CROWDED = 6
    """It came within the last eight cases."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A concept that could be practised now."""

    concept: str
    area: str
    case_count: int
    """Its cases, seen or not."""


@dataclass(frozen=True, slots=True)
class Practised:
    """What one person practised before."""

    standings: Mapping[str, ConceptStanding]
    recent: Sequence[str] = ()
    """The concepts of the last cases, the newest first."""
    called: frozenset[str] = frozenset()
    """The concepts that live work calls for."""

    @property
    def answer_count(self) -> int:
        """Every practice answer of the person."""
        return max((standing.answer_number for standing in self.standings.values()), default=0)

    @property
    def partner(self) -> str | None:
        """The label that the concept of the last case was confused with: its concepts are interleaved with that one."""
        last = self.standings.get(self.recent[0]) if self.recent else None
        return last.confused_with if last else None


@dataclass(frozen=True, slots=True)
class _Round:
    """What the place of every concept depends on."""

    crowded: frozenset[str]
    called: frozenset[str]
    partner: str | None
    surveyed: Mapping[str, int]
    """Concepts practised, by area."""
    answer_count: int
    longest_rest: float
    """In answers."""
    now: datetime
    midnight: datetime


def ranked(offers: Mapping[str, Offer], practised: Practised, *, now: datetime, midnight: datetime) -> list[str]:
    """The concepts in the order in which they should come; always the same for the same values.

    `midnight` is when the person's day began. What live work calls for comes first. The survey takes turns among areas. Of what may come, a concept that the
    last one was confused with comes first, then by weakness × (1 − predicted retention). What came within the last
    eight cases or today comes last, unless there is nothing else; a concept that was just failed may come again today.
    """
    this = _Round(
        crowded=frozenset(practised.recent[:APART]),
        called=practised.called,
        partner=practised.partner,
        surveyed=Counter(offer.area for offer in offers.values() if offer.concept in practised.standings),
        answer_count=practised.answer_count,
        longest_rest=LONGEST_REST_ROUNDS * len(offers),
        now=now,
        midnight=midnight,
    )
    return [place[-1] for place in sorted(_place(offer, practised.standings.get(offer.concept), this) for offer in offers.values())]


def _place(offer: Offer, standing: ConceptStanding | None, this: _Round) -> tuple[Turn, float, float, str]:
    turn = _turn(offer, standing, this)
    if standing is None:
        return turn, this.surveyed.get(offer.area, 0), 0.0, offer.concept
    if turn in (Turn.FRESH, Turn.REPEAT):
        return turn, float(label_of(offer.concept) != this.partner), -urgency(standing, now=this.now), offer.concept
    is_seen = turn is not Turn.OVERDUE and standing.case_count >= offer.case_count
    return turn, float(is_seen), standing.answer_number, offer.concept


def _turn(offer: Offer, standing: ConceptStanding | None, this: _Round) -> Turn:
    if offer.concept in this.crowded:
        return Turn.CROWDED
    if offer.concept in this.called:
        return Turn.CALLED
    if standing is None:
        return Turn.SURVEY
    if standing.memory.reviewed_at >= this.midnight and not standing.is_failed:
        return Turn.SAME_DAY
    if this.now - standing.memory.reviewed_at >= LONGEST_REST or this.answer_count - standing.answer_number >= this.longest_rest:
        return Turn.OVERDUE
    return Turn.FRESH if standing.case_count < offer.case_count else Turn.REPEAT


def urgency(standing: ConceptStanding, *, now: datetime) -> float:
    """Weakness × (1 − predicted retention)."""
    return standing.weakness * (1 - retention(standing.memory, at=now))


def label_of(concept: str) -> str:
    """The label that a clause decides about: `PRO-03` for `PRO-03.b`."""
    return concept.partition(".")[0]
