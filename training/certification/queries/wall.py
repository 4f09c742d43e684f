"""What somebody holds, as they see it: what may be done about each certificate, and when."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.certification.queries.evidence import evidence_of
from training.certification.queries.ledger import certificates_of
from training.certification.queries.needs import term_refusal, unmet_by
from training.certification.queries.published import PublishedCertification, certifications
from training.certification.rules import Evidence, Standing, Unmet, next_term


@dataclass(frozen=True, slots=True)
class Held:
    """A certification that somebody holds or held."""

    certification: PublishedCertification
    standing: Standing
    may_be_renewed: bool
    renewal_opens_at: datetime | None
    """When the next term may be earned, where that is later."""
    unmet: tuple[Unmet, ...]
    """What they could do for another term now."""
    may_ask: bool
    """Whether another term is theirs for the asking: one is due, and nothing is still to do."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A certification that somebody never held, and what it still asks of them."""

    certification: PublishedCertification
    unmet: tuple[Unmet, ...]
    may_ask: bool
    """Whether it is theirs for the asking: nothing is still to do."""


@dataclass(frozen=True, slots=True)
class Wall:
    """What somebody holds, the first to end on top, and what they could earn."""

    held: list[Held]
    others: list[Offered]


def wall_of(person_id: int, *, roles: Collection[str], now: datetime) -> Wall:
    """Everything a person finds about certificates of their own; `roles` say which offers they find."""
    evidence = evidence_of(person_id, now=now)
    held = [_held(evidence, certificate.certification, certificate.standing, now) for certificate in certificates_of(person_id, at=now)]
    known = {entry.certification.id for entry in held}
    others = [entry for entry in certifications() if entry.id not in known and entry.is_found_by(roles)]
    return Wall(sorted(held, key=_by_end), [_offered(evidence, entry, now) for entry in others])


def _offered(evidence: Evidence, certification: PublishedCertification, now: datetime) -> Offered:
    unmet = unmet_by(evidence, certification, now=now)
    return Offered(certification, unmet, may_ask=term_refusal(evidence, certification, now=now) is None)


def _held(evidence: Evidence, certification: PublishedCertification, standing: Standing, now: datetime) -> Held:
    is_open = next_term(standing, certification.term_rule, now=now) is not None
    opens_at = standing.until - timedelta(days=certification.document.renewal_window_days) if standing.is_in_force and standing.until else None
    return Held(
        certification,
        standing,
        may_be_renewed=is_open and standing.is_in_force,
        renewal_opens_at=None if is_open else opens_at,
        unmet=unmet_by(evidence, certification, now=now, leaving_out_exam=not is_open),
        may_ask=term_refusal(evidence, certification, now=now) is None,
    )


def _by_end(held: Held) -> tuple[bool, bool, float, str]:
    """What is in force comes first, by its end; what has none comes after."""
    standing = held.standing
    return not standing.is_in_force, standing.until is None, standing.until.timestamp() if standing.until else 0, held.certification.document.title
