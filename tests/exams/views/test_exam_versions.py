"""The versions of an exam side by side."""

from collections.abc import Callable
from datetime import timedelta

from tests.conftest import Browser
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.sittings import A, B, sat
from tests.exams.views.reading import lines_of, text
from training.db import db
from training.exams.queries import PublishedExam
from training.exams.tasks import refresh_statistics

MakeBrowser = Callable[..., Browser]
TEN = ({"area": "PRO", "minimum": 10, "maximum": 10},)


def two_versions(first: int, second: int) -> PublishedExam:
    """The first version, of which two in five pass, and the second, of which four in five do; nine of ten items are in both."""
    items = [item.current_version_id for item in ItemFactory.create_batch(11)]
    exam = ExamFactory(item_count=10, cells=TEN)
    later = ExamFactory(id=exam.slug, certification=exam.document.certification, version="2.0.0", item_count=10, cells=TEN)
    for number in range(first):
        is_passed = number % 5 < 2
        sat(exam, items[:10], [A if is_passed or place > 4 else B for place in range(10)], is_passed=is_passed)
    for number in range(second):
        is_passed = number % 5 < 4
        sat(later, items[1:], [A if is_passed or place > 4 else B for place in range(10)], is_passed=is_passed)
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()
    return exam


def test_two_versions_stand_side_by_side_with_their_difference_and_its_interval(as_role: MakeBrowser) -> None:
    exam = two_versions(80, 70)
    browser, address = as_role("auditor"), f"/exams/desk/exams/{exam.slug}/versions"
    page = text(browser, address)
    assert "How far 2.0.0 lies from 1.0.0" in page
    assert page.count('role="img"') == 3
    assert "40 % (30 % to 51 %)" in page and "80 % (69 % to 88 %)" in page
    assert "The 9 questions that are in both tell how much is the people's" in page
    passed = dict(zip(*lines_of(browser, f"/exams/desk/exams/{exam.slug}/tables/difference.csv")[:2], strict=True))
    assert passed["Figure"] == "Passed"
    low, point, high = (round(float(passed[name]), 4) for name in ("Difference low", "Difference", "Difference high"))
    assert point == 0.4
    assert f'+40.0 <span class="soft limits">(+{100 * low:.1f} to +{100 * high:.1f})' in page
    assert 0.2 < low < point < high < 0.6
    assert page.count("/tables/common.csv?") == 1


def test_the_other_way_round_the_difference_has_the_other_sign(as_role: MakeBrowser) -> None:
    exam = two_versions(20, 20)
    browser, address = as_role("trainer"), f"/exams/desk/exams/{exam.slug}"
    page = text(browser, f"{address}/versions?one=2.0.0&other=1.0.0")
    assert "−40.0" in page
    lines = lines_of(browser, f"{address}/tables/difference.csv?one=2.0.0&other=1.0.0")
    assert round(float(lines[1][7]), 4) == -0.4
    assert "Choose two different versions." in text(browser, f"{address}/versions?one=2.0.0&other=2.0.0")
    for unknown in ("versions?one=9.9.9", "tables/difference.csv?other=x"):
        assert browser.get(f"{address}/{unknown}").status_code == 404


def test_the_files_of_two_versions_hold_what_is_drawn(as_role: MakeBrowser) -> None:
    exam = two_versions(20, 30)
    browser, address = as_role("qa"), f"/exams/desk/exams/{exam.slug}/tables"
    assert [line[:2] for line in lines_of(browser, f"{address}/versions.csv")[1:]] == [["2.0.0", "30"], ["1.0.0", "20"]]
    scores = lines_of(browser, f"{address}/scores-of-both.csv")[1:]
    assert [round(sum(float(line[column]) for line in scores), 6) for column in (2, 3)] == [1, 1]
    assert len(lines_of(browser, f"{address}/common.csv")) == 10


def test_a_version_that_few_sat_is_listed_and_not_compared(as_role: MakeBrowser) -> None:
    exam = two_versions(9, 20)
    browser, address = as_role("trainer"), f"/exams/desk/exams/{exam.slug}"
    page = text(browser, f"{address}/versions")
    assert "too few to judge (9 of 10)" in page
    assert 'role="img"' not in page
    assert len(lines_of(browser, f"{address}/tables/difference.csv")) == 1


def test_one_version_has_nothing_to_be_held_against(as_role: MakeBrowser) -> None:
    exam = two_versions(12, 0)
    page = text(as_role("trainer"), f"/exams/desk/exams/{exam.slug}/versions")
    assert "Once a second version was sat, two can be held against each other here." in page
    nobody = ExamFactory()
    assert "Nobody sat this exam yet" in text(as_role("trainer"), f"/exams/desk/exams/{nobody.slug}/versions")
    assert as_role("moderator").get(f"/exams/desk/exams/{exam.slug}/versions").status_code == 403
