"""Grading finished attempts anew, many at a time: first for show, then for good. What would say the same again makes no new run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import insert

from training.db import db
from training.exams import queries
from training.exams.documents import RESULT
from training.exams.models import ScoreRun
from training.exams.queries.bank import PublishedExam
from training.exams.queries.marking import settled_replies
from training.exams.queries.regrading import GradedAttempt, Scope, StoredPlace, graded_attempts, hold_attempts, make_runs_current, stored_places
from training.exams.rules.blueprint import ItemKind, PassRule
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
    cut_percent: int | None = None
    """Another share of the points that fixed forms are to reach, instead of the one that their exam asks for."""
    exams: dict[int, PublishedExam] = field(default_factory=dict)
    rules: dict[int, PassRule] = field(default_factory=dict)
    weighed: dict[tuple[int, int, float | None], Graded] = field(default_factory=dict)

    def exam(self, version_id: int) -> PublishedExam:
        """The exam as it was in this version."""
        if version_id not in self.exams:
            self.exams[version_id] = queries.exam_of_version(version_id)
        return self.exams[version_id]

    def rule(self, version_id: int) -> PassRule:
        """What a fixed form of the exam in this version is to reach."""
        if version_id not in self.rules:
            rule = self.exam(version_id).document.rule
            self.rules[version_id] = rule if self.cut_percent is None else replace(rule, weighted_percent=self.cut_percent)
        return self.rules[version_id]


def reading(*, trial: Mapping[int, Ruling] | None = None, cut_percent: int | None = None) -> Reading:
    """Begin to grade; `trial` rulings stand in for those in force about their item versions, `cut_percent` for what exams ask for."""
    return Reading(keys_of((), trial=trial), cut_percent)


def regraded_in(scope: Scope, read: Reading) -> Iterator[tuple[int, list[Regraded]]]:
    """Grade everything in the scope anew without writing: chunk by chunk how many attempts were looked at, and those that would change."""
    after = (0, 0)
    while attempts := graded_attempts(scope, after=after, limit=CHUNK):
        after = attempts[-1].person_id, attempts[-1].attempt_id
        yield len(attempts), regraded(attempts, scope, read)


def regraded(attempts: Sequence[GradedAttempt], scope: Scope, read: Reading) -> list[Regraded]:
    """Grade these attempts anew; those whose marks come out differently."""
    places = _places_of(attempts, [scope.item_version_id], read)
    replies = [place.attempt_id for found in places.values() for place in found if _is_reply(read, place)]
    settled = settled_replies(set(replies)) if replies else {}
    found = ((attempt, *_marked(attempt, places[attempt.attempt_id], read, settled)) for attempt in attempts)
    return [_graded(attempt, marks, earned, read) for attempt, marks, earned in found if (marks, earned) != (attempt.marks, attempt.credits)]


def supposed(attempts: Sequence[GradedAttempt], item_version_ids: Sequence[int], read: Reading) -> list[Regraded]:
    """What each of these attempts would come to if the rulings of this reading about these item versions, and its cut, held: all other marks stay."""
    places = _places_of(attempts, item_version_ids, read)
    return [_graded(attempt, *_marked(attempt, places[attempt.attempt_id], read, {}), read) for attempt in attempts]


def _places_of(attempts: Sequence[GradedAttempt], item_version_ids: Sequence[int | None], read: Reading) -> defaultdict[int, list[StoredPlace]]:
    """The places of these item versions, or (`None`) all, by attempt; the keys of the whole forms are learned with it."""
    learn_keys(read.keys, {version_id for attempt in attempts for version_id in unpack_items(attempt.items)})
    places: defaultdict[int, list[StoredPlace]] = defaultdict(list)
    for version_id in item_version_ids:
        for place in stored_places([attempt.attempt_id for attempt in attempts], item_version_id=version_id):
            places[place.attempt_id].append(place)
    return places


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


def _marked(attempt: GradedAttempt, places: Sequence[StoredPlace], read: Reading, settled: Mapping[tuple[int, int], Marked]) -> tuple[bytes, dict[str, float]]:
    """The attempt's marks and credits, with these places marked anew."""
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
    return bytes(marks), earned


def _graded(attempt: GradedAttempt, marks: bytes, earned: Mapping[str, float], read: Reading) -> Regraded:
    form = [
        _weighed(read, version_id, byte, earned.get(str(place)) if earned else None)
        for place, (version_id, byte) in enumerate(zip(unpack_items(attempt.items), marks, strict=True), start=1)
    ]
    result = _result(attempt, form, read)
    is_final = int(Mark.PENDING) not in marks
    return Regraded(attempt, marks, earned, result, is_final and result.is_passed, is_final)


def _result(attempt: GradedAttempt, form: Sequence[Graded], read: Reading) -> Result:
    if attempt.mode == AttemptMode.SEQUENTIAL:
        document = read.exam(attempt.exam_version_id).document
        return grade_sequence(form, queries.plan_of(queries.any_attempt(attempt.public_id), document))
    return grade(form, read.rule(attempt.exam_version_id))


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
