from collections.abc import Callable

from tests.accounts.factories import PersonFactory
from tests.cases.factories import TaxonomyAreaFactory
from tests.conftest import Browser
from tests.exams.services.test_deltas import delta_exam, go_through, holder, sit_form, start
from tests.exams.views.sittings import Candidate
from training import clock

MakeCandidate = Callable[..., Candidate]


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).split())


def test_its_page_says_for_whom_it_is_what_it_asks_about_and_how_well_it_tells(candidate: MakeCandidate) -> None:
    for code, title in (("PRO", "Prohibited goods"), ("IPR", "Intellectual property")):
        TaxonomyAreaFactory(code=code, title=title)
    delta_exam()
    page = text(candidate(holder()).browser, "/exams/delta-rules")
    assert "One question after another, 20 to 60 of them, about what changed, for holders of the certificate" in page
    assert "Prohibited goods and Intellectual property: rules here have changed." in page
    assert "Your certificate and its end stay as they are." in page
    assert "This is try 1 of 3 in this form." in page
    assert page.count('data-label="Three tries"') >= 10, "the curve is on the page"
    assert "Start the exam" in page


def test_where_the_bank_is_small_its_page_shows_the_form_with_its_curve(candidate: MakeCandidate) -> None:
    exam = delta_exam(item_count=40)
    page = text(candidate(holder()).browser, "/exams/delta-rules")
    assert "12 questions in 15 minutes, about what changed" in page
    assert page.count('data-label="All tries"') == len(exam.power)


def test_whoever_does_not_hold_the_certificate_reads_why_it_is_closed(candidate: MakeCandidate) -> None:
    delta_exam()
    someone = candidate(PersonFactory())
    assert "It is open to you while you hold it." in text(someone.browser, "/exams/delta-rules")
    assert "For holders" in text(someone.browser, "/exams")
    assert someone.browser.post("/exams/delta-rules/start").status_code == 409


def test_the_result_says_what_the_pass_claims_and_that_nothing_more_is_asked(candidate: MakeCandidate) -> None:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    exam, person = delta_exam(), holder()
    attempt = start(person, exam, clock.now())
    go_through(attempt, 30, now=clock.now())
    page = text(candidate(person).browser, f"/exams/attempts/{attempt.public_id}/result")
    assert (
        "What this pass claims: in Prohibited goods and IPR, a person whose true accuracy is 80 % or lower passes with probability at most 5.0 % in 3 tries."
        in page
    )
    assert "Nothing more is asked of you about this change." in page
    assert "What the certificate claims" not in page


def test_the_claim_of_a_form_is_over_its_own_tries(candidate: MakeCandidate) -> None:
    exam, person = delta_exam(item_count=40), holder()
    attempt = start(person, exam, clock.now())
    sit_form(attempt, 12, now=clock.now())
    assert "in 50 tries." in text(candidate(person).browser, f"/exams/attempts/{attempt.public_id}/result")


def test_its_author_reads_whether_the_bank_is_large_enough(as_role: Callable[..., Browser]) -> None:
    delta_exam()
    page = text(as_role("trainer"), "/exams/desk/exams/delta-rules/power")
    assert "One after another" in page
    assert "In the areas of its cells it holds 100 items; from 90 on the exam comes one question after another." in page
    assert "Where the bank allows, one question after another" in page


def test_its_author_reads_that_a_small_bank_makes_it_a_form(as_role: Callable[..., Browser]) -> None:
    delta_exam(item_count=40)
    page = text(as_role("trainer"), "/exams/desk/exams/delta-rules/power")
    assert "Fixed form" in page
    assert "it holds 40 items; from 90 on the exam comes one question after another, and until then everybody sits the form" in page
