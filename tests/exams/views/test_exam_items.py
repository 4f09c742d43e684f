"""The items of one exam on the trainers' desk, and every table of the exam as a file."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import Browser
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.sittings import A, B, C, D, sat
from tests.exams.views.reading import lines_of, text
from training.db import db
from training.exams.models import Item
from training.exams.queries import PublishedExam
from training.exams.tasks import refresh_statistics

MakeBrowser = Callable[..., Browser]


def exam_sat(times: int) -> tuple[PublishedExam, list[int]]:
    """The first item is right half of the time and takes longest, the last is left blank now and then."""
    versions = [item.current_version_id for item in ItemFactory.create_batch(10)]
    exam = ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))
    for number in range(times):
        codes = [A if number % 2 else B, *[A if (number + place) % 5 else (B, C, D)[place % 3] for place in range(8)], 0 if number % 4 == 0 else A]
        sat(exam, versions, codes, seconds=[90, *[20 + place for place in range(9)]], is_passed=number % 2 == 1)
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()
    return exam, versions


def slugs() -> list[str]:
    return list(db.session.scalars(select(Item.slug).order_by(Item.id)))


def test_items_stand_in_the_order_that_is_asked_for(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(40)
    browser, address = as_role("qa"), f"/exams/desk/exams/{exam.slug}/items"
    first, *_, last = slugs()
    for order, hardest in (("hardest", first), ("slowest", first), ("blank", last), ("nonsense", first)):
        page = text(browser, f"{address}?order={order}")
        assert page.split('<th scope="row">')[1].split(">")[1].startswith(hardest)
    assert "1 to 10 of 10" in page
    assert "How hard each item is, and how it tells apart" in page
    assert "The items that take longest" in page


def test_few_answers_are_listed_and_not_drawn(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(8)
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}/items")
    assert 'role="img"' not in page
    assert "too few to judge (8 of 10)" in page
    assert "too few to judge (8 of 30)" in page


def test_an_exam_nobody_sat_says_when_its_items_appear(as_role: MakeBrowser) -> None:
    exam = ExamFactory()
    assert "Nobody sat this version yet" in text(as_role("auditor"), f"/exams/desk/exams/{exam.slug}/items")


def test_the_list_goes_page_by_page(as_role: MakeBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    exam, _ = exam_sat(12)
    monkeypatch.setattr("training.exams.views.exam_items.ITEMS_A_PAGE", 4)
    browser, address, seen = as_role("trainer"), f"/exams/desk/exams/{exam.slug}/items", list[str]()
    while address:
        page = browser.get(address).get_data(as_text=True)
        seen += [part.split('"')[0] for part in page.split('<th scope="row"><a href="/exams/desk/items/')[1:]]
        address = page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
    assert sorted(seen) == sorted(slugs())
    assert "Nobody sat" not in text(browser, f"/exams/desk/exams/{exam.slug}/items?from=999")
    for nonsense in ("-1", "x", "٣", "9" * 30):
        assert browser.get(f"/exams/desk/exams/{exam.slug}/items?from={nonsense}").status_code == 200


def test_every_table_of_an_exam_is_taken_away(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(60)
    browser, address = as_role("auditor"), f"/exams/desk/exams/{exam.slug}"
    tables = {
        name: lines_of(browser, f"{address}/tables/{name}.csv") for name in ("scores", "reliability", "proofs", "areas", "weights", "exposure", "uses", "items")
    }
    assert sum(int(line[2]) for line in tables["scores"][1:]) == 60
    assert [line[0] for line in tables["reliability"][1:]] == ["Right answers", "Points"]
    assert tables["areas"][1][:3] == ["PRO", "60", "10.0"]
    assert sum(float(line[1]) for line in tables["weights"][1:]) == pytest.approx(1)
    assert sum(int(line[2]) for line in tables["exposure"][1:]) == len(tables["uses"]) - 1 == len(tables["items"]) - 1 == 10
    hardest = dict(zip(*tables["items"][:2], strict=True))
    assert (hardest["Item"], hardest["Answers"], hardest["Right"], hardest["Seconds, median"]) == (slugs()[0], "60", "0.5", "90.0")
    page = text(browser, address)
    for name in ("scores", "reliability", "areas", "exposure", "uses"):
        assert f"/tables/{name}.csv?version=1.0.0" in page
    assert browser.get(f"{address}/tables/items.xlsx").status_code == 200
    for wrong in ("tables/nothing.csv", "tables/items.ods", "tables/items.csv?version=9.9.9"):
        assert browser.get(f"{address}/{wrong}").status_code == 404
    assert as_role("moderator").get(f"{address}/tables/items.csv").status_code == 403


def test_files_say_no_more_than_the_page_does(as_role: MakeBrowser) -> None:
    exam, _ = exam_sat(9)
    browser, address = as_role("auditor"), f"/exams/desk/exams/{exam.slug}/tables"
    for name in ("scores", "reliability", "areas"):
        assert len(lines_of(browser, f"{address}/{name}.csv")) == 1, "nine attempts are too few"
    assert lines_of(browser, f"{address}/items.csv")[1][3] == ""
