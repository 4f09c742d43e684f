from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import AttemptFactory, ExamFactory, right_response, wrong_response
from tests.exams.views.sittings import Candidate
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.certification import queries as certification
from training.certification.models import CertificateEvent
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, LateRuling, ScoreRun
from training.exams.rules.saving import Saving
from training.exams.services import save_answer, submit_attempt
from training.outbox.models import OutboxMail

MakeCandidate = Callable[..., Candidate]
MakeBrowser = Callable[..., Browser]
SECOND = timedelta(seconds=1)
WHY = "The line of the whole floor was down, as the office confirmed."
LATE = 1_800_000_000_000


@pytest.fixture
def late(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    """Two right answers in time; two right ones, and an older wrong one, eleven seconds too late."""
    person = PersonFactory(name="Sari Lestari")
    AttemptFactory(exam=(exam := ExamFactory(title="Entry to the shop floor")))
    attempt = AttemptFactory(person=person, exam=exam)
    someone = candidate(person)
    with time_machine.travel(attempt.started_at + 60 * SECOND, tick=False):
        someone = candidate(person)
        for position in (1, 2):
            someone.save(attempt, position, right_response(attempt, position), sequence=position)
    with time_machine.travel(attempt.deadline_at + 11 * SECOND, tick=False):
        someone.save(attempt, 3, right_response(attempt, 3), sequence=LATE + 2)
        someone.save(attempt, 3, wrong_response(attempt, 3), sequence=LATE + 1)
        someone.save(attempt, 4, right_response(attempt, 4), sequence=LATE + 3)
        someone.page(attempt, "result")
    return candidate(person), attempt


def text(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.get_data(as_text=True).split())


def desk(attempt: Attempt) -> str:
    return f"/exams/desk/late/{attempt.public_id}"


def events(attempt: Attempt) -> list[int]:
    """The late answers by the journal's order."""
    return [late.event.id for late in queries.late_answers_of(attempt.id)]


def rule(browser: Browser, attempt: Attempt, *counted: int, reason: str = WHY) -> int:
    return browser.post(desk(attempt), data={"counted": [str(event) for event in counted], "reason": reason}).status_code


def runs(attempt: Attempt) -> list[tuple[str, bool]]:
    db.session.expire_all()
    found = db.session.scalars(select(ScoreRun).where(ScoreRun.attempt_id == attempt.id).order_by(ScoreRun.ordinal))
    return [(run.reason, run.is_passed) for run in found]


def claimed_at_once(attempt: Attempt) -> dict[str, object]:
    """What the certificate of somebody says who passes the same exam without any ruling."""
    exam = queries.exam_of_version(attempt.exam_version_id)
    other = AttemptFactory(exam=exam)
    for position in range(1, 5):
        save_answer(other, Saving(position, "window", position, right_response(other, position)), by=SYSTEM, now=other.started_at)
    submit_attempt(other, client_id="window", by=SYSTEM, now=other.started_at)
    [event] = certification.ledger_of(other.person_id)
    return dict(event.evidence["claim"])


def test_what_arrived_late_waits_at_the_desk_without_what_it_says(late: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    _, attempt = late
    trainer = as_role("trainer")
    assert "1 waiting" in text(trainer, "/exams/desk").split("Late answers")[1][:200]
    listed = text(trainer, "/exams/desk/late")
    assert "Sari Lestari" in listed
    assert '<td data-label="Waiting">3</td>' in listed
    page = text(trainer, desk(attempt))
    assert "11 s" in page
    assert "secret key" not in page
    assert page.index(f'value="{events(attempt)[0]}"') < page.index(f'value="{events(attempt)[2]}"')


def test_what_counts_becomes_the_answer_and_is_graded_once_more(late: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = late
    assert runs(attempt) == [("expired", False)]
    assert rule(as_role("trainer"), attempt, *events(attempt)) == 302
    assert runs(attempt) == [("expired", False), ("late_answers", True)]
    assert queries.answers_of(attempt.id)[3].response == right_response(attempt, 3)
    assert queries.answers_of(attempt.id)[4].saved_at == attempt.deadline_at + 11 * SECOND
    awarded = db.session.scalars(select(CertificateEvent).where(CertificateEvent.person_id == someone.person.id)).all()
    assert [(event.kind, event.evidence["claim"]) for event in awarded] == [("awarded", claimed_at_once(attempt))]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.late_answers_ruled")).one()
    assert entry.detail == {"reason": WHY, "counted": sorted(events(attempt)), "not_counted": []}
    mail = db.session.scalars(select(OutboxMail).where(OutboxMail.recipient == someone.person.email)).all()[-1]
    assert "3 answers" in mail.body
    assert f"/exams/attempts/{attempt.public_id}/result" in mail.body
    page = " ".join(someone.text(attempt, "result").split())
    assert "Passed" in page
    assert "3 of 3 count." in page
    assert WHY in page
    assert "Nothing waits" in text(as_role("trainer"), "/exams/desk/late")


def test_what_does_not_count_stays_evidence_and_nothing_is_graded(late: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = late
    assert rule(as_role("trainer"), attempt) == 302
    assert runs(attempt) == [("expired", False)]
    assert set(queries.answers_of(attempt.id)) == {1, 2}
    assert [ruling.counts for ruling in queries.late_rulings_of(attempt.id)] == [False, False, False]
    assert "0 of 3 count." in " ".join(someone.text(attempt, "result").split())
    assert rule(as_role("trainer"), attempt) == 409


def test_one_answer_may_count_and_another_not(late: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    someone, attempt = late
    older, newer, other = events(attempt)
    assert rule(as_role("trainer"), attempt, older) == 302
    assert queries.answers_of(attempt.id)[3].response == wrong_response(attempt, 3)
    assert runs(attempt) == [("expired", False), ("late_answers", False)]
    ruled = {ruling.event_id: ruling.counts for ruling in queries.late_rulings_of(attempt.id)}
    assert ruled == {older: True, newer: False, other: False}
    assert "1 of 3 counts." in " ".join(someone.text(attempt, "result").split())


def test_before_a_ruling_the_candidate_reads_that_one_is_waited_for(late: tuple[Candidate, Attempt]) -> None:
    someone, attempt = late
    page = " ".join(someone.text(attempt, "result").split())
    assert "3 answers arrived after the end" in page
    assert "unless a trainer rules so" in page


def test_nobody_rules_for_themselves_nor_without_a_reason_nor_on_what_is_not_there(late: tuple[Candidate, Attempt], as_role: MakeBrowser) -> None:
    _, attempt = late
    trainer = as_role("trainer")
    assert rule(trainer, attempt, reason="short") == 400
    assert rule(trainer, attempt, 999_999) == 409
    assert as_role("auditor").get(desk(attempt)).status_code == 200
    assert rule(as_role("auditor"), attempt) == 403
    assert as_role("moderator").get(desk(attempt)).status_code == 403
    assert as_role("lead").get("/exams/desk/late").status_code == 403
    assert trainer.get("/exams/desk/late/no-such-attempt").status_code == 404
    assert db.session.scalars(select(LateRuling)).all() == []


def test_a_trainer_never_rules_on_their_own_late_answers(candidate: MakeCandidate) -> None:
    person = PersonFactory(roles=("trainer",))
    attempt = AttemptFactory(person=person)
    with time_machine.travel(attempt.deadline_at + 11 * SECOND, tick=False):
        someone = candidate(person)
        someone.save(attempt, 1, right_response(attempt, 1))
        someone.page(attempt, "result")
        assert "another trainer rules on it" in text(someone.browser, desk(attempt))
        assert rule(someone.browser, attempt, *events(attempt)) == 409


def test_what_is_passed_needs_no_late_answer(candidate: MakeCandidate, as_role: MakeBrowser) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    for position in range(1, 5):
        someone.save(attempt, position, right_response(attempt, position), sequence=position)
    someone.post(attempt, "submission", {"client_id": "window-of-the-test"})
    someone.save(attempt, 1, wrong_response(attempt, 1), sequence=9)
    someone.save(attempt, 9, {"options": [1]}, sequence=10)
    trainer = as_role("trainer")
    assert "The attempt is passed" in text(trainer, desk(attempt))
    assert rule(trainer, attempt, *events(attempt)) == 409
    assert rule(trainer, attempt) == 302
    assert runs(attempt) == [("submitted", True)]


def test_what_fits_no_question_cannot_count(candidate: MakeCandidate, as_role: MakeBrowser) -> None:
    someone = candidate()
    attempt = someone.start(ExamFactory())
    someone.post(attempt, "submission", {"client_id": "window-of-the-test"})
    someone.save(attempt, 9, {"options": [1]}, sequence=10)
    assert "Cannot count" in text(as_role("trainer"), desk(attempt))
    assert rule(as_role("trainer"), attempt, *events(attempt)) == 409
