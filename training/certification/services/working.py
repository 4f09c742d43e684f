"""Take down the work that review tools report."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from training.actors import Actor, ActorKind
from training.certification import queries
from training.certification.models import CertificateUse, WorkReport
from training.certification.rules import Worked, WorkOutcome, outcome_of, stretches_of, with_day
from training.certification.rules.work import Stretches
from training.certification.services.reminders import withdraw_moved_reminders
from training.config import organisation_zone
from training.db import db


@dataclass(frozen=True, slots=True)
class _Change:
    """A report that says something new, the one that it follows, and the certifications it counts for."""

    worked: Worked
    before: WorkReport | None
    certifications: tuple[str, ...]

    @property
    def moves_nothing(self) -> bool:
        """Whether the day was one of work before and is one still, for the same certifications."""
        was = self.before is not None and bool(self.before.decision_count) and tuple(self.before.certifications) == self.certifications
        return was and self.worked.decision_count > 0

    @property
    def only_adds(self) -> bool:
        """Whether it makes a day of work of one that was none, and takes nothing back."""
        return self.worked.decision_count > 0 and (self.before is None or not self.before.decision_count)


def record_work(found: Sequence[Worked], required: Mapping[tuple[str, date], Collection[str]], *, by: Actor, now: datetime) -> Counter[WorkOutcome]:
    """Take down these counts, each person, queue and day once; how many were new, corrected and unchanged.

    `required` says which certifications each queue asked for on each day. The same count again changes nothing; another one counts from now on,
    and the one before stays as what was known until then.
    """
    people = {worked.person_id for worked in found}
    queries.hold_people(people)
    known = queries.reports_of(people, {worked.day for worked in found})
    counts = {key: row.decision_count for key, row in known.items()}
    outcomes = {worked: outcome_of(worked, counts) for worked in found}
    changes = [
        _Change(worked, known.get(worked.key), tuple(sorted(required[worked.queue, worked.day])))
        for worked, outcome in outcomes.items()
        if outcome is not WorkOutcome.UNCHANGED
    ]
    db.session.add_all(_report(change, by=by, now=now) for change in changes)
    db.session.flush()
    _follow([change for change in changes if not change.moves_nothing], now=now)
    return Counter(outcomes.values())


def _report(change: _Change, *, by: Actor, now: datetime) -> WorkReport:
    return WorkReport(
        person_id=change.worked.person_id,
        queue_slug=change.worked.queue,
        worked_on=change.worked.day,
        number=change.before.number + 1 if change.before else 1,
        decision_count=change.worked.decision_count,
        certifications=list(change.certifications),
        recorded_at=now,
        client_id=by.id if by.kind is ActorKind.CLIENT else None,
    )


def _follow(changes: Sequence[_Change], *, now: datetime) -> None:
    """Let the uses of certificates say what is known now."""
    zone, ids = organisation_zone(), {certification.slug: certification.id for certification in queries.certifications()}
    current = queries.current_uses({change.worked.person_id for change in changes})
    stretches: dict[tuple[int, int], Stretches] = {key: queries.use_told(row.id, row.stretches, row.recorded_at).stretches for key, row in current.items()}
    for change in changes:
        if change.only_adds:
            for key in ((change.worked.person_id, ids[slug]) for slug in change.certifications if slug in ids):
                stretches[key] = with_day(stretches.get(key, ()), change.worked.day, zone)
    for person_id in {change.worked.person_id for change in changes if not change.only_adds}:
        stretches |= _anew(person_id, current, ids, zone)
    moved = {key[0] for key, found in stretches.items() if _supersede(key, current.get(key), found, now=now)}
    db.session.flush()
    if moved:
        withdraw_moved_reminders(moved, now=now)


def _anew(person_id: int, current: Mapping[tuple[int, int], CertificateUse], ids: Mapping[str, int], zone: ZoneInfo) -> dict[tuple[int, int], Stretches]:
    """A person's stretches from all the reports that count: what a correction takes away cannot be taken out of a stretch."""
    days: dict[tuple[int, int], set[date]] = {key: set() for key in current if key[0] == person_id}
    for row in queries.reports_that_count(person_id):
        for slug in row.certifications if row.decision_count else ():
            if slug in ids:
                days.setdefault((person_id, ids[slug]), set()).add(row.worked_on)
    return {key: stretches_of(found, zone) for key, found in days.items()}


def _supersede(key: tuple[int, int], before: CertificateUse | None, stretches: Stretches, *, now: datetime) -> bool:
    """Let this be what counts from now on; whether it says something else than before."""
    written = [[begin.isoformat(), end.isoformat()] for begin, end in stretches]
    if (before.stretches if before else []) == written:
        return False
    if before is not None:
        before.superseded_at = now
        db.session.flush()
    person_id, certification_id = key
    db.session.add(CertificateUse(person_id=person_id, certification_id=certification_id, stretches=written, recorded_at=now))
    return True
