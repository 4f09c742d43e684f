"""What the people of a session agree on, brought forward as the next reference of its case; and their answers, counted by what became of it."""

from datetime import datetime

from training.actors import Actor
from training.cases.rules import Severity
from training.db import db
from training.disputes.models import Dispute
from training.disputes.queries import who_set
from training.disputes.services import PanelSaid, settle_by_panel
from training.errors import NotFound, Refusal
from training.judgements.documents import parse_answer
from training.judgements.models import Judgement
from training.judgements.queries import reference_value
from training.judgements.rules import CaseAnswer, Source
from training.judgements.services import GivenAnswer, Occasion, restate_judgements
from training.quality.models.calibration import CalibrationConsensus
from training.quality.queries import calibration as queries
from training.quality.queries.calibration import SessionCase, Standing
from training.quality.rules.calibration import CalibrationRefusal, ConsensusRefusal, Footing, Measure, consensus_of, consensus_refusal
from training.quality.services.calibration import held_for

AT_ONCE = 200


def footing_of(standing: Standing, found: SessionCase) -> Footing:
    """What a reference of this case would stand on: the last round that was revealed, as far as they labelled who did not know what the expert said."""
    last = standing.revealed[-1]
    blind = _blind_answers(standing.session.id, last.number, found)
    severities = {answer.severity for answer in blind} | {reference_value(found.pinned.reference_id).severity}
    alpha = (last.figures or {}).get(Measure.WHOLE.value, {}).get("alpha")
    is_discussed = found.pinned.id in queries.notes_of(standing.session.id)
    return Footing(consensus_of(blind), len(blind), Severity.S4 in severities, alpha, is_discussed=is_discussed, is_practised=found.is_practised)


def _blind_answers(session_id: int, number: int, found: SessionCase) -> list[CaseAnswer]:
    said, blind = queries.labels_of(session_id, number).get(found.case.id, {}), queries.labelled_blind(session_id, number)
    has_part = who_set(found.case.id, said.keys())
    return [answer for person_id, answer in said.items() if (person_id, found.case.id) in blind and person_id not in has_part]


def bring_forward(session_id: int, position: int, *, site_url: str, by: Actor, now: datetime) -> Dispute:
    """Let what most said of a case amend its reference, by the way that disputes go: another trainer carries it out, upon the list of who would change.

    A second click gets the first back. Raises NotFound, and Refusal where the session is not over, or what they said does not become a reference.
    """
    assert by.id is not None, "only people bring it forward"
    standing = held_for(session_id, by)
    found = next((each for each in queries.cases_of_session(session_id) if each.pinned.position == position), None)
    if found is None:
        raise NotFound(session_id)
    if (brought := queries.consensuses_of(session_id).get(found.pinned.id)) is not None:
        return brought[1]
    if standing.session.closed_at is None:
        raise Refusal(CalibrationRefusal.NOT_CLOSED)
    if not standing.revealed:
        raise Refusal(ConsensusRefusal.NOT_COMPARED)
    footing = footing_of(standing, found)
    if (refusal := consensus_refusal(footing)) is not None:
        raise Refusal(refusal)
    assert footing.consensus is not None, "what has no majority is refused"
    agreed, reason = footing.consensus, queries.notes_of(session_id)[found.pinned.id].words
    said = PanelSaid(agreed.answer, agreed.labeller_count, agreed.agreed_count, reason)
    dispute = settle_by_panel(found.case.id, found.pinned.reference_id, said, site_url=site_url, by=by, now=now)
    db.session.add(CalibrationConsensus(calibration_case_id=found.pinned.id, dispute_id=dispute.id, by_id=by.id, brought_at=now))
    db.session.flush()
    return dispute


def follow_references(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Let answers of sessions count by what disputes made of their references; how many were scored anew. What was said then stays beside it."""
    found = queries.answers_to_follow(limit=limit)
    restate_judgements([_given(judgement, reference_id) for judgement, reference_id in found], now=now)
    return len(found)


def _given(judgement: Judgement, reference_id: int) -> GivenAnswer:
    said = parse_answer(judgement.answer, seconds=judgement.seconds)
    occasion = Occasion(judgement.person_id, Source.CALIBRATION, judgement.occasion)
    return GivenAnswer(said, occasion, judgement.case_version_id, reference_id, judgement.given_at)
