"""The whole reasoning of one answer of the gate."""

from dataclasses import dataclass
from datetime import datetime

from training.queues.queries.evidence import gather
from training.queues.rules.decision import Decision
from training.queues.rules.evidence import Evidence, as_known


@dataclass(frozen=True, slots=True)
class Explanation:
    """An answer, the one that time alone puts in its place, and what both follow from, as it was known."""

    known_at: datetime
    decision: Decision
    next_decision: Decision | None
    evidence: Evidence | None
    """Nothing where the subject or the queue is unknown."""


def explanation(subject: str, queue: str, *, at: datetime, known_at: datetime) -> Explanation:
    """Why the gate answers as it does about this subject (public id or e-mail) and queue: the same evidence, and the same decision."""
    gathered = gather([subject], [queue], known_from=known_at, asked_from=min(at, known_at))
    decision, evidence = gathered.decide(subject, queue, at=at, known_at=known_at), gathered.everything_about(subject, queue)
    changes_at = decision.next_change_at
    return Explanation(
        known_at=known_at,
        decision=decision,
        next_decision=gathered.decide(subject, queue, at=changes_at, known_at=known_at) if changes_at else None,
        evidence=as_known(evidence, known_at) if evidence else None,
    )
