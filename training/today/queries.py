"""One person's day, drawn from every room."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts.models import Person
from training.accounts.queries import people_of_team, person, person_names, state_of, unavailable_people
from training.accounts.rules import Role
from training.certification.models import Obligation
from training.certification.queries import Certificate, certificates_of, certifications, open_deltas, open_deltas_of
from training.certification.rules import notice_of
from training.courses import queries as courses
from training.courses.queries import AssignedWork, CurrentModule
from training.courses.rules.versions import Version
from training.exams import queries as exams
from training.exams.queries import Overview
from training.exams.rules.reasons import StartRefusal
from training.practice.queries import OwnSet, check_titles, sets_of
from training.quality.models import CasePanel, SuspensionProposal
from training.quality.queries import proposals_waiting
from training.quality.queries.calibration import ToLabel, to_label
from training.quality.queries.panels import asking_panels
from training.queues import queries as queues
from training.queues.queries import ExceptionShown, ProposalShown, QueueAnswer
from training.queues.rules.decision import Code
from training.today.rules import CourseOnTheWay, Step, StepKind, has_changed_since, is_ending_soon, next_step, steps_of_courses

TEAM_SHOWN = 10
"""Of how many changes still to be learned a lead reads on the front page."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A module that has changed since the person acknowledged it."""

    module: CurrentModule
    acknowledged: Version


@dataclass(frozen=True, slots=True)
class Lapse:
    """Somebody in the team whose certificate ends soon."""

    name: str
    public_id: str
    title: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Day:
    """What is due, what expires, what changed, which queues are open, and the one thing to do next."""

    step: Step | None
    assigned: list[AssignedWork]
    running: list[Overview]
    expiring: list[Certificate]
    changed: list[Changed]
    """Modules that they have something to read in, and nothing that is asked of them by a date."""
    deltas: Sequence[Obligation]
    """Changes that they are to learn by a date, the first due first."""
    sets: list[OwnSet]
    """Cases that a trainer picked for them, where they did not finish yet."""
    calibrations: list[ToLabel]
    """Sessions that wait for their labels."""
    blind_labels: list[CasePanel]
    """Single cases that they were asked to label blind."""
    queues: list[QueueAnswer]
    exceptions: Mapping[str, Sequence[ExceptionShown]]
    """Those that act on the person's access, by the queue's slug."""
    titles: dict[str, str]
    is_away: bool
    """Whether the person is unavailable now, which only they are told more of."""


def day_of(person_id: int, *, now: datetime) -> Day:
    """Everything the front page says to one person at one instant."""
    assigned = [course for course in courses.assignments_of(person_id, now=now) if not course.is_complete]
    overviews = exams.overviews(person_id, now=now)
    expiring = [entry for entry in certificates_of(person_id, at=now) if entry.standing.is_in_force and _is_ending_soon(entry, now)]
    deltas = open_deltas(person_id)
    changed = [entry for entry in _changed(person_id) if entry.module.slug not in {owed.module_slug for owed in deltas}]
    titles = queues.titles()
    steps = [*_exam_steps(overviews), *_learning(deltas, titles), *_renewals(expiring), *_rereading(changed), *_course_steps(person_id, assigned, overviews)]
    return Day(
        step=next_step(steps) or Step(StepKind.KEEP_FRESH, "", "Practice"),
        assigned=assigned,
        running=[overview for overview in overviews if overview.running is not None],
        expiring=expiring,
        changed=changed,
        deltas=deltas,
        sets=[own for own in sets_of(person_id, state_of(person_id, at=now).team_id) if not own.is_finished],
        calibrations=to_label(person_id, at=now),
        blind_labels=asking_panels(person_id, at=now),
        exceptions={slug: found for (_, slug), found in queues.acting_by_cell([person_id], at=now).items()},
        queues=queues.answers_for(person(person_id).public_id, at=now, known_at=now),
        titles=titles,
        is_away=person_id in unavailable_people([person_id], now=now),
    )


def _is_ending_soon(held: Certificate, now: datetime) -> bool:
    return is_ending_soon(held.standing.until, now, notice=notice_of(held.certification.term_rule))


def _learning(deltas: Sequence[Obligation], titles: Mapping[str, str]) -> Iterator[Step]:
    for owed in deltas:
        yield Step(StepKind.LEARN_CHANGE, owed.module_slug, titles.get(owed.module_slug, owed.module_slug), due_at=owed.due_at)


def _changed(person_id: int) -> list[Changed]:
    acknowledged = courses.newest_acknowledged(person_id)
    read = [(module, acknowledged[module.slug]) for module in courses.current_modules() if module.slug in acknowledged]
    return [Changed(module, version) for module, version in read if has_changed_since(version, module.version)]


def _exam_steps(overviews: list[Overview]) -> Iterator[Step]:
    """Exams that run, and those that alone stand between the person and a certificate: whoever looks for others finds them among the exams."""
    for overview in overviews:
        exam, needs = overview.exam.document, overview.certification.document.needs
        if overview.running is not None:
            yield Step(StepKind.RESUME_EXAM, overview.running.public_id, exam.title, due_at=overview.running.deadline_at)
        elif overview.readiness.refusal is None and needs.exam == exam.id:
            yield Step(StepKind.SIT_EXAM, exam.id, exam.title, overview.certification.document.title, overview.readiness.held_until)


def _renewals(expiring: list[Certificate]) -> Iterator[Step]:
    for certificate in expiring:
        document = certificate.certification.document
        yield Step(StepKind.RENEW, document.id, document.title, due_at=certificate.standing.until)


def _rereading(changed: list[Changed]) -> Iterator[Step]:
    for entry in changed:
        yield Step(StepKind.REREAD, entry.module.slug, entry.module.title)


def _course_steps(person_id: int, assigned: list[AssignedWork], overviews: list[Overview]) -> Iterator[Step]:
    """What is next in the courses asked of the person; where none is asked, in those that lead to a certificate not held."""
    titles = {module.slug: module.title for module in courses.current_modules()} | check_titles()
    if assigned:
        on_the_way = [CourseOnTheWay(course.slug, course.title, course.progress.missing, course.due_at) for course in assigned]
    else:
        progress = courses.progress_by_course(person_id)
        wanted = {slug for entry in overviews if entry.readiness.refusal is StartRefusal.NEEDS_UNMET for slug in entry.certification.document.needs.courses}
        on_the_way = [CourseOnTheWay(slug, progress[slug][0].title, progress[slug][1].missing) for slug in sorted(wanted & progress.keys())]
        on_the_way.sort(key=lambda course: len(course.missing))
    yield from steps_of_courses(on_the_way, titles)


def deltas_of_team(lead_id: int, *, now: datetime) -> Sequence[tuple[Obligation, Person]]:
    """Who in the lead's team still has to learn a change, the first due first; the first ten."""
    team_id = state_of(lead_id, at=now).team_id
    members = [member.id for member in people_of_team(team_id, at=now)] if team_id is not None else []
    return open_deltas_of(members, count=TEAM_SHOWN)


def lapses_of_team(lead_id: int, *, now: datetime) -> list[Lapse]:
    """Whose certificates in the lead's team end soon, the first to end on top; each certificate once."""
    team_id = state_of(lead_id, at=now).team_id
    members = {member.public_id: member.name for member in people_of_team(team_id, at=now)} if team_id is not None else {}
    titles = queues.titles()
    cells = queues.matrix(list(members), at=now, known_at=now).cells if members else {}
    found = {
        Lapse(members[public_id], public_id, titles.get(reason.subject or "", reason.subject or ""), reason.until)
        for (public_id, _), decision in cells.items()
        for reason in decision.reasons
        if reason.code is Code.CERTIFICATE_LAPSING and reason.until is not None
    }
    return sorted(found, key=lambda lapse: (lapse.until, lapse.name, lapse.title))


def exceptions_to_confirm(lead_id: int, *, now: datetime) -> list[ProposalShown]:
    """Proposed exceptions that this lead could confirm as the second person, the one that expires first on top."""
    return [entry for entry in queues.waiting_proposals(now=now) if lead_id not in (entry.person.id, entry.proposal.proposed_by_id)]


@dataclass(frozen=True, slots=True)
class SuspensionWaiting:
    """A proposal to suspend somebody that the person could decide."""

    proposal: SuspensionProposal
    name: str
    title: str


def suspensions_to_decide(person_id: int, roles: Collection[str], *, now: datetime) -> list[SuspensionWaiting]:
    """The proposals to suspend that wait for a lead's or a trainer's decision, the oldest first; the first ten."""
    if not {Role.LEAD, Role.TRAINER} & set(roles):
        return []
    waiting = proposals_waiting(person_id, roles, at=now)[:TEAM_SHOWN]
    names, titles = person_names(proposal.person_id for proposal in waiting), {each.id: each.document.title for each in certifications()}
    return [SuspensionWaiting(proposal, names[proposal.person_id], titles[proposal.certification_id]) for proposal in waiting]
