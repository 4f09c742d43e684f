"""What a person is spared now, by their consent and by what they were shown."""

from datetime import datetime

from training.accounts.queries import state_of
from training.cases.queries import PracticeCase
from training.errors import Refusal
from training.practice import queries
from training.practice.rules import Budget, PracticeRefusal, Sparing, is_spent


def sparing_of(person_id: int, zone: str | None, budget: Budget, *, now: datetime) -> Sparing:
    """What this person, who lives in that zone, is spared: two statements."""
    is_enough = is_spent(queries.exposure_of(person_id, zone, now=now), budget)
    return Sparing(is_without_severe=is_enough, withheld=queries.withheld_from(person_id, at=now))


def is_allowed(case: PracticeCase, sparing: Sparing) -> bool:
    """Whether this case may come."""
    return sparing.allows(case.concept) and not (sparing.is_without_severe and case.is_severe)


def refuse_where_spared(case: PracticeCase, person_id: int, budget: Budget, *, now: datetime) -> None:
    """Raise Refusal, with why, where exactly this case may not come."""
    sparing = sparing_of(person_id, state_of(person_id, at=now).time_zone, budget, now=now)
    if not sparing.allows(case.concept):
        raise Refusal(PracticeRefusal.NOT_CONSENTED)
    if not is_allowed(case, sparing):
        raise Refusal(PracticeRefusal.SEVERE_ENOUGH)
