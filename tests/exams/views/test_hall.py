from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.exams.factories import AttemptFactory, ExamFactory, ItemFactory, right_response, wrong_response
from tests.exams.renewing import holder, renewing_exam
from tests.exams.views.sittings import WINDOW, Candidate
from training import clock
from training.certification.queries import certification_by_slug
from training.exams import queries
from training.exams.models import Attempt

MakeCandidate = Callable[..., Candidate]


def finish(candidate: Candidate, attempt: Attempt, *, passes: bool) -> None:
    for position in range(1, 5):
        response = right_response(attempt, position) if passes else wrong_response(attempt, position)
        candidate.save(attempt, position, response, sequence=position)
    candidate.post(attempt, "submission", {"client_id": WINDOW})


def test_nobody_sees_exams_without_signing_in(browser: Browser) -> None:
    assert browser.get("/exams").status_code == 302
    assert browser.get("/exams/anything").status_code == 302


def test_without_exams_the_list_says_what_would_fill_it(candidate: MakeCandidate) -> None:
    assert "Exams appear here when the training team publishes one" in candidate().browser.get("/exams").text


def test_the_list_says_how_i_stand_with_each_exam(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    someone = candidate()
    assert "You can start whenever you are ready" in someone.browser.get("/exams").text
    attempt = someone.start(exam)
    assert "You are in the middle of it" in someone.browser.get("/exams").text
    finish(someone, attempt, passes=False)
    page = someone.browser.get("/exams").text
    assert "You can start again from" in page
    assert "Not passed" in page


def test_an_exam_that_is_not_being_sat_says_which_other_of_its_certificate_is(candidate: MakeCandidate) -> None:
    sat = ExamFactory(title="Typing", gating=False)
    other = ExamFactory(title="Replies", gating=False, certification=sat.document.certification)
    someone = candidate()
    someone.start(sat)
    page = someone.browser.get("/exams").text
    assert page.count("You are in the middle of it") == page.count("Go on</a>") == 1
    assert "You are sitting “Typing” for the same certificate. Finish it first." in page
    assert "Start the exam" not in someone.browser.get(f"/exams/{other.slug}").text
    assert "Typing" in someone.browser.get("/").text.partition('id="next"')[2][:200]


def test_a_paused_attempt_goes_on_and_is_not_called_over(candidate: MakeCandidate, as_role: Callable[..., Browser]) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    as_role("trainer").post(f"/exams/desk/running/{attempt.public_id}/pause", data={"pause-reason": "The power in the room failed."})
    with time_machine.travel(attempt.deadline_at + timedelta(hours=1), tick=False):
        page = someone.browser.get("/exams").text
    assert "A trainer has paused it, and its time stands still." in page
    assert "Paused" in page.partition('id="attempts"')[2] and "Result<span" not in page


def test_the_page_says_rules_length_and_my_deadline(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    page = candidate().browser.get(f"/exams/{exam.slug}").text
    assert "4 questions in 15 minutes" in page
    assert "At least 75 % of the points" in page
    assert "No critical miss" in page
    assert "Ends, if you start now" in page
    assert "WIB" in page
    assert "Start the exam" in page


def test_accommodations_are_said_with_how_the_time_came_about(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    someone = candidate(accommodations={"time_multiplier": 1.5, "extra_break_seconds": 600}, time_zone="Europe/Berlin")
    page = someone.browser.get(f"/exams/{exam.slug}").text
    for words in ("15 min", "× 1.5", "10 min", "32 min 30 s", "CET"):
        assert words in page


@pytest.mark.parametrize(
    ("at", "ends"),
    [("2026-10-25T00:50:00+00:00", "25 Oct 2026, 02:05 CET"), ("2026-03-29T00:50:00+00:00", "29 Mar 2026, 03:05 CEST")],
)
def test_an_exam_over_the_change_of_the_clocks_keeps_its_fifteen_minutes(candidate: MakeCandidate, at: str, ends: str) -> None:
    with time_machine.travel(datetime.fromisoformat(at), tick=False):
        exam = ExamFactory()
        someone = candidate(time_zone="Europe/Berlin")
        assert ends in someone.browser.get(f"/exams/{exam.slug}").text
        attempt = someone.start(exam)
        assert ends in someone.text(attempt, 1)
        assert someone.page(attempt, "status").json["deadline_text"] == ends
    assert attempt.deadline_at - attempt.started_at == timedelta(minutes=15)


def test_the_power_meter_is_said_in_words(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    page = " ".join(candidate().browser.get(f"/exams/{exam.slug}").text.split())
    assert "Somebody who decides 95 of 100 such questions right passes about 99 times in 100 at the first try." in page
    assert "Somebody who decides 85 right passes 89 times in 100, and over 99 in 3 tries." in page
    assert "With 4 questions an exam cannot tell them apart well" in page


TYPED = {
    "kind": "typing",
    "typing": {"passage": "We have read your letter and looked at the parcel again. " * 6, "words_a_minute": 40},
    "options": (),
    **dict.fromkeys(("area", "severity", "decision_class", "rationale")),
    "clauses": (),
}


def test_an_exam_of_typing_alone_says_nothing_of_cases_or_of_chances(candidate: MakeCandidate) -> None:
    ItemFactory(**TYPED)
    quota = {"kind": "typing", "minimum": 1, "maximum": 1}
    retakes = {"cooldown_hours": (1, 24), "attempts": 6, "per_days": 30}
    exam = ExamFactory(gating=False, item_count=1, cells=(quota,), pass_rule={"weighted_percent": 100, "area_percent": 0}, retakes=retakes)
    page = " ".join(candidate().browser.get(f"/exams/{exam.slug}").text.split())
    assert "At least 100 % of the points.</li>" in page
    assert "the words a minute" in page
    assert "you can start again after 1 hour, then 24 hours; 6 attempts in 30 days" in page
    for words in ("critical miss", "nothing is wrong", "A case is right", "read and marked by people", "How well this exam tells"):
        assert words not in page, words


def test_an_exam_without_a_pause_can_be_started_again_at_once(candidate: MakeCandidate) -> None:
    exam = ExamFactory(retakes={"cooldown_hours": (0,), "attempts": 20, "per_days": 30})
    page = " ".join(candidate().browser.get(f"/exams/{exam.slug}").text.split())
    assert "you can start again at once; 20 attempts in 30 days" in page
    assert "and over 99 in 20 tries" in page


def test_what_is_still_to_do_stands_there_instead_of_the_button(candidate: MakeCandidate) -> None:
    other = CertificationFactory(id="cert-first")
    CertificationFactory(id="cert-x", needs={"exam": "exam-one", "prerequisites": [other.slug]})
    exam = ExamFactory(id="exam-one", certification="cert-x")
    someone = candidate()
    page = someone.browser.get(f"/exams/{exam.slug}").text
    assert "To do first" in page
    assert "/certificates/cert-first" in page
    assert "Start the exam" not in page
    refused = someone.browser.post(f"/exams/{exam.slug}/start")
    assert refused.status_code == 409
    assert "This exam is the last step" in refused.text


def test_starting_leads_to_the_first_question_and_again_to_the_same_attempt(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    someone = candidate()
    first = someone.browser.post(f"/exams/{exam.slug}/start")
    second = someone.browser.post(f"/exams/{exam.slug}/start")
    assert first.location == second.location
    assert first.location.endswith("/1")


def test_a_retake_before_its_time_is_refused_in_words(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    someone = candidate()
    finish(someone, someone.start(exam), passes=False)
    refused = someone.browser.post(f"/exams/{exam.slug}/start")
    assert refused.status_code == 409
    assert "You cannot start again yet" in refused.text
    page = someone.browser.get(f"/exams/{exam.slug}").text
    assert "You can start again from" in page
    assert "A pause follows each attempt" in page


def test_a_bank_without_enough_new_questions_says_so_and_costs_no_attempt(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    ItemFactory(id=queries.bank_items(queries.Terms(with_public=True))[0].pool_item.slug, state="retired")
    someone = candidate()
    refused = someone.browser.post(f"/exams/{exam.slug}/start")
    assert refused.status_code == 409
    assert "This cost you no attempt" in refused.text
    assert "Start the exam" in someone.browser.get(f"/exams/{exam.slug}").text


@pytest.mark.parametrize("path", ["/exams/nothing-here", "/exams/attempts/nothing-here/1"])
def test_what_does_not_exist_is_not_found(candidate: MakeCandidate, path: str) -> None:
    assert candidate().browser.get(path).status_code == 404


def test_an_unknown_exam_is_not_started(candidate: MakeCandidate) -> None:
    assert candidate().browser.post("/exams/nothing-here/start").status_code == 404


def test_after_passing_the_page_says_until_when(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    someone = candidate()
    finish(someone, someone.start(exam), passes=True)
    page = someone.browser.get(f"/exams/{exam.slug}").text
    assert "You hold the certificate until" in page
    assert "You can sit again to renew it from" in page


def test_who_may_renew_reads_that_it_loses_no_days(candidate: MakeCandidate) -> None:
    exam, someone = ExamFactory(), candidate()
    with time_machine.travel(clock.now() - timedelta(days=170)):
        award(someone.person.id, certification_by_slug(exam.document.certification), now=clock.now())
    page = someone.browser.get(f"/exams/{exam.slug}").text
    assert "and can renew it now. That loses no days" in page
    assert "You can start whenever" not in page


def test_an_attempt_whose_time_is_over_is_no_longer_running(candidate: MakeCandidate) -> None:
    person = PersonFactory()
    attempt = AttemptFactory(person=person)
    with time_machine.travel(attempt.deadline_at + timedelta(minutes=1), tick=False):
        page = candidate(person).browser.get("/exams").text
    assert "You are in the middle of it" not in page
    assert "Over" in page


def test_going_on_leads_to_the_first_question_without_an_answer(candidate: MakeCandidate) -> None:
    exam = ExamFactory()
    someone = candidate()
    attempt = someone.start(exam)
    for position in (1, 2):
        someone.save(attempt, position, {"options": [1]}, sequence=position)
    assert f"/exams/attempts/{attempt.public_id}/3" in someone.browser.get("/exams").text
    assert f"/exams/attempts/{attempt.public_id}/3" in someone.browser.get(f"/exams/{exam.slug}").text


def test_the_list_says_that_a_renewal_comes_one_question_after_another(candidate: MakeCandidate) -> None:
    renewing_exam()
    assert "12 questions in" in candidate().browser.get("/exams").text
    page = candidate(holder(now=clock.now())).browser.get("/exams").text
    assert "Your renewal: one question after another, 20 to 60 of them" in page
    assert "12 questions in" not in page
