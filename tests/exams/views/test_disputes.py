"""A candidate's doubt about a question, from the result's page to a trainer's decision."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.conftest import Browser
from tests.exams.factories import ExamFactory, wrong_response
from tests.exams.views.sittings import WINDOW, Candidate
from training.db import db
from training.exams import queries
from training.exams.models import Attempt
from training.exams.rules.acquaintance import Acquaintance
from training.outbox.models import OutboxMail

AsRole = Callable[[str], Browser]
MakeCandidate = Callable[..., Candidate]
DOUBT = "It asked about shops, and two options were the same to me."
CLAIM = "PRO-03.a says to ask the seller first, so that option is right."


@pytest.fixture
def finished(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    someone = candidate(name="Ayu Lestari")
    attempt = someone.start(ExamFactory())
    someone.save(attempt, 2, wrong_response(attempt, 2))
    someone.post(attempt, "submission", {"client_id": WINDOW})
    return someone, someone.attempt()


def raise_doubt(someone: Candidate, attempt: Attempt, position: Any = 2, doubt: str = DOUBT) -> Any:
    return someone.browser.post(f"/exams/attempts/{attempt.public_id}/disputes", data={"position": position, "doubt": doubt})


def dispute_id(attempt: Attempt) -> str:
    db.session.expire_all()
    (entry,) = queries.disputes_of_attempt(attempt.id, now=attempt.started_at)
    return entry.dispute.public_id


def opened(someone: Candidate, attempt: Attempt, trainer: Browser) -> str:
    raise_doubt(someone, attempt)
    public_id = dispute_id(attempt)
    assert trainer.post(f"/exams/desk/disputes/{public_id}/opening", data={"opening-minutes": 30}).status_code == 302
    return public_id


def text(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return " ".join(response.get_data(as_text=True).split())


def test_the_result_leads_to_it(finished: tuple[Candidate, Attempt]) -> None:
    someone, attempt = finished
    assert f"/exams/attempts/{attempt.public_id}/disputes" in someone.text(attempt, "result")
    assert "Which question do you doubt?" in someone.text(attempt, "disputes")


def test_nothing_of_the_question_is_shown_before_a_trainer_opens_it_and_the_key_never(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    trainer = as_role("trainer")
    raise_doubt(someone, attempt)
    public_id = dispute_id(attempt)
    assert "A shop offers something" not in text(someone.browser, f"/exams/disputes/{public_id}")
    assert someone.browser.post(f"/exams/disputes/{public_id}/view").status_code == 409
    trainer.post(f"/exams/desk/disputes/{public_id}/opening", data={"opening-minutes": 30})
    assert "A shop offers something" not in text(someone.browser, f"/exams/disputes/{public_id}")
    someone.browser.post(f"/exams/disputes/{public_id}/view")
    page = text(someone.browser, f"/exams/disputes/{public_id}")
    assert "A shop offers something" in page
    assert " checked" in page
    assert "The hidden rationale" not in page
    assert "disabled" in page


def test_who_has_looked_at_it_is_acquainted_with_it(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    public_id = opened(someone, attempt, as_role("trainer"))
    place = queries.place_of(attempt.id, 2)
    assert place is not None
    assert not queries.is_acquainted(someone.person.id, place.version.item_id, Acquaintance.OPENED)
    someone.browser.post(f"/exams/disputes/{public_id}/view")
    assert queries.is_acquainted(someone.person.id, place.version.item_id, Acquaintance.OPENED)


def test_a_claim_is_upheld_and_leads_to_the_ruling(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    trainer = as_role("trainer")
    public_id = opened(someone, attempt, trainer)
    early = trainer.post(f"/exams/desk/disputes/{public_id}/decision", data={"decision-decision": "upheld", "decision-words": "You are right about it."})
    assert early.status_code == 409
    assert someone.browser.post(f"/exams/disputes/{public_id}/claim", data={"words": CLAIM}).status_code == 409
    someone.browser.post(f"/exams/disputes/{public_id}/view")
    someone.browser.post(f"/exams/disputes/{public_id}/claim", data={"words": CLAIM})
    assert someone.browser.post(f"/exams/disputes/{public_id}/claim", data={"words": CLAIM}).status_code == 409
    assert CLAIM in text(trainer, f"/exams/desk/disputes/{public_id}")
    decided = trainer.post(f"/exams/desk/disputes/{public_id}/decision", data={"decision-decision": "upheld", "decision-words": "You are right about it."})
    place = queries.place_of(attempt.id, 2)
    assert place is not None
    assert decided.location.endswith(f"/exams/desk/regrades/items/{place.version.id}")
    assert "You are right about it." in text(someone.browser, f"/exams/disputes/{public_id}")
    assert "Upheld" in someone.text(attempt, "disputes")
    mail = db.session.scalar(select(OutboxMail).where(OutboxMail.recipient == someone.person.email))
    assert mail is not None
    assert "A trainer agrees with you" in mail.body


def test_a_rejection_needs_a_reason_and_is_told(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    trainer = as_role("trainer")
    public_id = opened(someone, attempt, trainer)
    path = f"/exams/desk/disputes/{public_id}/decision"
    assert trainer.post(path, data={"decision-decision": "rejected", "decision-words": "No."}).status_code == 400
    assert trainer.post(path, data={"decision-decision": "rejected", "decision-words": "The policy names this case."}).status_code == 302
    assert "The policy names this case." in text(someone.browser, f"/exams/disputes/{public_id}")
    assert trainer.post(path, data={"decision-decision": "rejected", "decision-words": "The policy names this case."}).status_code == 409


def test_a_view_ends(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    public_id = opened(someone, attempt, as_role("trainer"))
    someone.browser.post(f"/exams/disputes/{public_id}/view")
    entry = queries.entry_of(queries.any_dispute(public_id), now=attempt.started_at + timedelta(hours=2))
    assert entry.standing.open_until is None


def test_fourteen_days_and_no_longer(finished: tuple[Candidate, Attempt]) -> None:
    someone, attempt = finished
    earlier = {"started_at": attempt.started_at - timedelta(days=15), "finished_at": (attempt.finished_at or attempt.started_at) - timedelta(days=15)}
    db.session.execute(update(Attempt).where(Attempt.id == attempt.id).values(**earlier))
    db.session.commit()
    response = raise_doubt(someone, attempt)
    assert response.status_code == 409
    assert "for this attempt that was until" in response.get_data(as_text=True)


def test_what_makes_no_sense_is_refused_in_words(finished: tuple[Candidate, Attempt]) -> None:
    someone, attempt = finished
    for position, doubt, status, words in (
        (9, DOUBT, 409, "Use a number from 1 to 4"),
        ("two", DOUBT, 400, "Not a valid integer value"),
        (2, "Wrong.", 400, "Use between 10 and 1,000 letters"),
    ):
        response = raise_doubt(someone, attempt, position, doubt)
        assert response.status_code == status
        assert words in response.get_data(as_text=True)
    raise_doubt(someone, attempt)
    assert "disputed this question already" in raise_doubt(someone, attempt).get_data(as_text=True)


def test_a_running_attempt_is_not_disputed(candidate: MakeCandidate) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    assert someone.page(attempt, "disputes").location.endswith("/1")
    assert "still in this exam" in raise_doubt(someone, attempt).get_data(as_text=True)


def test_nobody_looks_at_a_question_while_sitting_an_exam(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    public_id = opened(someone, attempt, as_role("trainer"))
    someone.start(ExamFactory())
    refused = someone.browser.post(f"/exams/disputes/{public_id}/view")
    assert refused.status_code == 409
    assert "You are sitting an exam" in refused.get_data(as_text=True)


def test_other_peoples_disputes_do_not_exist(finished: tuple[Candidate, Attempt], candidate: MakeCandidate, as_role: AsRole) -> None:
    someone, attempt = finished
    public_id = opened(someone, attempt, as_role("trainer"))
    stranger = candidate()
    assert stranger.page(attempt, "disputes").status_code == 404
    assert stranger.browser.get(f"/exams/disputes/{public_id}").status_code == 404
    for path in ("view", "claim"):
        assert stranger.browser.post(f"/exams/disputes/{public_id}/{path}", data={"words": CLAIM}).status_code == 404
    assert stranger.browser.get(f"/exams/desk/disputes/{public_id}").status_code == 403
    assert as_role("trainer").get("/exams/desk/disputes/none").status_code == 404


def test_a_trainer_does_not_decide_about_their_own(candidate: MakeCandidate) -> None:
    someone = candidate(roles=["moderator", "trainer"])
    attempt = someone.start(ExamFactory())
    someone.post(attempt, "submission", {"client_id": WINDOW})
    raise_doubt(someone, attempt)
    public_id = dispute_id(attempt)
    for path, values in (("opening", {"opening-minutes": 30}), ("decision", {"decision-decision": "rejected", "decision-words": "It is fine as it is."})):
        assert someone.browser.post(f"/exams/desk/disputes/{public_id}/{path}", data=values).status_code == 409
    assert "A trainer who is not its candidate decides" in text(someone.browser, f"/exams/desk/disputes/{public_id}")


def test_auditors_read_and_the_desk_counts_what_waits(finished: tuple[Candidate, Attempt], as_role: AsRole) -> None:
    someone, attempt = finished
    raise_doubt(someone, attempt)
    assert "1 waiting" in text(as_role("trainer"), "/exams/desk")
    auditor = as_role("auditor")
    assert "Ayu Lestari" in text(auditor, "/exams/desk/disputes")
    assert auditor.post(f"/exams/desk/disputes/{dispute_id(attempt)}/opening", data={"opening-minutes": 30}).status_code == 403
