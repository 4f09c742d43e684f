"""Items, exams and attempts as small and valid as they can be, made by the services that make them."""

from datetime import UTC, datetime
from typing import Any

import factory

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.certification.factories import CertificationFactory
from training.actors import SYSTEM
from training.cases.models import Case
from training.certification.queries import stored_certification
from training.db import db
from training.exams import queries, services
from training.exams.documents import ExamDocument, ItemDocument
from training.exams.models import Attempt, Item
from training.exams.queries import PublishedExam

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

OPTIONS = (
    {"id": "a", "text": "Remove it, because the secret key says so", "correct": True},
    {"id": "b", "text": "Ask the seller first"},
    {"id": "c", "text": "Leave it alone"},
    {"id": "d", "text": "Send it to another queue"},
)


class ItemDocumentFactory(factory.Factory):
    """A single choice; the first option is right."""

    class Meta:
        model = ItemDocument

    id = factory.Sequence(lambda number: f"item-x{number:04}")
    kind = "single"
    state = "live"
    public = False
    language = "en"
    area = "PRO"
    severity = "S2"
    decision_class = "violating"
    difficulty = "typical"
    family = factory.LazyAttribute(lambda made: f"fam-{made.id}")
    clauses = ("PRO-03.a",)
    stem = factory.LazyAttribute(lambda made: f"A shop offers something. What do you do? ({made.language})")
    options = OPTIONS
    rationale = "The hidden rationale of the key."


class ItemFactory(factory.Factory):
    """A stored item."""

    class Meta:
        model = Item

    @classmethod
    def _create(cls, model_class: type[Item], *args: Any, **values: Any) -> Item:
        media = values.pop("media", {})
        document = ItemDocumentFactory(**values)
        services.store_item(document, media=media, by=values.get("by", SYSTEM), now=LONG_AGO)
        db.session.commit()
        item = queries.item_by_slug(document.id)
        assert item is not None
        return item


def case_item(case: Case | None = None, **values: Any) -> Item:
    """A stored item that asks to label a case of the exam pool."""
    TaxonomyLabelFactory()
    case = case or CaseFactory(pool="exam")
    document = ItemDocument(id=values.pop("id", f"item-of-{case.slug}"), kind="case", state="live", case=case.slug, **values)
    services.store_item(document, by=SYSTEM, now=LONG_AGO)
    db.session.commit()
    item = queries.item_by_slug(document.id)
    assert item is not None
    return item


class ExamDocumentFactory(factory.Factory):
    """Four items of one area in 15 minutes; three of four pass."""

    class Meta:
        model = ExamDocument

    id = factory.Sequence(lambda number: f"exam-x{number}")
    title = factory.LazyAttribute(lambda made: made.id.replace("-", " ").capitalize())
    version = "1.0.0"
    certification = factory.LazyAttribute(lambda made: f"cert-{made.id}")
    gating = True
    item_count = 4
    time_limit_minutes = 15
    cells = ({"area": "PRO", "minimum": 4, "maximum": 4},)
    pass_rule = factory.LazyFunction(lambda: {"weighted_percent": 75})
    retakes = factory.LazyFunction(dict)


class ExamFactory(factory.Factory):
    """A published exam with its certification; where the bank is empty, four items are put in."""

    class Meta:
        model = PublishedExam

    @classmethod
    def _create(cls, model_class: type[PublishedExam], *args: Any, **values: Any) -> PublishedExam:
        document = ExamDocumentFactory(**values)
        if not queries.bank_items(queries.Terms(with_public=True)):
            ItemFactory.create_batch(document.item_count)
        if stored_certification(document.certification) is None:
            CertificationFactory(id=document.certification, needs={"exam": document.id})
        services.publish_exam(document, allow_public=True, by=SYSTEM, now=LONG_AGO)
        db.session.commit()
        return queries.exam_by_slug(document.id)


class AttemptFactory(factory.Factory):
    """An attempt that was started at noon."""

    class Meta:
        model = Attempt

    @classmethod
    def _create(cls, model_class: type[Attempt], *args: Any, **values: Any) -> Attempt:
        person = values.get("person") or PersonFactory()
        exam = values.get("exam") or ExamFactory()
        attempt = services.start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=values.get("now", NOON))
        db.session.commit()
        return attempt


def right_response(attempt: Attempt, position: int) -> dict[str, Any]:
    """The response that earns the mark at this place; to a ticket one that waits for a marker."""
    place = queries.place_of(attempt.id, position)
    assert place is not None
    document = place.version.document
    match place.version.kind:
        case "case":
            return {"actions": ["REMOVE"], "primary_label": "PRO-03"}
        case "ordering":
            return {"order": [place.option_order.index(step["id"]) + 1 for step in document["steps"]]}
        case "evidence":
            return {"marks": document["evidence"]["marks"]}
        case "short":
            answer = document["answer"]
            return {"text": answer["texts"][0] if answer.get("texts") else str(answer["number"])}
        case "reply":
            return {"text": "Thank you for writing. It arrives tomorrow."}
        case "typing":
            return {"text": document["typing"]["passage"], "seconds": 60}
    right = [option["id"] for option in document["options"] if option.get("correct")]
    return {"options": [place.option_order.index(option) + 1 for option in right]}


def wrong_response(attempt: Attempt, position: int) -> dict[str, Any]:
    """A response that earns nothing."""
    place = queries.place_of(attempt.id, position)
    assert place is not None
    if place.version.kind == "case":
        return {"actions": ["APPROVE"], "primary_label": "OUT-00"}
    return {"options": [place.option_order.index("c") + 1]}
