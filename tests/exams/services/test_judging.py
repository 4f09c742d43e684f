"""What an exam says of answered cases the ledger of judgements says too: after late answers, and after every kind of ruling."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, case_item
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.cases.models import CaseReference
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, ItemVersion
from training.exams.queries import PublishedExam
from training.exams.rules.rulings import BEGINS_AFTER, Ruling, RulingKind
from training.exams.rules.runs import RunReason
from training.exams.rules.saving import Saving
from training.exams.services import carry_on, rule, rule_on_late_answers, save_answer, submit_attempt, try_out
from training.exams.services.grading import grade_attempt
from training.judgements import queries as judgements
from training.judgements.models import Judgement
from training.judgements.rules import Source

pytestmark = pytest.mark.usefixtures("app")

ACTS: dict[str, Any] = {"actions": ["REMOVE"], "primary_label": "PRO-03"}
LETS_BE: dict[str, Any] = {"actions": ["APPROVE"], "primary_label": "OUT-00"}
LATER = NOON + timedelta(days=1)
SITE = "https://train.example.org"


@pytest.fixture
def exam() -> PublishedExam:
    """One case, which the reference acts on, and three choices."""
    case_item(CaseFactory(pool="exam", slug="case-ruled"), id="item-case")
    ItemFactory.create_batch(3)
    return ExamFactory()  # type: ignore[no-any-return]


@pytest.fixture
def trainer() -> Actor:
    person: Person = PersonFactory(roles=("trainer",))
    return Actor(ActorKind.PERSON, person.id)


def place_of_case(attempt: Attempt) -> int:
    return next(place.position for place in queries.form_of(attempt) if place.version.kind == "case")


def say(attempt: Attempt, response: dict[str, Any], *, now: datetime = NOON, number: int = 1) -> None:
    save_answer(attempt, Saving(place_of_case(attempt), "window", number, response), by=SYSTEM, now=now)
    db.session.commit()


def sit(exam: PublishedExam, response: dict[str, Any] | None) -> Attempt:
    attempt: Attempt = AttemptFactory(exam=exam)
    if response is not None:
        say(attempt, response)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + timedelta(minutes=1))
    db.session.commit()
    return attempt


def judged(attempt: Attempt) -> bool | None:
    """Whether the case was judged rightly by the judgement that counts; nothing without one."""
    found = judgements.judgements_of_attempt(attempt.id)
    assert len(found) <= 1
    tally = judgements.area_tallies(attempt.person_id, source=Source.EXAM).get("PRO")
    assert (tally.count if tally else 0) == len(found)
    assert (tally.right if tally else 0) == sum(one.is_strict for one in found)
    return found[0].is_strict if found else None


def row_count(attempt: Attempt) -> int:
    return len(db.session.scalars(select(Judgement.id).where(Judgement.attempt_id == attempt.id)).all())


def let_be_instead() -> int:
    """Another version of the reference, by which the case is to be let be."""
    version = case_version()
    old = db.session.get_one(CaseReference, version.reference_id)
    said = {column.key: getattr(old, column.key) for column in CaseReference.__table__.columns if column.key != "id"}
    new = CaseReference(**(said | {"number": old.number + 1, "decisions": [["APPROVE"]], "labels": ["OUT-00"], "severity": "S0", "is_critical": False}))
    db.session.add(new)
    db.session.commit()
    return new.id


def case_version() -> ItemVersion:
    item = queries.item_by_slug("item-case")
    assert item is not None and item.current_version is not None
    return item.current_version


def carry_out(ruling: Ruling, trainer: Actor, *, now: datetime = LATER) -> None:
    digest = try_out(case_version(), ruling, by=trainer, now=now).digest
    rule(case_version(), ruling, reason="Clause PRO-03.a was amended.", seen=digest, by=trainer, now=now)
    db.session.commit()
    while carry_on(site_url=SITE, now=now + BEGINS_AFTER):
        db.session.commit()
    db.session.expire_all()


def count_late(attempt: Attempt, trainer: Actor) -> None:
    held = queries.attempt_to_finish(attempt.person_id, attempt.public_id)
    counted = [late.event.id for late in queries.late_answers_of(held.id) if late.ruling is None]
    rule_on_late_answers(held, counted, reason="The line was down.", site_url=SITE, by=trainer, now=LATER)
    db.session.commit()


@pytest.mark.parametrize(("in_time", "late", "rows"), [(None, ACTS, 1), (LETS_BE, ACTS, 2), (ACTS, LETS_BE, 2), (ACTS, {}, 2), (LETS_BE, LETS_BE, 1)])
def test_a_late_answer_that_counts_makes_the_judgement_it_would_have_made_in_time(
    exam: PublishedExam, trainer: Actor, in_time: dict[str, Any] | None, late: dict[str, Any], rows: int
) -> None:
    attempt = sit(exam, in_time)
    say(attempt, late, now=LATER, number=2)
    count_late(attempt, trainer)
    assert judged(attempt) == {"REMOVE": True, "APPROVE": False}.get(next(iter(late.get("actions", [])), ""))
    assert row_count(attempt) == rows


RULINGS = {
    RulingKind.NEW_KEY: (False, True),
    RulingKind.EITHER_KEY: (True, True),
    RulingKind.FULL_CREDIT: (True, True),
    RulingKind.DROP: (None, None),
}


@pytest.mark.parametrize(("kind", "expected"), RULINGS.items(), ids=[kind.value for kind in RULINGS])
def test_a_ruling_about_a_case_corrects_the_judgements_that_rest_on_its_key(
    exam: PublishedExam, trainer: Actor, kind: RulingKind, expected: tuple[bool | None, bool | None]
) -> None:
    acts, lets_be, blank = sit(exam, ACTS), sit(exam, LETS_BE), sit(exam, None)
    assert (judged(acts), judged(lets_be), judged(blank)) == (True, False, None)
    reference_id = let_be_instead() if kind in {RulingKind.NEW_KEY, RulingKind.EITHER_KEY} else None
    carry_out(Ruling(kind, reference_id=reference_id), trainer)
    assert (judged(acts), judged(lets_be), judged(blank)) == (*expected, None)
    for attempt in (acts, lets_be):
        result = queries.result_of(attempt)
        assert result is not None
        assert result.right_count == int(judged(attempt) or False)
    assert row_count(blank) == 0
    now_taken, later_graded = row_count(acts), sit(exam, LETS_BE)
    assert judged(later_graded) is expected[1], "whoever is graded later is judged by the ruling too"
    grade_attempt(acts, reason=RunReason.RULES_CHANGED, by=SYSTEM, now=LATER)
    assert row_count(acts) == now_taken, "the same again is written once"


def test_a_later_ruling_is_followed_and_the_chain_stays(exam: PublishedExam, trainer: Actor) -> None:
    attempt = sit(exam, LETS_BE)
    carry_out(Ruling(RulingKind.DROP), trainer)
    other: Person = PersonFactory(roles=("trainer",))
    carry_out(Ruling(RulingKind.NEW_KEY, reference_id=let_be_instead()), Actor(ActorKind.PERSON, other.id), now=LATER + timedelta(days=1))
    assert judged(attempt) is True
    rows = db.session.scalars(select(Judgement).where(Judgement.attempt_id == attempt.id).order_by(Judgement.id)).all()
    assert [(row.corrects_id, row.is_withdrawn, row.is_strict) for row in rows] == [(None, False, False), (rows[0].id, True, False), (rows[1].id, False, True)]
    assert {row.given_at for row in rows} == {NOON}


def test_a_late_answer_to_a_ruled_case_is_judged_by_the_ruling(exam: PublishedExam, trainer: Actor) -> None:
    attempt = sit(exam, None)
    carry_out(Ruling(RulingKind.NEW_KEY, reference_id=let_be_instead()), trainer)
    say(attempt, LETS_BE, now=LATER, number=2)
    count_late(attempt, trainer)
    assert judged(attempt) is True
