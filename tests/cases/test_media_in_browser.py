"""The recordings and pictures of cases as hands find them: played, stepped, slowed and gone through with keys alone."""

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.practice.factories import PracticeSessionFactory, ServingFactory
from training import clock
from training.accounts.models import Person
from training.cases.rules import Surface
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


def test_what_is_veiled_does_not_play(page_at: Callable[..., Page], me: Person) -> None:
    path = served(me, content__recording=recording(), area="HRM", severity="S4")
    page = page_at(path)
    page.evaluate("document.querySelector('[data-case]').classList.add('veils-pictures')")
    page.evaluate("document.querySelector('[data-case]').insertAdjacentHTML('afterbegin', '<p class=case-reveal><input type=checkbox></p>')")
    page.keyboard.press("p")
    assert page.locator(".case-player video").evaluate("video => video.paused")
