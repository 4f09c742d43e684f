"""The next case: a concept by what the person remembers, then a case of it by what they have seen."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from training.accounts.queries import state_of
from training.cases.queries import PracticeCase, practice_case, practice_cases_by_ids
from training.errors import Refusal
from training.practice import queries
from training.practice.models import PracticeSession, PracticeSet, Serving
from training.practice.rules import (
    DAILY,
    Limits,
    PracticeRefusal,
    Practised,
    Purpose,
    PurposeKind,
    Recent,
    calls_for_near_miss,
    may_call_for_near_miss,
    pick,
    pick_again,
    ranked,
)
from training.practice.services.sessions import continued_session, put_before

CONCEPTS_TRIED = 4
"""In how many concepts an unseen case is looked for before one comes again: what bounds the statements of a request."""


def next_case(person_id: int, *, now: datetime, purpose: Purpose = DAILY) -> Serving:
    """The case that this person practises now: the one that waits for an answer, else the next one, served now.

    Never a case of the exam pool nor of a family of its. Raises Refusal where the practice pool holds nothing for this
    purpose in the person's languages, and NotFound for a set that they were not given.
    """
    queries.hold_practice_of(person_id)
    session = continued_session(person_id, purpose, now=now)
    if (waiting := queries.open_serving(session)) is not None:
        return waiting
    state = state_of(person_id, at=now)
    given = queries.set_given_to(person_id, state.team_id, int(purpose.names[0])) if purpose.kind is PurposeKind.SET else None
    limits = Limits(frozenset(given.clauses)) if given else purpose.limits
    wanted = queries.Wanted(person_id, limits, state.languages)
    chosen = _listed(session, given) if given and given.case_ids else _due(session, wanted, now=now, midnight=_midnight(state.time_zone, now=now))
    if chosen is None:
        raise Refusal(PracticeRefusal.NOTHING_TO_PRACTISE)
    return put_before(session, chosen, now=now)


def _listed(session: PracticeSession, given: PracticeSet) -> PracticeCase | None:
    """The next case of a set that lists its cases; those that are practised no more are passed over."""
    served = queries.case_ids_served_in(session)
    practised = practice_cases_by_ids(given.case_ids)
    return next((practised[case_id] for case_id in given.case_ids if case_id in practised and case_id not in served), None)


def _due(session: PracticeSession, wanted: queries.Wanted, *, now: datetime, midnight: datetime) -> PracticeCase | None:
    """What the rules bring: a near-miss that belongs beside the case before it, else the rotation's next."""
    recent = queries.recent_of(wanted.person_id)
    return _near_miss_due(session, wanted, recent) or _chosen(wanted, recent, now=now, midnight=midnight)


def serve_near_miss(serving: Serving, *, now: datetime) -> Serving:
    """Put the look-alike of this serving's case, decided the other way, before the same person."""
    case = queries.near_miss_of(serving.case_id)
    if case is None:
        raise Refusal(PracticeRefusal.NO_NEAR_MISS)
    queries.hold_practice_of(serving.person_id)
    session = continued_session(serving.person_id, Purpose(PurposeKind.NEAR_MISS, (case.slug,)), now=now)
    return queries.open_serving(session) or put_before(session, case, now=now)


def _near_miss_due(session: PracticeSession, wanted: queries.Wanted, recent: Sequence[Recent]) -> PracticeCase | None:
    """The near-miss that is to stand beside the case just answered, where the person has not seen it."""
    if not may_call_for_near_miss(recent, session_id=session.id):
        return None
    case = queries.near_miss_of(recent[0].case_id)
    if case is None or not calls_for_near_miss(recent, case.difficulty):
        return None
    return case if queries.is_unseen(case.case_id, wanted) else None


def _chosen(wanted: queries.Wanted, recent: Sequence[Recent], *, now: datetime, midnight: datetime) -> PracticeCase | None:
    """The case that the rotation brings."""
    offers = queries.offers(wanted.limits, languages=wanted.languages)
    practised = Practised(queries.standings_in_concepts(wanted.person_id), [each.concept for each in recent])
    order = ranked(offers, practised, now=now, midnight=midnight)[:CONCEPTS_TRIED]
    for concept in order:
        standing = practised.standings.get(concept)
        found = pick(queries.unseen_cases(concept, wanted), standing, recent)
        if found is None and standing is not None and standing.case_count >= offers[concept].case_count:
            found = pick_again(queries.answered_cases(concept, wanted), standing, recent)
        if found is not None:
            return practice_case(found.case_id)
    return _left_over(order, wanted)


def _left_over(concepts: Sequence[str], wanted: queries.Wanted) -> PracticeCase | None:
    """Where none of these concepts has what the rules ask for: what was skipped, then a borderline case, then what was answered longest ago."""
    for cases_of in (queries.skipped_cases, queries.unseen_cases, queries.answered_cases):
        for concept in concepts:
            if found := cases_of(concept, wanted):
                return practice_case(found[0].case_id)
    return None


def _midnight(zone: str | None, *, now: datetime) -> datetime:
    """When the day began for a person in this zone."""
    local = now.astimezone(ZoneInfo(zone or "UTC"))
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
