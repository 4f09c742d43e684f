"""Until when an answer of the gate stays as it is, to its last note, if nothing is written: so long the same evidence need not be weighed again. Pure."""

from dataclasses import dataclass
from datetime import datetime

from training.accounts.rules import NEVER
from training.queues.rules.certificates import lapsing_from, standing_in
from training.queues.rules.decision import Decision
from training.queues.rules.evidence import Evidence, conditions_at, edges, whole_from


@dataclass(frozen=True, slots=True)
class Lasting:
    """An answer that the same evidence gives at every instant of `[decision.at, until)`, as known at any instant from `known_from` on."""

    decision: Decision
    known_from: datetime
    until: datetime

    def at(self, at: datetime, known_at: datetime) -> Decision | None:
        """The answer at such an instant; nothing at any other."""
        if self.known_from <= known_at and self.decision.at <= at < self.until:
            return self.decision.said_at(at)
        return None


def lasting(decision: Decision, evidence: Evidence, known: Evidence, *, known_at: datetime) -> Lasting | None:
    """How long this answer lasts, which follows from the evidence and what was `known` of it at `known_at`; nothing where more was recorded later.

    What somebody sat is not looked at: whoever weighs it must not keep the answer.
    """
    known_from = whole_from(evidence)
    return Lasting(decision, known_from, _stays_until(known, decision.at)) if known_from <= known_at else None


def _stays_until(known: Evidence, at: datetime) -> datetime:
    """The next instant at which time alone can change anything about the answer: an edge, or where a note begins that a certificate's end is near."""
    notes = (lapsing_from(standing_in(known, slug, at), conditions_at(known.conditions, slug, at)) for slug in known.ledger)
    return min((instant for instant in (next(edges(known, at), None), *notes, NEVER) if instant is not None and instant > at), default=at)
