"""Every kind of item from its document to its mark."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.exams.every_kind import PASSAGE, every_kind, exam_of_every_kind, media, shown
from tests.exams.factories import NOON, AttemptFactory, ItemDocumentFactory, right_response
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt
from training.exams.rules.grading import Mark, unpack_marks
from training.exams.rules.reasons import BankRefusal
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.services import save_answer, store_item, submit_attempt

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


@pytest.mark.parametrize(("seconds_between", "is_told"), [(61, False), (70, False), (90, True)])
def test_the_audit_is_told_where_a_typing_test_lasted_longer_than_claimed(attempt: Attempt, seconds_between: int, is_told: bool) -> None:
    position = next(position for position, kind in kinds_of(attempt).items() if kind == "typing")
    begun, broken_off = {"text": "", "seconds": 0.1}, {"text": "We", "seconds": 5}
    done = {"text": PASSAGE, "seconds": 60}
    saves = ((begun, 0), (broken_off, 5), (begun, 200), (done, 200 + seconds_between))
    for sequence, (response, seconds) in enumerate(saves, start=1):
        save_answer(attempt, Saving(position, "window-one", sequence, response), by=SYSTEM, now=NOON + timedelta(seconds=seconds))
    submit_attempt(attempt, client_id="window-one", by=SYSTEM, now=NOON + timedelta(minutes=14))
    told = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.typing_unconfirmed")).all()
    assert [entry.detail for entry in told] == ([{"position": position, "claimed_seconds": 60.0, "seen_seconds": float(seconds_between)}] if is_told else [])
    assert marks_of(attempt)[position] is Mark.RIGHT
