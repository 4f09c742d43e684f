"""Everything that happened before the demo was first started, done deed by deed in the order of its days."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.accounts import services as accounts
from training.accounts.models import Person, Team
from training.accounts.rules import FactKind, Status
from training.accounts.services import HashedPassword
from training.actors import SYSTEM, Actor, ActorKind
from training.certification.queries import certification_by_slug, nester_of
from training.certification.rules import EventKind
from training.certification.services import enter, promote, sign_off
from training.courses.queries import course_by_slug, known_course
from training.courses.services import Audience, assign
from training.demo.rules import CAST, FORMER, TEAMS, CastMember, Course, Deed, DeedKind, cast_member, chronicle
from training.demo.services.auditing import audit_work
from training.demo.services.bringing import bring_questions
from training.demo.services.calibrating import calibrate
from training.demo.services.cohorts import follow_new_hires
from training.demo.services.drafting import draft_at_the_desk
from training.demo.services.examining import Preparedness, sit
from training.demo.services.judging_cuts import judge_a_cut
from training.demo.services.learning import study
from training.demo.services.staffing import staff
from training.exams.queries import stored_exam
from training.queues.queries import queue_by_slug
from training.queues.services import Grant, Row, confirm_override, propose_override, report_work

WORKED_DAYS = 10

LONGEST_AGO = timedelta(days=240)
"""When the demo's content was published: before anybody joined."""

LEAD, QUALITY, ADMIN = cast_member("lead"), cast_member("qa"), cast_member("admin")
TRAINER, REVIEWER = cast_member("trainer"), cast_member("reviewer")

REASONS = {
    DeedKind.SUSPEND: "Random audits of last week: five of 24 decisions on supplements were wrong. A refresher and a fresh exam end this.",
    DeedKind.REVOKE: "Shared screenshots of open cases outside the review tool; see the conduct case of that week.",
    DeedKind.SIGN_OFF: "Sat beside them for three shifts: decides carefully, escalates what must be, asks where it is grey.",
    DeedKind.PROMOTE: "Two weeks in shadow are over, and QA vouches for them.",
    DeedKind.OVERRIDE: "Payday campaign: the queue is short of people. Works beside Citra until the renewal exam tomorrow.",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Who is there already, by key, and the teams by name."""

    people: dict[str, Person]
    teams: Mapping[str, Team]
    password: HashedPassword

    def actor(self, member: CastMember) -> Actor:
        """This person, doing something."""
        return Actor(ActorKind.PERSON, self.people[member.key].id)


def make_world(*, password: HashedPassword, now: datetime) -> int:
    """Let everything happen that happened before `now`; how many people there are then.

    Over content that lacks the shipped courses and exams, people join and nothing else happens.
    """
    founded = now - LONGEST_AGO
    teams = {name: accounts.create_team(name=name, by=SYSTEM, now=founded) for name in TEAMS}
    stage = Stage({}, teams, password)
    has_careers = all(known_course(course.value) and stored_exam(course.exam) for course in Course)
    everybody = (*CAST, *FORMER)
    for deed in chronicle(now, everybody):
        if has_careers or deed.kind is DeedKind.JOIN:
            DEEDS[deed.kind](deed, stage)
    if has_careers:
        audit_work(stage.people, by=stage.actor(QUALITY), now=now)
        draft_at_the_desk(writing=stage.actor(TRAINER), reviewing=stage.actor(REVIEWER), labelling=stage.people[QUALITY.key].id, now=now)
        bring_questions(writing=stage.actor(TRAINER), reviewing=stage.actor(REVIEWER), now=now)
        calibrate(stage.people, now=now)
        follow_new_hires(stage.people, trainer=stage.actor(TRAINER), now=now)
        judge_a_cut(stage.people, now=now)
        staff(stage.people, lead=stage.actor(LEAD), admin=stage.actor(ADMIN), now=now)
    return len(everybody)


def _join(deed: Deed, stage: Stage) -> None:
    member = deed.member
    facts = {
        FactKind.STATUS: Status.INVITED if member.is_invited else Status.ACTIVE,
        FactKind.ROLES: member.roles,
        FactKind.TEAM: stage.teams[member.team].id,
        FactKind.LANGUAGES: member.languages,
        FactKind.MARKETS: member.markets,
        FactKind.TIME_ZONE: member.time_zone,
        FactKind.ACCOMMODATIONS: {"time_multiplier": member.time_multiplier, "extra_break_seconds": member.extra_break_seconds},
    }
    password = stage.password if member.signs_in else None
    person = accounts.create_person(email=member.email, name=member.name, facts=facts, by=SYSTEM, now=deed.at, password=password)
    person.is_demo = True
    stage.people[member.key] = person


def _assign(deed: Deed, stage: Stage) -> None:
    assert deed.due_at is not None, "an assignment has a date"
    person = stage.people[deed.member.key]
    assign(course_by_slug(deed.subject), Audience(person_id=person.id), due_at=deed.due_at, by=stage.actor(LEAD), now=deed.at)


def _study(deed: Deed, stage: Stage) -> None:
    study(stage.people[deed.member.key].id, deed.subject, share=deed.share, by=stage.actor(deed.member), now=deed.at)


def _sit(deed: Deed, stage: Stage) -> None:
    sit(stage.people[deed.member.key].id, deed.subject, Preparedness(deed.is_success, deed.member.accuracy), by=stage.actor(deed.member), now=deed.at)


def _enter(deed: Deed, stage: Stage) -> None:
    kind, by = (EventKind.SUSPENDED, QUALITY) if deed.kind is DeedKind.SUSPEND else (EventKind.REVOKED, ADMIN)
    certification = certification_by_slug(deed.subject)
    enter(stage.people[deed.member.key].id, certification, kind, reason=REASONS[deed.kind], by=stage.actor(by), now=deed.at)


def _leave(deed: Deed, stage: Stage) -> None:
    facts = {FactKind.STATUS: Status.DEACTIVATED}
    accounts.record_facts(stage.people[deed.member.key], facts, effective_from=deed.at, by=stage.actor(ADMIN), now=deed.at)


def _override(deed: Deed, stage: Stage) -> None:
    grant = Grant(allows=True, reason=REASONS[deed.kind], since=deed.at, until=deed.at + timedelta(hours=60))
    person_id, queue = stage.people[deed.member.key].id, queue_by_slug(deed.subject, now=deed.at)
    proposal = propose_override(person_id, queue, grant, by=stage.actor(LEAD), now=deed.at)
    confirm_override(proposal.id, by=stage.actor(ADMIN), now=deed.at + timedelta(minutes=20))


def _work(deed: Deed, stage: Stage) -> None:
    """The review tool reports their last working days."""
    person = stage.people[deed.member.key]
    days = [(deed.at - timedelta(days=ago)).date() for ago in range(1, WORKED_DAYS + 1)]
    report_work([Row(place, person.public_id, deed.subject, day, 11 + place % 5) for place, day in enumerate(days)], by=SYSTEM, now=deed.at)


def _end_shadow(deed: Deed, stage: Stage) -> None:
    """A colleague of QA signs off, the lead promotes; nothing where the certificate does not begin in shadow."""
    person, certification = stage.people[deed.member.key], certification_by_slug(deed.subject)
    if nester_of(person.id, certification.id, now=deed.at) is not None:
        end, by = (sign_off, QUALITY) if deed.kind is DeedKind.SIGN_OFF else (promote, LEAD)
        end(person.id, certification, reason=REASONS[deed.kind], by=stage.actor(by), now=deed.at)


DEEDS: Mapping[DeedKind, Callable[[Deed, Stage], None]] = {
    DeedKind.JOIN: _join,
    DeedKind.ASSIGN: _assign,
    DeedKind.STUDY: _study,
    DeedKind.SIT: _sit,
    DeedKind.SUSPEND: _enter,
    DeedKind.REVOKE: _enter,
    DeedKind.LEAVE: _leave,
    DeedKind.OVERRIDE: _override,
    DeedKind.WORK: _work,
    DeedKind.SIGN_OFF: _end_shadow,
    DeedKind.PROMOTE: _end_shadow,
}
