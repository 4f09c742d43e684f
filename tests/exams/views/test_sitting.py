from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, case_item, right_response
from tests.exams.views.sittings import Candidate
from training.db import db
from training.exams import queries
from training.exams.models import Attempt

MakeCandidate = Callable[..., Candidate]
SECOND = timedelta(seconds=1)


@pytest.fixture
def sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    someone = candidate()
    return someone, someone.start(ExamFactory())


def send(someone: Candidate, attempt: Attempt, position: int, **form: object) -> object:
    return someone.browser.post(f"/exams/attempts/{attempt.public_id}/{position}", data=form)


def answers(attempt: Attempt) -> dict[int, object]:
    db.session.expire_all()
    return {position: answer.response for position, answer in queries.answers_of(attempt.id).items()}


def test_a_question_stands_alone_on_its_page(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    page = someone.text(attempt, 1)
    assert '<body class="exam">' in page
    assert "Question 1 of 4" in page
    assert "site-nav" not in page
    assert "Sign out" not in page
    assert page.count('name="options"') == 4


def test_without_a_script_a_form_saves_and_goes_on(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    response = send(someone, attempt, 1, options="2", go="next")
    assert response.location.endswith("/2")  # type: ignore[attr-defined]
    assert answers(attempt) == {1: {"options": [2]}}
    assert 'value="2" aria-keyshortcuts="2" data-key-name="Option 2" checked' in someone.text(attempt, 1)


@pytest.mark.parametrize(
    ("position", "go", "where"),
    [(2, "previous", "/1"), (4, "next", "/finish"), (1, "3", "/3"), (1, "finish", "/finish"), (1, "99", "/finish"), (1, "x", "/finish")],
)
def test_each_button_leads_where_it_says(sitting: tuple[Candidate, Attempt], position: int, go: str, where: str) -> None:
    someone, attempt = sitting
    assert send(someone, attempt, position, go=go).location.endswith(where)  # type: ignore[attr-defined]


def test_changing_an_answer_and_flagging_it_is_kept(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    send(someone, attempt, 1, options="2")
    send(someone, attempt, 1, options="3", is_flagged="yes")
    assert answers(attempt) == {1: {"options": [3]}}
    page = someone.text(attempt, 2)
    assert ", answered, flagged" in page
    assert page.count(", not answered") == 3


def test_the_last_page_lists_what_is_unanswered_and_flagged(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    send(someone, attempt, 1, options="2", is_flagged="yes")
    send(someone, attempt, 3, options="2")
    page = someone.text(attempt, "finish")
    assert "2 not answered" in page
    assert "1 flagged" in page
    for position in (1, 2, 4):
        assert f'/{position}" data-exam-link>Question {position}<' in page
    assert "Question 3<" not in page


def test_submitting_without_a_script_shows_the_result(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    for position in range(1, 5):
        send(someone, attempt, position, options=str(right_response(attempt, position)["options"][0]))
    response = someone.browser.post(f"/exams/attempts/{attempt.public_id}/submit")
    assert response.location.endswith("/result")
    assert "Passed" in someone.text(attempt, "result")
    assert someone.browser.post(f"/exams/attempts/{attempt.public_id}/submit").status_code == 302


@pytest.mark.parametrize("value", ["9", "-1", "x", "1" * 10, "²"])
def test_an_option_that_is_not_there_is_refused_in_words(sitting: tuple[Candidate, Attempt], value: str) -> None:
    someone, attempt = sitting
    response = send(someone, attempt, 1, options=value)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "names something that this question does not offer" in response.text  # type: ignore[attr-defined]
    assert answers(attempt) == {}


def test_a_question_that_is_not_on_the_form_does_not_exist(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    assert someone.page(attempt, 5).status_code == 404
    assert send(someone, attempt, 5, options="1").status_code == 404  # type: ignore[attr-defined]


def test_another_persons_attempt_does_not_exist(sitting: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    _, attempt = sitting
    stranger = candidate()
    for path in (1, "finish", "result"):
        assert stranger.page(attempt, path).status_code == 404
    assert send(stranger, attempt, 1, options="1").status_code == 404  # type: ignore[attr-defined]
    for path in ("submit", "1/take-over"):
        assert stranger.browser.post(f"/exams/attempts/{attempt.public_id}/{path}").status_code == 404
    assert answers(attempt) == {}


def test_a_page_beside_a_running_script_says_so_and_takes_over_when_asked(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    someone.post(attempt, "writer", {"client_id": "window-elsewhere"})
    response = send(someone, attempt, 1, options="2")
    assert response.status_code == 409  # type: ignore[attr-defined]
    assert "open in another window" in response.text  # type: ignore[attr-defined]
    assert answers(attempt) == {}
    assert someone.browser.post(f"/exams/attempts/{attempt.public_id}/1/take-over").location.endswith("/1")
    send(someone, attempt, 1, options="2")
    assert answers(attempt) == {1: {"options": [2]}}


def test_after_the_deadline_every_page_leads_to_the_result(candidate: MakeCandidate) -> None:
    person = PersonFactory()
    attempt = AttemptFactory(person=person)
    with time_machine.travel(attempt.deadline_at + 11 * SECOND, tick=False):
        someone = candidate(person)
        for path in (1, "finish"):
            assert someone.page(attempt, path).location.endswith("/result")
        response = send(someone, attempt, 1, options="1")
        assert response.location.endswith("/result")  # type: ignore[attr-defined]
        assert someone.page(attempt, "result").status_code == 302
        page = someone.text(attempt, "result")
    assert "The time ended before you submitted" in page
    assert "1 answer arrived after the end" in page
    db.session.expire_all()
    assert (attempt.state, attempt.finished_at) == ("expired", attempt.deadline_at)


def test_in_the_grace_after_the_deadline_the_page_still_saves(candidate: MakeCandidate) -> None:
    person = PersonFactory()
    attempt = AttemptFactory(person=person)
    with time_machine.travel(attempt.deadline_at + 9 * SECOND, tick=False):
        send(candidate(person), attempt, 1, options="1")
    assert answers(attempt) == {1: {"options": [1]}}
    assert attempt.started_at == NOON


@pytest.fixture
def case_sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    for _ in range(4):
        case_item()
    someone = candidate()
    return someone, someone.start(ExamFactory())


def test_a_case_is_decided_by_a_plain_form(case_sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = case_sitting
    assert "Decide this case as you would at work" in someone.text(attempt, 1)
    send(someone, attempt, 1, actions=["REMOVE", "STRIKE"], primary_label="PRO-03", severity="S3", escalate_to="")
    saved = answers(attempt)[1]
    assert saved == {"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "further_labels": [], "severity": "S3", "escalate_to": None, "evidence": []}
    assert 'value="STRIKE" aria-keyshortcuts' in someone.text(attempt, 1)


def test_half_an_answer_to_a_case_is_saved_too(case_sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = case_sitting
    send(someone, attempt, 2, actions=["REMOVE"])
    assert answers(attempt)[2]["actions"] == ["REMOVE"]  # type: ignore[index]


@pytest.mark.parametrize("form", [{"actions": "DANCE"}, {"primary_label": "ZZZ-99"}, {"evidence": "{"}, {"severity": "S9"}])
def test_a_case_answer_that_cannot_be_read_is_refused_in_words(case_sitting: tuple[Candidate, Attempt], form: dict[str, str]) -> None:
    someone, attempt = case_sitting
    response = send(someone, attempt, 1, **form)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert "Not saved" in response.text  # type: ignore[attr-defined]
    assert answers(attempt) == {}
