"""Workshops on cuts in which judges have said something, made by the services that make them."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tests.exams.factories import NOON
from training.actors import SYSTEM, Actor, ActorKind
from training.db import db
from training.exams import services
from training.exams.models import CutWorkshop
from training.exams.queries import PublishedExam
from training.exams.rules.workshops import QuestionChoice

SITE = "https://touchstone.example"


def person(person_id: int) -> Actor:
    return Actor(ActorKind.PERSON, person_id)


def called(exam: PublishedExam, slugs: Sequence[str], judges: Sequence[int], *, by: int | None = None, note: str = "", now: datetime = NOON) -> CutWorkshop:
    """A workshop about these items to which these people are called, by the first of them if nobody else is named."""
    planned = services.PlannedWorkshop(judges, QuestionChoice.NAMED, slugs, note)
    made = services.call_workshop(exam, planned, allow_public=True, site_url=SITE, by=person(by or judges[0]), now=now)
    db.session.commit()
    return made


def judged(exam: PublishedExam, slugs: Sequence[str], said: Mapping[int, Sequence[float]], *, is_revealed: bool = True, now: datetime = NOON) -> CutWorkshop:
    """A workshop in whose first round these judges said this of the questions, from the first on."""
    made = called(exam, slugs, list(said), now=now)
    for judge, chances in said.items():
        services.begin_judging(made.id, by=person(judge), now=now)
        for position, chance in enumerate(chances, start=1):
            services.judge_question(made.id, position, chance, by=person(judge), now=now)
    if is_revealed:
        services.reveal_workshop(made.id, site_url=SITE, by=SYSTEM, now=now)
    db.session.commit()
    return made
