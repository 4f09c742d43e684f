"""Every kind of item from its document to its mark."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.every_kind import PASSAGE, every_kind, exam_of_every_kind, media, shown
from tests.exams.factories import NOON, AttemptFactory, ItemDocumentFactory, right_response
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt
from training.exams.rules.grading import Mark, unpack_marks
from training.exams.rules.reasons import BankRefusal
from training.exams.rules.responses import ResponseFault
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.services import claim_writing, may_count_late, pause_attempt, resume_attempt, save_answer, store_item, submit_attempt

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def attempt() -> Attempt:
    found = AttemptFactory(exam=exam_of_every_kind())
    assert isinstance(found, Attempt)
    return found


def kinds_of(attempt: Attempt) -> dict[int, str]:
    return {place.position: place.version.kind for place in queries.form_of(attempt)}


def marks_of(attempt: Attempt) -> dict[int, Mark]:
    run = attempt.current_score_run
    assert run is not None
    return {position: mark for position, (mark, _) in enumerate(unpack_marks(run.marks), start=1)}


def test_a_form_of_every_kind_is_answered_and_marked(attempt: Attempt) -> None:
    kinds = kinds_of(attempt)
    assert set(kinds.values()) == {"single", "multiple", "case", "evidence", "ordering", "short", "reply", "typing"}
    for position in kinds:
        saving = Saving(position, "window-one", position, right_response(attempt, position))
        assert save_answer(attempt, saving, by=SYSTEM, now=NOON + timedelta(minutes=position)).verdict is SaveVerdict.SAVED
    submit_attempt(attempt, client_id="window-one", by=SYSTEM, now=NOON + timedelta(minutes=14))
    assert marks_of(attempt) == {position: Mark.PENDING if kind == "reply" else Mark.RIGHT for position, kind in kinds.items()}


def test_partial_credit_is_kept_beside_the_marks(attempt: Attempt) -> None:
    position = next(position for position, kind in kinds_of(attempt).items() if kind == "multiple")
    two_of_three = {"options": right_response(attempt, position)["options"][:2]}
    save_answer(attempt, Saving(position, "window-one", 1, two_of_three), by=SYSTEM, now=NOON)
    submit_attempt(attempt, client_id="window-one", by=SYSTEM, now=NOON + timedelta(minutes=1))
    assert marks_of(attempt)[position] is Mark.PARTIAL
    assert attempt.current_score_run is not None
    assert attempt.current_score_run.credits == {str(position): pytest.approx(2 / 3)}


def test_an_item_whose_file_is_not_there_is_refused() -> None:
    evidence = {"file": "media/nowhere.png", "alt": "A picture", "regions": [{"x": 0, "y": 0, "width": 5, "height": 5}]}
    with pytest.raises(Refusal) as refused:
        store_item(ItemDocumentFactory(kind="evidence", evidence=evidence, options=()), by=SYSTEM, now=NOON)
    assert refused.value.reason is BankRefusal.MEDIA_MISSING


def test_another_file_under_the_same_name_makes_a_new_version() -> None:
    items = every_kind()
    kept = dict(media())
    before = items["picture"].current_version
    document = ItemDocumentFactory(
        id="secret-item-picture",
        family="secret-family-picture",
        kind="evidence",
        evidence=shown("gel-jar-two-posters.png", regions=[{"x": 425, "y": 175, "width": 330, "height": 125}]),
        options=(),
    )
    assert not store_item(document, media=kept, by=SYSTEM, now=NOON)
    kept["exams/media/gel-jar-two-posters.png"] = kept["exams/media/hair-routine-clip.webm"]
    assert store_item(document, media=kept, by=SYSTEM, now=NOON)
    assert items["picture"].current_version is not before


def typing_place(attempt: Attempt) -> int:
    return next(position for position, kind in kinds_of(attempt).items() if kind == "typing")


CLOCK = round(NOON.timestamp() * 1000)
BEGUN, BROKEN_OFF, DONE = {"text": "", "seconds": 0.1}, {"text": "We", "seconds": 5}, {"text": PASSAGE, "seconds": 60}


def type_at(attempt: Attempt, response: dict[str, Any], second: float, *, arrived: float | None = None, window: str = "window-one") -> ResponseFault | None:
    """Send what is typed, numbered by the window's clock; it may arrive later."""
    saving = Saving(typing_place(attempt), window, CLOCK + round(second * 1000), response)
    return save_answer(attempt, saving, by=SYSTEM, now=NOON + timedelta(seconds=arrived if arrived is not None else second)).fault


@pytest.mark.parametrize(("arrived", "is_told"), [(61, False), (70, False), (90, True)])
def test_the_audit_is_told_where_a_typing_test_lasted_longer_than_claimed(attempt: Attempt, arrived: int, is_told: bool) -> None:
    position = typing_place(attempt)
    assert [type_at(attempt, BEGUN, 0), type_at(attempt, BROKEN_OFF, 5), type_at(attempt, DONE, 60, arrived=arrived)] == [None, None, None]
    submit_attempt(attempt, client_id="window-one", by=SYSTEM, now=NOON + timedelta(minutes=14))
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.typing_unconfirmed")).all()
    assert [entry.detail for entry in told] == ([{"position": position, "claimed_seconds": 60.0, "seen_seconds": float(arrived)}] if is_told else [])
    assert marks_of(attempt)[position] is Mark.RIGHT


def test_a_typing_test_is_taken_once_whatever_a_page_sends(attempt: Attempt) -> None:
    position = typing_place(attempt)
    for response, second in ((BEGUN, 0), (BROKEN_OFF, 5)):
        assert type_at(attempt, response, second) is None
    again = [type_at(attempt, response, second) for response, second in ((BEGUN, 200), (BROKEN_OFF, 205), (DONE, 260), ({}, 261))]
    assert again == [ResponseFault.BEGUN_BEFORE] * 4
    assert queries.answers_of(attempt.id)[position].response == BROKEN_OFF
    assert type_at(attempt, DONE, 60, arrived=300) is None, "of the first run, from a line that was down"
    assert queries.answers_of(attempt.id)[position].response == DONE


def test_another_window_takes_over_the_same_run_by_the_servers_clock(attempt: Attempt) -> None:
    assert type_at(attempt, BEGUN, 0) is None
    claim_writing(attempt, "window-two", sequence=0, takes_over=True, by=SYSTEM, now=NOON + timedelta(seconds=10))
    assert type_at(attempt, {"text": "We sell", "seconds": 20}, 3_600, arrived=20, window="window-two") is None
    assert type_at(attempt, BEGUN, 3_700, arrived=120, window="window-two") is ResponseFault.BEGUN_BEFORE


def test_a_pause_is_no_time_of_the_test(attempt: Attempt) -> None:
    assert type_at(attempt, BEGUN, 0) is None
    trainer = Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
    pause_attempt(attempt, reason="The alarm went off.", by=trainer, now=NOON + timedelta(seconds=10))
    resume_attempt(attempt, reason="Everybody is back.", by=trainer, now=NOON + timedelta(seconds=310))
    assert type_at(attempt, {"text": "We sell", "seconds": 30}, 330) is None
    assert type_at(attempt, BEGUN, 400) is ResponseFault.BEGUN_BEFORE


def test_what_cannot_count_in_time_cannot_count_late(attempt: Attempt) -> None:
    for response, second in ((BEGUN, 0), (BROKEN_OFF, 5)):
        type_at(attempt, response, second)
    submit_attempt(attempt, client_id="window-one", by=SYSTEM, now=NOON + timedelta(seconds=30))
    type_at(attempt, DONE, 60, arrived=5_000)
    type_at(attempt, DONE, 400, arrived=5_001)
    assert [may_count_late(attempt, late) for late in queries.late_answers_of(attempt.id)] == [True, False]
