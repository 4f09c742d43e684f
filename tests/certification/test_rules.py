"""What a ledger means at an instant."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.certification.rules import Ending, EventKind, LedgerEvent, Standing, State, Term, TermRule, is_version_covered, known_events, next_term, standing
from training.courses.rules.versions import Version

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
ids = count(1)


def day(number: float) -> datetime:
    return START + number * DAY


def award(begin: float, end: float, *, at: float | None = None, kind: EventKind = EventKind.AWARDED) -> LedgerEvent:
    effective = day(begin if at is None else at)
    return LedgerEvent(next(ids), kind, effective, effective, day(begin), day(end), f"c{begin}")


def entry(kind: EventKind, at: float) -> LedgerEvent:
    return LedgerEvent(next(ids), kind, day(at), day(at))


def test_nothing_in_the_ledger_is_no_certificate() -> None:
    assert standing([], at=START).state is State.NONE


@pytest.mark.parametrize(
    ("at", "state"),
    [(-0.001, State.NONE), (0, State.IN_FORCE), (179.999, State.IN_FORCE), (180, State.LAPSED), (400, State.LAPSED)],
)
def test_validity_begins_with_its_first_instant_and_ends_before_its_last(at: float, state: State) -> None:
    assert standing([award(0, 180)], at=day(at)).state is state


def test_an_early_renewal_extends_the_unbroken_end() -> None:
    ledger = [award(0, 180), award(180, 360, at=160, kind=EventKind.RENEWED)]
    assert standing(ledger, at=day(159)).until == day(180)
    assert standing(ledger, at=day(170)).until == day(360)
    assert standing(ledger, at=day(200)).is_in_force


def test_a_gap_between_terms_is_not_bridged() -> None:
    ledger = [award(0, 180), award(190, 370)]
    assert standing(ledger, at=day(10)).until == day(180)
    assert standing(ledger, at=day(185)).state is State.LAPSED


def test_a_term_that_has_not_begun_is_pending() -> None:
    found = standing([award(20, 200, at=10)], at=day(15))
    assert (found.state, found.since) == (State.PENDING, day(20))


def test_suspension_stops_and_reinstatement_resumes() -> None:
    ledger = [award(0, 180), entry(EventKind.SUSPENDED, 10), entry(EventKind.REINSTATED, 20)]
    assert [standing(ledger, at=day(at)).state for at in (9, 10, 19, 20)] == [State.IN_FORCE, State.SUSPENDED, State.SUSPENDED, State.IN_FORCE]


def test_a_renewal_does_not_lift_a_suspension_but_a_fresh_award_does() -> None:
    suspended = [award(0, 180), entry(EventKind.SUSPENDED, 170)]
    assert standing([*suspended, award(180, 360, at=175, kind=EventKind.RENEWED)], at=day(181)).state is State.SUSPENDED
    assert standing([*suspended, award(175, 355)], at=day(181)).state is State.IN_FORCE


def test_a_suspension_that_outlives_the_term_reads_as_lapsed() -> None:
    assert standing([award(0, 180), entry(EventKind.SUSPENDED, 10)], at=day(181)).state is State.LAPSED


def test_revocation_ends_every_term_until_a_fresh_award() -> None:
    ledger = [award(0, 180), award(180, 360, at=160, kind=EventKind.RENEWED), entry(EventKind.REVOKED, 170)]
    assert standing(ledger, at=day(200)).state is State.REVOKED
    assert standing([*ledger, award(210, 390)], at=day(220)).state is State.IN_FORCE


def test_what_was_recorded_later_was_not_known() -> None:
    late = LedgerEvent(next(ids), EventKind.SUSPENDED, day(5), day(30))
    ledger = [award(0, 180), late]
    assert standing(known_events(ledger, day(10)), at=day(10)).is_in_force
    assert standing(known_events(ledger, day(30)), at=day(10)).state is State.SUSPENDED


def held(until: float) -> Standing:
    return Standing(State.IN_FORCE, since=day(0), until=day(until))


@pytest.mark.parametrize(
    ("current", "now", "term"),
    [
        (Standing(State.NONE), 0, Term(EventKind.AWARDED, day(0), day(180))),
        (held(180), 149.9, None),
        (held(180), 150, Term(EventKind.RENEWED, day(180), day(360))),
        (held(180), 179.9, Term(EventKind.RENEWED, day(180), day(360))),
        (Standing(State.LAPSED, until=day(180)), 181, Term(EventKind.AWARDED, day(181), day(361))),
        (Standing(State.SUSPENDED, until=day(180)), 20, Term(EventKind.AWARDED, day(20), day(200))),
        (Standing(State.PENDING, since=day(30)), 20, None),
    ],
)
def test_the_next_term_starts_at_the_old_end_inside_the_window_and_now_otherwise(current: Standing, now: float, term: Term | None) -> None:
    assert next_term(current, TermRule(Ending.DURATION, 180, renewal_window_days=30), now=day(now)) == term


@given(st.lists(st.tuples(st.sampled_from(EventKind), st.integers(0, 400), st.integers(1, 200)), max_size=8), st.integers(0, 700))
def test_a_certificate_in_force_always_has_a_term_around_the_instant(history: list[tuple[EventKind, int, int]], at: int) -> None:
    with_terms = {EventKind.AWARDED, EventKind.RENEWED}
    ledger = [award(begin, begin + length, kind=kind) if kind in with_terms else entry(kind, begin) for kind, begin, length in history]
    found = standing(ledger, at=day(at))
    if found.is_in_force:
        assert found.since is not None and found.until is not None
        assert found.since <= day(at) < found.until


def test_a_later_version_covers_an_earlier_requirement() -> None:
    assert is_version_covered([Version(1, 2, 0)], Version(1, 1, 9))
    assert not is_version_covered([Version(1, 0, 9)], Version(1, 1, 0))
    assert not is_version_covered([], Version(1, 0, 0))
