"""The power meter's pages for authors."""

from collections.abc import Callable

from flask import Flask

from tests.conftest import Browser
from tests.exams.factories import ExamFactory, ItemFactory
from training.exams.forms import sketched
from training.exams.rules.blueprint import PassRule
from training.exams.rules.sketch import Sketch

AsRole = Callable[[str], Browser]
WORKED = sketched(Sketch((20,)), PassRule(90, 0, 5, 0, 0), tries=3)


def test_an_unwritten_exam_is_reckoned_from_its_numbers(as_role: AsRole) -> None:
    page = as_role("trainer").get("/exams/desk/power", query_string=WORKED).get_data(as_text=True)
    assert "40.5 %" in page
    assert "78.9 %" in page
    assert "<svg" in page
    assert 'points="' in page


def test_it_begins_with_the_default_exam(as_role: AsRole) -> None:
    page = as_role("auditor").get("/exams/desk/power")
    assert page.status_code == 200
    assert "13, 13, 12, 12" in page.get_data(as_text=True)


def test_numbers_that_cannot_be_are_refused_in_words(as_role: AsRole) -> None:
    browser = as_role("trainer")
    for change, words in (
        ({"areas": "ten"}, "Use whole numbers above 0"),
        ({"areas": "200, 200"}, "up to 300 questions"),
        ({"innocent": 21}, "more than the 20 questions"),
        ({"tries": 0}, "Use a whole number from 1 to 100."),
        ({"clear": ""}, "Use a whole number from 0 to 300."),
    ):
        response = browser.get("/exams/desk/power", query_string=WORKED | change)
        assert response.status_code == 400
        assert words in response.get_data(as_text=True)


def test_a_published_exam_shows_its_chances_and_lets_them_be_changed(as_role: AsRole) -> None:
    exam = ExamFactory()
    page = as_role("trainer").get(f"/exams/desk/exams/{exam.slug}/power").get_data(as_text=True)
    assert "As a form of 4 questions" in page
    assert "/exams/desk/power?areas=4&amp;clear=4" in page
    assert "As a renewal" not in page


def test_it_says_how_many_places_for_questions_on_trial_the_bank_can_fill(as_role: AsRole) -> None:
    exam = ExamFactory(pilot_items=2)
    address = f"/exams/desk/exams/{exam.slug}/power"
    assert "Of the 2 places for questions on trial it can fill none: set more items to" in as_role("trainer").get(address).get_data(as_text=True)
    ItemFactory.create_batch(2, state="pilot")
    assert "Of the 2 places for questions on trial it can fill 2." in as_role("trainer").get(address).get_data(as_text=True)


def test_a_sequential_exam_shows_its_exact_curve_and_claim(as_role: AsRole) -> None:
    ItemFactory.create_batch(12)
    exam = ExamFactory(item_count=12, cells=({"area": "PRO", "minimum": 12, "maximum": 12},), sequential={})
    page = as_role("trainer").get(f"/exams/desk/exams/{exam.slug}/power").get_data(as_text=True)
    assert "80 % or lower is certified with probability at most 5 % per cycle, retakes included" in " ".join(page.split())
    assert "94.13 %" in page
    assert "1.06 %" in page
    assert "200 at most" in page


def test_an_exam_that_is_not_there_is_not_found_and_candidates_stay_out(app: Flask, as_role: AsRole) -> None:
    assert as_role("trainer").get("/exams/desk/exams/none/power").status_code == 404
    assert as_role("moderator").get("/exams/desk/power").status_code == 403
