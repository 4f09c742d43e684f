"""People of the demo read, pass checks and practise, through the services that everybody uses."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from random import Random

from training.actors import Actor
from training.cases.queries import case_by_id, taxonomy
from training.courses.queries import course_by_slug, course_progress, document_of, known_module, modules_of
from training.courses.rules.progress import Step, StepKind
from training.courses.services import acknowledge, mark_sections_read
from training.demo.rules.answers import right_answer, wrong_answer
from training.errors import Refusal
from training.judgements.queries import reference_value
from training.practice.models import Serving
from training.practice.rules import Purpose, PurposeKind
from training.practice.services import answer_serving, next_case, start_check

STEP_TAKES = {StepKind.MODULE: timedelta(minutes=26), StepKind.CHECK: timedelta(minutes=7), StepKind.PRACTICE: timedelta(seconds=80)}
RIGHT_IN_PRACTICE = 0.86
"""How often they agree with the expert when they practise freely; in checks they do."""


def study(person_id: int, course_slug: str, *, share: float, by: Actor, now: datetime) -> None:
    """Do the next steps of a course until this share of it is done."""
    steps = course_progress(person_id, course_slug).steps
    wanted = ceil(share * sum(step.needed_count for step in steps)) - sum(step.done_count for step in steps)
    for step in list(_pieces(steps))[: max(wanted, 0)]:
        now += STEP_TAKES[step.kind]
        match step.kind:
            case StepKind.MODULE:
                _read(person_id, step.subject, by=by, now=now)
            case StepKind.CHECK:
                _pass_check(person_id, step.subject, now=now)
            case StepKind.PRACTICE:
                _practise(person_id, course_slug, now=now)


def _pieces(steps: tuple[Step, ...]) -> Iterator[Step]:
    for step in steps:
        yield from [step] * (step.needed_count - step.done_count)


def _read(person_id: int, slug: str, *, by: Actor, now: datetime) -> None:
    module = known_module(slug)
    if module is None or module.current_version is None:
        return
    version = module.current_version
    mark_sections_read(person_id, version, (section.anchor for section in version.contents), now=now)
    acknowledge(person_id, version, by=by, now=now)


def _pass_check(person_id: int, slug: str, *, now: datetime) -> None:
    serving = start_check(person_id, slug, now=now)
    session = serving.session
    while session.ended_at is None:
        _answer(serving, right_share=1.0, now=now)
        now += timedelta(seconds=50)
        if session.ended_at is None:
            serving = start_check(person_id, slug, now=now)


def _practise(person_id: int, course_slug: str, *, now: datetime) -> None:
    areas = tuple({module.area for module in modules_of(document_of(course_by_slug(course_slug)))})
    try:
        serving = next_case(person_id, now=now, purpose=Purpose(PurposeKind.AREA, areas))
    except Refusal:
        return
    _answer(serving, right_share=RIGHT_IN_PRACTICE, now=now + timedelta(seconds=40))


def _answer(serving: Serving, *, right_share: float, now: datetime) -> None:
    reference = reference_value(serving.reference_id)
    case = case_by_id(serving.case_id)
    assert case is not None, "a serving has a case"
    chance = Random(f"{serving.person_id}:{case.slug}")
    is_right = chance.random() < right_share
    answer = right_answer(reference, chance) if is_right else wrong_answer(reference, neighbours_of(case.area), chance)
    answer_serving(serving, answer, now=now)


def neighbours_of(area: str) -> list[str]:
    """The labels of this area."""
    return [label.code for label in taxonomy().labels if label.area == area]
