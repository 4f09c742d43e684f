"""A trial sitting, as a trainer without a script sits it: the hall's own questions, and no key."""

from collections.abc import Callable

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import NOON, ExamDocumentFactory, ItemFactory, case_item
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.db import db
from training.exams import services
from training.exams.models import ExamTrial

Signing = Callable[[Browser, Person], Browser]


@pytest.fixture
def trial(app: object) -> ExamTrial:
    ItemFactory.create_batch(3)
    case_item()
    trainer = PersonFactory(roles=[Role.TRAINER])
    trial = services.begin_trial(ExamDocumentFactory(title="The exam to be"), allow_public=True, by=Actor(ActorKind.PERSON, trainer.id), now=NOON)
    db.session.commit()
    return trial


@pytest.fixture
def trainer(trial: ExamTrial, browser: Browser, sign_in: Signing) -> Browser:
    person = db.session.get(Person, trial.person_id)
    assert person is not None
    return sign_in(browser, person)


def address(trial: ExamTrial, place: int | str = "") -> str:
    return f"/exams/trials/{trial.public_id}" + (f"/{place}" if place else "")


def place_of_kind(trial: ExamTrial, kind: str) -> int:
    places = [services.trial_place(trial, place) for place in range(1, 5)]
    return next(place.position for place in places if place is not None and place.version.kind == kind)


def test_each_question_is_asked_answered_and_kept(trial: ExamTrial, trainer: Browser) -> None:
    choice = place_of_kind(trial, "single")
    page = trainer.get(address(trial, choice)).text
    assert "A trial: nothing counts" in page and "What do you do?" in page and "The exam to be" in page
    assert "rationale" not in page and "item-x" not in page, "neither the key nor a name"
    answered = trainer.post(address(trial, choice), data={"options": "2", "go": "finish"})
    assert answered.location.endswith(address(trial))
    assert trial.answers == {str(choice): {"options": [2]}}
    assert "checked" in trainer.get(address(trial, choice)).text
    assert "1 of 4" in trainer.get(address(trial)).text


def test_a_case_is_decided_as_in_the_hall(trial: ExamTrial, trainer: Browser) -> None:
    case = place_of_kind(trial, "case")
    assert "Decide this case as you would at work" in trainer.get(address(trial, case)).text
    assert trainer.post(address(trial, case), data={"actions": "REMOVE", "primary_label": "PRO-03", "go": "previous"}).status_code == 302
    assert trial.answers[str(case)]["actions"] == ["REMOVE"]


def test_its_buttons_lead_where_they_say(trial: ExamTrial, trainer: Browser) -> None:
    assert trainer.post(address(trial, 1), data={"go": "next"}).location.endswith(address(trial, 2))
    assert trainer.post(address(trial, 2), data={"go": "previous"}).location.endswith(address(trial, 1))
    assert trainer.post(address(trial, 2), data={"go": "4"}).location.endswith(address(trial, 4))
    assert trainer.post(address(trial, 4), data={"go": "next"}).location.endswith(address(trial))


def test_it_ends_once_and_takes_no_answer_afterwards(trial: ExamTrial, trainer: Browser) -> None:
    for _ in range(2):
        assert trainer.post(address(trial, "end")).status_code == 302
    assert "Ended" in trainer.get(address(trial)).text
    assert trainer.get(address(trial, 1)).location.endswith(address(trial))
    assert trainer.post(address(trial, 1), data={"options": "1"}).status_code == 409


def test_it_is_nobody_else_s_and_has_no_other_places(trial: ExamTrial, browser: Browser, sign_in: Signing) -> None:
    other = sign_in(browser, PersonFactory(roles=[Role.TRAINER]))
    assert [other.get(path).status_code for path in (address(trial), address(trial, 1))] == [404, 404]
    assert [other.post(path).status_code for path in (address(trial, 1), address(trial, "end"))] == [404, 404]


def test_a_place_that_is_not_there_is_not_found(trial: ExamTrial, trainer: Browser) -> None:
    assert [trainer.get(address(trial, place)).status_code for place in ("0", "5", "99")] == [404] * 3
    assert trainer.post(address(trial, 5)).status_code == 404


def test_what_was_tried_out_is_in_one_s_own_file(trial: ExamTrial, trainer: Browser) -> None:
    taken = trainer.get("/account/data.json").json["exam_claims"]["trials"]
    assert [(each["exam"], each["questions"], each["ended_at"]) for each in taken] == [("The exam to be", 4, None)]
