"""Who works in shadow, and how far they have come."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.accounts.queries import states_of
from training.certification.models import CertificateEvent, WorkReport
from training.certification.queries.ledger import certificates_of, ledger_event
from training.certification.queries.published import PublishedCertification, certifications
from training.certification.queries.work import current_uses, use_told
from training.certification.rules import EventKind, NestingRule, Progress, QualityTold, Shadow, known_events, progress_of, standing
from training.config import organisation_zone
from training.db import db

USUAL_NESTING = NestingRule(days=14, decisions=200, quality_percent=85)
"""For who began in shadow when the certification still asked for it."""
NESTERS_SHOWN = 30
"""How many a page holds, whoever may be done first on the first one."""


@dataclass(frozen=True, slots=True)
class Nester:
    """Somebody who works in shadow, with how far they have come."""

    person: Person
    certification: PublishedCertification
    progress: Progress

    @property
    def rule(self) -> NestingRule:
        """How long and how well they must work in shadow."""
        return _rule_of(self.certification)


def _rule_of(certification: PublishedCertification) -> NestingRule:
    nesting = certification.document.nesting
    return nesting.rule if nesting else USUAL_NESTING


def people_in_shadow() -> set[int]:
    """Everybody who was ever awarded a provisional certificate and not promoted since."""
    award, promotion = CertificateEvent, aliased(CertificateEvent)
    is_promoted = select(promotion.id).where(
        promotion.person_id == award.person_id,
        promotion.certification_id == award.certification_id,
        promotion.kind == EventKind.PROMOTED.value,
        promotion.id > award.id,
    )
    return set(db.session.scalars(select(award.person_id).where(award.is_provisional, ~is_promoted.exists())))


def nesters(people: Collection[int], *, now: datetime) -> list[Nester]:
    """Who of these people works here and in shadow, whoever may be done first on top."""
    asked = select(CertificateEvent).where(CertificateEvent.person_id.in_(people)).order_by(CertificateEvent.id)
    ledgers: defaultdict[tuple[int, int], list[CertificateEvent]] = defaultdict(list)
    for event in db.session.scalars(asked):
        ledgers[event.person_id, event.certification_id].append(event)
    ledgers = defaultdict(list, {key: events for key, events in ledgers.items() if any(event.is_provisional for event in events)})
    who = {person.id: person for person in db.session.scalars(select(Person).where(Person.id.in_({person_id for person_id, _ in ledgers})))}
    active = {person_id for person_id, state in states_of(who, at=now).items() if state.is_active}
    what, uses, reports = {each.id: each for each in certifications()}, current_uses(who), _reports_of(who)
    shadows = dict[tuple[int, str], Shadow]()
    for (person_id, certification_id), events in ledgers.items():
        use = uses.get((person_id, certification_id))
        known = known_events(map(ledger_event, events), now, [use_told(use.id, use.stretches, use.recorded_at)] if use else [])
        current = standing(known, at=now)
        if current.is_in_force and current.is_provisional and person_id in active:
            slug = what[certification_id].slug
            shadows[person_id, slug] = _shadow(events, reports.get(person_id, ()), slug)
    found, by_slug = list[Nester](), {each.slug: each for each in what.values()}
    for (person_id, slug), shadow in _with_quality(shadows).items():
        found.append(Nester(who[person_id], by_slug[slug], progress_of(_rule_of(by_slug[slug]), shadow, now=now)))
    return sorted(found, key=lambda nester: (nester.progress.ends_at, nester.person.sort_name, nester.person.id, nester.certification.slug))


_quality = list[QualityTold]()


def learn_quality(told: QualityTold) -> None:
    """Let this say what is known of live decisions. The room that knows lies above this one, and calls it once, from its views."""
    _quality[:] = [told]


def _with_quality(shadows: Mapping[tuple[int, str], Shadow]) -> dict[tuple[int, str], Shadow]:
    """The same with what was found of live decisions in each."""
    since = {key: shadow.since for key, shadow in shadows.items()}
    known = _quality[0](since) if _quality and since else {}
    return {key: replace(shadow, quality=known.get(key, shadow.quality)) for key, shadow in shadows.items()}


def _reports_of(people: Collection[int]) -> dict[int, list[WorkReport]]:
    """The reports that count of each of these people."""
    latest: dict[tuple[int, str, object], WorkReport] = {}
    for row in db.session.scalars(select(WorkReport).where(WorkReport.person_id.in_(people)).order_by(WorkReport.number)):
        latest[row.person_id, row.queue_slug, row.worked_on] = row
    found: defaultdict[int, list[WorkReport]] = defaultdict(list)
    for row in latest.values():
        found[row.person_id].append(row)
    return found


def _shadow(events: Sequence[CertificateEvent], reports: Sequence[WorkReport], slug: str) -> Shadow:
    award = max((event for event in events if event.is_provisional), key=lambda event: event.id)
    begin = award.valid_from or award.effective_at
    first_day = begin.astimezone(organisation_zone()).date()
    extension = max((event for event in events if event.kind == EventKind.EXTENDED and event.id > award.id), key=lambda event: event.id, default=None)
    since = extension or award
    return Shadow(
        since=begin,
        decisions=sum(row.decision_count for row in reports if row.worked_on >= first_day and slug in row.certifications),
        is_signed_off=any(event.kind == EventKind.SIGNED_OFF and event.id > since.id for event in events),
        extended_until=datetime.fromisoformat(extension.evidence["until"]) if extension else None,
    )


def nester_of(person_id: int, certification_id: int, *, now: datetime) -> Nester | None:
    """How far one person has come with one certificate; nothing where they do not work in shadow."""
    return next((nester for nester in nesters([person_id], now=now) if nester.certification.id == certification_id), None)


def held_in_full(person_id: int, *, at: datetime) -> frozenset[str]:
    """The certifications that a person holds without anybody looking over their shoulder."""
    from_ledger = certificates_of(person_id, at=at)
    return frozenset(each.certification.slug for each in from_ledger if each.standing.is_in_force and not each.standing.is_provisional)
