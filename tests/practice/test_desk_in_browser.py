"""The desk as hands and eyes find it: keys, selections, type-ahead; without a script; on a phone and in the dark."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CONTENTS, CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.media.factories import picture_bytes
from tests.practice.at_the_desk import judgement_count, latest_answer, served
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM
from training.cases.documents import TaxonomyDocument
from training.cases.rules import Surface
from training.cases.services import store_taxonomy
from training.db import db
from training.media.services import store
from training.practice.models import Serving

pytestmark = pytest.mark.browser

TAXONOMY = Path(__file__).resolve().parents[2] / "content" / "taxonomy.yaml"
SELECT = """([path, words]) => {
  const text = document.querySelector(`[data-path="${path}"]`).firstChild;
  const range = document.createRange();
  const start = text.data.indexOf(words);
  range.setStart(text, start);
  range.setEnd(text, start + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    TaxonomyLabelFactory(code="PRO-03", title="Prescription medicine sold without authority")
    TaxonomyLabelFactory(code="PRO-01", title="Firearms and weapon parts", position=1)
    return PersonFactory(name="Rani Kusumawardhani Prawirodirdjo Lestari")


def test_a_case_is_decided_with_the_keyboard_alone(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    page.keyboard.press("2")
    page.keyboard.press("Shift+1")
    page.keyboard.press("l")
    page.keyboard.type("medicine author")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.get_by_role("radio", name="S3 Serious").focus()
    page.keyboard.press("Space")
    page.get_by_label("Or type the words and press Enter").focus()
    page.keyboard.type("without prescription")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("h1:has-text('Right')")
    answer = latest_answer()
    assert (answer["actions"], answer["primary_label"], answer["severity"]) == (["REMOVE", "STRIKE"], "PRO-03", "S3")
    assert [(mark["field"], mark["end"] - mark["start"]) for mark in answer["evidence"]] == [("description", 20)]


class Counted:
    """A keyboard that counts its keys; those that are held down with others are one with them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def test_whoever_knows_the_keys_decides_a_text_case_in_under_ten(page_at: Callable[..., Page], me: Person) -> None:
    document = TaxonomyDocument.model_validate(yaml.safe_load(TAXONOMY.read_text(encoding="utf-8")))
    store_taxonomy(document, now=clock.now(), by=SYSTEM)
    page = page_at(served(me, Surface.COMMENT))
    expect(page.locator(".case-key-switch")).to_be_visible()
    keys = Counted(page)
    keys.press("2", "l", *"med", "Enter", "s", "3", "Control+Enter")
    expect(page.locator("h1")).to_have_text("Right")
    answer = latest_answer()
    assert (answer["actions"], answer["primary_label"], answer["severity"]) == (["REMOVE"], "PRO-03", "S3")
    assert keys.count < 10


def test_after_the_severity_digits_are_decisions_again(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    for key in ("s", "4", "2"):
        page.keyboard.press(key)
    assert page.locator("input[name=severity]:checked").input_value() == "S4"
    assert page.locator("input[value=REMOVE]").is_checked()
    page.keyboard.press("s")
    page.keyboard.press("l")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("1")
    assert page.locator("input[name=severity]:checked").input_value() == "S4"
    assert page.locator("input[value=APPROVE]").is_checked()


def test_a_text_case_is_decided_without_a_script(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, Surface.COMMENT), java_script_enabled=False)
    page.locator("input[value=REMOVE]").check(force=True)
    page.get_by_label("Primary label").select_option("PRO-03")
    page.locator("input[value=S3]").check(force=True)
    page.get_by_role("button", name="Send the answer").click()
    assert page.locator("h1").inner_text() == "Right"
    CaseFactory(surface="comment")
    page.get_by_role("button", name=re.compile("Go on|Next case")).click()
    assert page.locator("h1").inner_text() == "Decide this case"
    assert judgement_count() == 1


def test_selected_words_become_evidence_counted_as_the_server_counts(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, Surface.VIDEO))
    page.evaluate(SELECT, ["caption", "🌿 #glowing"])
    page.keyboard.press("e")
    page.evaluate(SELECT, ["transcript.0.text", " three days"])
    page.get_by_role("button", name="Mark selection").click()
    assert page.locator(".case-marks q").all_inner_texts() == ["🌿 #glowing", "three days"]
    page.get_by_role("button", name="Remove the mark “three days”").click()
    page.keyboard.press("2")
    page.get_by_label("Primary label").click()
    page.get_by_role("option", name="PRO-03").click()
    page.get_by_role("radio", name="S3 Serious").check()
    page.get_by_role("button", name="Send the answer").click()
    page.wait_for_selector("h1:has-text('Right')")
    caption = CONTENTS[Surface.VIDEO]["caption"]
    assert [caption[mark["start"] : mark["end"]] for mark in latest_answer()["evidence"]] == ["🌿 #glowing"]


def test_a_selection_over_several_texts_marks_each(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, Surface.COMMENT))
    page.evaluate(
        """() => {
          const [first, second] = ["thread.0.text", "thread.1.text"].map((path) => document.querySelector(`[data-path="${path}"]`).firstChild);
          getSelection().setBaseAndExtent(first, 5, second, 10);
        }"""
    )
    page.keyboard.press("e")
    assert "it stick?" in page.locator(".case-marks q").all_inner_texts()
    assert "You people" in page.locator(".case-marks q").all_inner_texts()


def test_approving_stands_alone(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    page.keyboard.press("2")
    page.keyboard.press("1")
    assert page.locator("input[name=actions]:checked").evaluate_all("boxes => boxes.map((box) => box.value)") == ["APPROVE"]
    page.keyboard.press("2")
    assert page.locator("input[name=actions]:checked").evaluate_all("boxes => boxes.map((box) => box.value)") == ["REMOVE"]


def test_single_keys_can_be_turned_off(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    page.get_by_label("Single-key shortcuts").uncheck()
    page.locator("h1").click()
    page.keyboard.press("2")
    assert page.locator("input[name=actions]:checked").count() == 0
    page.reload()
    assert not page.get_by_label("Single-key shortcuts").is_checked()


def test_the_question_mark_shows_every_key(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    page.keyboard.press("?")
    shown = page.get_by_role("dialog").inner_text()
    for words in ("Remove", "Shift+1", "Primary label", "More labels", "Mark the selected words", "Send the answer", "Severity, then 0 to 4"):
        assert words in shown


def test_a_saved_answer_is_put_back_and_read_again(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    saved = {
        "actions": ["REMOVE", "ESCALATE"],
        "primary_label": "PRO-03",
        "further_labels": ["PRO-01"],
        "severity": "S2",
        "escalate_to": "RISK",
        "evidence": [{"field": "title", "start": 0, "end": 4}],
    }
    script = """async (saved) => {
      const { fillAnswer, readAnswer } = await import("/static/js/case-answer.js");
      fillAnswer(document, saved);
      return readAnswer(document);
    }"""
    assert page.evaluate(script, saved) == saved
    assert page.locator(".case-marks q").all_inner_texts() == ["Jamu"]
    assert page.locator(".case-chips li").count() == 1


def test_everything_is_reached_by_scrolling_the_page_and_sending_stays_in_sight(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), viewport={"width": 1440, "height": 720})
    assert page.locator(".case-side").evaluate("side => getComputedStyle(side).overflowY") == "visible"
    send = page.get_by_role("button", name="Send the answer")
    for control in (page.get_by_text("Approve", exact=True), page.get_by_label("Single-key shortcuts")):
        control.scroll_into_view_if_needed()
        assert control.is_visible()
        box, sending = control.bounding_box(), send.bounding_box()
        assert box and sending
        assert 0 <= box["y"] < sending["y"] < 720


def test_what_is_decided_stands_beside_the_button_that_sends_it(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    page.keyboard.press("2")
    page.keyboard.press("Shift+1")
    page.get_by_role("radio", name="S3 Serious").check()
    page.get_by_label("Escalate to").select_option("RISK")
    assert page.get_by_text("So far: Remove + Strike · S3 · to Risk").is_visible()


def test_without_a_script_the_desk_works_and_says_so(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), java_script_enabled=False)
    assert page.get_by_text("Marking by selecting the text needs JavaScript").is_visible()
    page.locator("input[value=REMOVE]").check(force=True)
    page.get_by_label("Primary label").select_option("PRO-03")
    page.locator("input[value=S3]").check(force=True)
    page.get_by_label("Or copy the words here").fill("without prescription")
    page.get_by_role("button", name="Send the answer").click()
    assert page.locator("h1").inner_text() == "Right"
    assert latest_answer()["evidence"][0]["field"] == "description"


def test_what_may_distress_is_blurred_until_it_is_shown(page_at: Callable[..., Page], me: Person) -> None:
    path = served(me, severity="S4", area="HRM")
    db.session.execute(update(Serving).values(is_severe=True))
    page = page_at(path)
    body = page.locator(".case-body")
    assert "blur" in str(body.evaluate("element => getComputedStyle(element).filter"))
    page.get_by_text("Show the case").click()
    assert body.evaluate("element => getComputedStyle(element).filter") == "none"


def test_a_picture_is_shown_larger_without_leaving(page_at: Callable[..., Page], me: Person) -> None:
    picture = store(picture_bytes(size=(60, 40)), now=clock.now())
    page = page_at(served(me, content__images=[{"media_id": picture.id, "alt": "A box of sachets", "width": 60, "height": 40}]))
    page.get_by_role("button", name="Enlarge: A box of sachets").click(force=True)
    assert page.get_by_role("dialog", name="A box of sachets").is_visible()
    page.keyboard.press("Escape")
    assert page.get_by_role("dialog").count() == 0


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "dark"),
        pytest.param(768, "light", marks=pytest.mark.full),
        (1440, "light"),
        pytest.param(1440, "dark", marks=pytest.mark.full),
        pytest.param(320, "light", marks=pytest.mark.full),
    ],
)
def test_nothing_stands_in_anybodys_way(page_at: Callable[..., Page], me: Person, width: int, scheme: str) -> None:
    picture = store(picture_bytes(size=(60, 40)), now=clock.now())
    images = [{"media_id": picture.id, "alt": "A box of sachets", "width": 60, "height": 40}]
    paths = [served(me, surface, scope=f"surface:{surface.value}", content__images=images) for surface in Surface]
    page = page_at("/practice/", viewport={"width": width, "height": 800}, color_scheme=scheme)
    axe = Axe()
    for path in ["/practice/", "/practice/next", "/practice/history", *paths]:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways at {width}"
        found = axe.run(page).response["violations"]
        assert [(path, fault["id"], fault["nodes"][0]["html"]) for fault in found] == []
