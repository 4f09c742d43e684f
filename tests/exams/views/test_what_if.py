"""What if: the page of suppositions about an exam."""

import csv
import io
import re
from collections.abc import Callable

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import ExamFactory, ItemFactory
from tests.exams.sittings import A, B, sat
from training.exams.queries import PublishedExam
from training.exams.queries.what_if import versions_of_slug

MakeBrowser = Callable[..., Browser]


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)).split())


@pytest.fixture
def exam(app: object) -> PublishedExam:
    """Four items of 2 points each; 75 % pass. One person has three right, another two."""
    items = [ItemFactory(id=f"item-{letter}") for letter in "abcd"]
    exam = ExamFactory(pass_rule={"weighted_percent": 75, "area_percent": 0, "innocent_percent": 0})
    versions = [item.current_version_id for item in items]
    sat(exam, versions, [A, A, A, B], person_id=PersonFactory(name="Ottilie Vane").id, is_passed=True, points=75)
    sat(exam, versions, [A, A, B, B], person_id=PersonFactory(name="Casimir Brood").id, is_passed=False, points=50)
    assert isinstance(exam, PublishedExam)
    return exam


@pytest.fixture
def page(exam: PublishedExam) -> str:
    return f"/exams/desk/exams/{exam.slug}/what-if"


def test_another_cut_says_who_would_change_and_where_to_do_it(page: str, exam: PublishedExam, as_role: MakeBrowser) -> None:
    trainer = as_role("trainer")
    assert "Would no longer pass" not in text(trainer, page)
    told = text(trainer, f"{page}?cut=88")
    assert "If 88 % were asked for" in told and "Would no longer pass 1" in told and "Would pass now 0" in told and "now 50 %" in told
    assert "Ottilie Vane 75 %, passed" in told and "Casimir Brood" not in told
    assert f"/desk/documents/exam/{exam.slug}/draft" in trainer.get(f"{page}?cut=88").get_data(as_text=True)
    assert "Casimir Brood 50 %, not passed" in text(trainer, f"{page}?cut=50")
    assert "Nobody's result would change." in text(trainer, f"{page}?cut=75")


def test_an_item_that_counts_for_nobody_leads_to_the_ruling(page: str, as_role: MakeBrowser) -> None:
    """Without item-d three of three are right, and two of three."""
    trainer = as_role("trainer")
    told = text(trainer, f"{page}?item=item-a&what=drop")
    assert "If item-a counted for nobody" in told and "Would no longer pass 1" in told, "two of three are 66.7 %"
    assert "Rule on item-a" in told
    [version_id] = versions_of_slug("item-a")
    assert f"/exams/desk/regrades/items/{version_id}" in trainer.get(f"{page}?item=item-a&what=drop").get_data(as_text=True)
    assert "Would pass now 1" in text(trainer, f"{page}?item=item-d&what=drop&cut=60")
    assert trainer.get(f"{page}?item=item-a&what=new_key").location.endswith(f"/exams/desk/regrades/items/{version_id}")


def test_names_are_for_those_who_may_see_them(page: str, as_role: MakeBrowser) -> None:
    seen = text(as_role("qa"), f"{page}?cut=88")
    assert "Would no longer pass 1" in seen and "Trainers and auditors see who they are." in seen and "Ottilie Vane" not in seen
    assert as_role("qa").get(f"{page}.csv?cut=88").status_code == 403
    assert "It has another key" not in seen and as_role("qa").get(f"{page}?item=item-a&what=new_key").status_code == 400
    auditor = as_role("auditor")
    assert "Ottilie Vane" in text(auditor, f"{page}?cut=88")
    assert "To do it" not in text(auditor, f"{page}?cut=88")
    [line] = csv.DictReader(io.StringIO(auditor.get(f"{page}.csv?cut=88").get_data().decode("utf-8-sig")))
    assert (line["Name"], line["Share before"], line["Passed"], line["Would pass"]) == ("Ottilie Vane", "0.75", "yes", "no")
    assert as_role("moderator").get(page).status_code == 403


def test_what_makes_no_sense_is_said(page: str, as_role: MakeBrowser) -> None:
    trainer = as_role("trainer")
    for wrong, says in (("item=no-such", "no item of this id"), ("cut=101", "0 to 100"), ("cut=x", "0 to 100"), ("cut=88&what=x", "Not a valid choice")):
        refused = trainer.get(f"{page}?{wrong}")
        assert refused.status_code == 400, wrong
        assert says in refused.get_data(as_text=True)
        assert trainer.get(f"{page}.csv?{wrong}").status_code == 404
    assert trainer.get(f"{page}?version=9.9.9&cut=88").status_code == 404
    assert trainer.get("/exams/desk/exams/no-such/what-if").status_code == 404
    assert trainer.get(f"{page}.csv").status_code == 404


def test_the_item_and_the_exam_lead_there(page: str, exam: PublishedExam, as_role: MakeBrowser) -> None:
    trainer = as_role("trainer")
    assert f'href="{page}"' in trainer.get(f"/exams/desk/exams/{exam.slug}").get_data(as_text=True)
    assert f'href="{page}?item=item-a"' in trainer.get("/exams/desk/items/item-a").get_data(as_text=True)
