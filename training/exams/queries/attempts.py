"""Attempts, their forms, answers and results. Another person's attempt does not exist."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import defer, joinedload

from training.certification import queries as certification
from training.db import Prepared, db, instant_of, json_row, json_rows, json_value, told, utc_text
from training.errors import NotFound
from training.exams.documents import RESULT
from training.exams.models import Answer, AnswerEvent, Attempt, ExamVersion, FormItem, ItemVersion, ScoreRun
from training.exams.queries.forms import item_versions
from training.exams.queries.late import late_rulings_of
from training.exams.queries.sitting import ShownAnswer
from training.exams.queries.supervision import time_events_of
from training.exams.rules.grading import Result
from training.exams.rules.responses import is_blank
from training.exams.rules.timing import GRACE, AttemptState


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """One place of a form with its item version and the answer that counts now."""

    position: int
    version: ItemVersion
    option_order: Sequence[str]
    answer: ShownAnswer | None
    is_pilot: bool = False
    """Whether it is shown to learn about the item and does not count."""

    @property
    def response(self) -> dict[str, Any]:
        """The answer; `{}` where there is none."""
        return self.answer.response if self.answer else {}


def attempt_of(person_id: int, public_id: str) -> Attempt:
    """This person's attempt. Raises NotFound, for another's too."""
    its_exam = joinedload(Attempt.exam_version).options(defer(ExamVersion.document), defer(ExamVersion.power))
    found = db.session.scalar(select(Attempt).where(Attempt.public_id == public_id, Attempt.person_id == person_id).options(its_exam))
    if found is None:
        raise NotFound(public_id)
    return found


def owner_of(public_id: str) -> int | None:
    """Whose attempt this is; nothing where there is none. Never to be told to anybody else."""
    return db.session.scalar(select(Attempt.person_id).where(Attempt.public_id == public_id))


def attempt_to_write(person_id: int, public_id: str) -> Attempt:
    """This person's attempt, held until the transaction ends: nobody else saves, takes over or finishes meanwhile. Raises NotFound."""
    found = db.session.scalar(
        select(Attempt).where(Attempt.public_id == public_id, Attempt.person_id == person_id).with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(public_id)
    return found


def attempt_to_finish(person_id: int, public_id: str) -> Attempt:
    """The same to be ended: the person is held first, as by whoever starts or considers them, so that nobody waits in a circle."""
    certification.hold_person(person_id)
    return attempt_to_write(person_id, public_id)


def attempts_of(person_id: int, *, size: int = 50) -> Sequence[Attempt]:
    """This person's attempts, the latest first."""
    question = select(Attempt).where(Attempt.person_id == person_id).order_by(Attempt.started_at.desc(), Attempt.id.desc()).limit(size)
    return db.session.scalars(question.options(joinedload(Attempt.exam_version), joinedload(Attempt.current_score_run))).all()


def attempts_due(now: datetime, *, size: int = 10) -> Sequence[Attempt]:
    """Open attempts whose time is over, by person: in this order whoever ends several at once holds them one after another."""
    question = select(Attempt).where(Attempt.state == AttemptState.OPEN.value, Attempt.paused_at.is_(None), Attempt.deadline_at < now - GRACE)
    return db.session.scalars(question.order_by(Attempt.person_id, Attempt.id).limit(size)).all()


def item_versions_of(attempt_id: int) -> list[int]:
    """The versions of the items on a form, in order."""
    return list(db.session.scalars(select(FormItem.item_version_id).where(FormItem.attempt_id == attempt_id).order_by(FormItem.position)))


_FORM_ROW = (FormItem.position, FormItem.item_version_id, FormItem.is_pilot, json_value(FormItem.option_order))
_ANSWER_ROW = (json_value(Answer.response), Answer.is_flagged, utc_text(Answer.saved_at))
_FORM = Prepared(
    select(
        told(
            select(json_rows(json_row(*_FORM_ROW, *_ANSWER_ROW)))
            .select_from(FormItem)
            .outerjoin(Answer, (Answer.attempt_id == FormItem.attempt_id) & (Answer.position == FormItem.position))
            .where(FormItem.attempt_id == bindparam("attempt_id"))
        )
    )
)


def form_of(attempt: Attempt) -> list[PlacedItem]:
    """The whole form in order, each place with its item version and answer: one statement, and another for versions that this process never read."""
    ((written,),) = _FORM.here(attempt_id=attempt.id)
    rows = sorted(json.loads(written), key=itemgetter(0))
    versions = item_versions({version_id for _position, version_id, *_rest in rows})
    return [
        PlacedItem(position, versions[version_id], order, ShownAnswer(response, bool(is_flagged), instant_of(saved_at)) if saved_at else None, bool(is_pilot))
        for position, version_id, is_pilot, order, response, is_flagged, saved_at in rows
    ]


def place_of(attempt_id: int, position: int) -> PlacedItem | None:
    """One place of a form; nothing where the form has no such place."""
    row = db.session.execute(
        select(FormItem, ItemVersion, Answer)
        .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
        .outerjoin(Answer, (Answer.attempt_id == FormItem.attempt_id) & (Answer.position == FormItem.position))
        .where(FormItem.attempt_id == attempt_id, FormItem.position == position)
        .execution_options(populate_existing=True)
    ).one_or_none()
    return PlacedItem(row[0].position, row[1], row[0].option_order, _shown(row[2]), row[0].is_pilot) if row else None


def _shown(answer: Answer | None) -> ShownAnswer | None:
    return ShownAnswer(answer.response, answer.is_flagged, answer.saved_at) if answer else None


def answers_of(attempt_id: int) -> dict[int, Answer]:
    """The answers that count now, by position."""
    question = select(Answer).where(Answer.attempt_id == attempt_id).order_by(Answer.position)
    found = db.session.scalars(question.execution_options(populate_existing=True))
    return {answer.position: answer for answer in found}


def first_open_place(attempt_id: int) -> int:
    """The first place that is not answered; the first of all where every one is."""
    rows = db.session.execute(
        select(FormItem.position, Answer.response)
        .outerjoin(Answer, (Answer.attempt_id == FormItem.attempt_id) & (Answer.position == FormItem.position))
        .where(FormItem.attempt_id == attempt_id)
        .order_by(FormItem.position)
    )
    return next((position for position, response in rows if is_blank(response or {})), 1)


def answered_count(attempt_id: int) -> int:
    """How many of the places that count are answered."""
    question = select(Answer.response).join(FormItem, (Answer.attempt_id == FormItem.attempt_id) & (Answer.position == FormItem.position))
    responses = db.session.scalars(question.where(FormItem.attempt_id == attempt_id, FormItem.is_pilot.is_(False)))
    return sum(not is_blank(response) for response in responses)


def result_of(attempt: Attempt) -> Result | None:
    """The result by the current score run; nothing before grading."""
    run = db.session.get(ScoreRun, attempt.current_score_run_id) if attempt.current_score_run_id else None
    return RESULT.validate_python(run.result) if run else None


def last_sequence(attempt_id: int, client_id: str) -> int:
    """The highest number that this window used; 0 where it sent nothing yet."""
    highest = select(func.max(AnswerEvent.sequence)).where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.client_id == client_id)
    return db.session.scalar(highest) or 0


def personal_record(person_id: int) -> list[dict[str, object]]:
    """A person's attempts as they take them away: when, how long, and the result by area; never items or keys."""
    return [
        {
            "exam": attempt.exam_version.title,
            "number": attempt.public_id,
            "started_at": attempt.started_at,
            "deadline_at": attempt.deadline_at,
            "finished_at": attempt.finished_at,
            "time_multiplier": attempt.time_multiplier,
            "extra_break_seconds": attempt.extra_break_seconds,
            "time": [{"deed": event.deed, "at": event.at, "reason": event.reason, "deadline_at": event.deadline_at} for event in time_events_of(attempt.id)],
            "late_answers": [{"counts": ruling.counts, "reason": ruling.reason, "ruled_at": ruling.ruled_at} for ruling in late_rulings_of(attempt.id)],
            "result": _result_to_take_away(result_of(attempt)) if _is_final(attempt) else None,
        }
        for attempt in attempts_of(person_id, size=1_000)
    ]


def _is_final(attempt: Attempt) -> bool:
    """Whether nothing that was written waits for a marker any more."""
    return attempt.current_score_run is None or attempt.current_score_run.is_final


def _result_to_take_away(result: Result | None) -> dict[str, object] | None:
    if result is None:
        return None
    areas = {area.area: {"right": area.right_count, "of": area.item_count} for area in result.areas}
    return {"passed": result.is_passed, "share": result.share, "areas": areas, "shortfalls": [shortfall.kind.value for shortfall in result.shortfalls]}
