"""Words that authors write without end, in every direction, and with signs: a question stays a question on every width."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import Way, in_ways, look
from tests.exams.every_kind import RUBRIC
from tests.exams.factories import AttemptFactory, ExamFactory, ItemFactory
from tests.exams.sitting_in_browser import at, saved
from training import clock
from training.accounts.models import Person
from training.exams import queries

pytestmark = pytest.mark.browser

MARKUP = '<script>document.title = "stolen"</script><b onclick="x">bold</b>'
OPTIONS = (
    {"id": "a", "text": "y" * 10_000, "correct": True},
    {"id": "b", "text": MARKUP},
    {"id": "c", "text": "\u202eright to left\u2066 and 👩‍👩‍👧‍👦 back"},
    {"id": "d", "text": "هل هذا المنتج مسموح به؟ " * 20},
)


@pytest.mark.long
@in_ways
def test_hostile_words_of_an_author_break_no_question(room: Callable[..., BrowserContext], me: Person, ways: tuple[Way, ...]) -> None:
    stem = "z" * 10_000 + f"\n\n{MARKUP} [a link](javascript:alert(1))\n\n| a | b |\n|---|---|\n| {'w' * 300} | 1 |"
    long = "w" * 5_000
    ItemFactory(stem=stem, options=OPTIONS)
    ItemFactory(kind="ordering", steps=("w" * 200, MARKUP, "Third"), options=())
    ItemFactory(kind="evidence", evidence={"text": f"{long} here.", "quotes": ["here."], "needed_overlap": 0.5}, options=())
    ItemFactory(kind="reply", reply={"ticket": long, "rubric": RUBRIC}, options=())
    cells = tuple({"kind": kind, "minimum": 1, "maximum": 1} for kind in ("single", "ordering", "evidence", "reply"))
    exam = ExamFactory(title="w" * 200, gating=False, cells=cells)
    attempt = AttemptFactory(person=me, exam=exam, now=clock.now())
    positions = {place.version.kind: place.position for place in queries.form_of(attempt)}
    page = at(room(), attempt)
    base = page.url.rsplit("/", 1)[0]
    for kind in ("ordering", "evidence", "reply"):
        page.goto(f"{base}/{positions[kind]}")
        expect(page.locator(".case-key-switch")).to_be_visible()
        look(page, f"hostile-{kind}", ways)
    page.goto(f"{base}/{positions['single']}")
    expect(page.locator("#exam-stem script, #exam-stem [onclick], #exam-stem a[href^=javascript]")).to_have_count(0)
    expect(page.get_by_text(MARKUP, exact=True)).to_be_visible()
    assert "stolen" not in page.title()
    look(page, "hostile", ways)
    page.get_by_text("y" * 60).click()
    saved(page)
