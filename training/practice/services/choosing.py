"""The next case: a concept by what the person remembers, then a case of it by what they have seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.queries import state_of
from training.cases.queries import PracticeCase, practice_case, practice_cases_by_ids
from training.errors import Refusal
from training.practice import queries
from training.practice.models import PracticeSession, PracticeSet, Serving
from training.practice.rules import (
    DAILY,
    UNLIMITED,
    Budget,
    Candidate,
    Instead,
    Limits,
    Offer,
    PracticeRefusal,
    Practised,
    Purpose,
    PurposeKind,
    Recent,
    Sparing,
    calls_for_lighter,
    calls_for_near_miss,
    day_began_at,
    may_call_for_near_miss,
    pick,
    pick_again,
    pick_like,
    ranked,
)
from training.practice.services.sessions import begun, continued, put_before
from training.practice.services.sparing import is_allowed, refuse_where_spared, sparing_of

CONCEPTS_TRIED = 4
"""In how many concepts an unseen case is looked for before one comes again: what bounds the statements of a request."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A case that was just skipped, and what is wanted instead of it."""

    case_id: int
    instead: Instead


def next_case(
    person_id: int, *, now: datetime, purpose: Purpose = DAILY, skipped: Skipped | None = None, is_ahead: bool = False, budget: Budget = UNLIMITED
) -> Serving:
    """The case that this person practises now: the one that waits for an answer, else the next one, served now; or laid ready for when they ask.

    Never a case of the exam pool nor of a family of its, nor a severe one beyond the budget. Raises Refusal where the practice pool holds nothing for this
    purpose in the person's languages, and NotFound for a set that they were not given.
    """
    queries.hold_practice_of(person_id)
    place = continued(person_id, purpose, now=now)
    if place.waiting is not None:
        return place.waiting if is_ahead else begun(place.waiting, now=now)
    state = state_of(person_id, at=now)
    given = queries.set_given_to(person_id, state.team_id, int(purpose.names[0])) if purpose.kind is PurposeKind.SET else None
    limits = Limits(frozenset(given.clauses)) if given else purpose.limits
    wanted = queries.Wanted(person_id, limits, state.languages, sparing_of(person_id, state.time_zone, budget, now=now))
    turn = _Turn(now, day_began_at(state.time_zone, now=now), queries.recent_of(person_id), skipped)
    chosen = _listed(place.session, given, wanted.sparing) if given and given.case_ids else _due(place.session, wanted, turn)
    if chosen is None and wanted.sparing.is_without_severe:
        raise Refusal(PracticeRefusal.SEVERE_ENOUGH)
    if chosen is None and wanted.sparing.withheld:
        raise Refusal(PracticeRefusal.NOT_CONSENTED)
    if chosen is None:
        raise Refusal(PracticeRefusal.NOTHING_TO_PRACTISE)
    return put_before(place, chosen, now=now, is_ahead=is_ahead)


@dataclass(frozen=True, slots=True)
class _Turn:
    """When a case is asked for, after which others."""

    now: datetime
    midnight: datetime
    """When the person's day began."""
    recent: Sequence[Recent]
    skipped: Skipped | None

    @property
    def is_lighter(self) -> bool:
        """Whether something without a warning is to come, where there is something."""
        return self.skipped.instead is Instead.LIGHTER if self.skipped else calls_for_lighter(self.recent)


def _listed(session: PracticeSession, given: PracticeSet, sparing: Sparing) -> PracticeCase | None:
    """The next case of a set that lists its cases; those that are practised no more, or not by this person, are passed over."""
    served = queries.case_ids_served_in(session)
    practised = practice_cases_by_ids(given.case_ids)
    left = (practised[case_id] for case_id in given.case_ids if case_id in practised and case_id not in served)
    return next((case for case in left if is_allowed(case, sparing)), None)


def _due(session: PracticeSession, wanted: queries.Wanted, turn: _Turn) -> PracticeCase | None:
    """What the rules bring: a near-miss that belongs beside the case before it, else the rotation's next, lighter where that is due and there is one."""
    if turn.skipped is None and (near_miss := _near_miss_due(session, wanted, turn.recent)) is not None:
        return near_miss
    called = queries.concepts_called_for(wanted.person_id)
    practised = Practised(queries.standings_in_concepts(wanted.person_id), [each.concept for each in turn.recent], called)
    for each in (wanted.lighter(), wanted) if turn.is_lighter else (wanted,):
        order = _order(each, turn, practised)
        if (found := _equal(order) or _picked(order)) is not None:
            return found
    return _left_over(order)


def serve_near_miss(serving: Serving, *, now: datetime, budget: Budget = UNLIMITED) -> Serving:
    """Put the look-alike of this serving's case, decided the other way, before the same person."""
    case = queries.near_miss_of(serving.case_id)
    if case is None:
        raise Refusal(PracticeRefusal.NO_NEAR_MISS)
    refuse_where_spared(case, serving.person_id, budget, now=now)
    queries.hold_practice_of(serving.person_id)
    place = continued(serving.person_id, Purpose(PurposeKind.NEAR_MISS, (case.slug,)), now=now)
    return place.waiting or put_before(place, case, now=now)


def _near_miss_due(session: PracticeSession, wanted: queries.Wanted, recent: Sequence[Recent]) -> PracticeCase | None:
    """The near-miss that is to stand beside the case just answered, where the person has not seen it."""
    if not may_call_for_near_miss(recent, session_id=session.id):
        return None
    case = queries.near_miss_of(recent[0].case_id)
    if case is None or not calls_for_near_miss(recent, case.difficulty):
        return None
    return case if is_allowed(case, wanted.sparing) and queries.is_unseen(case.case_id, wanted) else None


@dataclass(frozen=True, slots=True)
class _Order:
    """The concepts that come first for somebody, of what is wanted."""

    wanted: queries.Wanted
    turn: _Turn
    offers: Mapping[str, Offer]
    practised: Practised
    concepts: Sequence[str]


def _order(wanted: queries.Wanted, turn: _Turn, practised: Practised) -> _Order:
    """The first concepts of the rotation."""
    offers = queries.offers(wanted.limits, languages=wanted.languages, sparing=wanted.sparing)
    return _Order(wanted, turn, offers, practised, ranked(offers, practised, now=turn.now, midnight=turn.midnight)[:CONCEPTS_TRIED])


def _equal(order: _Order) -> PracticeCase | None:
    """The equal of the case that was just skipped: an unseen one of its concept, as difficult where there is one."""
    case = practice_case(order.turn.skipped.case_id) if order.turn.skipped else None
    if case is None:
        return None
    skipped, standing = Candidate(case.case_id, case.family, case.difficulty), order.practised.standings.get(case.concept)
    cases = queries.unseen_cases(case.concept, order.wanted)
    found = pick_like(skipped, cases, standing, order.turn.recent)
    return cases[found] if found else None


def _picked(order: _Order) -> PracticeCase | None:
    """The case that the rotation brings."""
    wanted, recent = order.wanted, order.turn.recent
    for concept in order.concepts:
        standing = order.practised.standings.get(concept)
        cases = queries.unseen_cases(concept, wanted)
        found = pick(cases, standing, recent)
        if found is None and standing is not None and standing.case_count >= order.offers[concept].case_count:
            cases = queries.answered_cases(concept, wanted)
            found = pick_again(list(cases), standing, recent)
        if found is not None:
            return cases[found]
    return None


def _left_over(order: _Order) -> PracticeCase | None:
    """Where none of these concepts has what the rules ask for: what was skipped, then a borderline case, then what was answered longest ago."""
    for cases_of in (queries.skipped_cases, queries.unseen_cases, queries.answered_cases):
        for concept in order.concepts:
            for case in cases_of(concept, order.wanted).values():
                return case
    return None
