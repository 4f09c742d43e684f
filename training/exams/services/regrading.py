"""Grading finished attempts anew, many at a time: first for show, then for good. What would say the same again makes no new run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert

from training.db import db
from training.exams import queries
from training.exams.documents import RESULT, ExamDocument
from training.exams.models import ScoreRun
from training.exams.queries.bank import PublishedExam
from training.exams.queries.marking import settled_replies
from training.exams.queries.regrading import GradedAttempt, Scope, StoredPlace, graded_attempts, hold_attempts, make_runs_current, stored_places
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.grading import RULE_VERSION, UNCOUNTED, Graded, Mark, Result, grade, grade_sequence
from training.exams.rules.marking import Marked
from training.exams.rules.rulings import Ruling
from training.exams.rules.runs import RunReason, unpack_items
from training.exams.services.marks import Keys, graded_place, keys_of, learn_keys, mark_of_reply, mark_of_stored, may_count

CHUNK = 1_000
"""Attempts of one transaction: as many as people may wait for who are being graded at the same time."""


@dataclass(frozen=True, slots=True)
class Regraded:
    """What grading an attempt anew came to, where that differs from the run that counts now."""

    attempt: GradedAttempt
    marks: bytes
    credits: Mapping[str, float]
    result: Result
    is_passed: bool
    is_final: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why attempts are graded anew, through whose deed, and by which ruling."""

    reason: RunReason
    by_id: int | None = None
    ruling_id: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read once while many attempts are graded: keys with their rulings, and exams with their pass rules."""

    keys: Keys
    exams: dict[int, PublishedExam] = field(default_factory=dict)
    weighed: dict[tuple[int, int, float | None], Graded] = field(default_factory=dict)

    def exam(self, version_id: int) -> PublishedExam:
        """The exam as it was in this version."""
        if version_id not in self.exams:
            self.exams[version_id] = queries.exam_of_version(version_id)
        return self.exams[version_id]


def reading(*, trial: Mapping[int, Ruling] | None = None) -> Reading:
    """Begin to grade; `trial` rulings stand in for those in force about their item versions."""
    return Reading(keys_of((), trial=trial))


def regraded_in(scope: Scope, read: Reading) -> Iterator[tuple[int, list[Regraded]]]:
    """Grade everything in the scope anew without writing: chunk by chunk how many attempts were looked at, and those that would change."""
    after = (0, 0)
    while attempts := graded_attempts(scope, after=after, limit=CHUNK):
        after = attempts[-1].person_id, attempts[-1].attempt_id
        yield len(attempts), regraded(attempts, scope, read)


def regraded(attempts: Sequence[GradedAttempt], scope: Scope, read: Reading) -> list[Regraded]:
    """Grade these attempts anew; those that come out differently."""
    learn_keys(read.keys, {version_id for attempt in attempts for version_id in unpack_items(attempt.items)})
    places: defaultdict[int, list[StoredPlace]] = defaultdict(list)
    for place in stored_places([attempt.attempt_id for attempt in attempts], item_version_id=scope.item_version_id):
        places[place.attempt_id].append(place)
    replies = [place.attempt_id for found in places.values() for place in found if _is_reply(read, place)]
    settled = settled_replies(set(replies)) if replies else {}
    found = (_regraded(attempt, places[attempt.attempt_id], read, settled) for attempt in attempts)
    return [each for each in found if each is not None]


def write_runs(changed: Sequence[Regraded], grounds: Grounds, *, now: datetime) -> None:
    """Append a run for each of these attempts and let it be the one that counts: two statements however many they are."""
    if not changed:
        return
    why = {"reason": grounds.reason.value, "by_id": grounds.by_id, "ruling_id": grounds.ruling_id, "graded_at": now}
    rows = [_row(each) | why for each in changed]
    db.session.execute(insert(ScoreRun), rows)
    make_runs_current([each.attempt.attempt_id for each in changed])


def hold(attempts: Sequence[GradedAttempt], scope: Scope, *, after: tuple[int, int]) -> list[GradedAttempt]:
    """The same attempts, held and read once more: what was graded in between is seen."""
    hold_attempts(attempts)
    return graded_attempts(scope, after=after, limit=len(attempts))


def _is_reply(read: Reading, place: StoredPlace) -> bool:
    return read.keys.by_version[place[2]].kind is ItemKind.REPLY


def _regraded(attempt: GradedAttempt, places: Sequence[StoredPlace], read: Reading, settled: Mapping[tuple[int, int], Marked]) -> Regraded | None:
    marks, earned = bytearray(attempt.marks), dict(attempt.credits)
    for place in places:
        if settled and _is_reply(read, place):
            byte, credit = mark_of_reply(read.keys, place, settled.get((place.attempt_id, place.position)))
        else:
            byte, credit = mark_of_stored(read.keys, place)
        if not may_count(attempt, place.position, is_pilot=place.is_pilot):
            byte |= UNCOUNTED
        marks[place.position - 1] = byte
        if credit is not None:
            earned[str(place.position)] = credit
        elif earned:
            earned.pop(str(place.position), None)
    if marks == attempt.marks and earned == attempt.credits:
        return None
    versions = unpack_items(attempt.items)
    form = [
        _weighed(read, version_id, byte, earned.get(str(place)) if earned else None)
        for place, (version_id, byte) in enumerate(zip(versions, marks, strict=True), start=1)
    ]
    result = _result(attempt, form, read.exam(attempt.exam_version_id).document)
    is_final = int(Mark.PENDING) not in marks
    return Regraded(attempt, bytes(marks), earned, result, is_final and result.is_passed, is_final)


def _result(attempt: GradedAttempt, form: Sequence[Graded], document: ExamDocument) -> Result:
    if attempt.mode == AttemptMode.SEQUENTIAL:
        return grade_sequence(form, queries.plan_of(queries.any_attempt(attempt.public_id), document))
    return grade(form, document.rule)


def _weighed(read: Reading, version_id: int, byte: int, credit: float | None) -> Graded:
    found = read.weighed.get((version_id, byte, credit))
    if found is None:
        given = Marked(Mark(byte & ~UNCOUNTED), credit or 0.0)
        found = graded_place(read.keys.by_version[version_id], given, counts=not byte & UNCOUNTED)
        read.weighed[version_id, byte, credit] = found
    return found


def _row(each: Regraded) -> dict[str, object]:
    return {
        "attempt_id": each.attempt.attempt_id,
        "ordinal": each.attempt.ordinal + 1,
        "previous_run_id": each.attempt.run_id,
        "rule_version": RULE_VERSION,
        "result": RESULT.dump_python(each.result, mode="json"),
        "items": each.attempt.items,
        "marks": each.marks,
        "credits": dict(each.credits),
        "is_passed": each.is_passed,
        "is_final": each.is_final,
    }
