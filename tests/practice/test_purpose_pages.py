"""Practising for a purpose, as a browser meets it: the daily mix, drills, what a policy changed, and how sessions end."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cases.factories import CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.practice.factories import AreaMasteryFactory
from training.accounts.models import Person
from training.cases.rules import Surface
from training.db import db
from training.practice.models import PracticeSession, Serving
from training.practice.rules import Backlog, backlog

RIGHT = {"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
WRONG = {"actions": ["APPROVE"], "primary_label": "OUT-00", "severity": "S0", "escalate_to": ""}
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def label(app: Flask) -> None:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    TaxonomyAreaFactory(code="IPR", title="Intellectual property", position=1)
    TaxonomyLabelFactory(code="PRO-03")


def text_of(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def scopes() -> list[str]:
    return list(db.session.scalars(select(PracticeSession.scope).order_by(PracticeSession.id)))


@pytest.mark.parametrize(
    ("query", "scope"),
    [
        ("", "all"),
        ("?area=PRO", "areas:PRO"),
        ("?area=PRO&area=IPR", "areas:IPR+PRO"),
        ("?surface=listing", "surface:listing"),
        ("?purpose=remedial&area=PRO", "remedial:PRO"),
        ("?purpose=delta&area=IPR&clause=PRO-03.a", "delta:IPR+PRO-03.a"),
        ("?clause=PRO-03.a", "delta:PRO-03.a"),
    ],
)
def test_the_address_says_what_is_practised_and_going_on_keeps_it(mine: Browser, query: str, scope: str) -> None:
    CaseFactory.create_batch(3)
    page = text_of(mine, f"/practice/next{query}")
    action = re.search(r'action="(/practice/next[^"]*)"', page)
    assert action is not None
    serving = mine.post(action[1].replace("&amp;", "&")).headers["Location"]
    assert scopes() == [scope]
    skipped = mine.post(f"{serving}/skip").headers["Location"]
    assert re.fullmatch(r"/practice/\d+", skipped)
    assert scopes() == [scope]


@pytest.mark.parametrize(
    "query",
    ["area=XXX", "surface=shop", "surface=listing&surface=video", "clause=pro-3", "purpose=remedial", "purpose=all&area=PRO", "purpose=delta"],
)
def test_what_there_is_not_to_practise_does_not_exist(mine: Browser, query: str) -> None:
    CaseFactory()
    assert mine.get(f"/practice/next?{query}").status_code == 404
    assert mine.post(f"/practice/next?{query}").status_code == 404


def test_too_many_clauses_at_once_are_refused_in_words(mine: Browser) -> None:
    response = mine.get("/practice/next?" + "&".join(f"clause=PRO-{number}.a" for number in range(10, 60)))
    assert response.status_code == 409
    assert "too much to practise at once" in response.get_data(as_text=True)


def test_a_drill_shows_the_queue_and_goes_on_without_a_stop(mine: Browser, clock: Any) -> None:
    CaseFactory.create_batch(4)
    serving = mine.post("/practice/next?surface=listing").headers["Location"]
    assert "12 waiting, one more every 1 min 30 s" in text_of(mine, serving)
    clock.shift(timedelta(seconds=200))
    following = mine.post(serving, data=WRONG).headers["Location"]
    assert following != serving
    page = text_of(mine, following)
    assert "13 waiting" in page
    assert f'href="{serving}">Your last answer:' in page
    assert "False negative" in page
    assert "You let a violation through" in text_of(mine, serving)


def test_a_drill_stops_where_a_break_is_due(mine: Browser, clock: Any) -> None:
    CaseFactory.create_batch(10)
    serving = mine.post("/practice/next?surface=listing").headers["Location"]
    for _minutes in range(4):
        clock.shift(timedelta(minutes=9))
        address, serving = serving, mine.post(serving, data=RIGHT).headers["Location"]
    assert serving == address
    assert "Time for a break?" in text_of(mine, serving)


@pytest.mark.parametrize(
    ("surface", "seconds", "done", "expected"),
    [
        (Surface.LISTING, 0, 0, Backlog(12, 90)),
        (Surface.LISTING, 180, 3, Backlog(11, 90)),
        (Surface.REVIEW, 46, 20, Backlog(0, 45)),
        (Surface.VIDEO, 68, 0, Backlog(13, 68)),
        (Surface.LISTING, 90_000, 0, Backlog(99, 90)),
    ],
)
def test_a_queue_fills_as_fast_as_cases_should_be_decided(surface: Surface, seconds: int, done: int, expected: Backlog) -> None:
    assert backlog(surface, started_at=NOON, done_count=done, now=NOON + timedelta(seconds=seconds)) == expected


def test_after_ten_minutes_a_daily_mix_may_end(mine: Browser, clock: Any) -> None:
    CaseFactory.create_batch(4)
    serving = mine.post("/practice/next").headers["Location"]
    clock.shift(timedelta(minutes=9))
    mine.post(serving, data=RIGHT)
    assert "ten minutes are done" not in text_of(mine, serving)
    clock.shift(timedelta(minutes=1))
    assert "Finish: your ten minutes are done" in text_of(mine, serving)
    area = mine.post("/practice/next?area=PRO").headers["Location"]
    clock.shift(timedelta(minutes=20))
    mine.post(area, data=RIGHT)
    assert "ten minutes are done" not in text_of(mine, area)


def test_the_end_of_a_session_shows_pace_beside_accuracy(mine: Browser, clock: Any) -> None:
    CaseFactory.create_batch(12)
    session_id = 0
    for number in range(10):
        serving = mine.post("/practice/next?area=PRO").headers["Location"]
        session_id = session_id or db.session.scalars(select(Serving.session_id)).first() or 0
        clock.shift(timedelta(seconds=20 if number else 100))
        mine.post(serving, data=RIGHT)
        if number == 8:
            assert "too few to judge: 10 cases are needed" in text_of(mine, f"/practice/sessions/{session_id}")
    page = text_of(mine, mine.post(f"/practice/sessions/{session_id}/end").headers["Location"])
    assert re.search(r"Cases an hour</span><span class=\"value\">129<", page)
    assert re.search(r"Over time</span><span class=\"value\">1<", page), "the first took longer than a listing should"
    assert page.count("20 s") >= 2
    assert "Limited to: Prohibited goods" in page
    assert "Go on with this" in page


def test_the_overview_has_one_primary_action_and_every_way_to_practise(mine: Browser) -> None:
    CaseFactory(surface="listing")
    CaseFactory(surface="review", area="IPR", concept="IPR-01.a")
    page = text_of(mine, "/practice/")
    assert page.count("button-primary") == 1
    for words in ("Practise for ten minutes", "/practice/next?area=IPR", "/practice/next?surface=review", "Not begun"):
        assert words in page
    assert "Pick sets for others" not in page


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"right_weight": 21.0, "wrong_weight": 1.0}, ">Ready<"),
        ({"count": 14, "day_count": 4}, "Too few to judge: 14 answers on 4 days; 15 on 3 are needed"),
        ({"day_count": 2}, "Too few to judge: 20 answers on 2 days; 15 on 3 are needed"),
        ({"right_weight": 16.0, "wrong_weight": 5.0}, "Not ready yet"),
    ],
)
def test_the_overview_says_how_ready_i_am(mine: Browser, me: Person, columns: dict[str, Any], words: str) -> None:
    AreaMasteryFactory(person_id=me.id, last_answered_at=datetime.now(UTC), **columns)
    CaseFactory()
    assert words in text_of(mine, "/practice/")
