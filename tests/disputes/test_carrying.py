"""What a decision changes: the document, the reference, everybody's answers and what is kept of them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CONTENTS, INNOCENT_REFERENCE, VIOLATING_REFERENCE, CaseReferenceFactory, TaxonomyLabelFactory, case_values
from tests.conftest import Browser
from tests.disputes.factories import APPROVE, DEMOTE, REASON, REMOVE, SITE, actor, answered, dispute_of, documented, make_claim_on, reviewed
from tests.practice.factories import ServingFactory
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.cases.importing.writing import yaml_text
from training.cases.models import Case, CaseReference
from training.cases.queries import case_by_slug, references_of
from training.cases.rules import Action, Surface
from training.content_store.models import StoredDocument
from training.content_store.services import add_case, amend_case
from training.db import db
from training.disputes import queries, services
from training.disputes.models import Dispute
from training.disputes.rules.amending import CarryingRefusal
from training.disputes.rules.claims import ClaimRefusal
from training.disputes.rules.reviews import Outcome, ReviewRefusal
from training.disputes.services import Wording, carry_on, carry_out
from training.errors import Refusal
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement, PersonTally
from training.judgements.queries import judgements_of
from training.outbox.models import OutboxMail
from training.practice.models import AreaMastery, ConceptMemory
from training.practice.queries import answered_in, answered_page, feedback_on
from training.practice.services import answer_serving

WORDING = Wording(("PRO-03.b",), "The licence on the third picture allows it.")


@pytest.fixture
def case(app: Flask) -> Case:
    return documented()


def begin(dispute: Dispute, *, by_id: int | None = None, seen: str | None = None, wording: Wording = WORDING) -> None:
    shown, decision = queries.shown(dispute), queries.decision_of(dispute)
    if seen is None and decision is not None and decision.outcome != Outcome.UPHELD.value:
        seen = services.foresee(shown, services.next_reference(shown, Outcome(decision.outcome))).digest
    by = actor(by_id or PersonFactory(roles=["trainer"]).id)
    carry_out(dispute, wording, seen=seen or "", amend=amend_case, by=by, now=clock.now())
    db.session.commit()


def score_all() -> int:
    """Let the job run until nothing is left; how many rounds it took."""
    rounds = 0
    while carry_on(site_url=SITE, now=clock.now() + timedelta(minutes=1)):
        db.session.commit()
        rounds += 1
    db.session.expire_all()
    return rounds


def amended(case: Case, *answers: Mapping[str, Any]) -> Dispute:
    """A dispute about this case, decided by these reviews and carried out."""
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, *answers)
    begin(dispute)
    score_all()
    return dispute


def current(case: Case) -> CaseReference:
    db.session.expire_all()
    return db.session.get_one(CaseReference, case.current_reference_id)


def refused(dispute: Dispute, **how: Any) -> Any:
    with pytest.raises(Refusal) as refusal:
        begin(dispute, **how)
    db.session.rollback()
    return refusal.value.reason


def test_an_amended_reference_is_another_version_that_the_document_says_too(case: Case) -> None:
    amended(case, APPROVE, APPROVE)
    new = current(case)
    assert (new.number, new.decisions, new.labels, new.severity) == (2, [["APPROVE"]], ["OUT-00"], "S0")
    assert (new.clauses, new.rationale, new.evidence) == (["PRO-03.b"], WORDING.rationale, [])
    assert [reference.number for reference in references_of(case)] == [2, 1]
    assert case.is_innocent
    document = db.session.scalars(select(StoredDocument).where(StoredDocument.slug == case.slug)).one()
    assert WORDING.rationale in document.text
    assert document.content_hash != document.synced_hash


def test_what_the_expert_said_beside_the_decision_stays_when_the_reference_is_amended(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03")
    besides = {"reply": "Please wait."}
    values = case_values(
        Surface.TICKET, id="case-asks", content=CONTENTS[Surface.TICKET] | {"asks": ["reply"]}, reference={**VIOLATING_REFERENCE, "besides": besides}
    )
    add_case("cases/case-asks.yaml", "case-asks", yaml_text(values), by=SYSTEM, now=clock.now())
    amend_case("case-asks", INNOCENT_REFERENCE, by=SYSTEM, now=clock.now())
    case = case_by_slug("case-asks")
    assert case is not None
    assert (current(case).decisions, current(case).besides) == ([["APPROVE"]], besides)


def test_everybody_is_scored_anew_and_told_where_it_changes_something(case: Case) -> None:
    right_before, right_after = answered(case, REMOVE), answered(case, APPROVE)
    amended(case, APPROVE, APPROVE)
    for serving, was_right, is_right in ((right_before, True, False), (right_after, False, True)):
        (counts,) = judgements_of(serving.person_id)
        first = db.session.get_one(Judgement, serving.judgement_id)
        assert (first.is_strict, counts.is_strict) == (was_right, is_right)
        assert counts.corrects_id == first.id
        assert counts.reference_id == case.current_reference_id
        tally = db.session.scalars(select(PersonTally).where(PersonTally.person_id == serving.person_id, PersonTally.dimension == "area")).one()
        assert (tally.count, tally.right) == (1, int(is_right))
        memory = db.session.scalars(select(ConceptMemory).where(ConceptMemory.person_id == serving.person_id)).one()
        assert (memory.concept, memory.right) == ("PRO-03.b", int(is_right))
        mastery = db.session.scalars(select(AreaMastery).where(AreaMastery.person_id == serving.person_id)).one()
        assert mastery.count == 1
        feedback = feedback_on(serving, at=clock.now())
        assert (feedback.case.judgement.id, feedback.case.rationale) == (counts.id, WORDING.rationale)
        assert [answered.judgement.id for answered in answered_page(serving.person_id)] == [counts.id]
        assert [answered.judgement.id for answered in answered_in(serving.session)] == [counts.id]
        mails = db.session.scalars(select(OutboxMail.subject).join(Person, Person.email == OutboxMail.recipient).where(Person.id == serving.person_id))
        assert list(mails) == ["An answer of yours was scored anew"]


def test_what_was_counted_is_kept_with_the_carrying_out_and_in_the_audit(case: Case) -> None:
    answered(case, REMOVE)
    answered(case, DEMOTE)
    dispute = amended(case, APPROVE, APPROVE)
    carrying = queries.carrying_of(dispute)
    assert carrying is not None
    assert (carrying.total_count, carrying.scored_count, carrying.gained_count, carrying.lost_count) == (3, 3, 1, 1)
    assert carrying.finished_at is not None
    deeds = list(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_kind == "dispute").order_by(AuditEntry.id)))
    assert deeds[-3:] == ["dispute.decided", "dispute.carried_out", "dispute.scored_anew"]
    assert score_all() == 0


def test_it_goes_on_where_it_stopped_and_scores_nothing_twice(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.disputes.services.carrying.PEOPLE", 1)
    for _person in range(3):
        answered(case, REMOVE)
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, APPROVE)
    begin(dispute)
    later = clock.now() + timedelta(minutes=1)
    assert carry_on(site_url=SITE, now=later)
    db.session.commit()
    assert carry_on(site_url=SITE, now=later)
    db.session.rollback()
    assert score_all() == 4
    corrected = db.session.scalars(select(Judgement.corrects_id).where(Judgement.corrects_id.is_not(None))).all()
    assert len(corrected) == len(set(corrected)) == 4


def test_it_begins_when_those_who_were_being_scored_have_been(case: Case) -> None:
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, APPROVE)
    begin(dispute)
    assert not carry_on(site_url=SITE, now=clock.now())


def test_a_case_that_waits_for_an_answer_is_scored_by_the_new_version(case: Case) -> None:
    waiting = ServingFactory(case=case, served_at=clock.now())
    amended(case, APPROVE, APPROVE)
    db.session.refresh(waiting)
    assert waiting.reference_id == case.current_reference_id
    assert answer_serving(waiting, parse_answer(APPROVE), now=clock.now()).is_strict


def test_an_answer_given_by_the_old_version_meanwhile_is_found_at_the_end(case: Case) -> None:
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, APPROVE)
    old_id = case.current_reference_id
    begin(dispute)
    later = clock.now() + timedelta(minutes=1)
    assert carry_on(site_url=SITE, now=later)
    late = ServingFactory(case=case, reference_id=old_id, served_at=clock.now())
    answer_serving(late, parse_answer(REMOVE), now=clock.now())
    carrying = queries.carrying_of(dispute)
    assert carrying is not None
    carrying.last_person_id = late.person_id
    db.session.commit()
    score_all()
    assert [judgement.reference_id for judgement in judgements_of(late.person_id)] == [case.current_reference_id]


def test_a_grey_case_accepts_what_most_said(case: Case) -> None:
    approving, removing = answered(case, APPROVE), answered(case, REMOVE)
    amended(case, APPROVE, REMOVE, DEMOTE)
    new = current(case)
    assert new.decisions == [["APPROVE"], ["REMOVE"], ["DEMOTE"]]
    assert new.labels == ["PRO-03"]
    assert [judgement.is_strict for serving in (approving, removing) for judgement in judgements_of(serving.person_id)] == [True, True]


def test_an_innocent_case_becomes_grey_by_the_violation_that_somebody_saw(case: Case) -> None:
    amended(case, APPROVE, APPROVE)
    innocent = case_by_slug(case.slug)
    assert innocent is not None
    again = dispute_of(make_claim_on(answered(innocent, REMOVE)))
    hold = {"actions": ["RESTRICT_PENDING_DOCS"], "primary_label": "PRO-03", "severity": "S1"}
    reviewed(again, DEMOTE, APPROVE, hold)
    begin(again)
    new = current(case)
    assert (new.decisions, new.labels, new.severity) == ([["DEMOTE"], ["APPROVE"], ["RESTRICT_PENDING_DOCS"]], ["PRO-03"], "S2")


def test_who_had_a_part_in_a_reference_does_not_review_it(case: Case) -> None:
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, APPROVE)
    carrier = PersonFactory(roles=["trainer"]).id
    begin(dispute, by_id=carrier)
    again = dispute_of(make_claim_on(answered(case, REMOVE)))
    assert again.id != dispute.id
    for person_id in (carrier, *(review.reviewer_id for review in queries.reviews_of(dispute))):
        with pytest.raises(Refusal) as refusal:
            services.give_review(again, parse_answer(REMOVE), reason=REASON, site_url=SITE, by=actor(person_id), now=clock.now())
        assert refusal.value.reason is ReviewRefusal.SET_IT


def test_what_cannot_be_carried_out_says_why(case: Case) -> None:
    claim = make_claim_on(answered(case))
    dispute = dispute_of(claim)
    assert refused(dispute, seen="") is CarryingRefusal.NOTHING_TO_CARRY
    reviewed(dispute, APPROVE, APPROVE)
    assert refused(dispute, by_id=claim.person_id) is CarryingRefusal.CLAIMED
    assert refused(dispute, seen="another list") is CarryingRefusal.LIST_CHANGED
    assert refused(dispute, wording=Wording(("nonsense",), "So it is.")).value == "case_reference_unsound"
    case.current_reference_id = CaseReferenceFactory(case_id=case.id, case_version_id=case.current_version_id, number=2).id
    db.session.commit()
    assert refused(dispute) is CarryingRefusal.CHANGED_SINCE


def test_an_upheld_reference_stays(case: Case) -> None:
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, REMOVE, REMOVE)
    assert refused(dispute) is CarryingRefusal.NOTHING_TO_CARRY


def test_what_was_amended_can_be_disputed_anew_but_not_by_an_answer_of_before(case: Case) -> None:
    before = answered(case, REMOVE)
    amended(case, APPROVE, APPROVE)
    assert services.make_claim(before, reason=REASON, by=actor(before.person_id), now=clock.now()).dispute_id
    other = answered(case, REMOVE, person_id=before.person_id)
    with pytest.raises(Refusal) as refusal:
        services.make_claim(other, reason=REASON, by=actor(before.person_id), now=clock.now())
    assert refusal.value.reason is ClaimRefusal.CLAIMED_ALREADY


def test_a_trainer_carries_it_out_upon_what_they_saw(case: Case, as_role: Callable[..., Browser]) -> None:
    answered(case, REMOVE)
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, APPROVE)
    trainer, path = as_role("trainer"), f"/disputes/{dispute.public_id}/carrying"
    page = trainer.get(path).get_data(as_text=True)
    assert "2 practice answers" in page
    assert "Not right any more" in page
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    data = {"clauses": "PRO-03.a", "rationale": "The licence on the third picture allows it.", "seen": seen}
    assert trainer.post(path, data=data | {"clauses": "XYZ-99.z"}).status_code == 400
    answered(case, REMOVE)
    stale = trainer.post(path, data=data)
    assert stale.status_code == 409
    assert "Look at it again" in stale.get_data(as_text=True)
    seen = trainer.get(path).get_data(as_text=True).split('name="seen"')[1].split('value="')[1].split('"')[0]
    assert [trainer.post(path, data=data | {"seen": seen}).status_code for _click in range(2)] == [302, 302]
    assert current(case).number == 2
    assert "Answers are being scored anew" in trainer.get(f"/disputes/{dispute.public_id}").get_data(as_text=True)
    score_all()
    assert "3 answers scored anew" in trainer.get(f"/disputes/{dispute.public_id}").get_data(as_text=True)
    assert trainer.get(path).status_code == 302


def test_a_rationale_of_several_paragraphs_is_taken_as_browsers_send_it(case: Case, as_role: Callable[..., Browser]) -> None:
    dispute = dispute_of(make_claim_on(answered(case)))
    reviewed(dispute, APPROVE, REMOVE, DEMOTE)
    trainer, path = as_role("trainer"), f"/disputes/{dispute.public_id}/carrying"
    seen = trainer.get(path).get_data(as_text=True).split('name="seen"')[1].split('value="')[1].split('"')[0]
    data = {"clauses": "PRO-03.a", "rationale": "One may say so.\r\n\r\nOr so, by the next clause.", "seen": seen}
    assert trainer.post(path, data=data | {"rationale": "Because."}).status_code == 400
    assert trainer.post(path, data=data).status_code == 302
    assert current(case).rationale == "One may say so.\n\nOr so, by the next clause."


def test_the_order_of_actions_is_the_vocabularys(case: Case) -> None:
    strike = {"actions": ["STRIKE", "DEMOTE"], "primary_label": "PRO-03", "severity": "S2"}
    amended(case, strike, strike)
    assert current(case).decisions == [[Action.DEMOTE.value, Action.STRIKE.value]]
