"""A trial sitting counts nowhere, and whoever sits one knows its items."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamDocumentFactory, ItemFactory
from training.accounts.models import Person
from training.actors import Actor, ActorKind
from training.db import db
from training.errors import NotFound, Refusal
from training.exams import queries, services
from training.exams.models import Attempt, ExamTrial, FormUse
from training.exams.queries.trials import trial_for_change, trial_of
from training.exams.rules.reasons import TrialRefusal

pytestmark = pytest.mark.usefixtures("app")
LATER = NOON + timedelta(minutes=9)


def begin(person: Person, **values: object) -> ExamTrial:
    return services.begin_trial(ExamDocumentFactory(**values), allow_public=True, by=Actor(ActorKind.PERSON, person.id), now=NOON)


def refusal_of(person: Person, **values: object) -> object:
    with pytest.raises(Refusal) as refused:
        begin(person, **values)
    return refused.value.reason


def test_whoever_sits_a_trial_never_draws_what_it_showed_and_others_do() -> None:
    ItemFactory.create_batch(4)
    ItemFactory(state="pilot")
    trainer, other = PersonFactory(), PersonFactory()
    trial = begin(trainer, pilot_items=1)
    assert len(trial.places) == 5 and [is_pilot for _, is_pilot in trial.places].count(True) == 1
    terms = queries.Terms(with_public=True)
    assert queries.bank_items(terms, person_id=trainer.id) == [] and len(queries.bank_items(terms, person_id=other.id)) == 4


def test_a_trial_that_is_open_is_gone_on_with_until_it_ends() -> None:
    ItemFactory.create_batch(8)
    trainer = PersonFactory()
    first = begin(trainer, id="exam-new")
    assert begin(trainer, id="exam-new") is first and begin(trainer, id="exam-other") is not first
    services.end_trial(first, now=LATER)
    assert begin(trainer, id="exam-new") is not first


def test_nothing_of_it_counts() -> None:
    ItemFactory.create_batch(4)
    trial = begin(PersonFactory())
    services.answer_trial(trial, 1, {"options": [1]})
    services.end_trial(trial, now=LATER)
    assert [db.session.scalar(select(func.count()).select_from(model)) for model in (Attempt, FormUse)] == [0, 0]


def test_its_places_stay_as_they_were_drawn() -> None:
    ItemFactory.create_batch(4)
    trial = begin(PersonFactory())
    first = [services.trial_place(trial, place) for place in range(1, 5)]
    assert first == [services.trial_place(trial, place) for place in range(1, 5)] and None not in first
    assert services.trial_place(trial, 0) is None and services.trial_place(trial, 5) is None


def test_an_answer_is_kept_until_it_ends_and_an_end_is_kept_once() -> None:
    ItemFactory.create_batch(4)
    trial = begin(PersonFactory())
    services.answer_trial(trial, 2, {"options": [1]})
    services.answer_trial(trial, 2, {"options": [3]})
    services.end_trial(trial, now=LATER)
    services.end_trial(trial, now=LATER + timedelta(minutes=1))
    assert (trial.answers, trial.ended_at) == ({"2": {"options": [3]}}, LATER)
    with pytest.raises(Refusal) as refused:
        services.answer_trial(trial, 1, {"options": [1]})
    assert refused.value.reason is TrialRefusal.OVER


def test_a_bank_that_cannot_fill_a_form_and_an_exam_that_one_sits_refuse_it() -> None:
    ItemFactory.create_batch(4)
    assert refusal_of(PersonFactory(), item_count=5, cells=({"area": "PRO", "minimum": 5, "maximum": 5},)) is TrialRefusal.CANNOT_FILL
    sitter = PersonFactory()
    AttemptFactory(person=sitter)
    assert refusal_of(sitter) is TrialRefusal.SITTING


def test_another_s_trial_does_not_exist() -> None:
    ItemFactory.create_batch(4)
    trial, other = begin(mine := PersonFactory()), PersonFactory()
    assert trial_of(mine.id, trial.public_id) is trial is trial_for_change(mine.id, trial.public_id)
    for asked in (trial_of, trial_for_change):
        with pytest.raises(NotFound):
            asked(other.id, trial.public_id)
