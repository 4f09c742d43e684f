"""Puts a large organisation into a database whose figures are looked at: teams, what is asked of everybody, and what they practised."""

import json
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import delete, select

from support.databases import Database, Filling, Row, application
from support.organisation import AREAS, MODULES, Organisation
from support.settling import JOINED, as_text, settle
from training.actors import SYSTEM
from training.cases.models import TaxonomyArea
from training.courses.queries import module_by_slug
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience, assign
from training.db import db
from training.insights.models import OrganisationGroup, OrganisationNote, OrganisationWideNote
from training.insights.queries import is_anything_to_count
from training.insights.rules.enforcement import Basis
from training.insights.rules.pace import months_until
from training.insights.services.recounting import note_everybody
from training.insights.services.surveying import MONTHS_KEPT
from training.insights.tasks import count_the_organisation

TEAM_OF = 100
MARKETS = ("ID", "MY", "PH", "TH", "VN")


def team_of(number: int) -> int:
    """The team of a person, by id."""
    return (number - 1) // TEAM_OF + 1


def settle_with_figures(organisation: Organisation, database: Database) -> None:
    """The organisation, its teams, modules that a market and a language are asked for, changes that a third still has to learn, and practice."""
    settle(organisation, database)
    with application(database.url).app_context():
        db.session.add_all(TaxonomyArea(code=code, title=f"Area {code}", position=place) for place, code in enumerate(AREAS))
        due = organisation.now + timedelta(days=5)
        rules = [Audience(rule=AudienceRule("ID", "")), Audience(rule=AudienceRule("", "en"))]
        for number, audience in enumerate(rules):
            assign(module_by_slug(f"module-{number}"), audience, due_at=due - timedelta(days=9 * number), by=SYSTEM, now=due - timedelta(days=30))
        db.session.commit()
        db.engine.dispose()
    database.fill(_fillings(organisation))
    with application(database.url).app_context():
        db.session.execute(delete(OrganisationNote))
        db.session.execute(delete(OrganisationWideNote))
        note_everybody(now=organisation.now)
        db.session.commit()
        db.engine.dispose()
    database.rest()


def count_everybody(organisation: Organisation) -> None:
    """What the job does, run after run, until nobody is left."""
    while is_anything_to_count(now=organisation.now):
        count_the_organisation(organisation.now)
        db.session.commit()


def decisions_by_group(organisation: Organisation) -> Filling:
    """What each group decided in each month that is kept, as if thirty decisions of each person had been looked at."""
    months = [begins.date().isoformat() for begins, _ends in months_until(organisation.now, MONTHS_KEPT)]
    groups = db.session.execute(select(OrganisationGroup.id, OrganisationGroup.person_count)).all()
    rows = (
        (month, basis.value, number, 30 * people, 27 * people, 14 * people, people, 2 * people, 13 * people, 0, people)
        for month in months
        for basis in Basis
        for number, people in groups
    )
    counts = ("count", '"right"', "hits", "misses", "false_alarms", "correct_rejections", "wrong_selections", "people")
    return Filling("organisation_decisions", ("month", "basis", "group_id", *counts), rows)


def _fillings(organisation: Organisation) -> Iterator[Filling]:
    yield Filling("teams", ("id", "slug", "name"), ((team, f"team-{team}", f"Team {team}") for team in range(1, team_of(organisation.people_count) + 1)))
    yield Filling("person_facts", ("person_id", "kind", "value", "effective_from", "recorded_at"), _facts(organisation))
    owed = ("person_id", "module_slug", "module_version", "areas", "kind", "effective_from", "due_at", "recorded_at")
    yield Filling("obligations", owed, _owed(organisation))
    mastery = ("person_id", "area", "right_weight", "wrong_weight", "count", "day_count", "last_answered_at")
    yield Filling("area_masteries", mastery, _masteries(organisation))


def _facts(organisation: Organisation) -> Iterator[Row]:
    then = as_text(organisation.now - JOINED)
    for person in organisation.people:
        team = team_of(person.number)
        yield person.number, "team", json.dumps({"value": team}), then, then
        yield person.number, "markets", json.dumps({"value": [MARKETS[team % len(MARKETS)]]}), then, then


def _owed(organisation: Organisation) -> Iterator[Row]:
    since = as_text(organisation.now - timedelta(days=20))
    for person in organisation.people[::3]:
        due = as_text(organisation.now + timedelta(days=person.number % 30 - 10))
        yield person.number, f"module-{(person.number + 1) % MODULES}", "1.0.0", json.dumps(AREAS), "reading", since, due, since


def _masteries(organisation: Organisation) -> Iterator[Row]:
    for person in organisation.people:
        last = as_text(organisation.now - timedelta(days=person.number % 20))
        for place, area in enumerate(AREAS[: person.number % (len(AREAS) + 1)]):
            yield person.number, area, 8.0 + (person.number + place * 7) % 40, 1.0 + person.number % 4, 10 + person.number % 30, 4, last
