"""Angoff workshops: calling judges, beginning, saying what somebody who is just good enough gets right, revealing the spread, and closing."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.accounts.queries import active_ids_of, person_addresses, person_names
from training.accounts.rules import Role
from training.actors import Actor
from training.audit.services import record
from training.certification import queries as certification
from training.db import db
from training.errors import NotFound, Refusal
from training.exams import queries
from training.exams.documents import ExamDocument
from training.exams.models import CutWorkshop, CutWorkshopJudge, CutWorkshopQuestion, ItemEstimate
from training.exams.queries import PublishedExam
from training.exams.queries.workshops import estimates_in, hold_workshop, items_of_workshop, judge_in, judges_of, questions_of, workshops_called
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.drawing import draw_form
from training.exams.rules.pool import Pool, PoolItem, able_items
from training.exams.rules.workshops import (
    FEWEST_JUDGES_CALLED,
    MOST_JUDGES,
    MOST_QUESTIONS,
    QuestionChoice,
    WorkshopRefusal,
    WorkshopState,
    round_of,
)
from training.exams.services.acquainting import note_acquaintance
from training.exams.services.letters import Letter, called_letter, spread_letter
from training.outbox.services import Draft, queue_mails

SENT_TWICE_WITHIN = timedelta(minutes=1)
MAY_JUDGE = (Role.TRAINER, Role.QA)
"""Who may see what exams ask, and so be called to judge it."""


@dataclass(frozen=True, slots=True)
class PlannedWorkshop:
    """A workshop as it is called."""

    judges: Collection[int]
    choice: QuestionChoice
    slugs: Sequence[str] = ()
    """The questions, where they are named."""
    note: str = ""


def call_workshop(exam: PublishedExam, planned: PlannedWorkshop, *, allow_public: bool, site_url: str, by: Actor, now: datetime) -> CutWorkshop:
    """Call people to judge questions of this version of an exam; each gets a mail. The same sent twice within a minute is one.

    Raises Refusal where there are too few or too many people, or one who may not see what exams ask, and where there are no such questions or too many.
    """
    assert by.id is not None, "people call workshops"
    _refuse_judges(planned.judges)
    versions = _versions(exam.document, planned, allow_public=allow_public)
    certification.hold_person(by.id)
    if (sent_before := _sent_before(exam, planned, versions, by.id, now=now)) is not None:
        return sent_before
    called = CutWorkshop(exam_version_id=exam.version_id, note=planned.note, called_by_id=by.id, called_at=now)
    db.session.add(called)
    db.session.flush()
    db.session.add_all(
        CutWorkshopQuestion(workshop_id=called.id, position=position, item_version_id=version_id) for position, version_id in enumerate(versions, start=1)
    )
    _add_judges(called, planned.judges, exam.document.title, site_url=site_url, now=now)
    detail = {"exam": exam.slug, "version": exam.document.version, "questions": len(versions), "judges": len(planned.judges)}
    record("workshop.called", by=by, subject=("workshop", called.id), now=now, detail=detail)
    return called


def _sent_before(exam: PublishedExam, planned: PlannedWorkshop, versions: Sequence[int], caller_id: int, *, now: datetime) -> CutWorkshop | None:
    """The workshop that the same person called just now in the same words; of a form, which chance draws, the questions may differ."""
    for before in workshops_called(exam.version_id, caller_id, since=now - SENT_TWICE_WITHIN):
        asked = [question.version_id for question in questions_of(before.id)]
        is_same = asked == list(versions) or (planned.choice is QuestionChoice.FORM and len(asked) == len(versions))
        if is_same and before.note == planned.note and {judge.person_id for judge in judges_of(before.id)} == set(planned.judges):
            return before
    return None


def call_more_judges(workshop_id: int, judges: Collection[int], *, site_url: str, by: Actor, now: datetime) -> int:
    """Call more people while nothing is revealed; how many came newly. Raises Refusal as `call_workshop` does, and once the spread can be seen."""
    found = hold_workshop(workshop_id)
    if found.state is not WorkshopState.JUDGING:
        raise Refusal(WorkshopRefusal.TOO_LATE_TO_JOIN)
    known = {judge.person_id for judge in judges_of(workshop_id)}
    _refuse_judges(known | set(judges))
    new = set(judges) - known
    title = queries.exam_of_version(found.exam_version_id).document.title
    _add_judges(found, new, title, site_url=site_url, now=now)
    record("workshop.judges_called", by=by, subject=("workshop", workshop_id), now=now, detail={"judges": len(new)})
    return len(new)


def _refuse_judges(judges: Collection[int]) -> None:
    if len(judges) < FEWEST_JUDGES_CALLED:
        raise Refusal(WorkshopRefusal.TOO_FEW_JUDGES)
    if len(judges) > MOST_JUDGES:
        raise Refusal(WorkshopRefusal.TOO_MANY_JUDGES, most=MOST_JUDGES)
    strangers = set(judges) - {person_id for role in MAY_JUDGE for person_id in active_ids_of(role)}
    if strangers:
        raise Refusal(WorkshopRefusal.MAY_NOT_JUDGE, names=", ".join(sorted(person_names(strangers).values())))


def _versions(document: ExamDocument, planned: PlannedWorkshop, *, allow_public: bool) -> list[int]:
    """The item versions to judge, in their order."""
    if planned.choice is QuestionChoice.NAMED:
        return _named(planned.slugs)
    terms = queries.terms_of(document, with_public=allow_public or not document.gating)
    items = [item.pool_item for item in queries.bank_items(terms)]
    if planned.choice is QuestionChoice.FORM:
        found: Sequence[PoolItem] = draw_form(document.blueprint, Pool(tuple(items)), secrets.randbits(53)) or ()
    else:
        found = able_items(document.blueprint, items)
    if not found:
        raise Refusal(WorkshopRefusal.CANNOT_FILL)
    if len(found) > MOST_QUESTIONS:
        raise Refusal(WorkshopRefusal.TOO_MANY_QUESTIONS, count=len(found), most=MOST_QUESTIONS)
    return [item.version_id for item in found]


def _named(slugs: Sequence[str]) -> list[int]:
    wanted = list(dict.fromkeys(slugs))
    if len(wanted) > MOST_QUESTIONS:
        raise Refusal(WorkshopRefusal.TOO_MANY_QUESTIONS, count=len(wanted), most=MOST_QUESTIONS)
    items = {slug: queries.item_by_slug(slug) for slug in wanted}
    versions = {slug: item.current_version_id for slug, item in items.items() if item is not None and item.current_version_id is not None}
    unknown = [slug for slug in wanted if slug not in versions]
    if unknown or not wanted:
        raise Refusal(WorkshopRefusal.QUESTION_UNKNOWN, named=", ".join(unknown[:5]))
    return [versions[slug] for slug in wanted]


def _add_judges(found: CutWorkshop, judges: Collection[int], exam_title: str, *, site_url: str, now: datetime) -> None:
    db.session.add_all(CutWorkshopJudge(workshop_id=found.id, person_id=person_id, called_at=now) for person_id in sorted(judges))
    db.session.flush()
    _tell(judges, called_letter(exam_title, found.note, workshop_id=found.id, site_url=site_url), now=now)


def _tell(judges: Collection[int], letter: Letter, *, now: datetime) -> None:
    addresses = person_addresses(judges)
    queue_mails((Draft(addresses[person_id], letter.subject, letter.body) for person_id in sorted(addresses)), now=now)


def begin_judging(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """Show a judge the questions: they know every one of them from then on, and never draw any. A second click changes nothing.

    Raises NotFound for whoever is not called, and Refusal once the spread can be seen or it is over, and while they sit an exam.
    """
    assert by.id is not None, "people judge"
    found, judge = hold_workshop(workshop_id), judge_in(workshop_id, by.id)
    if judge is None:
        raise NotFound(workshop_id)
    if judge.began_at is not None:
        return
    if found.closed_at is not None:
        raise Refusal(WorkshopRefusal.OVER)
    if found.revealed_at is not None:
        raise Refusal(WorkshopRefusal.TOO_LATE_TO_JOIN)
    certification.hold_person(by.id)
    if queries.is_sitting(by.id):
        raise Refusal(WorkshopRefusal.SITTING)
    judge.began_at = now
    items = items_of_workshop(workshop_id)
    for item in items:
        note_acquaintance(by.id, item, Acquaintance.OPENED, now=now)
    record("workshop.begun", by=by, subject=("workshop", workshop_id), now=now, detail={"questions": len(items)})


def judge_question(workshop_id: int, position: int, chance: float, *, by: Actor, now: datetime) -> None:
    """Keep what a judge says of a question in the round that is open; what they said before stays, and counts no more.

    Raises NotFound for whoever is not called, and for another place; Refusal before they have begun, and once it is over.
    """
    assert by.id is not None, "people judge"
    found, judge = hold_workshop(workshop_id), judge_in(workshop_id, by.id)
    question = next((each for each in questions_of(workshop_id) if each.position == position), None)
    if judge is None or question is None:
        raise NotFound(workshop_id)
    if found.closed_at is not None:
        raise Refusal(WorkshopRefusal.OVER)
    if judge.began_at is None:
        raise Refusal(WorkshopRefusal.NOT_BEGUN)
    said = ItemEstimate(item_version_id=question.version_id, judge_id=by.id, chance=chance, recorded_at=now)
    said.workshop_id, said.round_number = workshop_id, round_of(found.state)
    db.session.add(said)
    db.session.flush()
    record("item.estimated", by=by, subject=("item", question.slug), now=now, detail={"workshop": workshop_id, "round": said.round_number})


def reveal_workshop(workshop_id: int, *, site_url: str, by: Actor, now: datetime) -> None:
    """End round one, show everybody the spread without names, and let the judges say it once more. A second click changes nothing.

    Raises Refusal once it is closed, and where no question has two estimates: one alone would show what one judge said.
    """
    found = hold_workshop(workshop_id)
    if found.closed_at is not None:
        raise Refusal(WorkshopRefusal.OVER)
    if found.revealed_at is not None:
        return
    said = estimates_in(workshop_id, up_to_round=1)
    if not any(sum(question.version_id in judged for judged in said.values()) > 1 for question in questions_of(workshop_id)):
        raise Refusal(WorkshopRefusal.TOO_FEW_ESTIMATES)
    found.revealed_at = now
    db.session.flush()
    title = queries.exam_of_version(found.exam_version_id).document.title
    _tell([judge.person_id for judge in judges_of(workshop_id)], spread_letter(title, workshop_id=workshop_id, site_url=site_url), now=now)
    record("workshop.revealed", by=by, subject=("workshop", workshop_id), now=now, detail={"judges": len(said)})


def close_workshop(workshop_id: int, *, by: Actor, now: datetime) -> None:
    """End a workshop for good: what was said last counts, unless nothing was revealed. It sets no cut. A second click changes nothing."""
    found = hold_workshop(workshop_id)
    if found.closed_at is None:
        found.closed_at = now
        db.session.flush()
        record("workshop.closed", by=by, subject=("workshop", workshop_id), now=now, detail={"state": found.state.value})
