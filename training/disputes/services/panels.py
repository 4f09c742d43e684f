"""Taking what a panel came to that labelled a case blind, in place of reviews."""

from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.cases.queries import area_of_labels, case_by_id
from training.db import db
from training.disputes import queries
from training.disputes.models import Dispute, DisputePanel
from training.disputes.rules.reviews import Outcome, PanelRefusal, unsound_reason
from training.disputes.services.claims import open_dispute
from training.disputes.services.reviewing import decide
from training.errors import Refusal
from training.judgements.documents import answer_json
from training.judgements.queries import reference_value
from training.judgements.rules import CaseAnswer, score


@dataclass(frozen=True, slots=True)
class PanelSaid:
    """What more than half of a panel said of a case, and why. Whoever calls saw to it that none of them knew the reference."""

    answer: CaseAnswer
    labeller_count: int
    agreed_count: int
    reason: str


def settle_by_panel(case_id: int, reference_id: int, said: PanelSaid, *, site_url: str, by: Actor, now: datetime) -> Dispute:
    """Let what a panel came to decide about this reference: it is to be amended, and carried out by somebody else, as after reviews.

    Raises Refusal where the case has another reference by now, where this one was decided or is under review, or says the same, or where no
    reference could say what they said.
    """
    assert by.id is not None, "only people bring it"
    queries.hold_reference(reference_id)
    if (refusal := _refusal(case_id, reference_id, said)) is not None:
        raise Refusal(refusal)
    dispute = queries.dispute_about(reference_id) or open_dispute(case_id, reference_id, now=now)
    panel = DisputePanel(dispute_id=dispute.id, by_id=by.id, answer=answer_json(said.answer), reason=said.reason, settled_at=now)
    panel.labeller_count, panel.agreed_count = said.labeller_count, said.agreed_count
    db.session.add(panel)
    db.session.flush()
    detail = {"labellers": said.labeller_count, "agreed": said.agreed_count}
    record("dispute.settled_by_panel", by=by, subject=("dispute", dispute.public_id), now=now, detail=detail)
    decide(dispute, Outcome.AMENDED, site_url=site_url, by=by, now=now)
    return dispute


def _refusal(case_id: int, reference_id: int, said: PanelSaid) -> PanelRefusal | None:
    case, dispute = case_by_id(case_id), queries.dispute_about(reference_id)
    if case is None or case.current_reference_id != reference_id:
        return PanelRefusal.CHANGED_SINCE
    if dispute is not None:
        if queries.decision_of(dispute) is not None:
            return PanelRefusal.SETTLED
        if queries.reviews_of(dispute):
            return PanelRefusal.UNDER_REVIEW
    if score(said.answer, reference_value(reference_id), area_of_labels()).strict:
        return PanelRefusal.AS_BEFORE
    if (fault := unsound_reason(said.answer)) is not None:
        raise Refusal(fault)
    return None
