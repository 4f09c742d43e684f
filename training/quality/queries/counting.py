"""The audits of people's certificates, as they count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, true

from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.rules import Quality, Standing, State
from training.config import acceptable_error_rate, suspension_risk
from training.db import UtcDateTime, db
from training.quality.models import Coaching, QualityAudit, SuspensionProposal
from training.quality.queries.audits import COUNTS
from training.quality.rules import AuditedDecision, AuditError, Counted, ProposalVerdict, Sampling, Standard, counted_from

CHUNK = 5_000
HOLDS = frozenset({State.IN_FORCE, State.SUSPENDED})


@dataclass(frozen=True, slots=True)
class LiveQuality:
    """What the audits of one person's certificate say."""

    person_id: int
    certification: PublishedCertification
    standing: Standing
    counted: Counted
    coached_until: datetime | None
    """When the last coaching was closed: what calls for another one is counted from then."""

    @property
    def key(self) -> tuple[int, int]:
        """Person and certification."""
        return self.person_id, self.certification.id

    @property
    def errors_since_coaching(self) -> list[bool]:
        """Whether each random audit is an error, in order, since the last coaching was closed."""
        return [each.is_miss for each in self.counted.random if self.coached_until is None or each.decided_at >= self.coached_until]


def live_quality(people: Collection[int], *, now: datetime) -> list[LiveQuality]:
    """What audits say of every certificate that these people hold, in few statements however many they are.

    They count since the term in force began, since the last reinstatement, and since the last proposal that was dismissed; while a certificate is
    suspended, since it is.
    """
    certificates = certification.certificates_of_people(people, at=now)
    held = [(person_id, each) for person_id, found in certificates.items() for each in found if each.standing.state in HOLDS]
    begins, coached = _begins_of(people), _coached_of(people)
    since = {
        (person_id, each.certification.slug): counted_from([each.standing.since, *begins.get((person_id, each.certification.id), ())])
        for person_id, each in held
    }
    audits, standard = decisions_of(people, since=min(since.values(), default=now)), standard_now()
    return [
        LiveQuality(
            person_id,
            each.certification,
            each.standing,
            Counted(since[person_id, each.certification.slug], audits.get((person_id, each.certification.slug), ()), standard),
            coached.get((person_id, each.certification.id)),
        )
        for person_id, each in held
    ]


def standard_now() -> Standard:
    """What this deployment takes for acceptable, and how sure it wants to be of more."""
    return Standard(acceptable_error=acceptable_error_rate(), risk=suspension_risk())


def decisions_of(people: Collection[int], *, since: datetime | None = None) -> Mapping[tuple[int, str], Sequence[AuditedDecision]]:
    """The audits of these people by person and certification, in the order of their decisions; five thousand people a statement."""
    begun = QualityAudit.decided_at >= since if since is not None else true()
    found, wanted = defaultdict[tuple[int, str], list[AuditedDecision]](list), sorted(people)
    for start in range(0, len(wanted), CHUNK):
        asked = select(*_DECISION).where(QualityAudit.person_id.in_(wanted[start : start + CHUNK]), begun, COUNTS)
        for person_id, slugs, decided_at, sampling, error in db.session.execute(asked.order_by(QualityAudit.decided_at, QualityAudit.id)):
            decision = AuditedDecision(decided_at, Sampling(sampling), AuditError(error) if error else None)
            for slug in slugs:
                found[person_id, slug].append(decision)
    return found


_DECISION = (QualityAudit.person_id, QualityAudit.certifications, QualityAudit.decided_at, QualityAudit.sampling, QualityAudit.error)


def _begins_of(people: Collection[int]) -> Mapping[tuple[int, int], Iterable[datetime]]:
    """When each certificate was last reinstated by somebody, and when a proposal about it was last dismissed."""
    dismissed = SuspensionProposal.verdict == ProposalVerdict.DISMISSED.value
    return _together(certification.reinstated_at(people), _latest(SuspensionProposal, SuspensionProposal.decided_at, people, dismissed))


def _coached_of(people: Collection[int]) -> Mapping[tuple[int, int], datetime]:
    return _latest(Coaching, Coaching.closed_at, people, Coaching.closed_at.is_not(None))


def _latest(model: Any, at: Any, people: Collection[int], condition: Any) -> dict[tuple[int, int], datetime]:
    asked = select(model.person_id, model.certification_id, func.max(at, type_=UtcDateTime())).where(model.person_id.in_(people), condition)
    rows = db.session.execute(asked.group_by(model.person_id, model.certification_id))
    return {(person_id, certification_id): latest for person_id, certification_id, latest in rows}


def _together(*found: Mapping[tuple[int, int], datetime]) -> dict[tuple[int, int], list[datetime]]:
    return {key: [each[key] for each in found if key in each] for key in {key for each in found for key in each}}


def quality_since(since: Mapping[tuple[int, str], datetime]) -> dict[tuple[int, str], Quality]:
    """How many random audits there are of each person's decisions for a certification since an instant, and in how many they were right."""
    audits = decisions_of({person_id for person_id, _ in since}, since=min(since.values(), default=None))
    counted = {key: Counted(begin, audits.get(key, ())) for key, begin in since.items()}
    return {key: Quality(looked_at=each.audit_count, right=each.audit_count - each.error_count) for key, each in counted.items()}
