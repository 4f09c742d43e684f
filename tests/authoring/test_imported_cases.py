"""Rows that were brought in come to the desk with everything that their source knows, and with what it does not."""

from collections.abc import Callable
from typing import Any

from tests.accounts.factories import PersonFactory
from tests.authoring.world import Desk, actor, refused
from tests.conftest import Browser
from training.accounts.models import Person
from training.authoring import services
from training.authoring.rules.document_forms import value_in
from training.authoring.services.bringing import take_up
from training.cases.models import CaseImport, ImportedCase
from training.cases.queries import case_by_slug
from training.cases.rules import HeldBackReason
from training.content_store.rules.kinds import Kind
from training.db import db

Signing = Callable[[Browser, Person], Browser]
SHOWN = {"product": "Water bottle", "stars": 5, "text": "Shop pays for five stars, wa [phone number]", "reviewer": "b***i", "order": {}}


def brought_in(desk: Desk, slug: str = "reviews-one", **values: Any) -> ImportedCase:
    file = CaseImport(source="reviews", file_name="reviews.csv", file_hash="0" * 64, mapping="", recorded_at=desk.at)
    file.new_count, file.changed_count, file.same_count, file.published_count = 1, 0, 0, 0
    db.session.add(file)
    db.session.flush()
    row = ImportedCase(source="reviews", key=slug, slug=slug, import_id=file.id, line=2, surface="review", digest="0" * 64, label_facts={}, is_complete=False)
    row.facts = {"surface": "review", "language": "id", "market": "ID", "difficulty": "typical"}
    row.content, row.reference = SHOWN, {"decisions": [["REMOVE"]], "labels": ["PRO-01"], "severity": "S2"}
    row.unknown = {"reference.clauses": "not_mapped", "reference.rationale": "empty"}
    for name, value in values.items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.commit()
    return row


def test_a_row_is_taken_up_with_what_is_known_and_what_is_unknown_is_to_mend(desk: Desk) -> None:
    row = brought_in(desk)
    draft = take_up(row, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    value = value_in(Kind.CASE, draft.text)
    assert value is not None and value["content"] == SHOWN and (value["language"], value["family"], value["pool"]) == ("id", "fam-reviews-one", "practice")
    assert value["reference"]["decisions"] == [["REMOVE"]] and value["reference"]["clauses"] == []
    assert {fault.field for fault in services.check_draft(draft).faults} >= {"reference.clauses", "reference.rationale"}
    assert take_up(row, by=actor(desk.budi), now=desk.later()).id == draft.id


def test_what_is_like_an_exam_case_or_says_the_same_is_not_taken_up(desk: Desk) -> None:
    examined, practised = case_by_slug("case-two"), case_by_slug("case-one")
    assert examined is not None and practised is not None
    row = brought_in(desk, duplicate_of_case_id=examined.id, likeness_percent=95)
    with refused(HeldBackReason.LIKE_AN_EXAM_CASE):
        take_up(row, by=actor(desk.ana), now=desk.later())
    row = brought_in(desk, "reviews-two", duplicate_of_case_id=practised.id, likeness_percent=100)
    with refused(HeldBackReason.SAYS_THE_SAME):
        take_up(row, by=actor(desk.ana), now=desk.later())


def test_the_desk_lists_them_and_says_beside_the_draft_what_the_source_did_not_know(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    row, ana = brought_in(desk), sign_in(browser, desk.ana)
    assert "reviews-one" in ana.get("/desk/imported").text and "reviews-one" not in ana.get("/desk/imported?q=no+such").text
    begun = ana.post(f"/desk/imported/{row.id}")
    assert begun.status_code == 302
    draft_page = ana.get(begun.location.removesuffix("/form")).text
    assert "reference.clauses: the source does not say" in draft_page
    assert "Open its draft" in ana.get("/desk/imported?q=reviews").text
    assert ana.post("/desk/imported/0").status_code == 404
    assert sign_in(browser, PersonFactory(roles=["qa"])).get("/desk/imported").status_code == 403
