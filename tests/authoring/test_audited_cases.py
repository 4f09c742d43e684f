"""A case is made of what the audit of a live decision found, and of nothing else."""

from collections.abc import Callable

from tests.accounts.factories import PersonFactory
from tests.authoring.world import Desk, actor
from tests.certification.factories import CertificationFactory
from tests.conftest import Browser
from tests.quality.factories import audit
from training.accounts.models import Person
from training.authoring import queries
from training.authoring.rules.document_forms import value_in
from training.authoring.services.auditing import audit_in_hand, begin_from_audit
from training.cases.rules import Surface
from training.content_store.rules.kinds import Kind
from training.db import db
from training.quality.models import QualityAudit
from training.quality.queries.audits import audit_behind, audits_of, cases_made_of

Signing = Callable[[Browser, Person], Browser]


def audited(person: Person, **values: object) -> QualityAudit:
    terms = {"expected_decisions": [["REMOVE", "STRIKE"], ["REMOVE"]], "expected_labels": ["PRO-01"], "clause": "PRO-01.a", "language": "id"}
    audit(person, CertificationFactory(), [False], **{"note": "Wayan should have seen the gun.", **terms, **values})
    (found,) = audits_of(person.id)
    return found


def test_a_case_says_what_the_audit_knows_and_nothing_of_whose_decision_it_was(desk: Desk) -> None:
    found = audited(PersonFactory(name="Wayan Person"))
    draft = begin_from_audit(audit_in_hand(found.id), "case-seen", Surface.REVIEW, by=actor(desk.ana), now=desk.later())
    db.session.commit()
    value = value_in(Kind.CASE, draft.text)
    assert value is not None and (value["language"], value["surface"], value["pool"]) == ("id", "review", "practice")
    reference = value["reference"]
    assert sorted(map(sorted, reference["decisions"])) == [["REMOVE"], ["REMOVE", "STRIKE"]]
    assert (reference["labels"], reference["severity"], reference["clauses"], reference["rationale"]) == (["PRO-01"], "S4", ["PRO-01.a"], "")
    assert "Wayan" not in draft.text and "gun" not in draft.text
    assert cases_made_of([found.id]) == {found.id: ["case-seen"]}
    behind = audit_behind("case-seen")
    assert behind is not None and behind.id == found.id


def test_trainers_find_the_way_from_the_audit_to_the_case_and_others_do_not(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    found = audited(person)
    address = f"/desk/audits/{found.id}/case"
    ana = sign_in(browser, desk.ana)
    assert address in ana.get(f"/quality/people/{person.public_id}").text
    page = ana.get(address).text
    assert "PRO-01.a" in page and person.name not in page and "Wayan" not in page
    assert ana.post(address, data={"slug": "case-seen", "surface": "no such surface"}).status_code == 400
    assert ana.post(address, data={"slug": "case-one", "surface": "listing"}).status_code == 409
    assert ana.post(address, data={"slug": "case-seen", "surface": "listing"}).status_code == 302
    draft = queries.open_draft_of(Kind.CASE, "case-seen")
    assert draft is not None and "Made of an audit of live work" in ana.get(f"/desk/drafts/{draft.id}").text
    assert "Made of it: case-seen." in ana.get(f"/quality/people/{person.public_id}").text
    assert ana.get("/desk/audits/0/case").status_code == 404
    lead = sign_in(browser, PersonFactory(roles=["qa"]))
    assert address not in lead.get(f"/quality/people/{person.public_id}").text and lead.get(address).status_code == 403
    assert address not in sign_in(browser, person).get("/quality/mine").text
