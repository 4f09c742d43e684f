"""How far people are is kept as the ledgers say it, whatever happened in whatever order."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.factories import LONG_AGO, PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.certification.factories import CertificationFactory
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.insights.test_counting import counted_until
from tests.judgements.factories import JudgementFactory
from tests.queues.factories import QueueFactory
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM, Actor, ActorKind
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind
from training.certification.services import consider, enter, promote, sign_off
from training.courses import services as courses
from training.courses.models import Module
from training.db import db
from training.errors import Refusal
from training.exams import services as exams
from training.insights.queries import known_groups
from training.insights.queries.ways import groups_followed, ways_anew, ways_by_group, ways_kept, ways_one_by_one
from training.insights.rules.funnel import Milestones, Stage, packed
from training.insights.services.surveying import WAYS, count_as_a_whole
from training.queues.queries import first_opened

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def by(person):
    return Actor(ActorKind.PERSON, person.id)


def assert_kept_is_anew(now):
    """Person by person, and as pages read it."""
    kept, groups = ways_one_by_one(), ways_by_group(range(1_000))
    assert kept == ways_anew(now=now)
    assert {number: ways for number, ways in ways_kept(range(1_000)).items() if ways} == {number: packed(ways) for number, ways in groups.items()}
    assert sum(map(len, groups.values())) == len(kept)


@dataclass(frozen=True)
class World:
    """What somebody learns, and what it opens."""

    module: Module
    certification: PublishedCertification
    people: list[Person]
    teams: list[int]
    lead: Person
    months: Iterator[int] = field(default_factory=count)
    """Time goes on from one example to the next."""

    def do(self, deed: str, person: Person, at: datetime) -> None:
        """One deed of or about a person at an instant."""
        match deed:
            case "read":
                courses.acknowledge(person.id, self.module.current_version, by=by(person), now=at)
            case "award" | "promote" | "suspend" | "reinstate":
                self._certify(deed, person, at)
            case "leave" | "return":
                record_facts(person, {FactKind.STATUS: Status.DEACTIVATED if deed == "leave" else Status.ACTIVE}, effective_from=at, by=SYSTEM, now=at)
            case _:
                record_facts(person, {FactKind.TEAM: self.teams[deed == "move"]}, effective_from=at, by=SYSTEM, now=at)

    def _certify(self, deed: str, person: Person, at: datetime) -> None:
        """Whatever makes no sense then is refused, and changes nothing."""
        with suppress(Refusal):
            match deed:
                case "award":
                    consider(person.id, self.certification, exam=None, by=SYSTEM, now=at)
                case "promote":
                    for step in (sign_off, promote):
                        step(person.id, self.certification, reason="Decides carefully and asks.", by=by(self.lead), now=at)
                case _:
                    kind = EventKind.SUSPENDED if deed == "suspend" else EventKind.REINSTATED
                    enter(person.id, self.certification, kind, reason="As it should be.", by=SYSTEM, now=at)


DEEDS = ("read", "award", "promote", "suspend", "reinstate", "leave", "return", "move", "move back")


@pytest.fixture
def world(app):
    """A module that is a course by itself, and a queue that a certificate opens."""
    module = ModuleFactory()
    CourseFactory(modules=(module.slug,))
    certification = CertificationFactory(nesting={"days": 14, "decisions": 200})
    QueueFactory(requires={"all_of": [certification.slug]})
    teams = [TeamFactory() for _ in range(2)]
    return World(module, certification, [PersonFactory(team=teams[0]) for _ in range(3)], [team.id for team in teams], PersonFactory(roles=(Role.LEAD,)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2), st.integers(1, 20)), max_size=6))
def test_what_is_kept_of_the_ways_is_what_following_everybody_anew_says(world, deeds):
    """The database is not emptied between the examples, so that deeds of one stand behind later ones of another."""
    begun = NOW + timedelta(days=30 * next(world.months))
    counted_until(begun)
    for deed, whose, days in sorted(deeds, key=lambda done: done[2]):
        world.do(deed, world.people[whose], begun + timedelta(days=days))
        counted_until(begun + timedelta(days=days))
    assert_kept_is_anew(begun + timedelta(days=20))


def test_a_whole_way_is_followed_stage_by_stage(world):
    person = world.people[0]
    for deed, days in (("read", 2), ("award", 5), ("promote", 21), ("leave", 29)):
        world.do(deed, person, NOW + timedelta(days=days))
    counted_until(NOW + timedelta(days=30))

    way = ways_one_by_one()[person.id]
    first = LONG_AGO.date()
    assert way.days[Stage.HIRED] == first
    assert {stage.value: (day - NOW.date()).days for stage, day in way.days.items() if stage is not Stage.HIRED} == {
        "read": 2,
        "course": 2,
        "certified": 5,
        "open": 5,
        "unsupervised": 21,
    }
    assert way.left_on == (NOW + timedelta(days=29)).date()
    assert ways_one_by_one()[world.people[1].id] == Milestones({Stage.HIRED: first})


def test_an_exam_is_sat_once_it_ended(app):
    person, exam = PersonFactory(), ExamFactory()
    attempt = AttemptFactory(person=person, exam=exam, now=NOW)
    counted_until(NOW)
    assert ways_one_by_one()[person.id].furthest is Stage.HIRED

    exams.submit_attempt(attempt, client_id="window-1", by=by(person), now=NOW + timedelta(minutes=9))
    counted_until(NOW + timedelta(minutes=9))
    assert ways_one_by_one()[person.id].days[Stage.EXAM] == NOW.date()


def test_a_course_that_asks_for_practice_is_complete_with_the_last_answer_which_the_next_day_notices(app):
    module = ModuleFactory()
    CourseFactory(modules=(module.slug,), practice_count=2)
    person = PersonFactory()
    courses.acknowledge(person.id, module.current_version, by=by(person), now=NOW)
    counted_until(NOW)
    for days in (1, 3, 4):
        JudgementFactory(person_id=person.id, case=CaseFactory(), given_at=NOW + timedelta(days=days))
    counted_until(NOW + timedelta(days=4))
    assert ways_one_by_one()[person.id].furthest is Stage.READ

    count_as_a_whole(WAYS, now=NOW + timedelta(days=5))
    counted_until(NOW + timedelta(days=5))
    assert ways_one_by_one()[person.id].days[Stage.COURSE] == (NOW + timedelta(days=3)).date()


def test_a_queue_opens_when_the_last_of_what_it_asks_for_is_there(world):
    person = world.people[0]
    QueueFactory(id="elsewhere", requires={"all_of": [world.certification.slug], "languages": ["ms"]})
    world.do("award", person, NOW)
    world.do("leave", person, NOW + timedelta(days=1))
    record_facts(person, {FactKind.LANGUAGES: ["ms"]}, effective_from=NOW + timedelta(days=3), by=SYSTEM, now=NOW)
    db.session.commit()

    def opened(since: datetime, now: datetime) -> datetime | None:
        return first_opened({person.public_id: since}, now=now).get(person.public_id)

    assert opened(NOW - timedelta(days=9), NOW) == NOW
    assert opened(NOW + timedelta(days=2), NOW + timedelta(days=9)) is None


def test_who_left_stays_in_the_group_that_was_theirs(world):
    person = world.people[0]
    world.do("leave", person, NOW)
    counted_until(NOW)
    assert [known.group.team_id for known in (*known_groups(), *known_groups(of_nobody=True)) if known.id in groups_followed([person.id])] == [world.teams[0]]


def test_who_was_never_active_is_on_no_way(app):
    PersonFactory(status=Status.INVITED)
    counted_until(NOW)
    assert ways_one_by_one() == {}
