"""Every kind of question as hands find it: by keys, by pointing, by writing, and without a script."""

import os
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.exams.every_kind import PASSAGE, exam_of_every_kind
from tests.exams.factories import AttemptFactory
from tests.exams.sitting_in_browser import answers, at, saved
from training import clock
from training.accounts.models import Person
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, Item

pytestmark = pytest.mark.browser
Room = Callable[..., BrowserContext]


@pytest.fixture
def sitting(me: Person) -> Attempt:
    found = AttemptFactory(person=me, exam=exam_of_every_kind(), now=clock.now())
    assert isinstance(found, Attempt)
    return found


def names(attempt: Attempt) -> dict[int, str]:
    """Which question stands at which place."""
    slugs = {item.id: item.slug for item in db.session.query(Item)}
    return {place.position: slugs[place.version.item_id].removeprefix("secret-item-") for place in queries.form_of(attempt)}


def place_of(attempt: Attempt, name: str) -> int:
    return next(position for position, found in names(attempt).items() if found == name)


def opened(room: Room, attempt: Attempt, name: str, **options: object) -> tuple[Page, int]:
    """The page of the question of this name."""
    position = place_of(attempt, name)
    page = at(room(**options), attempt)
    page.goto(f"/exams/attempts/{attempt.public_id}/{position}")
    expect(page.locator(".case-key-switch")).to_be_visible()
    return page, position


def test_steps_are_ordered_by_keys(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "ordering")
    expect(page.get_by_text("Nothing is answered until you move a step.")).to_be_visible()
    wanted = ["Greet", "Explain", "Close the ticket"]
    for rank, text in enumerate(wanted):
        shown = page.locator(".exam-step-text").all_inner_texts()
        page.keyboard.press(str(shown.index(text) + 1))
        for _ in range(shown.index(text) - rank):
            page.keyboard.press("ArrowUp")
    saved(page)
    assert page.locator(".exam-step-text").all_inner_texts() == wanted
    assert answers(sitting)[position] == {"order": [int(step.get_attribute("data-place") or 0) for step in page.locator(".exam-step").all()]}
    page.reload()
    expect(page.locator(".exam-step-text").first).to_have_text("Greet")


def test_words_of_a_text_are_marked_by_selecting_and_by_writing(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "text")
    page.evaluate(
        """() => {
          const node = document.querySelector("[data-path]").firstChild;
          const range = document.createRange();
          range.setStart(node, 22);
          range.setEnd(node, 53);
          document.getSelection().removeAllRanges();
          document.getSelection().addRange(range);
        }"""
    )
    page.keyboard.press("e")
    saved(page)
    assert answers(sitting)[position] == {"marks": [[22, 53]]}
    page.get_by_role("textbox").fill("Shake it well.")
    page.keyboard.press("Enter")
    expect(page.locator(".case-marks li")).to_have_count(2)
    saved(page)
    assert answers(sitting)[position] == {"marks": [[22, 53], [54, 68]]}
    page.reload()
    expect(page.locator(".case-marks li")).to_have_count(2)


def test_a_stretch_of_a_video_is_marked_where_it_plays(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "video")
    for second, key in ((6.0, "b"), (9.0, "e")):
        page.evaluate(
            "(at) => new Promise((done) => { const video = document.querySelector('video'); video.onseeked = done; video.currentTime = at; })", second
        )
        page.keyboard.press(key)
    saved(page)
    assert answers(sitting)[position] == {"marks": [[6, 9]]}
    page.get_by_role("group", name="Mark 1").get_by_label("to").fill("8.5")
    page.keyboard.press("Tab")
    saved(page)
    assert answers(sitting)[position] == {"marks": [[6, 8.5]]}
    page.get_by_role("button", name="Remove mark 1").click()
    saved(page)
    assert answers(sitting)[position] == {}


def test_a_sound_can_be_sought_in_and_marked_by_numbers(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "sound")
    assert (
        page.evaluate(
            "new Promise((done) => { const sound = document.querySelector('audio'); sound.onseeked = () => done(sound.currentTime); sound.currentTime = 5; })"
        )
        == 5
    )
    group = page.get_by_role("group", name="Mark 1")
    group.get_by_label("From").fill("4.5")
    group.get_by_label("to").fill("8.5")
    page.keyboard.press("Tab")
    saved(page)
    assert answers(sitting)[position] == {"marks": [[4.5, 8.5]]}


def test_a_part_of_a_picture_is_marked_by_a_box_or_by_numbers(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "picture")
    frame = page.locator("[data-exam-sheet] img").bounding_box()
    assert frame is not None
    scale = frame["width"] / 800
    page.mouse.move(frame["x"] + 425 * scale, frame["y"] + 175 * scale)
    page.mouse.down()
    page.mouse.move(frame["x"] + 600 * scale, frame["y"] + 250 * scale)
    page.mouse.move(frame["x"] + 755 * scale, frame["y"] + 300 * scale)
    page.mouse.up()
    saved(page)
    [[x, y, width, height]] = answers(sitting)[position]["marks"]
    assert abs(x - 425) <= 2 and abs(y - 175) <= 2 and abs(width - 330) <= 3 and abs(height - 125) <= 3
    expect(page.locator(".exam-box")).to_have_count(1)
    page.keyboard.press("x")
    expect(page.get_by_text("The picture is shown at 150 %.")).to_be_visible()
    page.get_by_role("group", name="Box 1").get_by_label("Left").fill("400")
    page.keyboard.press("Tab")
    saved(page)
    assert answers(sitting)[position]["marks"][0][0] == 400


def test_short_answers_and_replies_are_saved_while_they_are_written(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "words")
    page.keyboard.press("a")
    page.keyboard.type("Risk team")
    saved(page)
    assert answers(sitting)[position] == {"text": "Risk team"}
    reply = place_of(sitting, "reply")
    page.goto(f"/exams/attempts/{sitting.public_id}/{reply}")
    page.get_by_role("textbox").press_sequentially("I am sorry. It arrives tomorrow.")
    saved(page)
    assert answers(sitting)[reply] == {"text": "I am sorry. It arrives tomorrow."}
    expect(page.locator("[data-exam-count]")).to_have_text("32 of 1200 characters")


def test_typing_is_timed_refuses_pasting_and_is_done_once(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "typing")
    field = page.locator("#exam-text")
    expect(field).not_to_be_editable()
    page.keyboard.press("a")
    page.evaluate("document.querySelector('#exam-text').dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true }))")
    expect(page.get_by_text("Pasting is not taken here")).to_be_visible()
    page.keyboard.type(PASSAGE, delay=45)
    expect(page.get_by_text("This test is done. It stays as it is.")).to_be_visible()
    saved(page)
    answer = answers(sitting)[position]
    assert answer["text"] == PASSAGE
    assert 0 < answer["seconds"] <= 60
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    page.reload()
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()


def test_a_typing_test_goes_on_where_its_page_was_left_and_begins_only_once(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "typing")
    page.keyboard.press("a")
    page.keyboard.type(PASSAGE[:20], delay=30)
    page.wait_for_timeout(2_500)  # what is typed is sent every two seconds
    saved(page)
    page.goto(f"/exams/attempts/{sitting.public_id}/{position % 8 + 1}")
    page.goto(f"/exams/attempts/{sitting.public_id}/{position}")
    field = page.locator("#exam-text")
    expect(field).to_be_editable()
    expect(field).to_have_value(PASSAGE[:20])
    expect(page.get_by_role("button", name="Begin")).to_be_disabled()
    expect(page.locator("[data-exam-left]")).to_contain_text("s left")
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type(PASSAGE[20:], delay=30)
    expect(page.get_by_text("This test is done. It stays as it is.")).to_be_visible()
    saved(page)
    answer = answers(sitting)[position]
    assert answer["text"] == PASSAGE
    assert answer["seconds"] > len(PASSAGE) * 0.03


def test_options_are_crossed_out_for_oneself_only(room: Room, sitting: Attempt) -> None:
    page, position = opened(room, sitting, "multiple")
    page.keyboard.press("Shift+Digit2")
    page.keyboard.press("1")
    saved(page)
    assert answers(sitting)[position] == {"options": [1]}
    page.reload()
    expect(page.get_by_role("button", name="Cross out option 2")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Cross out option 1")).to_have_attribute("aria-pressed", "false")


def test_every_kind_but_typing_is_answered_without_a_script(room: Room, sitting: Attempt) -> None:
    page = room(java_script_enabled=False).new_page()
    page.set_default_timeout(10_000)

    def turn_to(name: str) -> int:
        position = place_of(sitting, name)
        page.goto(f"/exams/attempts/{sitting.public_id}/{position}")
        return position

    def send() -> None:
        page.locator("button[aria-keyshortcuts=J]").click()

    ordering = turn_to("ordering")
    for rank, select in enumerate(page.locator(".exam-step select").all(), start=1):
        select.select_option(str(rank))
    send()
    text = turn_to("text")
    page.locator("textarea").fill("You can leave out your tablets.")
    send()
    sound = turn_to("sound")
    page.locator("#start-1").fill("4.5")
    page.locator("#end-1").fill("8.5")
    send()
    number = turn_to("number")
    page.locator("#exam-text").fill("24 h")
    send()
    turn_to("typing")
    expect(page.get_by_text("This question needs JavaScript")).to_be_visible()
    send()
    found = answers(sitting)
    assert found[ordering] == {"order": [1, 2, 3]}
    assert found[text] == {"marks": [[22, 53]]}
    assert found[sound] == {"marks": [[4.5, 8.5]]}
    assert found[number] == {"text": "24 h"}
    turn_to("text")
    expect(page.locator("textarea")).to_have_value("You can leave out your tablets.")


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (320, "dark"),
        pytest.param(320, "light", marks=pytest.mark.full),
        pytest.param(768, "light", marks=pytest.mark.full),
        pytest.param(1440, "light", marks=pytest.mark.full),
        pytest.param(1440, "dark", marks=pytest.mark.full),
    ],
)
def test_every_kind_is_fit_for_everybody(room: Room, sitting: Attempt, width: int, scheme: str) -> None:
    page = at(room(viewport={"width": width, "height": 900}, color_scheme=scheme), sitting)
    for position, name in names(sitting).items():
        page.goto(f"/exams/attempts/{sitting.public_id}/{position}")
        expect(page.locator(".case-key-switch")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        if "LOOK" in os.environ:
            page.screenshot(path=f"{os.environ['LOOK']}/{name}-{scheme}-{width}.png", full_page=True)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, (name, found.generate_report())
