"""A candidate's way from the page of the result to an appeal against the marks of a reply, and back to what came of it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import NOON
from tests.exams.services.test_appealing import NEXT_DAY, REASON
from tests.exams.services.test_replies import LATER, Desk, nothing_sampled
from tests.exams.views.sittings import Candidate
from training import clock
from training.db import db
from training.exams.models import Attempt, MarkingTask, ReplyAppeal

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.usefixtures(nothing_sampled.__name__)]

MakeCandidate = Callable[..., Candidate]


class Hall:
    """Somebody whose two replies are marked; the clock says what the tests say."""

    def __init__(self, candidate: MakeCandidate, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk, self.candidate, self.monkeypatch = Desk(), candidate, monkeypatch
        self.person = PersonFactory(name="Ayu Lestari")
        self.at(NOON)
        self.attempt: Attempt = self.desk.sit("Dear seller", "Dear buyer", person=self.person)

    def at(self, now: object) -> None:
        """Let it be that time, and sign the candidate in anew."""
        self.monkeypatch.setattr(clock, "now", lambda: now)
        self.someone = self.candidate(self.person)

    def marked(self, *points: int) -> None:
        for given in points:
            self.desk.mark(self.desk.anna, given)
        self.at(NEXT_DAY)

    @property
    def address(self) -> str:
        return f"/disputes/attempts/{self.attempt.public_id}"

    def page(self, browser: Browser | None = None) -> str:
        response = (browser or self.someone.browser).get(self.address)
        assert response.status_code == 200, response.status_code
        return re.sub(r"\s+", " ", response.get_data(as_text=True))

    def appeal(self, position: object = 1, reason: str = REASON, browser: Browser | None = None) -> tuple[int, str]:
        values = {"appeal-reply": position, "appeal-reason": reason}
        response = (browser or self.someone.browser).post(f"{self.address}/appeals", data=values)
        return response.status_code, re.sub(r"\s+", " ", response.get_data(as_text=True))


@pytest.fixture
def hall(candidate: MakeCandidate, monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(candidate, monkeypatch)


def test_from_the_result_to_the_appeal_and_to_what_came_of_it(hall: Hall) -> None:
    hall.marked(1, 3)
    assert "Appeal against the marks" in hall.someone.text(hall.attempt, "result")
    assert "1 of 10" in hall.page()
    assert hall.appeal()[0] == 302
    assert hall.appeal()[0] == 302, "a second click finds the first"
    page = hall.page()
    assert "Waits for another marker" in page
    assert "1 of 10" in page
    hall.desk.mark(hall.desk.budi, 3, NEXT_DAY)
    page = hall.page()
    assert "2 of 10, 1 before" in page
    assert "More points" in page
    assert "marked once more, upon an appeal" in hall.someone.text(hall.attempt, "result")
    assert len(db.session.query(ReplyAppeal).all()) == 1


def test_whoever_marks_upon_an_appeal_sees_neither_it_nor_its_reason(hall: Hall, sign_in: Callable[..., Browser], browser: Browser) -> None:
    hall.marked(1, 3)
    hall.appeal()
    marker = sign_in(browser, hall.desk.budi)
    page = marker.post("/exams/desk/marking/next", follow_redirects=True).get_data(as_text=True)
    assert "Dear seller" in page or "Dear buyer" in page
    assert REASON not in page
    assert "ppeal" not in page
    assert "Ayu" not in page


def test_too_late_too_short_or_about_nothing_is_refused_in_words(hall: Hall) -> None:
    status, page = hall.appeal()
    assert status == 409
    assert "is still being marked" in page
    hall.marked(1, 3)
    assert hall.appeal(3)[0] == 400
    assert hall.appeal("first")[0] == 400
    status, page = hall.appeal(1, "No.")
    assert status == 400
    assert "Use between 10 and 2,000 letters." in page
    hall.at(LATER + timedelta(days=15))
    status, page = hall.appeal()
    assert status == 409
    assert "The 14 days for an appeal are over" in page
    assert "Appeal against these marks" not in hall.page()
    assert not db.session.query(ReplyAppeal).all()
    assert len(db.session.query(MarkingTask).all()) == 2


def test_anothers_marks_do_not_exist(hall: Hall, candidate: MakeCandidate) -> None:
    hall.marked(1, 3)
    stranger = candidate(person=PersonFactory(roles=["trainer"])).browser
    assert hall.appeal(browser=stranger)[0] == 404
    assert stranger.get(hall.address).status_code == 404


def test_disputing_a_reply_like_a_question_leads_to_the_appeal(hall: Hall) -> None:
    hall.marked(1, 3)
    response = hall.someone.browser.post(hall.address, data={"position": 1, "reason": REASON})
    assert response.status_code == 409
    assert "Appeal against its marks, on this page" in response.get_data(as_text=True)
