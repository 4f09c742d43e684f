"""The audits of people's certificates, as they count."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.rules import Quality, Standing, State
from training.db import UtcDateTime, db
from training.quality.models import Coaching, QualityAudit, SuspensionProposal
from training.quality.queries.audits import COUNTS
from training.quality.rules import AuditedDecision, AuditError, Counted, ProposalVerdict, Sampling, counted_from

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
    held = certification.certificates_of_people(people, at=now)
    audits, begins, coached = decisions_of(people), _begins_of(people), _coached_of(people)
    found = []
    for person_id, certificates in held.items():
        for each in certificates:
            if each.standing.state in HOLDS:
                key = (person_id, each.certification.id)
                since = counted_from([each.standing.since, *begins.get(key, ())])
                counted = Counted(since, audits.get((person_id, each.certification.slug), ()))
                found.append(LiveQuality(person_id, each.certification, each.standing, counted, coached.get(key)))
    return found


def decisions_of(people: Collection[int]) -> Mapping[tuple[int, str], Sequence[AuditedDecision]]:
    """The audits of these people by person and certification, in the order of their decisions; five thousand people a statement."""
    found, wanted = defaultdict[tuple[int, str], list[AuditedDecision]](list), sorted(people)
    for start in range(0, len(wanted), CHUNK):
        asked = select(*_DECISION).where(QualityAudit.person_id.in_(wanted[start : start + CHUNK]), COUNTS).order_by(QualityAudit.decided_at, QualityAudit.id)
        for person_id, slugs, decided_at, sampling, error in db.session.execute(asked):
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
    audits = decisions_of({person_id for person_id, _ in since})
    counted = {key: Counted(begin, audits.get(key, ())) for key, begin in since.items()}
    return {key: Quality(looked_at=each.audit_count, right=each.audit_count - each.error_count) for key, each in counted.items()}
