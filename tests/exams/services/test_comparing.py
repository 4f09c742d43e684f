"""A ruling changes which answers are wrong: the wrong answers of the cohorts that it touched are compared again, and everything that was noted stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, OPTIONS, AttemptFactory, ExamFactory, ItemFactory, right_response
from tests.exams.services.test_ruling import SITE
from training.actors import SYSTEM, Actor, ActorKind
from training.db import db
from training.exams import queries, services
from training.exams.models import Attempt, SignalTally, SimilarityRepeat, SimilarityRun
from training.exams.rules.integrity.kinds import ReviewOutcome
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.saving import Saving
from training.exams.tasks import compare_wrong_answers, count_signals, repeat_comparisons

pytestmark = pytest.mark.usefixtures("app")

MINUTE = timedelta(minutes=1)
NEXT_DAY, MUCH_LATER = NOON + timedelta(hours=14), NOON + timedelta(days=30)
COPIED = 9
"""Wrong answers in common: the pair stands out, with one fewer it would not."""


def answer_sheet(attempt: Attempt, chosen: Mapping[str, str]) -> None:
    """Answer by the stored keys but for these items, by their families and the option chosen instead."""
    for place in queries.form_of(attempt):
        option = chosen.get(place.version.family)
        response: Any = {"options": [place.option_order.index(option) + 1]} if option else right_response(attempt, place.position)
        services.save_answer(attempt, Saving(place.position, "window", place.position, response), by=SYSTEM, now=NOON + place.position * MINUTE / 2)
    services.submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + 14 * MINUTE)


class Cohort:
    """Twelve who sat the same exam of twenty items; the first two gave the same other answers than everybody to nine of them."""

    def __init__(self, **first_item: Any) -> None:
        made = [ItemFactory(**first_item), *ItemFactory.create_batch(19)]
        self.versions = [item.current_version for item in made]
        families = [version.family for version in self.versions]
        exam = ExamFactory(item_count=20, cells=({"area": "PRO", "minimum": 20, "maximum": 20},))
        self.attempts: list[Attempt] = [AttemptFactory(exam=exam) for _ in range(12)]
        for number, attempt in enumerate(self.attempts):
            answer_sheet(attempt, dict.fromkeys(families[:COPIED], "c") if number < 2 else {families[number]: "b"})
        db.session.commit()
        count_signals(NOON + timedelta(hours=8))
        db.session.commit()
        self.compare(NEXT_DAY)

    @property
    def tallies(self) -> list[SignalTally]:
        db.session.expire_all()
        return [db.session.get_one(SignalTally, attempt.id) for attempt in self.attempts]

    def compare(self, now: datetime) -> None:
        compare_wrong_answers(now)
        repeat_comparisons(now)
        db.session.commit()

    def rule(self, ruling: Ruling, version: int = 0, *, now: datetime = MUCH_LATER) -> int:
        ruled, trainer = self.versions[version], Actor(ActorKind.PERSON, PersonFactory(roles=["trainer"]).id)
        digest = services.try_out(ruled, ruling, by=trainer, now=now).digest
        made = services.rule(ruled, ruling, reason="The clause was read wrongly.", seen=digest, by=trainer, now=now)
        db.session.commit()
        while services.carry_on(site_url=SITE, now=now + BEGINS_AFTER):
            db.session.commit()
        return made.id

    def similar(self) -> list[int]:
        return [tally.similar_count for tally in self.tallies]

    def noted(self, number: int = 0) -> list[str]:
        return [signal.kind for signal in queries.signals_of(self.attempts[number].id) if signal.kind.startswith("similarity")]

    def review(self, outcome: ReviewOutcome, *numbers: int) -> None:
        for number in numbers:
            by = Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
            services.close_review(self.attempts[number], outcome, note="They had the same lesson.", by=by, now=NEXT_DAY)
        db.session.commit()


RIGHT_AFTER_ALL = Ruling(RulingKind.EITHER_KEY, {"correct": ["c"]})
KEY_WAS_C = tuple(option | {"correct": option["id"] == "c"} for option in OPTIONS)
NOBODY = [0] * 12
FIRST_TWO = [1, 1, *[0] * 10]


def test_a_pair_that_no_longer_stands_out_waits_for_nobody_and_what_was_noted_stays() -> None:
    cohort = Cohort()
    assert cohort.similar() == FIRST_TWO
    ruling_id = cohort.rule(RIGHT_AFTER_ALL)
    assert cohort.similar() == FIRST_TWO
    cohort.compare(MUCH_LATER)
    assert cohort.similar() == NOBODY
    assert not any(tally.is_waiting for tally in cohort.tallies)
    assert cohort.noted(0) == cohort.noted(1) == ["similarity", "similarity_gone"]
    gone = queries.signals_of(cohort.attempts[0].id)[-1]
    assert (gone.figures, gone.recorded_at) == ({"other": cohort.attempts[1].public_id, "ruling": ruling_id}, MUCH_LATER)
    (run,) = db.session.scalars(select(SimilarityRun))
    assert (run.attempt_count, run.pair_count, run.found_count) == (12, 66, 1)
    assert queries.repeated_for(ruling_id) == queries.Repeated(asked_count=1, done_count=1, found_count=0, gone_count=1)


def test_a_pair_that_stands_out_since_a_ruling_waits_for_a_look() -> None:
    cohort = Cohort(options=KEY_WAS_C)
    assert cohort.similar() == NOBODY
    ruling_id = cohort.rule(Ruling(RulingKind.NEW_KEY, {"correct": ["a"]}))
    cohort.compare(MUCH_LATER)
    assert cohort.similar() == FIRST_TWO
    assert [tally.is_waiting for tally in cohort.tallies] == [True, True, *[False] * 10]
    (signal,) = (signal for signal in queries.signals_of(cohort.attempts[0].id) if signal.kind == "similarity")
    assert (signal.figures["identical"], signal.figures["pairs"], signal.figures["ruling"]) == (COPIED, 66, ruling_id)


def test_what_counts_for_nobody_any_more_is_compared_no_more() -> None:
    cohort = Cohort()
    cohort.rule(Ruling(RulingKind.DROP))
    cohort.compare(MUCH_LATER)
    assert cohort.similar() == NOBODY


def test_what_was_reviewed_stays_reviewed_and_is_looked_at_again_only_where_something_was_found() -> None:
    cohort = Cohort()
    cohort.review(ReviewOutcome.NOTHING_FOUND, 0)
    cohort.review(ReviewOutcome.DISPUTED, 1)
    cohort.rule(RIGHT_AFTER_ALL)
    cohort.compare(MUCH_LATER)
    assert [(tally.outcome, tally.is_waiting) for tally in cohort.tallies[:2]] == [("nothing_found", False), ("disputed", True)]
    assert [[review.outcome for review in queries.reviews_of(attempt.id)] for attempt in cohort.attempts[:2]] == [["nothing_found"], ["disputed"]]


def test_a_reviewed_attempt_that_stands_out_anew_waits_and_keeps_its_review() -> None:
    cohort = Cohort(options=KEY_WAS_C)
    cohort.review(ReviewOutcome.NOTHING_FOUND, 0)
    cohort.rule(Ruling(RulingKind.NEW_KEY, {"correct": ["a"]}))
    cohort.compare(MUCH_LATER)
    assert (cohort.tallies[0].outcome, cohort.tallies[0].is_waiting) == ("nothing_found", True)


def test_a_pair_that_stands_out_still_is_noted_once() -> None:
    cohort = Cohort()
    ruling_id = cohort.rule(Ruling(RulingKind.FULL_CREDIT), version=10)
    cohort.compare(MUCH_LATER)
    assert (cohort.similar(), cohort.noted()) == (FIRST_TWO, ["similarity"])
    assert queries.repeated_for(ruling_id) == queries.Repeated(1, 1, 0, 0)


def test_two_workers_that_repeat_at_once_note_everything_once() -> None:
    cohort = Cohort()
    cohort.rule(RIGHT_AFTER_ALL)
    first, second = services.compare_again(), services.compare_again()
    assert first is not None
    assert first == second
    for found in (first, second):
        services.keep_repetition(found, now=MUCH_LATER)
        db.session.commit()
    assert services.compare_again() is None
    assert (cohort.similar(), cohort.noted()) == (NOBODY, ["similarity", "similarity_gone"])


def test_a_ruling_that_changes_nobody_asks_for_nothing_and_one_after_another_each_for_its_own() -> None:
    cohort = Cohort()
    cohort.rule(RIGHT_AFTER_ALL)
    cohort.rule(Ruling(RulingKind.EITHER_KEY, {"correct": ["c"]}), version=19)
    assert len(_asked()) == 1
    cohort.rule(Ruling(RulingKind.FULL_CREDIT), version=10, now=MUCH_LATER + MINUTE)
    assert len(_asked()) == 2
    cohort.compare(MUCH_LATER + MINUTE)
    assert cohort.noted() == ["similarity", "similarity_gone"]


def _asked() -> Sequence[int]:
    return db.session.scalars(select(SimilarityRepeat.ruling_id)).all()


def test_an_exam_that_was_not_compared_yet_is_compared_once_by_the_new_key() -> None:
    cohort = Cohort()
    for tally in cohort.tallies:
        tally.compared_at = None
    db.session.commit()
    ruling_id = cohort.rule(RIGHT_AFTER_ALL)
    assert queries.repeated_for(ruling_id).asked_count == 0


def test_while_a_ruling_is_carried_out_no_cohort_is_compared() -> None:
    cohort = Cohort()
    for tally in cohort.tallies:
        tally.compared_at = None
    trainer = Actor(ActorKind.PERSON, PersonFactory(roles=["trainer"]).id)
    digest = services.try_out(cohort.versions[0], RIGHT_AFTER_ALL, by=trainer, now=MUCH_LATER).digest
    services.rule(cohort.versions[0], RIGHT_AFTER_ALL, reason="The clause was read wrongly.", seen=digest, by=trainer, now=MUCH_LATER)
    assert services.compare_cohorts(MUCH_LATER) == []
    while services.carry_on(site_url=SITE, now=MUCH_LATER + BEGINS_AFTER):
        db.session.commit()
    assert len(services.compare_cohorts(MUCH_LATER)) == 1
