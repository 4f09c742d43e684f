"""See what audits come to, and let follow what must: a proposal to suspend, a talk. Nobody is suspended here."""

from collections.abc import Collection
from datetime import datetime

from training.actors import SYSTEM
from training.audit.services import record
from training.db import db
from training.quality import queries
from training.quality.models import Coaching, CoachingEntry, SuspensionProposal
from training.quality.queries import LiveQuality
from training.quality.rules import CoachingDeed, calls_for_coaching, log_cusum


def judge(people: Collection[int], *, now: datetime) -> list[SuspensionProposal]:
    """Propose and call for what the audits of these people call for now, and was not yet; the proposals that are new. The caller holds these people."""
    proposed = {(proposal.person_id, proposal.certification_id) for proposal in queries.open_proposals(people)}
    coached = {(coaching.person_id, coaching.certification_id) for coaching in queries.open_coachings(people)}
    made = []
    for each in queries.live_quality(people, now=now):
        if not each.standing.is_in_force:
            continue
        if each.counted.calls_for_suspension and each.key not in proposed:
            made.append(_propose(each, now=now))
        if calls_for_coaching(log_cusum(each.errors_since_coaching, each.counted.standard)) and each.key not in coached:
            _open(each, now=now)
    return made


def _propose(found: LiveQuality, *, now: datetime) -> SuspensionProposal:
    counted, standard = found.counted, found.counted.standard
    proposal = SuspensionProposal(
        person_id=found.person_id,
        certification_id=found.certification.id,
        proposed_at=now,
        counted_from=counted.since,
        audit_count=counted.audit_count,
        error_count=counted.error_count,
        log_evidence=counted.log_evidence,
        last_audit_id=queries.last_audit_id(found.person_id),
        standard={
            "acceptable_error": standard.acceptable_error,
            "risk": standard.risk,
            "prior_errors": standard.prior_errors,
            "prior_rights": standard.prior_rights,
        },
    )
    db.session.add(proposal)
    db.session.flush()
    detail = {"certification": found.certification.slug, "proposal": proposal.id, "audits": counted.audit_count, "errors": counted.error_count}
    record("quality.suspension_proposed", by=SYSTEM, subject=("person", found.person_id), now=now, detail=detail)
    return proposal


def _open(found: LiveQuality, *, now: datetime) -> None:
    errors = found.errors_since_coaching
    coaching = Coaching(
        person_id=found.person_id,
        certification_id=found.certification.id,
        opened_at=now,
        counted_from=max(found.counted.since, found.coached_until or found.counted.since),
        audit_count=len(errors),
        error_count=sum(errors),
    )
    db.session.add(coaching)
    db.session.flush()
    db.session.add(CoachingEntry(coaching_id=coaching.id, deed=CoachingDeed.OPENED.value, note="", at=now))
    db.session.flush()
    detail = {"certification": found.certification.slug, "coaching": coaching.id}
    record("quality.coaching_opened", by=SYSTEM, subject=("person", found.person_id), now=now, detail=detail)
