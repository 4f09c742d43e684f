"""The recordings and pictures of cases as hands find them: played, stepped, slowed and gone through with keys alone."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from tests.accounts.factories import PersonFactory
from tests.browser.looking import OPPOSITE_WAYS, look
from tests.cases.factories import CONTENTS, CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.media.factories import picture_bytes
from tests.practice.factories import PracticeSessionFactory, ServingFactory
from training import clock
from training.accounts.models import Person
from training.cases.models import TaxonomyLabel
from training.cases.rules import Surface
from training.db import db
from training.judgements.models import Judgement
from training.media.services import store

pytestmark = pytest.mark.browser

CLIP = Path(__file__).parents[2] / "content" / "exams" / "media" / "hair-routine-clip.webm"
LIVE = {
    "title": "Payday sale",
    "host": "@tasbranded",
    "duration_seconds": 12,
    "pinned": [],
    "transcript": [{"at": "0:01", "speaker": "Host", "text": "This one is our own brand."}, {"at": "0:05", "speaker": "Host", "text": "Last ten."}],
    "chat": [{"at": "0:03", "name": "dewi88", "text": "is it original kak?"}, {"at": "0:08", "name": "rani", "text": "size 38?"}],
}


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    TaxonomyLabelFactory(code="PRO-03", title="Prescription medicine sold without authority")
    return PersonFactory(name="Rani Kusumawardhani")


@pytest.fixture
def page_at(page_of: Callable[..., Page], me: Person) -> Callable[..., Page]:
    """Opens pages as this person."""
    return partial(page_of, me)


def recording() -> dict[str, Any]:
    """A recording that is kept, as a case's version says it."""
    file = store(CLIP.read_bytes(), now=clock.now())
    return {"media_id": file.id, "alt": "A person combs her hair", "seconds": file.seconds, "width": file.width, "height": file.height}


def served(person: Person, **case: Any) -> str:
    session = PracticeSessionFactory(person_id=person.id, scope="all")
    return f"/practice/{ServingFactory(session=session, case=CaseFactory(surface=Surface.LIVE.value, content=LIVE, **case), served_at=clock.now()).id}"


def test_a_recording_is_played_and_stepped_and_slowed_with_keys(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, content__recording=recording()))
    video = page.locator(".case-player video")
    expect(video).to_have_js_property("duration", 12)
    page.keyboard.press(".")
    expect(page.locator("[data-player-time]")).not_to_have_text("0:00.00")
    stepped = video.evaluate("video => video.currentTime")
    assert 0 < stepped < 0.5
    page.keyboard.press("[")
    assert page.get_by_text("speed 0.75×").is_visible()
    page.keyboard.press("p")
    expect(page.locator("[data-player-time]")).to_have_text(re.compile(r"0:0[1-9]"))
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.keyboard.press("c")
    assert video.evaluate("video => [video.textTracks[0].kind, video.textTracks[0].mode, video.textTracks[0].cues[1].text]") == [
        "captions",
        "hidden",
        "Host Last ten.",
    ]
    assert video.evaluate("video => video.muted"), "muted as long as nobody wished otherwise"
    page.keyboard.press("u")
    assert not video.evaluate("video => video.muted")


def test_a_line_of_the_chat_goes_to_its_moment_by_mouse_and_by_key(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, content__recording=recording()))
    expect(page.locator(".case-player video")).to_have_js_property("duration", 12)
    page.get_by_role("button", name="0:08").press("Enter")
    expect(page.locator("[data-player-time]")).to_have_text("0:08.00")
    expect(page.locator(".case-chat [aria-current]")).to_contain_text("size 38?")
    expect(page.locator(".case-speech [aria-current]")).to_contain_text("Last ten.")
    page.get_by_text("is it original kak?").click()
    expect(page.locator("[data-player-time]")).to_have_text("0:03.00")


def test_without_a_script_the_browsers_own_controls_play_it(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, content__recording=recording()), java_script_enabled=False)
    assert page.locator(".case-player video[controls]").is_visible()
    assert page.locator(".case-player-tools").is_hidden()
    assert page.get_by_role("button", name="0:08").count() == 0


def answer_and_read(page: Page) -> dict[str, Any]:
    """Decide the case with keys, send it, and what was stored."""
    page.keyboard.press("2")
    page.keyboard.press("l")
    page.keyboard.type("PRO-03")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Right")
    db.session.rollback()
    return dict(db.session.scalars(select(Judgement)).one().answer)


def test_a_stretch_of_the_recording_is_marked_with_keys_alone(page_at: Callable[..., Page], me: Person) -> None:
    expert = {"evidence": [{"field": "recording", "start": 3, "end": 8}]}
    page = page_at(served(me, content__recording=recording(), content__reference=expert))
    expect(page.locator(".case-player video")).to_have_js_property("duration", 12)
    page.get_by_role("button", name="0:05").press("Enter")
    expect(page.locator("[data-player-time]")).to_have_text("0:05.00")
    page.keyboard.press("b")
    page.get_by_role("button", name="0:08").press("Enter")
    expect(page.locator("[data-player-time]")).to_have_text("0:08.00")
    page.keyboard.press("e")
    expect(page.locator(".case-marks li")).to_contain_text("Recording, 0:05 to 0:08")
    assert page.locator(".case-seek rect.own").count() == 1
    page.get_by_label("Or type a stretch").press_sequentially("0:01-0:02.5")
    page.keyboard.press("Enter")
    expect(page.locator(".case-marks li")).to_have_count(2)
    page.get_by_role("button", name="Remove the mark “Recording, 0:01 to 0:02.5”").press("Enter")
    page.locator("h1").click()
    assert answer_and_read(page)["evidence"] == [{"field": "recording", "start": 5, "end": 8}]
    assert page.get_by_text("The recording from 0:05 to 0:08").is_visible()
    assert page.locator("[data-case-track] rect.expert").count() == 1
    assert page.get_by_text(re.compile(r"60\s?%")).is_visible()


PICTURE = {"alt": "A box of sachets", "width": 800, "height": 600}


def pictured(**more: Any) -> list[dict[str, Any]]:
    return [{"media_id": store(picture_bytes(size=(800, 600)), now=clock.now()).id, **PICTURE, **more}]


def test_a_box_on_a_picture_is_marked_with_keys_alone(page_at: Callable[..., Page], me: Person) -> None:
    expert = {"evidence": [{"field": "images.0", "x": 316, "y": 225, "width": 200, "height": 150}]}
    page = page_at(served(me, content__images=pictured(), content__reference=expert))
    page.keyboard.press("v")
    viewer = page.get_by_role("dialog", name="A box of sachets")
    page.keyboard.press("b")
    box = viewer.get_by_role("button", name="Box of")
    expect(box).to_be_focused()
    before = [int(number) for number in re.findall(r"\d+", str(box.get_attribute("aria-label")))]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Enter")
    expect(viewer.get_by_role("status")).to_have_text(f"Marked a box of {before[0]} × {before[1] + 16} pixels.")
    page.keyboard.press("Escape")
    expect(viewer).to_have_count(0)
    width, height, x, y = before
    assert answer_and_read(page)["evidence"] == [{"field": "images.0", "x": x + 16, "y": y - 1, "width": width, "height": height + 16}]
    assert page.locator(".case-boxes rect.own").count() == 1
    assert page.locator(".case-boxes rect.expert").count() == 1
    assert page.get_by_text("A box on picture 1, 200 × 150 pixels, 316 from the left and 225 from the top").is_visible()


def test_a_box_is_drawn_with_the_mouse_and_leaving_one_marks_nothing(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, content__images=pictured()))
    page.get_by_role("button", name="Mark a picture").click()
    viewer = page.get_by_role("dialog")
    viewer.get_by_role("button", name="Mark a box").click()
    page.keyboard.press("Escape")
    expect(viewer.get_by_role("status")).to_have_text("No box marked.")
    viewer.get_by_role("button", name="Mark a box").click()
    frame = viewer.locator("img").bounding_box()
    assert frame
    page.mouse.move(frame["x"] + 10, frame["y"] + 10)
    page.mouse.down()
    page.mouse.move(frame["x"] + 60, frame["y"] + 40)
    page.mouse.up()
    expect(viewer.locator("rect.own")).to_have_count(1)
    viewer.get_by_role("button", name="Close").click()
    expect(page.locator(".case-marks li")).to_contain_text("Picture 1, a box of")


def test_a_picture_is_shown_nearer_and_farther_by_keys(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, content__images=[*pictured(), *pictured(alt="The back of it")]))
    page.keyboard.press("v")
    viewer = page.get_by_role("dialog", name="A box of sachets")
    page.keyboard.press("+")
    page.keyboard.press("+")
    expect(viewer.get_by_role("status")).to_have_text("The picture is shown at 200 %.")
    frame = viewer.get_by_role("group")
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    page.keyboard.press("0")
    expect(viewer.get_by_role("status")).to_have_text("The picture is shown at 100 %.")
    page.keyboard.press("n")
    expect(page.get_by_role("dialog", name="The back of it")).to_be_visible()


def test_what_is_veiled_does_not_play(page_at: Callable[..., Page], me: Person) -> None:
    path = served(me, content__recording=recording(), area="HRM", severity="S4")
    page = page_at(path)
    page.evaluate("document.querySelector('[data-case]').classList.add('veils-pictures')")
    page.evaluate("document.querySelector('[data-case]').insertAdjacentHTML('afterbegin', '<p class=case-reveal><input type=checkbox></p>')")
    page.keyboard.press("p")
    assert page.locator(".case-player video").evaluate("video => video.paused")


@pytest.mark.parametrize("surface", Surface)
def test_a_case_of_every_surface_is_decided_with_keys_alone(page_at: Callable[..., Page], me: Person, surface: Surface) -> None:
    session = PracticeSessionFactory(person_id=me.id, scope="all")
    page = page_at(f"/practice/{ServingFactory(session=session, case=CaseFactory(surface=surface.value), served_at=clock.now()).id}")
    assert answer_and_read(page)["primary_label"] == "PRO-03"


def test_what_a_ticket_asks_for_is_said_with_keys_and_stands_beside_the_experts(page_at: Callable[..., Page], me: Person) -> None:
    content = CONTENTS[Surface.TICKET] | {"macros": [{"name": "Wait", "text": "Please wait."}], "asks": ["intent", "macro", "reply", "risk"]}
    besides = {"intent": "refund", "macro": "Wait", "reply": "Wait until Monday."}
    case = CaseFactory(surface=Surface.TICKET.value, content=content, content__reference={"besides": besides})
    page = page_at(f"/practice/{ServingFactory(session=PracticeSessionFactory(person_id=me.id, scope='all'), case=case, served_at=clock.now()).id}")
    page.keyboard.press("i")
    page.keyboard.type("Acc")
    page.keyboard.press("Tab")
    page.keyboard.type("Wait")
    expect(page.get_by_label("Your reply")).to_have_value("Please wait.")
    page.keyboard.press("Tab")
    page.keyboard.type(" Until Monday.")
    look(page, "ticket-asks", OPPOSITE_WAYS)
    page.locator("h1").click()
    answer = answer_and_read(page)
    assert (answer["intent"], answer["macro"], "risk" in answer) == ("account", "Wait", False)
    assert page.get_by_text("Wait until Monday.").is_visible()
    assert page.get_by_text("Left blank").is_visible()


def test_marking_and_looking_nearer_stand_in_nobodys_way(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, content__recording=recording(), content__images=pictured()))
    expect(page.locator(".case-player video")).to_have_js_property("duration", 12)
    look(page, "recorded-live", OPPOSITE_WAYS)
    page.keyboard.press("v")
    page.keyboard.press("b")
    look(page, "box-on-picture", OPPOSITE_WAYS)


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("pro-0", "PRO-02 Weapons for medicine men", "Prohibited goods"),
        ("prescription", "PRO-03 Prescription medicine", "Prohibited goods"),
        ("obat keras", "PRO-03 Prescription medicine", "obat keras"),
        ("ganda", "OUT-04", "ganda"),
    ],
)
def test_a_label_is_found_by_code_name_and_synonym_the_best_first(page_at: Callable[..., Page], me: Person, typed: str, first: str, why: str) -> None:
    db.session.execute(update(TaxonomyLabel).values(synonyms={"id": ["obat keras", "obat resep"]}))
    TaxonomyLabelFactory(code="PRO-02", title="Weapons for medicine men", position=-1)
    page = page_at(served(me))
    page.keyboard.press("l")
    page.keyboard.type(typed)
    option = page.get_by_role("option").first
    expect(option).to_contain_text(first)
    expect(option).to_contain_text(why)
