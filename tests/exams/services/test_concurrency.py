"""What many do at once, on the real file or server, in threads of this process. What several processes do: `test_simultaneous_starts`."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, right_response
from tests.exams.services.test_ruling import LATER, NEW_KEY, Hall
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import queries as certification
from training.db import begin_writing, db
from training.exams import queries, services
from training.exams.models import ItemVersion
from training.exams.rules.saving import SaveVerdict, Saving

THREADS = 10


def start_once(app: Flask, person_id: int, slug: str) -> str:
    with app.app_context():
        begin_writing()
        attempt = services.start_attempt(person_id, queries.exam_by_slug(slug), allow_public=True, by=SYSTEM, now=NOON)
        public_id = attempt.public_id
        db.session.commit()
    return public_id


def at_once(deed: Callable[[int], Any], count: int) -> list[Any]:
    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(deed, range(count)))


def attempts_of(person_id: int) -> list[Any]:
    db.session.expire_all()
    return list(queries.attempts_of(person_id))


def test_two_hundred_simultaneous_starts_by_one_person_make_one_attempt(app: Flask) -> None:
    person, exam = PersonFactory(), ExamFactory()
    person_id, slug = person.id, exam.slug
    db.session.commit()
    found = at_once(lambda _: start_once(app, person_id, slug), 200)
    assert len(set(found)) == 1
    assert [attempt.ordinal for attempt in attempts_of(person_id)] == [1]


def test_many_people_start_at_once_and_every_use_is_counted(app: Flask) -> None:
    exam = ExamFactory()
    slug, people = exam.slug, [person.id for person in PersonFactory.create_batch(30)]
    db.session.commit()
    assert len(set(at_once(lambda number: start_once(app, people[number], slug), 30))) == 30
    db.session.expire_all()
    assert set(queries.usage_of(people[0], exam, now=NOON).form_counts.values()) == {30}


def save_once(app: Flask, person_id: int, public_id: str, saving: Saving, now: datetime = NOON) -> SaveVerdict:
    with app.app_context():
        begin_writing()
        verdict = services.save_answer(queries.attempt_to_write(person_id, public_id), saving, by=SYSTEM, now=now).verdict
        db.session.commit()
    return verdict


def test_answers_of_one_window_that_arrive_all_at_once_leave_the_newest(app: Flask) -> None:
    attempt = AttemptFactory()
    person_id, public_id = attempt.person_id, attempt.public_id
    db.session.commit()

    def save(number: int) -> SaveVerdict:
        return save_once(app, person_id, public_id, Saving(1, "window", number % 20 + 1, {"options": [number % 4 + 1]}))

    assert set(at_once(save, 60)) <= {SaveVerdict.SAVED, SaveVerdict.STALE}
    db.session.expire_all()
    answer = queries.answers_of(attempt.id)[1]
    assert (answer.sequence, answer.response) == (20, {"options": [4]})


def submit_once(app: Flask, person_id: int, public_id: str) -> str:
    with app.app_context():
        begin_writing()
        attempt = queries.attempt_to_finish(person_id, public_id)
        state = services.submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON).state
        db.session.commit()
    return state


def test_submissions_and_sweeps_at_once_end_in_one_score(app: Flask) -> None:
    attempt = AttemptFactory()
    person_id, public_id = attempt.person_id, attempt.public_id
    for position in range(1, 5):
        services.save_answer(attempt, Saving(position, "window", position, right_response(attempt, position)), by=SYSTEM, now=NOON)
    db.session.commit()

    def deed(number: int) -> str:
        if number % 3 == 0:
            with app.app_context():
                begin_writing()
                services.sweep_expired(NOON)
                db.session.commit()
        return submit_once(app, person_id, public_id)

    assert set(at_once(deed, 40)) == {"submitted"}
    db.session.expire_all()
    run = queries.latest_run(attempt.id)
    assert run is not None
    assert run.ordinal == 1
    assert len(certification.ledger_of(person_id)) == 1


@pytest.mark.parametrize("seconds", [11, 3600])
def test_a_save_and_a_sweep_after_the_deadline_never_both_win(app: Flask, seconds: int) -> None:
    attempt = AttemptFactory()
    person_id, public_id = attempt.person_id, attempt.public_id
    late = attempt.deadline_at + timedelta(seconds=seconds)
    db.session.commit()

    def deed(number: int) -> object:
        if number % 2:
            return save_once(app, person_id, public_id, Saving(1, "window", number, {"options": [1]}), late)
        with app.app_context():
            begin_writing()
            services.sweep_expired(late)
            db.session.commit()
        return SaveVerdict.LATE

    assert set(at_once(deed, 20)) == {SaveVerdict.LATE}
    db.session.expire_all()
    assert queries.answers_of(attempt.id) == {}
    assert attempts_of(person_id)[0].state == "expired"


def test_rulings_about_one_question_at_once_follow_each_other_and_what_is_sent_twice_is_one(app: Flask) -> None:
    hall = Hall()
    hall.sit("b", others_right=2)
    trainers = [hall.trainer.id, PersonFactory(roles=["trainer"]).id]
    version_id, seen = hall.version.id, services.try_out(hall.version, NEW_KEY, by=Actor(ActorKind.PERSON, trainers[0]), now=LATER).digest
    db.session.commit()

    def rule(person_id: int) -> int:
        with app.app_context():
            begin_writing()
            version = db.session.get_one(ItemVersion, version_id)
            made = services.rule(version, NEW_KEY, reason="The clause was amended.", seen=seen, by=Actor(ActorKind.PERSON, person_id), now=LATER)
            ordinal = made.ordinal
            db.session.commit()
        return ordinal

    assert at_once(lambda _: rule(trainers[0]), 10) == [1] * 10
    assert set(at_once(lambda number: rule(trainers[number % 2]), 10)) <= set(range(1, 12))
