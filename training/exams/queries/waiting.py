"""All that says from when people may sit again for some certifications, at whatever instant: one statement for all of them."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Select, select

from training.certification.models import Certification, CertificationVersion, RetestFlag
from training.certification.rules import RetestDeed
from training.db import Prepared, instant_of, json_row, json_rows, json_value, one_of, one_of_ids, told, utc_text
from training.exams.documents.exams import RetakesDocument
from training.exams.models import Attempt, AttemptAllowance, Exam, ExamVersion, ScoreRun
from training.exams.rules.blueprint import RetakeRule
from training.exams.rules.timing import AttemptState
from training.exams.rules.waiting import ExamRule, ExamRules, ExamsNeeded, Grade, Granted, RetestNote, Sat, SatAttempt

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What people sat, by their ids, and the rules of the exams they may sit again."""

    sat: Mapping[int, Sat]
    rules: ExamRules


def _grades() -> Any:
    grade = json_row(ScoreRun.ordinal, utc_text(ScoreRun.graded_at), ScoreRun.is_passed)
    return select(json_rows(grade)).where(ScoreRun.attempt_id == Attempt.id).scalar_subquery()


def _sittings() -> Select[Any]:
    instants = (utc_text(Attempt.started_at), utc_text(Attempt.finished_at), utc_text(Attempt.deadline_at), utc_text(Attempt.paused_at))
    which = (Attempt.ordinal, Attempt.certification_slug, Exam.slug, Attempt.exam_version_id, Exam.is_delta, Attempt.public_id, Attempt.state)
    found = select(json_rows(json_row(Attempt.person_id, *which, *instants, _grades())))
    found = found.join_from(Attempt, ExamVersion, ExamVersion.id == Attempt.exam_version_id).join(Exam, Exam.id == ExamVersion.exam_id)
    return found.where(one_of_ids(Attempt.person_id, "people"), one_of(Attempt.certification_slug, "certifications"))


def _granted() -> Select[Any]:
    entry = AttemptAllowance
    found = select(json_rows(json_row(entry.person_id, entry.certification_slug, entry.ordinal, utc_text(entry.granted_at))))
    return found.where(one_of_ids(entry.person_id, "people"), one_of(entry.certification_slug, "certifications"))


def _retests() -> Select[Any]:
    entry = RetestFlag
    found = select(json_rows(json_row(entry.person_id, entry.id, entry.attempt, entry.deed, utc_text(entry.recorded_at))))
    return found.where(one_of_ids(entry.person_id, "people"))


def _exam_rules() -> Select[Any]:
    version = ExamVersion
    rule = json_row(Exam.slug, version.number, utc_text(version.published_at), json_value(version.document["retakes"]))
    return select(json_rows(rule)).join_from(version, Exam, Exam.id == version.exam_id).where(one_of(Exam.certification_slug, "certifications"))


def _exams_needed() -> Select[Any]:
    version = CertificationVersion
    needed = json_row(Certification.slug, version.number, utc_text(version.published_at), json_value(version.document["needs"]))
    found = select(json_rows(needed)).join_from(version, Certification, Certification.id == version.certification_id)
    return found.where(one_of(Certification.slug, "certifications"))


_WAITING = Prepared(select(told(_sittings()), told(_granted()), told(_retests()), told(_exam_rules()), told(_exams_needed())))


def waiting_of(people: Collection[int], certifications: Collection[str]) -> Waiting:
    """What these people sat for these certifications, by slug, and the rules by which they may sit again."""
    ((*columns,),) = _WAITING.rows(people=sorted(people), certifications=sorted(certifications))
    sittings, granted, retests, rules, needed = (json.loads(column) for column in columns)
    sat, more, notes = _by_person(sittings, _sitting), _by_person(granted, _allowed), _by_person(retests, _retest)
    return Waiting(
        {person_id: Sat(sat[person_id], more[person_id], notes[person_id]) for person_id in people},
        ExamRules(tuple(_rule(*entry) for entry in rules), tuple(_needed(*entry) for entry in needed)),
    )


def _by_person(found: list[list[Any]], read: Callable[..., T]) -> defaultdict[int, tuple[T, ...]]:
    """The entries of each person; their id stands first in every row."""
    by_person: defaultdict[int, tuple[T, ...]] = defaultdict(tuple)
    for person_id, *entry in found:
        by_person[person_id] += (read(*entry),)
    return by_person


def _sitting(ordinal: int, certification: str, exam: str, exam_version_id: int, is_delta: bool | int, *more: Any) -> SatAttempt:
    public_id, state, started_at, finished_at, deadline_at, paused_at, grades = more
    return SatAttempt(
        ordinal=ordinal,
        certification=certification,
        exam=exam,
        exam_version_id=exam_version_id,
        is_delta=bool(is_delta),
        public_id=public_id,
        state=AttemptState(state),
        started_at=instant_of(started_at),
        ends_at=instant_of(finished_at or deadline_at),
        is_paused=paused_at is not None,
        grades=tuple(Grade(number, instant_of(graded_at), bool(is_passed)) for number, graded_at, is_passed in grades),
    )


def _allowed(certification: str, ordinal: int, granted_at: str) -> Granted:
    return Granted(certification, ordinal, instant_of(granted_at))


def _retest(number: int, attempt: str, deed: str, recorded_at: str) -> RetestNote:
    return RetestNote(number, attempt, RetestDeed(deed), instant_of(recorded_at))


def _rule(exam: str, number: int, published_at: str, retakes: dict[str, Any] | None) -> ExamRule:
    document = RetakesDocument.model_validate(retakes or {})
    return ExamRule(exam, number, instant_of(published_at), RetakeRule(document.cooldown_hours, document.attempts, document.per_days))


def _needed(certification: str, number: int, published_at: str, needs: dict[str, Any]) -> ExamsNeeded:
    return ExamsNeeded(certification, number, instant_of(published_at), needs.get("exam"), tuple(needs.get("supporting_exams", ())))
