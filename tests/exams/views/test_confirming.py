"""A sequential attempt on its pages: it says first that answers are final, asks before they are, and ends by itself."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.exams.factories import ExamFactory, right_response, wrong_response
from tests.exams.renewing import holder, renewing_exam
from tests.exams.views.sittings import WINDOW, Candidate
from training.certification import queries as certification
from training.db import db
from training.exams.models import Attempt

MakeCandidate = Callable[..., Candidate]


@pytest.fixture
def renewing(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    exam = renewing_exam()
    someone = candidate(holder(now=datetime.now(UTC)))
    return someone, someone.start(exam)


def confirm(someone: Candidate, attempt: Attempt, position: int, *, client_id: str = WINDOW) -> Any:
    return someone.post(attempt, "confirmation", {"client_id": client_id, "position": position})


def by_form(someone: Candidate, attempt: Attempt, position: int, *, is_right: bool) -> Any:
    response = right_response(attempt, position) if is_right else wrong_response(attempt, position)
    path = f"/exams/attempts/{attempt.public_id}/{position}/confirmation"
    return someone.browser.post(path, data={"options": response["options"][0], "go": "final"})


def test_the_page_says_first_that_answers_are_final_and_shows_no_way_back(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    page = someone.text(attempt, 1)
    assert "Each answer is final once you confirm it" in page
    assert "after 20 questions at the earliest, after 60 at the latest" in page
    assert "exam-palette" not in page
    assert 'value="previous"' not in page
    assert "Question 1 of" not in page


def test_a_plain_form_asks_before_it_confirms(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    path = f"/exams/attempts/{attempt.public_id}/1"
    asked = someone.browser.post(path, data={"options": "2", "go": "confirm"})
    assert asked.location.endswith("/1?confirm=ask#exam-sure")
    page = someone.browser.get(asked.location).get_data(as_text=True)
    assert "Is this your final answer?" in page
    assert 'id="exam-confirm" hidden' in page
    assert someone.attempt().confirmed_count == 0


def test_a_plain_form_goes_through_to_the_result(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    for position in range(1, 30):
        assert by_form(someone, attempt, position, is_right=True).location.endswith(f"/{position + 1}")
    assert by_form(someone, attempt, 30, is_right=True).location.endswith("/result")
    assert "Passed: " in someone.text(attempt, "result")


def test_a_script_confirms_what_is_saved(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    someone.save(attempt, 1, right_response(attempt, 1))
    answer = confirm(someone, attempt, 1)
    assert (answer.status_code, answer.json["next"].rsplit("/", 1)[1]) == (200, "2")
    assert confirm(someone, attempt, 1).json == answer.json
    late = someone.save(attempt, 1, wrong_response(attempt, 1), sequence=2)
    assert (late.status_code, late.json["verdict"]) == (409, "final")
    assert "final" in late.json["message"]


def test_nothing_is_confirmed_ahead_nor_from_another_window(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    someone.save(attempt, 1, right_response(attempt, 1))
    assert confirm(someone, attempt, 5).json["error"] == "sitting_not_reached"
    assert confirm(someone, attempt, 1, client_id="another-window").status_code == 409
    assert confirm(someone, attempt, -1).status_code == 422


def test_a_final_or_later_question_leads_to_the_one_at_hand(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    by_form(someone, attempt, 1, is_right=False)
    assert someone.page(attempt, 1).location.endswith("/2")
    assert someone.page(attempt, 9).location.endswith("/2")
    assert someone.page(attempt, 2).status_code == 200


def test_stopping_early_is_possible_and_says_that_it_does_not_pass(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    assert "counts as not passed" in someone.text(attempt, "finish")
    someone.browser.post(f"/exams/attempts/{attempt.public_id}/submit")
    assert "Not passed" in someone.text(attempt, "result")


def test_another_persons_attempt_cannot_be_confirmed(renewing: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    _, attempt = renewing
    stranger = candidate()
    assert confirm(stranger, attempt, 1).status_code == 404
    assert stranger.browser.post(f"/exams/attempts/{attempt.public_id}/1/confirmation", data={"options": "1"}).status_code == 404
    db.session.expire_all()


def test_a_fixed_form_confirms_nothing(candidate: MakeCandidate) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    assert confirm(someone, attempt, 1).json["error"] == "sitting_nothing_to_confirm"


def test_the_exams_page_says_beforehand_how_a_renewal_goes(candidate: MakeCandidate) -> None:
    exam = renewing_exam()
    someone = candidate(holder(now=datetime.now(UTC)))
    page = " ".join(someone.browser.get(f"/exams/{exam.slug}").get_data(as_text=True).split())
    assert "Your renewal: one question after another, 20 to 60 of them" in page
    assert "Each answer is final once you confirm it." in page
    assert "This is try 1 of 3 in this form." in page
    assert "1 h 15 min" in page
    other = candidate().browser.get(f"/exams/{exam.slug}").get_data(as_text=True)
    assert "12 questions in 15 minutes" in other
    assert "Each answer is final" not in other


def test_the_result_and_the_certificate_carry_the_claim(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    for position in range(1, 31):
        by_form(someone, attempt, position, is_right=True)
    claim = "A person whose true accuracy on the exam's bank is 80 % or lower is certified with probability at most 5 % per cycle, retakes included."
    page = " ".join(someone.text(attempt, "result").split()).replace("&#39;", "'")
    assert claim in page
    assert "The exam ended when your answers had decided it." in page
    assert "Needed" not in page
    event = certification.ledger_of(someone.person.id)[0]
    verified = " ".join(someone.browser.get(f"/verify/{event.public_id}").get_data(as_text=True).split()).replace("&#39;", "'")
    assert claim in verified


def test_a_stop_is_said_in_words(renewing: tuple[Candidate, Attempt]) -> None:
    someone, attempt = renewing
    for position in range(1, 21):
        by_form(someone, attempt, position, is_right=position % 2 == 0)
    page = " ".join(someone.text(attempt, "result").split())
    assert "The exam ended early" in page
    assert "Right: 10 of 20." in page or "20 answers are too few to decide" in page
