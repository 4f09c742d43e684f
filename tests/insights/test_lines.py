"""What is followed of people is counted as it stands: after every deed, and by the clock alone."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationDocumentFactory, CertificationFactory, award
from tests.courses.factories import CourseFactory, ModuleDocumentFactory, ModuleFactory
from tests.insights.test_counting import CHANGES, assert_kept_is_counted_anew, counted_until
from training import clock
from training.accounts.rules import FactKind, PersonState
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.certification.rules import DeltaKind, EventKind, Standing, State
from training.certification.rules.deltas import Delta
from training.certification.services import enter, owe_delta, publish_certification
from training.certification.services.deltas import settle_readings
from training.courses import queries as courses
from training.courses.models import Assignment
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience, acknowledge, assign, note_practice, publish_module, record_check_pass, withdraw_assignment
from training.db import begin_writing, db
from training.errors import Refusal
from training.insights import queries
from training.insights.models import OrganisationLine
from training.insights.queries.figures import About, figures
from training.insights.rules.figures import Tally
from training.insights.rules.lines import NEVER, Line, LineState, Topic, area_line, asked_line, certificate_line, together
from training.insights.services.counting import count_noted
from training.practice.models import AreaMastery
from training.practice.rules import Mastery, mastered

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass
class World:
    """What can happen here; each deed takes who, a number that says which, and the instant."""

    people: list
    teams: list
    module: str
    course: str
    certification: object
    version: int = 0

    def fact(self, who, change, now):
        kind, value = change
        said = self.teams[value] if kind is FactKind.TEAM and value is not None else value
        record_facts(self.people[who], {kind: said}, effective_from=now + timedelta(days=who - 1), by=SYSTEM, now=now)

    def time_zone(self, who, which, now):
        zone = ("Asia/Jakarta", "Pacific/Kiritimati", "America/Los_Angeles")[which % 3]
        record_facts(self.people[who], {FactKind.TIME_ZONE: zone}, effective_from=now, by=SYSTEM, now=now)

    def asked(self, who, which, now):
        audience = (Audience(self.people[who].id), Audience(team_id=self.teams[who % 2]), Audience(rule=AudienceRule("ID", "")))[which % 3]
        subject = courses.module_by_slug(self.module) if which % 2 else courses.course_by_slug(self.course)
        due = now + timedelta(days=1 + which)
        assign(subject, audience, due_at=due, due_on=due.date() if which % 4 else None, by=SYSTEM, now=now)

    def withdrawn(self, who, which, now):
        rows = db.session.scalars(select(Assignment).where(Assignment.withdrawn_at.is_(None)).order_by(Assignment.id)).all()
        if rows:
            withdraw_assignment(rows[which % len(rows)], by=SYSTEM, now=now)

    def acknowledged(self, who, which, now):
        acknowledge(self.people[who].id, courses.module_by_slug(self.module).current_version, by=SYSTEM, now=now)
        settle_readings(self.people[who].id, by=SYSTEM, now=now)

    def published(self, who, which, now):
        self.version += 1
        number = f"1.{self.version}.0" if which % 2 else f"1.{self.version - 1}.9"
        document = ModuleDocumentFactory(id=self.module, version=number, body=f"## Rules\n\nRead them, {number}.")
        publish_module(document, now=now, by=SYSTEM)

    def checked(self, who, which, now):
        record_check_pass(self.people[who].id, "a-check", now=now)

    def practised(self, who, which, now):
        person_id = self.people[who].id
        kept = db.session.get(AreaMastery, (person_id, "PRO"))
        mastery = Mastery()
        for answer in range(which * 4):
            mastery = mastered(mastery, is_right=answer % 9 != 8, at=now - timedelta(hours=7 * (which * 4 - answer)))
        if mastery.answered_at is not None:
            row = kept or AreaMastery(person_id=person_id, area="PRO")
            row.right_weight, row.wrong_weight, row.count = mastery.right_weight, mastery.wrong_weight, mastery.answer_count
            row.day_count, row.last_answered_at = mastery.day_count, mastery.answered_at
            db.session.add(row)
            note_practice(person_id, area="PRO", now=now)
        elif kept is not None:
            db.session.delete(kept)

    def awarded(self, who, which, now):
        award(self.people[who].id, self.certification, now=now)

    def entered(self, who, which, now):
        kind = (EventKind.SUSPENDED, EventKind.REINSTATED, EventKind.REVOKED)[which % 3]
        enter(self.people[who].id, self.certification, kind, reason="Because of what was found.", by=SYSTEM, now=now)

    def renamed(self, who, which, now):
        days = {"validity_days": 180, "renewal_window_days": 10 + which}
        publish_certification(CertificationDocumentFactory(id=self.certification.slug, title=f"Another title {which}", **days), by=SYSTEM, now=now)

    def owed(self, who, which, now):
        version = courses.module_by_slug(self.module).current_version.version
        owe_delta(Delta(self.module, version, ("PRO",), DeltaKind.READING, None, ()), {self.people[who].id: now + timedelta(days=which)}, now=now)


DEEDS = ("time_zone", "asked", "asked", "withdrawn", "acknowledged", "published", "checked", "practised", "awarded", "entered", "renamed", "owed")
STEPS = st.one_of(
    st.tuples(st.just("fact"), st.integers(0, 2), CHANGES),
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 12)),
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(0, 12)),
)


@pytest.fixture
def world(app):
    """Three people, and what may be asked of them; instants two years apart, so that time never goes back between examples."""
    people = [PersonFactory(markets=("ID",), languages=("id",)) for _ in range(3)]
    module = ModuleFactory(id="the-module").slug
    course = CourseFactory(id="the-course", modules=(module,), checks=("a-check",), practice_count=2).slug
    made = World(people, [TeamFactory().id, TeamFactory().id], module, course, CertificationFactory())
    began = clock.now()
    return made, (began + timedelta(days=700 * number) for number in count())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, min_size=1, max_size=12),
    pauses=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    later=st.lists(st.integers(1, 5000), max_size=3),
)
def test_what_is_kept_is_what_counting_everybody_anew_says_whatever_happened(world, steps, pauses, later):
    made, instants = world
    now = next(instants)
    for (deed, who, which), pause in zip(steps, pauses, strict=False):
        now += pause * DAY
        begin_writing()
        with suppress(Refusal, AssertionError):
            getattr(made, deed)(who, which, now)
        db.session.commit()
        if pause:
            counted_until(now)
    counted_until(now)
    assert_kept_is_counted_anew(now)
    for hours in sorted(later):
        at = now + timedelta(hours=hours)
        while queries.is_anything_to_count(now=at):
            begin_writing()
            count_noted(now=at)
            db.session.commit()
        assert_kept_is_counted_anew(at)
    counted_until(now + timedelta(hours=max(later, default=0)))
    assert_kept_is_counted_anew(now + timedelta(hours=max(later, default=0)))


def test_what_is_due_becomes_late_without_anybody_writing(world):
    made, instants = world
    now = next(instants)
    made.asked(0, 12, now)
    counted_until(now)
    about = About([Topic.COURSE], "the-course")
    kept = [row.counted_as for row in db.session.scalars(select(OrganisationLine).where(OrganisationLine.topic == "course"))]
    assert kept == ["ahead"]
    for days, tally in ((0, Tally(ahead=1)), (10, Tally(soon=1)), (30, Tally(late=1))):
        assert figures(about, now=now + days * DAY)[Topic.COURSE, "the-course"] == tally
    counted_until(now + 30 * DAY)
    assert figures(about, now=now + 30 * DAY)[Topic.COURSE, "the-course"] == Tally(late=1)
    assert [row.turns_at for row in db.session.scalars(select(OrganisationLine).where(OrganisationLine.topic == "course"))] == [None]


def test_lines_turn_by_the_clock_alone():
    line = asked_line(Topic.COURSE, "entry", is_met=False, due_at=NOON + 20 * DAY)
    assert [line.state_at(NOON + days * DAY) for days in (0, 12, 13, 19, 20, 99)] == [
        LineState.AHEAD,
        LineState.AHEAD,
        LineState.SOON,
        LineState.SOON,
        LineState.LATE,
        LineState.LATE,
    ]
    assert [line.turns_after(NOON + days * DAY) for days in (0, 13, 20)] == [NOON + 13 * DAY, NOON + 20 * DAY, None]
    done = asked_line(Topic.COURSE, "entry", is_met=True, due_at=NOON)
    assert done.state_at(NOON + DAY) is LineState.MET and done.turns_after(NOON - DAY) is None


def test_all_that_somebody_is_asked_for_stands_as_the_worst_of_it():
    late, far = (asked_line(Topic.COURSE, name, is_met=False, due_at=NOON + days * DAY) for name, days in (("a", 1), ("b", 90)))
    done = asked_line(Topic.DELTA, "pro 2.0.0", is_met=True, due_at=NOON - DAY)
    held = Line(Topic.CERTIFICATE, "c", NOON - DAY, NOON - DAY)
    assert together([far, late, done, held]) == Line(Topic.ANYTHING, "", late.due_at, late.soon_at)
    assert together([done, held]) == Line(Topic.ANYTHING, "", done.due_at, done.soon_at, LineState.MET)
    assert together([held]) is None


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(State.IN_FORCE, until=NOON + 40 * DAY), LineState.AHEAD),
        (Standing(State.IN_FORCE, until=NOON + 30 * DAY), LineState.SOON),
        (Standing(State.LAPSED, until=NOON), LineState.LATE),
        (Standing(State.IN_FORCE), LineState.AHEAD),
        (Standing(State.SUSPENDED, until=NOON + DAY), LineState.WAITING),
        (Standing(State.SUSPENDED, until=NOON), LineState.LATE),
    ],
)
def test_certificates_are_in_force_to_be_renewed_lapsed_or_suspended(standing, expected):
    line = certificate_line("c", standing, notice=30 * DAY)
    assert line.state_at(NOON) is expected
    if standing.until is None:
        assert line.due_at == NEVER and line.turns_after(NOON) < NEVER


@pytest.mark.parametrize("state", [State.NONE, State.REVOKED])
def test_who_never_held_a_certificate_or_had_it_revoked_has_no_line(state):
    assert certificate_line("c", Standing(state), notice=30 * DAY) is None


def test_readiness_fades_and_too_few_answers_wait_for_more():
    few = sure = Mastery()
    for answer in range(60):
        sure = mastered(sure, is_right=True, at=NOON + answer * DAY / 10)
        few = sure if answer == 5 else few
    assert area_line("PRO", Mastery()) is None
    assert area_line("PRO", few).state_at(NOON + 99 * DAY) is LineState.WAITING
    line = area_line("PRO", sure)
    assert line.state_at(NOON + 6 * DAY) is LineState.AHEAD
    assert line.state_at(line.due_at - DAY) is LineState.SOON and line.state_at(line.due_at) is LineState.LATE
    doubtful = Mastery(10, 8, 20, 5, NOON)
    assert area_line("PRO", doubtful).state_at(NOON) is LineState.LATE


def test_who_decides_no_cases_is_not_expected_to_practise(app):
    states = {PersonFactory().id: PersonState()}
    for person_id in states:
        db.session.add(AreaMastery(person_id=person_id, area="PRO", right_weight=9, wrong_weight=1, count=20, day_count=4, last_answered_at=NOON))
    db.session.commit()
    assert queries.lines_of(states, at=NOON) == {person_id: [] for person_id in states}
