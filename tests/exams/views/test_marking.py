from collections.abc import Callable

import pytest
from sqlalchemy import select

from tests.conftest import Browser
from tests.exams.services.test_replies import Desk
from training import clock
from training.accounts.models import Person
from training.accounts.rules import FactKind
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.db import db
from training.exams.models import MarkingTask, ReplyMark
from training.exams.rules.blueprint import Criterion

GOOD = {criterion.value: "2" for criterion in Criterion}


@pytest.fixture
def desk(app: object, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk at which chance gives no reply to a second marker."""
    monkeypatch.setattr("training.exams.services.replies.is_sampled", lambda _seed, _position: False)
    return Desk()


@pytest.fixture
def marker(desk: Desk, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> Browser:
    return sign_in(browser, desk.anna)


def test_a_marker_sees_the_ticket_the_reply_and_the_rubric_and_no_name(marker: Browser, desk: Desk) -> None:
    attempt = desk.sit("Dear seller, we are sorry.", "")
    person = db.session.get_one(Person, attempt.person_id)
    answer = marker.post("/exams/desk/marking/next")
    page = marker.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Dear seller, we are sorry." in page
    assert "Why was my shop closed?" in page
    assert "What a marker looks for." in page
    assert person.name not in page
    assert person.public_id not in page
    assert attempt.public_id not in page


def test_a_mark_is_given_once_however_often_it_is_sent(marker: Browser, desk: Desk) -> None:
    desk.sit("Dear seller", "")
    address = marker.post("/exams/desk/marking/next").headers["Location"]
    assert marker.post(address, data=GOOD).status_code == 302
    assert marker.post(address, data=GOOD).status_code == 302
    assert "You have marked this reply; the first mark stands." in marker.get("/exams/desk/marking").get_data(as_text=True)
    assert len(db.session.scalars(select(ReplyMark)).all()) == 1
    assert marker.get(address).status_code == 302


def test_a_marker_goes_on_to_the_next_reply_until_nothing_waits(marker: Browser, desk: Desk) -> None:
    desk.sit("Dear seller", "And another")
    first = marker.post("/exams/desk/marking/next").headers["Location"]
    second = marker.post(first, data={**GOOD, "go": "next"}).headers["Location"]
    assert second not in (first, "/exams/desk/marking")
    assert "Marked. This is the next one." in marker.get(second).get_data(as_text=True)
    assert marker.post(second, data={**GOOD, "go": "next"}).headers["Location"] == "/exams/desk/marking"


def test_every_criterion_has_to_be_rated(marker: Browser, desk: Desk) -> None:
    desk.sit("Dear seller", "")
    address = marker.post("/exams/desk/marking/next").headers["Location"]
    answer = marker.post(address, data={**GOOD, "tone": ""})
    assert answer.status_code == 400
    assert "Rate this one too." in answer.get_data(as_text=True)


def test_a_reply_that_somebody_else_took_is_not_found(marker: Browser, desk: Desk, app: object, as_role: Callable[..., Browser]) -> None:
    desk.sit("Dear seller", "")
    address = marker.post("/exams/desk/marking/next").headers["Location"]
    other = as_role("trainer")
    assert other.get(address).status_code == 404
    assert other.post(address, data=GOOD).status_code == 404


def test_a_reply_is_left_to_somebody_else(marker: Browser, desk: Desk) -> None:
    desk.sit("Dear seller", "")
    address = marker.post("/exams/desk/marking/next").headers["Location"]
    marker.post(f"{address}/give-back")
    marker.post(f"{address}/give-back")
    assert db.session.scalars(select(MarkingTask)).one().claimed_by_id is None


def test_a_reply_is_skipped_for_the_next_one_and_the_last_one_says_so(marker: Browser, desk: Desk) -> None:
    desk.sit("Dear seller", "And another")
    first = marker.post("/exams/desk/marking/next").headers["Location"]
    second = marker.post(f"{first}/give-back", data={"go": "next"}).headers["Location"]
    assert second not in (first, "/exams/desk/marking")
    marker.post(second, data=GOOD)
    marker.post("/exams/desk/marking/next")
    assert "back in the queue" in marker.post(f"{first}/give-back", data={"go": "next"}, follow_redirects=True).get_data(as_text=True)


def test_how_long_replies_wait_is_told(marker: Browser, desk: Desk) -> None:
    desk.sit("Dear seller", "And another")
    assert "the first waits since" in marker.get("/exams/desk/marking").get_data(as_text=True)
    address = marker.post("/exams/desk/marking/next").headers["Location"]
    assert "It waits since" in marker.get(address).get_data(as_text=True)


def test_who_waits_for_marks_reads_so_and_nothing_of_a_result(desk: Desk, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> None:
    attempt = desk.sit("Dear seller", "")
    candidate = sign_in(browser, db.session.get_one(Person, attempt.person_id))
    page = candidate.get(f"/exams/attempts/{attempt.public_id}/result").get_data(as_text=True)
    assert "People are reading what you wrote" in page
    assert "Not passed" not in page
    assert "Being marked" in candidate.get("/exams").get_data(as_text=True)


def test_after_marking_the_candidate_reads_the_result_and_that_it_was_marked(
    desk: Desk, browser: Browser, sign_in: Callable[[Browser, Person], Browser]
) -> None:
    attempt = desk.sit("Dear seller", "")
    desk.mark(desk.anna, 1)
    page = sign_in(browser, db.session.get_one(Person, attempt.person_id)).get(f"/exams/attempts/{attempt.public_id}/result").get_data(as_text=True)
    assert "Not passed" in page
    assert "Graded anew when its written replies were marked" in page


def test_nothing_to_mark_is_said(marker: Browser) -> None:
    assert marker.post("/exams/desk/marking/next").headers["Location"].endswith("/exams/desk/marking")
    assert "Nothing waits for you" in marker.get("/exams/desk/marking").get_data(as_text=True)


def test_a_mark_that_nobody_is_left_to_give_is_said(marker: Browser, desk: Desk) -> None:
    desk.sit("My own reply", "", person=desk.anna)
    assert "nobody left" not in marker.get("/exams/desk/marking").get_data(as_text=True)
    for other in (desk.budi, desk.citra):
        record_facts(other, {FactKind.ROLES: ["moderator"]}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    db.session.commit()
    assert "One mark has nobody left to give it" in marker.get("/exams/desk/marking").get_data(as_text=True)


def test_auditors_see_agreement_and_mark_nothing(desk: Desk, as_role: Callable[..., Browser]) -> None:
    auditor = as_role("auditor")
    assert auditor.get("/exams/desk/marking").status_code == 200
    assert auditor.post("/exams/desk/marking/next").status_code == 403
