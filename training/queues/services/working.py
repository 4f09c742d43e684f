"""Take down the work that review tools report."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from training.accounts.queries import people_by_subjects
from training.actors import Actor
from training.audit.services import record
from training.certification.rules import Worked, WorkFault, WorkOutcome, first_instant_of
from training.certification.services import record_work
from training.config import organisation_zone
from training.queues import queries
from training.queues.rules.evidence import RequirementsVersion, certifications_mentioned


@dataclass(frozen=True, slots=True)
class Row:
    """One count as a program sends it, with its place in the report. `person` is an e-mail address or our own id."""

    place: int
    person: str
    queue: str
    day: date
    decision_count: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What became of a report: how many rows were taken how, and why the others were not, each with its place."""

    outcomes: Counter[WorkOutcome]
    faults: tuple[tuple[int, WorkFault], ...]


def report_work(rows: Sequence[Row], *, by: Actor, now: datetime) -> Reported:
    """Take down the rows that can be taken; the same report again changes nothing. Days are those of the organisation's zone."""
    people, demands = people_by_subjects(row.person for row in rows), queries.demands_of({row.queue for row in rows})
    today = now.astimezone(organisation_zone()).date()
    faults, taken = list[tuple[int, WorkFault]](), dict[tuple[int, str, date], Worked]()
    for row in rows:
        worked = Worked(people.get(row.person, 0), row.queue, row.day, row.decision_count)
        fault = _fault(worked, demands, today)
        if fault is None and taken.setdefault(worked.key, worked) != worked:
            fault = WorkFault.SAID_TWICE
        if fault is not None:
            faults.append((row.place, fault))
    outcomes = record_work(list(taken.values()), _required(taken.values(), demands, now), by=by, now=now) if taken else Counter[WorkOutcome]()
    if outcomes[WorkOutcome.NEW] or outcomes[WorkOutcome.CORRECTED]:
        record("work.reported", by=by, subject=("work", f"{now:%Y-%m-%d}"), now=now, detail={outcome.value: outcomes[outcome] for outcome in WorkOutcome})
    return Reported(outcomes, tuple(faults))


def _fault(worked: Worked, demands: Mapping[str, object], today: date) -> WorkFault | None:
    if not worked.person_id:
        return WorkFault.UNKNOWN_PERSON
    if worked.queue not in demands:
        return WorkFault.UNKNOWN_QUEUE
    return WorkFault.IN_THE_FUTURE if worked.day > today else None


def _required(found: Iterable[Worked], demands: Mapping[str, tuple[RequirementsVersion, ...]], now: datetime) -> dict[tuple[str, date], tuple[str, ...]]:
    """The certifications that each queue asked for as the day ended; before it existed, those that it asked for at first."""
    zone, required = organisation_zone(), dict[tuple[str, date], tuple[str, ...]]()
    for worked in found:
        ended = min(now, first_instant_of(worked.day + timedelta(days=1), zone))
        required[worked.queue, worked.day] = certifications_mentioned(demands[worked.queue], ended)
    return required
