"""One exam on the trainers' desk."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.sittings import A, B, C, D, sat
from training.actors import SYSTEM
from training.db import db
from training.exams import services
from training.exams.models import Item
from training.exams.queries import PublishedExam
from training.exams.rules.acquaintance import Acquaintance
from training.exams.tasks import refresh_statistics

MakeBrowser = Callable[..., Browser]


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return " ".join(response.get_data(as_text=True).split())


def exam_sat(times: int) -> tuple[PublishedExam, list[int]]:
    items = ItemFactory.create_batch(10)
    exam = ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))
    versions = [item.current_version_id for item in items]
    for number in range(times):
        right = 4 + number % 7
        sat(exam, versions, [A] * right + [(B, C, D)[(number + place) % 3] for place in range(10 - right)], is_passed=right >= 8)
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()
    return exam, versions


def test_few_attempts_are_too_few_to_judge(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(9)
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "too few to judge (9 of 10)" in page
    assert "too few to judge (9 of 50)" in page
    assert "too few to judge (9 of 100)" in page


def test_an_exam_nobody_sat_says_when_figures_appear(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    assert "Nobody sat this version yet" in text(as_role("auditor"), f"/exams/desk/exams/{exam.slug}")


def test_a_hundred_attempts_show_everything_with_charts_and_tables(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(100)
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "Cronbach" in page
    assert "Livingston and Lewis" in page
    assert page.count('role="img"') == 2
    assert "First attempts by score" in page
    assert "What a number of right answers proves" in page
    assert "8 of 10" in page
    assert "What makes the differences" in page
    desk = text(as_role("auditor"), "/exams/desk")
    assert "43 % (" in desk or "42 % (" in desk


def test_the_figures_are_taken_away_as_a_table(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(12)
    browser = as_role("auditor")
    lines = list(csv.reader(io.StringIO(browser.get(f"/exams/desk/exams/{exam.slug}/table.csv").get_data().decode("utf-8-sig"))))
    assert ["First attempts", "12", "", ""] in lines
    assert browser.get(f"/exams/desk/exams/{exam.slug}/table.xlsx").content_type.startswith("application/vnd.openxmlformats")
    assert browser.get(f"/exams/desk/exams/{exam.slug}/table.ods").status_code == 404


def test_items_over_the_cap_are_counted(as_role: MakeBrowser) -> None:
    ItemFactory.create_batch(4)
    exam = ExamFactory()
    for _ in range(20):
        services.start_attempt(PersonFactory().id, exam, allow_public=True, by=SYSTEM, now=NOON)
    db.session.commit()
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}")
    assert "20 forms drawn" in page
    assert "4 items are on more than 25 % of them" in page
    assert "Items by exposure" in page


def test_judges_of_every_question_put_a_cut_on_each_form(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(2)
    address = f"/exams/desk/exams/{exam.slug}"
    assert "Nobody has judged an item yet" in text(as_role("trainer"), address)
    judges = [PersonFactory(roles=["trainer"]) for _ in range(8)]
    for place, item in enumerate(db.session.scalars(select(Item).order_by(Item.id))):
        for number, judge in enumerate(judges):
            services.note_acquaintance(judge.id, item, Acquaintance.OPENED, now=NOON)
            if place < 9 or number:
                services.estimate_item(item, judge_id=judge.id, chance=0.7 if number % 2 else 0.9, by=SYSTEM, now=NOON)
    db.session.commit()
    page = text(as_role("trainer"), address)
    assert "From 8 judges" in page, "one of the eight left a question out"
    services.estimate_item(item, judge_id=judges[0].id, chance=0.9, by=SYSTEM, now=NOON)
    db.session.commit()
    page = text(as_role("trainer"), address)
    assert "8 of 10 (80 %)" in page
    assert "80 % of the questions in the mean" in page


def test_older_versions_keep_their_figures(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(12)
    ItemFactory.create_batch(10)
    ExamFactory(
        id=exam.slug,
        certification=exam.document.certification,
        version="2.0.0",
        item_count=10,
        cells=({"area": "PRO", "minimum": 10, "maximum": 10},),
        time_limit_minutes=20,
    )
    browser = as_role("trainer")
    assert "Nobody sat this version yet" in text(browser, f"/exams/desk/exams/{exam.slug}")
    assert "12" in text(browser, f"/exams/desk/exams/{exam.slug}?version=1.0.0")
    assert browser.get(f"/exams/desk/exams/{exam.slug}?version=9.9.9").status_code == 404
    assert browser.get("/exams/desk/exams/nothing").status_code == 404
    assert as_role("moderator").get(f"/exams/desk/exams/{exam.slug}").status_code == 403
