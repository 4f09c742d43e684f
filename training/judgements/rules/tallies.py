"""What of a judgement is counted about a person, and under which keys: sums of this are all that a profile shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum

from training.cases.rules import Action
from training.judgements.rules.detection import Decided
from training.judgements.rules.scoring import ErrorKind, Source


class Dimension(StrEnum):
    """What a person's answers are divided by."""

    AREA = "area"
    SURFACE = "surface"
    SEVERITY = "severity"
    LANGUAGE = "language"
    DECISION = "decision"
    """The preferred decision of the reference."""
    LABELS = "labels"
    """The reference's primary label and the answer's: what is confused with what."""


class AnswerKind(StrEnum):
    """Which of the answers behind a figure somebody wants to see. All but the repeats are first answers."""

    ALL = "all"
    RIGHT = "right"
    FALSE_POSITIVE = "false_positive"
    FALSE_NEGATIVE = "false_negative"
    WRONG_SELECTION = "wrong_selection"
    CRITICAL_MISS = "critical_miss"
    HIT = "hit"
    CORRECT_REJECTION = "correct_rejection"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of answers. All but the repeats are of first answers to a case: repeats are remembered, not decided."""

    count: int = 0
    right: int = 0
    repeat_count: int = 0
    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0
    wrong_selections: int = 0
    critical_misses: int = 0
    timed_count: int = 0
    seconds_sum: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def __neg__(self) -> "Tally":
        return Tally(*(-getattr(self, each.name) for each in fields(self)))

    @property
    def decided(self) -> Decided:
        """The table of over- and under-enforcement."""
        return Decided(self.hits, self.misses, self.false_alarms, self.correct_rejections)


TallyKey = tuple[int, Source, Dimension, str]
"""Person, source, dimension and key: the order in which rows are written, so that no two writers wait for one another in a ring."""


@dataclass(frozen=True, slots=True)
class Countable:
    """What is counted of one judgement."""

    person_id: int
    source: Source
    keys: Mapping[Dimension, str]
    """Where it is counted; what is not known has no key."""
    reference_acts: bool | None
    answer_acts: bool | None
    is_right: bool
    error: ErrorKind | None
    is_critical_miss: bool
    is_first: bool
    seconds: float | None
    given_at: datetime


@dataclass(frozen=True, slots=True)
class TallyChange:
    """What a row changes by, and when the last judgement behind it was given."""

    tally: Tally
    last_at: datetime


def decision_key(actions: Iterable[Action]) -> str:
    """A decision as a key, in the order of the vocabulary: `REMOVE+STRIKE`."""
    chosen = frozenset(actions)
    return "+".join(action.value for action in Action if action in chosen)


def labels_key(expert: Iterable[str], answered: Iterable[str]) -> str:
    """The two primary labels as a key: `PRO-03>OUT-00`; a blank one is empty."""
    return f"{next(iter(expert), '')}>{next(iter(answered), '')}"


def labels_of_key(key: str) -> tuple[str, str]:
    """The expert's and the answer's primary label of such a key."""
    expert, _, answered = key.partition(">")
    return expert, answered


def tally_changes(added: Iterable[Countable], *, replaced: Iterable[Countable] = ()) -> dict[TallyKey, TallyChange]:
    """What every row changes by when these judgements are added and those that they replace are taken away.

    Exam answers count as area totals alone: anything finer would tell something of a key.
    """
    found: dict[TallyKey, TallyChange] = {}
    for judgement, is_added in ((each, is_added) for judgements, is_added in ((added, True), (replaced, False)) for each in judgements):
        tally = _tally(judgement) if is_added else -_tally(judgement)
        for dimension, key in judgement.keys.items():
            if judgement.source is Source.EXAM and dimension is not Dimension.AREA:
                continue
            place = (judgement.person_id, judgement.source, dimension, key)
            before = found.get(place, TallyChange(Tally(), judgement.given_at))
            found[place] = TallyChange(before.tally + tally, max(before.last_at, judgement.given_at))
    return found


def _tally(judgement: Countable) -> Tally:
    if not judgement.is_first:
        return Tally(repeat_count=1)
    return _totals(judgement) if judgement.source is Source.EXAM else _whole(judgement)


def _totals(judgement: Countable) -> Tally:
    return Tally(count=1, right=int(judgement.is_right))


def _whole(judgement: Countable) -> Tally:
    agrees = judgement.is_right or judgement.answer_acts == judgement.reference_acts
    return Tally(
        count=1,
        right=int(judgement.is_right),
        hits=int(judgement.reference_acts is True and agrees),
        misses=int(judgement.error is ErrorKind.FALSE_NEGATIVE),
        false_alarms=int(judgement.error is ErrorKind.FALSE_POSITIVE),
        correct_rejections=int(judgement.reference_acts is False and agrees),
        wrong_selections=int(judgement.error is ErrorKind.WRONG_SELECTION),
        critical_misses=int(judgement.is_critical_miss),
        timed_count=int(judgement.seconds is not None),
        seconds_sum=judgement.seconds or 0.0,
    )
