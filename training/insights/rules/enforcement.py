"""What teams act on wrongly and what they let through: rates with intervals, and which of them are more than chance."""

from dataclasses import dataclass, fields
from enum import StrEnum

from training.judgements.rules import FEWEST_OF_A_CLASS, Costs, Decided, Detection, ErrorKind, Interval, detection, wilson

CONTROL_Z = 3.090232306167813
"""The normal quantile of two-sided limits that chance leaves twice in a thousand (Spiegelhalter 2005): so many teams are looked at, at once."""

FEWEST_PEOPLE = 5
"""Figures of fewer people say something of each of them: only whoever may see the people sees these."""


class Basis(StrEnum):
    """On what a rate rests."""

    AUDIT = "audit"
    """Random audits of live decisions."""
    PRACTICE = "practice"
    CALIBRATION = "calibration"
    EXAM = "exam"


class Standing(StrEnum):
    """How a rate stands beside that of everybody."""

    TOO_FEW = "too_few"
    AS_OTHERS = "as_others"
    """What is between the two may be chance."""
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Enforced:
    """How many violations were acted on or let be, and innocent cases; what was only passed on is in none of the four."""

    count: int = 0
    """Everything that was decided."""
    right: int = 0
    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0
    wrong_selections: int = 0

    def __add__(self, other: "Enforced") -> "Enforced":
        return Enforced(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def decided(self) -> Decided:
        """The two by two table."""
        return Decided(self.hits, self.misses, self.false_alarms, self.correct_rejections)


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate of errors."""

    errors: int
    count: int
    """Of how many decisions that could have been wrong in this way."""
    share: Interval | None
    """None where there are too few to judge."""
    standing: Standing


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What is said of the decisions of some people."""

    enforced: Enforced
    over: Rate
    """False positives: innocent cases that were acted on."""
    under: Rate
    """False negatives: violations that were let through."""
    detection: Detection | None


def enforced(*, reference_acts: bool | None, answer_acts: bool | None, is_right: bool, error: ErrorKind | None) -> Enforced:
    """One decision, counted as the profile of a person counts it: who acts where the expert acts has hit, by whichever action."""
    agrees = is_right or answer_acts == reference_acts
    return Enforced(
        count=1,
        right=int(is_right),
        hits=int(reference_acts is True and agrees),
        misses=int(error is ErrorKind.FALSE_NEGATIVE),
        false_alarms=int(error is ErrorKind.FALSE_POSITIVE),
        correct_rejections=int(reference_acts is False and agrees),
        wrong_selections=int(error is ErrorKind.WRONG_SELECTION),
    )


def enforcement_of(found: Enforced, everybody: Enforced, costs: Costs) -> Enforcement:
    """The rates of some beside those of everybody, who include them."""
    one, all_of_them = found.decided, everybody.decided
    return Enforcement(
        found,
        over=_rate(one.false_alarms, one.innocent_count, all_of_them.false_alarms, all_of_them.innocent_count),
        under=_rate(one.misses, one.violation_count, all_of_them.misses, all_of_them.violation_count),
        detection=detection(one, costs),
    )


def _rate(errors: int, count: int, all_errors: int, all_count: int) -> Rate:
    """Wilson's limits are those of the score test: the wider ones leave out just the rates from which this differs by more than chance."""
    limits = wilson(errors, count, z=CONTROL_Z)
    if count < FEWEST_OF_A_CLASS or limits is None:
        return Rate(errors, count, None, Standing.TOO_FEW)
    usual = all_errors / all_count
    standing = Standing.HIGHER if limits.low > usual else Standing.LOWER if limits.high < usual else Standing.AS_OTHERS
    return Rate(errors, count, wilson(errors, count), standing)


def may_be_told(people: int, *, sees_people: bool) -> bool:
    """Whether figures of so many people are told: of fewer than five only to whoever may see what each of them decided, for they say something of each."""
    return sees_people or people >= FEWEST_PEOPLE
