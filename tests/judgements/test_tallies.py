"""What judgements add up to is kept as they are appended, and is what adding them up anew says."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.judgements.answers import NOW, answered
from tests.judgements.factories import JudgementFactory
from tests.statements import counted
from tests.threads import at_once
from training.cases.models import Case, CaseReference, CaseVersion
from training.cases.rules import DEFERRING, Action
from training.db import begin_writing, db
from training.judgements.models import Judgement, PersonTally
from training.judgements.queries import tallies_of
from training.judgements.rules import CaseAnswer, Countable, Dimension, Source, Treatment
from training.judgements.services import keep_tallies, record_judgements, restate_judgements

COUNTS = [column.name for column in PersonTally.__table__.c if not column.primary_key and column.name not in {"seconds_sum", "last_at"}]
ANSWERS = st.builds(
    CaseAnswer,
    actions=st.frozensets(st.sampled_from([Action.APPROVE, Action.REMOVE, Action.STRIKE, Action.REQUEST_INFO, Action.ESCALATE]), max_size=2),
    labels=st.sampled_from([(), ("PRO-03",), ("OUT-00",), ("OUT-01",), ("SXM-04",)]),
    seconds=st.none() | st.integers(1, 400).map(float),
)


def acts(actions: list[str]) -> bool | None:
    """Whether a decision acts, said once more and otherwise than the rules say it."""
    if set(actions) - {"APPROVE", *DEFERRING}:
        return True
    return None if actions and "APPROVE" not in actions else False


def places_of(judgement: Judgement, version: CaseVersion, reference: CaseReference) -> Iterator[tuple[str, str]]:
    yield "area", judgement.area
    if judgement.source != "exam":
        order = [action.value for action in Action]
        yield "surface", judgement.surface
        yield "language", version.language
        yield "decision", "+".join(sorted(reference.decisions[0], key=order.index))
        yield "labels", f"{reference.labels[0]}>{judgement.answer['primary_label'] or ''}"
        if reference.severity:
            yield "severity", reference.severity


def counted_in(judgement: Judgement, reference: CaseReference) -> Iterator[str]:
    if not judgement.is_first_exposure:
        yield "repeat_count"
        return
    yield "count"
    if judgement.is_strict:
        yield "right"
    if judgement.source == "exam":
        return
    wanted, done = acts(reference.decisions[0]), acts(judgement.answer["actions"])
    if wanted is not None and (judgement.is_strict or wanted == done):
        yield "hits" if wanted else "correct_rejections"
    yield from {"false_negative": ["misses"], "false_positive": ["false_alarms"], "wrong_selection": ["wrong_selections"]}.get(judgement.error or "", [])
    if judgement.is_critical_miss:
        yield "critical_misses"
    if judgement.seconds is not None:
        yield "timed_count"


Row = tuple[int, str, str, str]


def added_up() -> tuple[dict[Row, dict[str, int]], dict[Row, float], dict[Row, datetime]]:
    """The counts, seconds and last instants that the whole ledger says."""
    counts: dict[Row, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    seconds: dict[Row, float] = defaultdict(float)
    last: dict[Row, datetime] = {}
    asked = select(Judgement, CaseVersion, CaseReference).join(CaseVersion, CaseVersion.id == Judgement.case_version_id)
    rows = db.session.execute(asked.join(CaseReference, CaseReference.id == Judgement.reference_id)).all()
    replaced = {judgement.corrects_id for judgement, *_ in rows}
    for judgement, version, reference in rows:
        if judgement.id in replaced or judgement.is_withdrawn:
            continue
        for dimension, key in places_of(judgement, version, reference):
            row = (judgement.person_id, judgement.source, dimension, key)
            last[row] = max(last.get(row, judgement.given_at), judgement.given_at)
            for name in counted_in(judgement, reference):
                counts[row][name] += 1
                seconds[row] += (judgement.seconds or 0) if name == "timed_count" else 0
    return counts, seconds, last


def assert_kept_is_added_up() -> None:
    counts, seconds, last = added_up()
    rows = {(row.person_id, row.source, row.dimension, row.key): row for row in db.session.scalars(select(PersonTally))}
    kept = {key: row for key, row in rows.items() if row.count or row.repeat_count}
    assert not any(getattr(row, name) for key, row in rows.items() if key not in kept for name in COUNTS), "what was taken away leaves nothing"
    assert {key: {name: getattr(row, name) for name in COUNTS} for key, row in kept.items()} == counts
    assert {key: row.seconds_sum for key, row in kept.items()} == {key: pytest.approx(seconds[key]) for key in kept}
    assert {key: row.last_at for key, row in kept.items()} == last


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_answers=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2), st.sampled_from(Source), ANSWERS), min_size=1, max_size=12))
def test_what_is_kept_is_what_the_ledger_adds_up_to(pool: list[Case], people: list[int], given_answers: list[tuple[int, int, Source, CaseAnswer]]) -> None:
    """The database is not emptied between the examples: each adds to what is there."""
    record_judgements([answered(pool[case], people[person], source, answer) for case, person, source, answer in given_answers])
    db.session.commit()
    db.session.expire_all()
    assert_kept_is_added_up()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.lists(st.tuples(st.integers(0, 14), st.integers(0, 2), st.sampled_from(Source), ANSWERS), min_size=1, max_size=6),
    later=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 14), st.sampled_from(Treatment), ANSWERS), min_size=1, max_size=8),
)
def test_what_stands_in_for_others_is_counted_in_their_place(
    pool: list[Case], people: list[int], first: list[tuple[int, int, Source, CaseAnswer]], later: list[tuple[int, int, Treatment, CaseAnswer]]
) -> None:
    given_first = [answered(pool[case], people[person], source, answer) for case, person, source, answer in first]
    record_judgements(given_first)
    for which, other, treatment, answer in later:
        before, another = given_first[which % len(given_first)], pool[other]
        restate_judgements([replace(before, answer=answer, reference_id=another.current_reference_id or 0, treatment=treatment)], now=NOW)
    db.session.commit()
    db.session.expire_all()
    assert_kept_is_added_up()


def test_what_was_recorded_before_is_not_counted_again(pool: list[Case], people: list[int]) -> None:
    once = answered(pool[0], people[0], Source.PRACTICE, CaseAnswer(frozenset({Action.REMOVE}), ("PRO-03",)))
    record_judgements([once, once])
    record_judgements([once])
    db.session.commit()
    assert_kept_is_added_up()
    assert db.session.scalars(select(PersonTally.count).where(PersonTally.dimension == "area")).all() == [1]


def test_however_many_answers_there_are_one_statement_keeps_them(pool: list[Case], people: list[int]) -> None:
    given_answers = [answered(case, person, Source.PRACTICE, CaseAnswer()) for case in pool for person in people]
    with counted() as statements:
        record_judgements(given_answers)
    assert len([statement for statement in statements if "person_tallies" in statement]) == 1


def test_writers_who_go_through_the_same_people_from_both_ends_never_wait_in_a_ring(app: Flask) -> None:
    people = [person.id for person in PersonFactory.create_batch(40)]
    turns = count()

    def count_all() -> None:
        order = people if next(turns) % 2 else people[::-1]
        begin_writing()
        for _again in range(3):
            keep_tallies([one_right_answer(person_id) for person_id in order])

    assert at_once(app, count_all, 4) == [None] * 4
    db.session.expire_all()
    assert db.session.scalars(select(PersonTally.count).distinct()).all() == [12]


def one_right_answer(person_id: int) -> Countable:
    keys = dict.fromkeys(Dimension, "key")
    return Countable(person_id, Source.PRACTICE, keys, True, True, True, None, False, True, 30.0, NOW)


def test_peoples_rows_are_read_apart(app: Flask, people: list[int]) -> None:
    JudgementFactory(person_id=people[0])
    JudgementFactory(person_id=people[0], case=CaseFactory(area="IPR"), source="exam")
    JudgementFactory(person_id=people[1])
    found = tallies_of(people[:2], dimensions=[Dimension.AREA, Dimension.SURFACE])
    assert found.keys() == set(people[:2])
    assert {key: tally.count for key, tally in found[people[0]].items()} == {
        (Source.EXAM, Dimension.AREA, "IPR"): 1,
        (Source.PRACTICE, Dimension.AREA, "PRO"): 1,
        (Source.PRACTICE, Dimension.SURFACE, "listing"): 1,
    }
