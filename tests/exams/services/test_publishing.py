import pytest

from tests.exams.factories import LONG_AGO, ExamDocumentFactory, ExamFactory, ItemFactory
from training.actors import SYSTEM
from training.errors import Refusal
from training.exams import queries
from training.exams.documents import ExamDocument
from training.exams.rules.reasons import BankRefusal
from training.exams.services import publish_exam

pytestmark = pytest.mark.usefixtures("app")


def publish(document: ExamDocument, *, allow_public: bool = False) -> bool:
    return publish_exam(document, allow_public=allow_public, by=SYSTEM, now=LONG_AGO)


def refusal_of(document: ExamDocument, *, allow_public: bool = False) -> Refusal:
    with pytest.raises(Refusal) as refused:
        publish(document, allow_public=allow_public)
    return refused.value


def test_publishing_twice_changes_nothing() -> None:
    ItemFactory.create_batch(5)
    document = ExamDocumentFactory()
    assert publish(document)
    assert not publish(document)
    assert queries.exam_by_slug(document.id).number == 1


def test_a_raised_version_is_frozen_beside_the_old_one() -> None:
    exam = ExamFactory(id="exam-one")
    assert publish(ExamDocumentFactory(id="exam-one", version="1.1.0", time_limit_minutes=20))
    newer = queries.exam_by_slug("exam-one")
    assert (newer.number, newer.document.time_limit_minutes) == (2, 20)
    assert queries.exam_of_version(exam.version_id).document.time_limit_minutes == 15


def test_a_changed_exam_under_the_same_version_is_refused() -> None:
    ExamFactory(id="exam-one")
    assert refusal_of(ExamDocumentFactory(id="exam-one", time_limit_minutes=20)).reason is BankRefusal.VERSION_NOT_RAISED


def test_an_exam_keeps_its_certification() -> None:
    ExamFactory(id="exam-one")
    refused = refusal_of(ExamDocumentFactory(id="exam-one", version="1.1.0", certification="cert-other"))
    assert refused.reason is BankRefusal.CERTIFICATION_IS_FIXED


def test_a_bank_that_cannot_fill_it_is_told_which_cell_lacks_what() -> None:
    ItemFactory.create_batch(5)
    cells = ({"area": "PRO", "minimum": 2, "maximum": 4}, {"area": "IPR", "minimum": 2, "maximum": 4})
    refused = refusal_of(ExamDocumentFactory(cells=cells))
    assert refused.reason is BankRefusal.BANK_LACKS
    assert refused.detail["lacks"] == "the cell area IPR asks for 2, the bank holds 0"


def test_items_that_are_not_live_fill_nothing() -> None:
    ItemFactory.create_batch(5, state="draft")
    assert refusal_of(ExamDocumentFactory()).reason is BankRefusal.BANK_LACKS


def test_a_gating_exam_refuses_public_items_unless_they_are_allowed() -> None:
    ItemFactory.create_batch(5, public=True)
    document = ExamDocumentFactory()
    refused = refusal_of(document)
    assert (refused.reason, refused.detail["public_count"]) == (BankRefusal.PUBLIC_ITEMS, 5)
    assert publish(document, allow_public=True)


def test_an_exam_that_does_not_gate_may_use_public_items() -> None:
    ItemFactory.create_batch(5, public=True)
    assert publish(ExamDocumentFactory(gating=False))


def test_the_chances_of_passing_are_reckoned_when_it_is_published() -> None:
    power = ExamFactory().power
    assert [chance.accuracy for chance in power] == [0.75, 0.80, 0.85, 0.90, 0.95, 0.97]
    assert power[0].high == pytest.approx(0.75**4 + 4 * 0.75**3 * 0.25)
    assert power[0].high_in_all == pytest.approx(1 - (1 - power[0].high) ** 3)
