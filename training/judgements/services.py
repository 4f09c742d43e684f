"""What this room does: it scores an answer and writes it down, once."""

from dataclasses import dataclass
from datetime import datetime

from training.cases import queries as cases
from training.db import db
from training.judgements import queries
from training.judgements.documents import answer_json
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer, Source, score


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who answered, and on what: `key` is unique within the source (`serving:12`, `attempt:5:3`)."""

    person_id: int
    source: Source
    key: str
    attempt_id: int | None = None


def record_judgement(answer: CaseAnswer, *, occasion: Occasion, case_version_id: int, reference_id: int, now: datetime) -> Judgement:
    """Score this answer against this reference and append it to the ledger.

    The first answer on an occasion stands: a second one is not recorded, and the first comes back.
    Raises LookupError where the version or the reference does not exist.
    """
    version = cases.case_version(case_version_id)
    case = cases.case_by_id(version.case_id) if version else None
    if version is None or case is None:
        raise LookupError(case_version_id)
    given = queries.judgement_on(occasion.person_id, case.id, source=occasion.source, occasion=occasion.key)
    if given is not None:
        return given
    scores = score(answer, queries.reference_value(reference_id), cases.area_of_labels())
    judgement = Judgement(
        person_id=occasion.person_id,
        case_id=case.id,
        case_version_id=case_version_id,
        reference_id=reference_id,
        source=occasion.source.value,
        occasion=occasion.key,
        attempt_id=occasion.attempt_id,
        area=case.area,
        concept=case.concept,
        surface=version.surface,
        answer=answer_json(answer),
        decision_score=scores.decision,
        labels_score=scores.labels,
        severity_score=scores.severity,
        evidence_score=scores.evidence,
        escalation_score=scores.escalation,
        is_strict=scores.strict,
        is_critical_miss=scores.critical_miss,
        error=scores.error.value if scores.error else None,
        seconds=answer.seconds,
        is_first_exposure=not queries.has_answered(occasion.person_id, case.id),
        given_at=now,
    )
    db.session.add(judgement)
    db.session.flush()
    return judgement
