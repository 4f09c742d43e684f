"""What is told of a team about care: counts as of a month's begin, of a group that no other told one nearly is."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from training.accounts.queries import people_of_team
from training.db import db
from training.practice.models import ConsentEvent, Serving, SevereExposure
from training.practice.queries.consents import askings
from training.practice.rules import MONTHS_COMPARED, Consent, Sensitivity, latest_told, months_begun, told_count, withheld


@dataclass(frozen=True, slots=True)
class CareCounts:
    """How many of a group, where that may be told; None where not."""

    at: datetime
    """As of when, and in the month before."""
    since: datetime
    people_count: int
    shown_count: int | None
    """Who decided severe cases in practice in that month."""
    case_count: int | None
    """How many of these, all together."""
    unavailable: Mapping[Sensitivity, int | None]
    """Who was not available for each kind of material."""


def care_counts(team_id: int, *, now: datetime) -> CareCounts | None:
    """What may be told of this team; nothing where it is, or was, too small."""
    begins = months_begun(now=now, count=MONTHS_COMPARED + 1)
    groups = [frozenset(person.id for person in people_of_team(team_id, at=begin)) for begin in begins[1:]]
    place = latest_told(groups)
    if place is None:
        return None
    group, since, at = groups[place], begins[place], begins[place + 1]
    shown_count, case_count = _shown(group, since=since, until=at)
    told = told_count(shown_count, of=len(group))
    kinds = _withheld_from(group, at=at)
    return CareCounts(
        at=at,
        since=since,
        people_count=len(group),
        shown_count=told,
        case_count=None if told is None else case_count,
        unavailable={kind: told_count(sum(kind in each for each in kinds.values()), of=len(group)) for kind in Sensitivity},
    )


def _shown(group: Collection[int], *, since: datetime, until: datetime) -> tuple[int, int]:
    """How many of them were shown severe cases, and how many cases; what was skipped is nobody's business."""
    question = select(func.count(SevereExposure.person_id.distinct()), func.count()).join(Serving, Serving.id == SevereExposure.serving_id)
    between = (SevereExposure.shown_at >= since, SevereExposure.shown_at < until, Serving.skipped_at.is_(None))
    people, cases = db.session.execute(question.where(SevereExposure.person_id.in_(sorted(group)), *between)).one()
    return people, cases


def _withheld_from(group: Collection[int], *, at: datetime) -> Mapping[int, frozenset[Sensitivity]]:
    said: defaultdict[int, list[Consent]] = defaultdict(list)
    for event in db.session.scalars(select(ConsentEvent).where(ConsentEvent.person_id.in_(sorted(group)))):
        said[event.person_id].append(Consent(event.sensitivity, event.is_given, event.effective_from, event.recorded_at, event.id))
    decided = askings()
    return {person_id: withheld(said[person_id], decided, at=at) for person_id in group}
