"""Begin a case from what the audit of a live decision found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.actors import Actor
from training.authoring.models import Draft
from training.authoring.rules.case_fields import AuditedFacts, audited_case
from training.authoring.services.drafting import begin_new
from training.cases.queries import taxonomy
from training.cases.rules import Surface
from training.content_store.queries import running_folder
from training.content_store.rules.kinds import Kind
from training.quality.models import QualityAudit
from training.quality.queries.audits import audit_by_id
from training.quality.services.cases import note_case_made
from training.queues.documents import QueueDocument


@dataclass(frozen=True, slots=True)
class AuditInHand:
    """An audit, with what its queue is called and holds; of a queue that is gone every surface."""

    audit: QualityAudit
    queue_title: str
    surfaces: Sequence[Surface]
    facts: AuditedFacts


def audit_in_hand(audit_id: int) -> AuditInHand:
    """What a case can be begun with from this audit. Raises NotFound."""
    audit = audit_by_id(audit_id)
    source = running_folder({Kind.QUEUE}).of(QueueDocument).get(audit.queue_slug)
    queue = source.document if source else None
    markets = queue.requires.markets if queue else ()
    label = next((label for label in taxonomy().labels if label.code in audit.expected_labels[:1]), None)
    escalates = any("ESCALATE" in actions for actions in audit.expected_decisions)
    facts = AuditedFacts(
        language=audit.language,
        market=markets[0] if len(markets) == 1 else None,
        decisions=audit.expected_decisions,
        labels=audit.expected_labels,
        severity=label.severity if label else None,
        escalate_to=label.escalate_to if label and escalates else None,
        clause=audit.clause,
    )
    return AuditInHand(audit, queue.title if queue else audit.queue_slug, queue.surfaces if queue else tuple(Surface), facts)


def begin_from_audit(found: AuditInHand, slug: str, surface: Surface, *, by: Actor, now: datetime) -> Draft:
    """A draft of a new case of the practice pool that says what the audit knows, linked with it. Raises Refusal where the id is taken.

    Neither whose decision it was nor the auditor's note goes into it: both can name people.
    """
    draft = begin_new(Kind.CASE, slug, audited_case(slug, surface, found.facts), by=by, now=now)
    note_case_made(found.audit.id, slug, by=by, now=now)
    return draft
