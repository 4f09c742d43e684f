"""One minimal valid row per model of this room, and documents as the content folder holds them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import factory

from training.cases.documents import CaseDocument
from training.cases.models import Case, CaseReference, CaseVersion, TaxonomyArea, TaxonomyLabel
from training.cases.rules import Pool, Severity, Surface
from training.db import db

THEN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

CONTENTS: Mapping[Surface, dict[str, Any]] = {
    Surface.LISTING: {
        "title": "Jamu pegal linu 30 sachet",
        "price": "Rp 129.000",
        "original_price": "Rp 150.000",
        "category": "Health > Traditional medicine",
        "attributes": {"Ingredients": "Ginger, turmeric", "Net wt.": "30 x 7 g"},
        "description": "Warm and calming.\nSold without prescription to anyone who asks.",
        "seller": {"name": "Toko Sehat", "rating": "4.8", "sold": "1.2k", "joined": "2021", "badge": "Star seller"},
    },
    Surface.SELLER: {
        "shop_name": "Gadget Murah",
        "bio": "Phones and parts since 2019.",
        "location": "Jakarta Barat",
        "joined": "March 2019",
        "business_type": "Individual",
        "documents": [{"kind": "KTP", "shown": "Name and number readable", "expires": "Lifetime", "note": "Photo slightly blurred"}],
        "history": [{"on": "2 Feb 2026", "what": "Bank account changed to another name"}],
        "listings": ["Case for phone X", "Charger 20 W"],
    },
    Surface.VIDEO: {
        "caption": "Three days to clear skin 🌿 #glowing",
        "creator": "@rani.glow",
        "followers": "48k",
        "duration_seconds": 30,
        "transcript": [{"at": "0:04", "text": "I used it for three days."}, {"at": "0:12", "text": "Link in my cart."}],
        "on_screen": ["Results vary"],
        "cart": {"title": "Serum 30 ml", "price": "Rp 89.000"},
    },
    Surface.LIVE: {
        "title": "Payday sale",
        "host": "@tasbranded",
        "viewers": "1,204",
        "duration_seconds": 5400,
        "pinned": [{"title": "Sling bag", "price": "Rp 159.000"}],
        "transcript": [{"at": "12:01", "speaker": "Host", "text": "This one is our own brand."}],
        "chat": [{"at": "12:03", "name": "dewi88", "text": "is it original kak?"}],
    },
    Surface.REVIEW: {
        "product": "Rice cooker 1.8 l",
        "stars": 4,
        "text": "Works well, the lid is a little loose.",
        "reviewer": "b***i",
        "order": {"Paid": "Rp 310.000", "Delivered": "4 Feb 2026"},
    },
    Surface.COMMENT: {
        "where": "Video: unboxing a rice cooker",
        "thread": [
            {"author": "sari", "at": "10:02", "text": "Does it stick?"},
            {"author": "anon41", "at": "10:05", "text": "You people cannot cook anyway.", "is_reported": True},
        ],
    },
    Surface.TICKET: {
        "subject": "Parcel never came",
        "channel": "Help centre",
        "reporter": "buyer",
        "messages": [
            {"from": "Buyer", "at": "09:10", "text": "It says delivered, I have nothing."},
            {"from": "Support", "at": "09:40", "text": "We ask the courier."},
        ],
        "order": {"Paid": "Rp 310.000"},
        "account": {"Refunds in 90 days": "0"},
    },
}
"""A small case of every surface, every optional field filled."""

INNOCENT_REFERENCE: Mapping[str, Any] = {
    "decisions": [["APPROVE"]],
    "labels": ["OUT-00"],
    "severity": "S0",
    "clauses": ["PRO-03.b"],
    "rationale": "Nothing here is sold without authority; the clause allows it by name.",
}
VIOLATING_REFERENCE: Mapping[str, Any] = {
    "decisions": [["REMOVE", "STRIKE"], ["REMOVE"]],
    "labels": ["PRO-03"],
    "severity": "S3",
    "clauses": ["PRO-03.a"],
    "rationale": "It offers medicine to anyone who asks; the clause forbids it without authority.",
}


def case_values(surface: Surface = Surface.LISTING, **changes: Any) -> dict[str, Any]:
    """A case as its file says it; violating where the listing's text allows a quote."""
    values: dict[str, Any] = {
        "id": f"case-{surface.value}",
        "surface": surface.value,
        "language": "en",
        "market": "ID",
        "pool": "practice",
        "family": f"fam-{surface.value}",
        "difficulty": "typical",
        "content": CONTENTS[surface],
        "reference": INNOCENT_REFERENCE,
    }
    if surface is Surface.LISTING:
        values["reference"] = {**VIOLATING_REFERENCE, "evidence": [{"field": "description", "quote": "without prescription"}]}
    return values | changes


def case_document(surface: Surface = Surface.LISTING, **changes: Any) -> CaseDocument:
    """The same, read."""
    return CaseDocument.model_validate(case_values(surface, **changes))


class _Meta:
    sqlalchemy_session_factory = lambda: db.session  # noqa: E731
    sqlalchemy_session_persistence = "commit"


class TaxonomyAreaFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = TaxonomyArea
        sqlalchemy_get_or_create = ("code",)

    code = "PRO"
    title = "Prohibited goods"
    position = 0
    retired_at = None


class TaxonomyLabelFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = TaxonomyLabel
        sqlalchemy_get_or_create = ("code",)

    code = "PRO-03"
    area_code = factory.LazyAttribute(lambda label: TaxonomyAreaFactory(code=label.code[:3]).code)
    title = "Prescription medicine sold without authority"
    surfaces = factory.LazyFunction(lambda: ["listing", "video", "live"])
    severity = Severity.S3.value
    default_decision = factory.LazyFunction(lambda: ["REMOVE", "STRIKE"])
    escalate_to = None
    dsa_category = "STATEMENT_CATEGORY_UNSAFE_AND_PROHIBITED_PRODUCTS"
    dsa_keyword = "KEYWORD_PROHIBITED_PRODUCTS"
    ground = "DECISION_GROUND_ILLEGAL_CONTENT"
    position = 0
    retired_at = None


class CaseFactory(factory.alchemy.SQLAlchemyModelFactory):
    """A whole case: with its current version and reference."""

    class Meta(_Meta):
        model = Case

    slug = factory.Sequence(lambda number: f"case-x{number:04}")
    surface = Surface.LISTING.value
    pool = Pool.PRACTICE.value
    area = "PRO"
    concept = "PRO-03.a"
    family = factory.Sequence(lambda number: f"fam-x{number:04}")
    language = "en"
    market = "ID"
    difficulty = "typical"
    contrast_slug = None
    is_innocent = False
    severity = Severity.S3.value
    current_version_id = None
    current_reference_id = None

    @factory.post_generation
    def content(self, create: bool, extracted: Mapping[str, Any] | None, **changes: Any) -> None:
        """`content=…` replaces the content, `content__images=[…]` its pictures, `content__recording={…}` its recording, and so on."""
        if not create:
            return
        replaced = ({"content": extracted} if extracted else {}) | {name: changes[name] for name in ("images", "recording") if name in changes}
        version = CaseVersionFactory(case_id=self.id, surface=self.surface, language=self.language, **replaced)
        innocent = {"decisions": [["APPROVE"]], "labels": ["OUT-00"], "evidence": []} if self.is_innocent else {}
        columns = {"severity": self.severity, "is_critical": self.severity == "S4", "clauses": [self.concept], **innocent, **changes.get("reference", {})}
        reference = CaseReferenceFactory(case_id=self.id, case_version_id=version.id, **columns)
        self.current_version_id, self.current_reference_id = version.id, reference.id
        db.session.commit()


class CaseVersionFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = CaseVersion

    number = 1
    surface = Surface.LISTING.value
    language = "en"
    market = "ID"
    content = factory.LazyAttribute(lambda version: case_document(Surface(version.surface)).shown)
    images = factory.LazyFunction(list)
    recording = None
    content_hash = factory.Sequence(lambda number: f"{number:064}")
    recorded_at = THEN


class CaseReferenceFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta(_Meta):
        model = CaseReference

    number = 1
    decisions = factory.LazyFunction(lambda: [["REMOVE", "STRIKE"], ["REMOVE"]])
    labels = factory.LazyFunction(lambda: ["PRO-03"])
    severity = Severity.S3.value
    escalate_to = None
    must_escalate = False
    evidence = factory.LazyFunction(list)
    clauses = factory.LazyFunction(lambda: ["PRO-03.a"])
    rationale = "It offers medicine to anyone who asks; the clause forbids it without authority."
    partial_credits = factory.LazyFunction(list)
    is_critical = False
    content_hash = factory.Sequence(lambda number: f"{number:064}")
    recorded_at = THEN
