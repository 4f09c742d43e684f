"""Suppositions about an exam that was sat, held against what rulings really do."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, right_response, wrong_response
from tests.exams.judging import person
from tests.exams.sittings import A, B, sat
from training.actors import SYSTEM
from training.db import db
from training.exams import queries, services
from training.exams.models import Attempt, ItemVersion, ScoreRun
from training.exams.queries import PublishedExam
from training.exams.queries.what_if import sat_counts, versions_of_slug
from training.exams.rules.grading import needed_of
from training.exams.rules.rulings import Ruling, RulingKind
from training.exams.rules.saving import Saving
from training.exams.rules.what_if import Supposition, band_between
from training.exams.services.what_if import WhatIf, what_if

LENIENT = {"weighted_percent": 75, "area_percent": 0, "innocent_percent": 0}


@pytest.fixture
def exam(app: object) -> PublishedExam:
    """Four items of 8, 4, 2 and 1 points; 75 % pass, which is 12 of 15."""
    for severity in ("S4", "S3", "S2", "S1"):
        ItemFactory(id=f"item-{severity.lower()}", severity=severity)
    exam = ExamFactory(pass_rule=LENIENT)
    assert isinstance(exam, PublishedExam)
    return exam


def sits(exam: PublishedExam, wrong: str) -> Attempt:
    """Sit it with these items wrong, named by their severities, and all others right."""
    attempt = AttemptFactory(exam=exam)
    for place in queries.form_of(attempt):
        response = wrong_response if place.version.severity in wrong.split() else right_response
        services.save_answer(attempt, Saving(place.position, "window-1", place.position, response(attempt, place.position)), by=SYSTEM, now=NOON)
    services.submit_attempt(attempt, client_id="window-1", by=SYSTEM, now=NOON)
    db.session.commit()
    return attempt


def moves(found: WhatIf) -> dict[str, bool]:
    return {each.attempt: each.would_pass for each in found.moved}


def test_another_cut_moves_those_between_both(exam: PublishedExam) -> None:
    """14 of 15 = 93.3 %, 13 = 86.7 %, 11 = 73.3 %, 7 = 46.7 %."""
    best, good, short, poor = (sits(exam, wrong) for wrong in ("S1", "S2", "S3", "S4"))
    assert [is_passed(attempt) for attempt in (best, good, short, poor)] == [True, True, False, False]
    higher = what_if(exam, Supposition(cut_percent=88))
    assert moves(higher) == {good.public_id: False}, "88 % of 15 are 14 points"
    assert (higher.lost, higher.gained, higher.looked_at) == (1, 0, 2), "less than a point above 88 % is looked at as well"
    assert (higher.passing_before, higher.passing_after) == (0.5, 0.25)
    lower = what_if(exam, Supposition(cut_percent=70))
    assert moves(lower) == {short.public_id: True}
    assert lower.moved[0].share_before == lower.moved[0].share_after == pytest.approx(11 / 15)
    assert moves(what_if(exam, Supposition(cut_percent=75))) == {} == moves(what_if(exam, Supposition()))


def is_passed(attempt: Attempt) -> bool:
    return db.session.get_one(ScoreRun, attempt.current_score_run_id).is_passed


@pytest.mark.parametrize("kind", [RulingKind.DROP, RulingKind.FULL_CREDIT])
@pytest.mark.parametrize("severity", ["s4", "s3"])
def test_what_is_supposed_of_an_item_is_what_its_ruling_would_do(exam: PublishedExam, kind: RulingKind, severity: str) -> None:
    for wrong in ("S1", "S2", "S3", "S4", "S3 S1", "S4 S3", "S2 S1", ""):
        sits(exam, wrong)
    trainer = PersonFactory(roles=["trainer"]).id
    [version_id] = versions_of_slug(f"item-{severity}")
    supposed = what_if(exam, Supposition((version_id,), kind))
    dry = services.try_out(db.session.get_one(ItemVersion, version_id), Ruling(kind), by=person(trainer), now=NOON)
    really = {change.attempt: change.is_passed for change in dry.changes if change.was_passed != change.is_passed}
    assert moves(supposed) == really != {}
    assert supposed.looked_at == 8
    shares = {change.attempt: change.share_after for change in dry.changes}
    assert all(each.share_after == pytest.approx(shares[each.attempt]) for each in supposed.moved)
    assert Counter(run.ordinal for run in db.session.query(ScoreRun)) == {1: 8}, "nothing was written"


def test_an_item_and_a_cut_are_supposed_together(exam: PublishedExam) -> None:
    """Without the item of 8 points: 4 + 2 of 7 are 85.7 %, 2 + 1 of 7 are 42.9 %."""
    missed, perfect, other = sits(exam, "S4 S1"), sits(exam, ""), sits(exam, "S3")
    found = what_if(exam, Supposition(tuple(versions_of_slug("item-s4")), RulingKind.DROP, 80))
    assert moves(found) == {missed.public_id: True}
    assert found.moved[0].share_after == pytest.approx(6 / 7)
    strict = what_if(exam, Supposition(tuple(versions_of_slug("item-s4")), RulingKind.DROP, 90))
    assert moves(strict) == {}
    assert moves(what_if(exam, Supposition(tuple(versions_of_slug("item-s4")), RulingKind.DROP, 40))) == {missed.public_id: True, other.public_id: True}
    assert perfect.public_id not in moves(found)


def test_of_many_the_latest_are_looked_at_and_it_is_said(exam: PublishedExam) -> None:
    attempts = [sits(exam, "S2") for _ in range(3)]
    found = what_if(exam, Supposition(cut_percent=95), most=2)
    assert (found.looked_at, found.is_cut_off, found.passing_after) == (2, True, None)
    assert set(moves(found)) == {attempt.public_id for attempt in attempts[1:]}
    whole = what_if(exam, Supposition(cut_percent=95), most=3)
    assert (whole.looked_at, whole.is_cut_off, whole.passing_after) == (3, False, 0.0)


def test_sequential_attempts_are_counted_apart_and_left_out(exam: PublishedExam) -> None:
    [version_id] = versions_of_slug("item-s4")
    sat(exam, [version_id], [B], mode="sequential", is_passed=False, points=0)
    sat(exam, [version_id], [A], is_passed=True, points=80)
    counts = sat_counts(exam.version_id)
    assert (counts.final, counts.passed, counts.sequential) == (1, 1, 1)
    assert what_if(exam, Supposition((version_id,))).looked_at == 1


@given(st.integers(1, 400), st.integers(0, 400), st.integers(0, 100), st.integers(0, 100))
def test_whoever_meets_one_cut_and_not_the_other_lies_in_the_band(total: int, earned: int, claimed: int, supposed: int) -> None:
    """The band is what the database looks in: nobody outside it may be moved by another cut."""
    band, meets = band_between(claimed, supposed), earned >= needed_of(total, claimed)
    if meets != (earned >= needed_of(total, supposed)):
        assert total * band.low <= earned * 100 < total * band.high + 100
        assert meets == band.passes_now
