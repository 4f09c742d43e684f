"""The languages and versions of an item's family side by side."""

from collections.abc import Callable
from datetime import timedelta

from tests.conftest import Browser
from tests.exams.factories import NOON, ExamFactory, ItemFactory
from tests.exams.sittings import A, B, sat
from tests.exams.views.reading import lines_of, text
from training.db import db
from training.exams.models import Item
from training.exams.tasks import refresh_statistics

MakeBrowser = Callable[..., Browser]


def family(english: int, indonesian: int) -> tuple[Item, Item]:
    """Of those who were asked in English four in five are right, in Indonesian two in five; the better ones are among them."""
    twins = ItemFactory(id="item-twin-en", family="fam-twins"), ItemFactory(id="item-twin-id", family="fam-twins", language="id")
    others = [item.current_version_id for item in ItemFactory.create_batch(9)]
    exam = ExamFactory(item_count=10, cells=({"area": "PRO", "minimum": 10, "maximum": 10},))
    for twin, times, right in ((twins[0], english, 4), (twins[1], indonesian, 2)):
        for number in range(times):
            ability = number % 5
            sat(exam, [twin.current_version_id or 0, *others], [A if ability >= 5 - right else B, *[A if place <= 2 * ability else B for place in range(9)]])
    refresh_statistics(NOON + timedelta(days=40))
    db.session.commit()
    return twins


def test_languages_stand_side_by_side_with_their_difference(as_role: MakeBrowser) -> None:
    one, other = family(80, 70)
    browser, address = as_role("auditor"), f"/exams/desk/items/{one.slug}/family"
    page = text(browser, address)
    assert page.count('role="img"') == 3
    assert "Indonesian · item-twin-id · v1" in page
    assert "Lower" in page
    twin = dict(zip(*(lines_of(browser, f"{address}.csv")[place] for place in (0, 2)), strict=False))
    assert (twin["Item"], twin["Language"], twin["Answers"], round(float(twin["Right: difference"]), 4)) == ("item-twin-id", "id", "70", -0.4)
    assert "−40.0" in page
    assert "+40.0" in text(browser, f"/exams/desk/items/{other.slug}/family"), "seen from the other one"
    assert "Compare its languages and versions" in text(browser, f"/exams/desk/items/{one.slug}")
    assert browser.get(f"{address}.xlsx").status_code == 200
    assert browser.get(f"{address}.ods").status_code == 404


def test_versions_stand_side_by_side_and_a_corrected_one_is_not_there_twice(as_role: MakeBrowser) -> None:
    one, _ = family(20, 12)
    ItemFactory(id=one.slug, family="fam-twins", stem="Another question altogether: what now?")
    ItemFactory(id=one.slug, family="fam-twins", stem="Another question altogether: what then?", editorial="“then” for “now”")
    db.session.expire_all()
    lines = lines_of(as_role("qa"), f"/exams/desk/items/{one.slug}/family.csv")[1:]
    assert [(line[0], line[2], line[3]) for line in lines] == [("item-twin-en", "3", "0"), ("item-twin-en", "1", "20"), ("item-twin-id", "1", "12")]


def test_an_item_that_stands_alone_says_how_it_would_have_company(as_role: MakeBrowser) -> None:
    item = ItemFactory()
    browser = as_role("trainer")
    assert "Nothing to compare it with" in text(browser, f"/exams/desk/items/{item.slug}/family")
    assert browser.get("/exams/desk/items/no-such-item/family").status_code == 404
    assert as_role("moderator").get(f"/exams/desk/items/{item.slug}/family").status_code == 403


def test_too_few_answers_are_not_drawn(as_role: MakeBrowser) -> None:
    one, _ = family(9, 9)
    page = text(as_role("trainer"), f"/exams/desk/items/{one.slug}/family")
    assert "Pictures are drawn once two of them have ten answers." in page
    assert 'role="img"' not in page
