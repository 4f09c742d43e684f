import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.cases.factories import CaseFactory, TaxonomyAreaFactory
from tests.exams.every_kind import PASSAGE
from tests.exams.factories import ExamFactory, ItemFactory, case_item, right_response, wrong_response
from tests.exams.views.sittings import WINDOW, Candidate
from training.exams.models import Attempt

MakeCandidate = Callable[..., Candidate]


def finish(someone: Candidate, attempt: Attempt, count: int, *, wrong: int = 0, blank: int = 0) -> str:
    for position in range(1, count + 1 - blank):
        is_wrong = position > count - blank - wrong
        response = wrong_response(attempt, position) if is_wrong else right_response(attempt, position)
        assert someone.save(attempt, position, response, sequence=position).status_code == 200
    someone.post(attempt, "submission", {"client_id": WINDOW})
    return " ".join(someone.text(attempt, "result").split())


def test_a_pass_shows_the_certificate_and_the_claim(candidate: MakeCandidate) -> None:
    someone = candidate()
    page = finish(someone, someone.start(ExamFactory()), 4)
    assert "Passed: " in page
    assert "In force" in page
    assert "What the certificate claims" in page
    assert "80 % or lower passes with probability at most" in page
    assert "in all 3 tries." in page
    assert "What was missing" not in page


def test_a_failure_says_each_shortfall_in_words_and_when_a_retake_opens(candidate: MakeCandidate) -> None:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    ItemFactory.create_batch(4)
    ItemFactory.create_batch(2, decision_class="innocent", severity="S0")
    cells = ({"area": "PRO", "minimum": 6, "maximum": 6}, {"decision_class": "innocent", "minimum": 2, "maximum": 2})
    someone = candidate()
    page = finish(someone, someone.start(ExamFactory(item_count=6, cells=cells)), 6, wrong=5, blank=1)
    assert "Not passed: " in page
    assert "Points: 0 of 10; 8 were needed." in page
    assert "Prohibited goods: 0 of 6 right; 5 were needed." in page
    assert "Situations in which nothing is wrong: 0 of 2 left alone; 2 were needed." in page
    assert "1 left unanswered" in page
    assert "You can start again from" in page


def test_attempts_are_numbered_where_the_exam_earns_the_certificate_and_nowhere_else(candidate: MakeCandidate) -> None:
    earning = ExamFactory(id="exam-earning", certification="cert-numbered")
    beside = ExamFactory(id="exam-beside", certification="cert-numbered", gating=False)
    someone = candidate()
    assert "Attempt" not in (tried := finish(someone, someone.start(beside), 4)).partition("<h1")[2].partition("</header>")[0]
    assert "Finished " in tried
    assert "Attempt 2 for the certificate" in finish(someone, someone.start(earning), 4)


def test_a_critical_miss_is_said_without_telling_where(candidate: MakeCandidate) -> None:
    case_item(CaseFactory(pool="exam", severity="S4"))
    ItemFactory.create_batch(3)
    someone = candidate()
    page = finish(someone, someone.start(ExamFactory()), 4, wrong=4)
    assert "1 critical miss: a case of the highest severity" in page


def test_an_area_with_few_questions_is_too_few_to_judge(candidate: MakeCandidate) -> None:
    someone = candidate()
    assert "too few to judge" in finish(someone, someone.start(ExamFactory()), 4)


def test_intervals_are_shown_beside_shares(candidate: MakeCandidate) -> None:
    ItemFactory.create_batch(10)
    cells = ({"area": "PRO", "minimum": 10, "maximum": 10},)
    someone = candidate()
    page = finish(someone, someone.start(ExamFactory(item_count=10, cells=cells)), 10, wrong=2)
    assert "8 of 10" in page
    assert "49 % to 94 %" in page


def test_a_running_attempt_has_no_result_yet(candidate: MakeCandidate) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    assert someone.page(attempt, "result").location.endswith("/1")


@pytest.mark.parametrize(
    ("response", "words"),
    [
        ({"text": PASSAGE, "seconds": 60}, ("21, needed 10 reached", "100 %, needed 95 % reached")),
        ({"text": "We have raed", "seconds": 60}, ("2, needed 10 not reached", "83.3 %, needed 95 % not reached")),
        ({}, ("Nothing was typed.",)),
    ],
)
def test_who_typed_reads_how_fast_and_how_right(candidate: MakeCandidate, response: dict[str, Any], words: tuple[str, ...]) -> None:
    plain = dict.fromkeys(("area", "severity", "decision_class", "rationale"))
    ItemFactory(kind="typing", typing={"passage": PASSAGE, "words_a_minute": 10}, options=(), clauses=(), **plain)
    cells = ({"kind": "typing", "minimum": 1, "maximum": 1},)
    someone = candidate()
    attempt = someone.start(ExamFactory(gating=False, item_count=1, cells=cells, pass_rule={"weighted_percent": 100}))
    someone.save(attempt, 1, response)
    someone.post(attempt, "submission", {"client_id": WINDOW})
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", someone.text(attempt, "result")))
    assert "How you typed" in page
    for told in words:
        assert told in page
