"""People of the demo judge where the cut of an exam lies: a small workshop that is revealed, through the services that everybody uses."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from training.accounts.models import Person
from training.actors import Actor, ActorKind
from training.demo.rules import Course, cast_member
from training.exams import queries
from training.exams.queries.workshops import questions_of
from training.exams.rules.workshops import QuestionChoice
from training.exams.services import PlannedWorkshop, begin_judging, call_workshop, judge_question, reveal_workshop

EXAM = Course.FIRST_QUEUE.exam
JUDGES = tuple(cast_member(key) for key in ("trainer", "reviewer", "qa"))
QUESTIONS = 6
NOTE = "Works a first queue for a fortnight: decides plain cases alone, knows what must be escalated, and asks where the policy leaves room."
SITE = "http://127.0.0.1:5000"


def judge_a_cut(people: Mapping[str, Person], *, now: datetime) -> None:
    """Let a trainer call a workshop, three judge some questions by themselves, and the trainer reveal what they said. The second round is open."""
    actors = [Actor(ActorKind.PERSON, people[member.key].id) for member in JUDGES]
    exam, begun = queries.exam_by_slug(EXAM), now - timedelta(days=2)
    items = queries.bank_items(queries.terms_of(exam.document, with_public=True))
    slugs = sorted(item.pool_item.slug for item in items if item.pool_item.traits.kind == "single")[:QUESTIONS]
    planned = PlannedWorkshop([actor.id for actor in actors if actor.id], QuestionChoice.NAMED, slugs, NOTE)
    workshop = call_workshop(exam, planned, allow_public=True, site_url=SITE, by=actors[0], now=begun)
    for place, actor in enumerate(actors):
        said_at, chance = begun + timedelta(hours=3 + place), Random(place)
        begin_judging(workshop.id, by=actor, now=said_at)
        for question in questions_of(workshop.id):
            said_at += timedelta(seconds=80)
            judge_question(workshop.id, question.position, chance.randrange(65, 96, 5) / 100, by=actor, now=said_at)
    reveal_workshop(workshop.id, site_url=SITE, by=actors[0], now=now - timedelta(hours=20))
