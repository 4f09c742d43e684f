"""Ruling about the time of several people of a cohort at once, by the deeds of the exam desk."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.queries import is_in_cohort, person_names
from training.actors import Actor
from training.errors import NotFound, Refusal
from training.exams import services as exams
from training.exams.models import Attempt
from training.exams.queries import attempt_to_supervise
from training.exams.rules.reasons import SupervisionRefusal
from training.insights.rules.cohort_time import CohortTimeDeed


@dataclass(frozen=True, slots=True)
class TimeRuling:
    """What a trainer rules, and why."""

    deed: CohortTimeDeed
    reason: str
    minutes: int = 0
    """More of them, where the end moves."""


@dataclass(frozen=True, slots=True)
class TimeRuled:
    """What became of it."""

    done_count: int
    refused: Mapping[SupervisionRefusal, Sequence[str]]
    """For whom it was not done, by name, and why."""


def rule_on_time(cohort_id: int, ends: Mapping[str, str], ruling: TimeRuling, *, by: Actor, now: datetime) -> TimeRuled:
    """Rule about these attempts of a cohort's people; `ends` are their deadlines as the trainer saw them, in ISO 8601, by public id.

    Each by itself: one that is over, or whose end moved meanwhile, keeps nobody else waiting. Raises NotFound for an attempt of nobody in the cohort.
    """
    refused: defaultdict[SupervisionRefusal, list[int]] = defaultdict(list)
    for public_id in sorted(ends):
        attempt = attempt_to_supervise(public_id)
        if not is_in_cohort(attempt.person_id, cohort_id):
            raise NotFound(public_id)
        try:
            _rule(attempt, ends[public_id], ruling, by=by, now=now)
        except Refusal as refusal:
            refused[SupervisionRefusal(refusal.reason)].append(attempt.person_id)
    names = person_names(person_id for ids in refused.values() for person_id in ids)
    told = {reason: sorted(names[person_id] for person_id in ids) for reason, ids in refused.items()}
    return TimeRuled(len(ends) - sum(map(len, refused.values())), told)


def _rule(attempt: Attempt, seen: str, ruling: TimeRuling, *, by: Actor, now: datetime) -> None:
    if ruling.deed is CohortTimeDeed.EXTEND:
        exams.extend_attempt(attempt, minutes=ruling.minutes, reason=ruling.reason, seen=seen, by=by, now=now)
    elif ruling.deed is CohortTimeDeed.PAUSE:
        exams.pause_attempt(attempt, reason=ruling.reason, by=by, now=now)
    else:
        exams.resume_attempt(attempt, reason=ruling.reason, by=by, now=now)
