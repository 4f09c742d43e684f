"""Scoring answers and writing them down, once; and again, beside what was written, where a person ruled otherwise since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import insert

from training.cases import queries as cases
from training.cases.queries import JudgedVersion
from training.db import db
from training.judgements import queries
from training.judgements.documents import answer_json
from training.judgements.models import Judgement
from training.judgements.queries import Place
from training.judgements.rules import CaseAnswer, Countable, Reference, Scores, Source, Treatment, credited, is_kinder, score
from training.judgements.services.tallying import countable, keep_tallies

Row = TypeVar("Row")
SAID = (
    "answer",
    "reference_id",
    "decision_score",
    "labels_score",
    "severity_score",
    "evidence_score",
    "escalation_score",
    "is_strict",
    "is_critical_miss",
    "error",
    "is_withdrawn",
)
"""What a judgement says. Where none of it differs, there is nothing to correct."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who answered, and on what: `key` is unique within the source (`serving:12`, `attempt:5:3`)."""

    person_id: int
    source: Source
    key: str
    attempt_id: int | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to one version of a case, the reference it is scored by, and how it is taken."""

    answer: CaseAnswer
    occasion: Occasion
    case_version_id: int
    reference_id: int
    given_at: datetime
    other_reference_id: int | None = None
    """Another reference by which the answer is scored where it fares better by that."""
    treatment: Treatment = Treatment.SCORED


def record_judgement(answer: CaseAnswer, *, occasion: Occasion, case_version_id: int, reference_id: int, now: datetime) -> Judgement:
    """Score this answer against this reference and append it to the ledger.

    The first answer on an occasion stands: a second one is not recorded, and the first comes back.
    Raises LookupError where the version or the reference does not exist.
    """
    return record_judgements([GivenAnswer(answer, occasion, case_version_id, reference_id, now)])[0]


def record_judgements(given: Sequence[GivenAnswer]) -> list[Judgement]:
    """The same for several answers, in their order, by few statements however many they are."""
    known = _known_of(given)
    found: list[Judgement] = []
    counted: list[Countable] = []
    for each in given:
        place = known.place(each)
        if place not in known.recorded:
            known.recorded[place] = known.judged(each)
            counted.append(known.countable(known.recorded[place]))
        found.append(known.recorded[place])
    db.session.add_all(found)
    db.session.flush()
    keep_tallies(counted)
    return found


@dataclass(frozen=True, slots=True)
class Restated:
    """What the ledger says of one occasion now, and what it said before."""

    person_id: int
    occasion: str
    was_right: bool | None
    """Nothing where nothing was said before."""
    is_right: bool


_COLUMNS = tuple(column.key for column in Judgement.__table__.columns if column is not Judgement.__table__.c.id)


def restate_judgements(given: Sequence[GivenAnswer], *, now: datetime) -> list[Restated]:
    """Let the ledger say of these occasions what is given now, and what it adds up to with it; the occasions of which it says something else than before.

    What is not there yet is recorded. What the newest judgement says otherwise is corrected: another row names it and stands in for it.
    What is to count for nothing and was never there stays so, where nothing is answered.
    """
    known = _known_of(given)
    added: list[Judgement] = []
    replaced: list[Judgement] = []
    restated: list[Restated] = []
    for each in given:
        before = known.recorded.get(known.place(each))
        if before is None and each.treatment is Treatment.WITHDRAWN and each.answer == CaseAnswer():
            continue
        judged = known.judged(each)
        if before is not None:
            if all(getattr(judged, name) == getattr(before, name) for name in SAID):
                continue
            judged.corrects_id, judged.corrected_at, judged.is_first_exposure = before.id, now, before.is_first_exposure
            replaced.append(before)
        known.recorded[known.place(each)] = judged
        added.append(judged)
        restated.append(Restated(judged.person_id, judged.occasion, before.is_strict if before else None, judged.is_strict))
    _append(added)
    counted, taken = ([known.countable(row) for row in rows if not row.is_withdrawn] for rows in (added, replaced))
    keep_tallies(counted, replaced=taken)
    return restated


def _append(judged: Sequence[Judgement]) -> None:
    """Write many rows that nobody asks for afterwards, without what the session does for each that somebody may: a fifth of the time."""
    if judged:
        db.session.execute(insert(Judgement).execution_options(render_nulls=True), [_values(each) for each in judged])


def _values(judged: Judgement) -> dict[str, Any]:
    return {name: getattr(judged, name) for name in _COLUMNS}


@dataclass(frozen=True, slots=True)
class _Known:
    """What scoring these answers needs, read by few statements however many they are, and what the ledger says of their occasions."""

    versions: Mapping[int, JudgedVersion]
    references: Mapping[int, Reference]
    areas: Mapping[str, str]
    recorded: dict[Place, Judgement]
    answered: set[tuple[int, int]]
    """Who answered which case before."""

    def place(self, given: GivenAnswer) -> Place:
        version = _found(self.versions, given.case_version_id)
        return given.occasion.person_id, version.case_id, given.occasion.source.value, given.occasion.key

    def judged(self, given: GivenAnswer) -> Judgement:
        """The judgement of this answer, as the first on its occasion."""
        place, version = self.place(given), _found(self.versions, given.case_version_id)
        scores, reference_id = self._scored(given)
        judgement = _judgement(given, version, scores)
        judgement.reference_id, judgement.is_withdrawn = reference_id, given.treatment is Treatment.WITHDRAWN
        judgement.is_first_exposure = place[:2] not in self.answered
        self.answered.add(place[:2])
        return judgement

    def _scored(self, given: GivenAnswer) -> tuple[Scores, int]:
        """The scores, and the reference that they are by."""
        reference = _found(self.references, given.reference_id)
        if given.treatment is Treatment.CREDITED:
            return credited(reference), given.reference_id
        scores = score(given.answer, reference, self.areas)
        if given.other_reference_id is not None:
            other = score(given.answer, _found(self.references, given.other_reference_id), self.areas)
            if is_kinder(other, scores):
                return other, given.other_reference_id
        return scores, given.reference_id

    def countable(self, judgement: Judgement) -> Countable:
        """What is counted of it."""
        return countable(judgement, reference=self.references[judgement.reference_id], language=self.versions[judgement.case_version_id].language)


def _known_of(given: Sequence[GivenAnswer]) -> _Known:
    versions = cases.judged_versions({each.case_version_id for each in given})
    firsts = queries.first_judgements({each.occasion.person_id for each in given}, {version.case_id for version in versions.values()})
    occasions = {each.occasion.key for each in given}
    newest = queries.newest_judgements([row_id for place, row_id in firsts.items() if place[3] in occasions])
    if unknown := {row.case_version_id for row in newest} - versions.keys():
        versions |= cases.judged_versions(unknown)
    named = {each.reference_id for each in given} | {each.other_reference_id for each in given} | {row.reference_id for row in newest}
    return _Known(
        versions=versions,
        references=queries.reference_values({reference_id for reference_id in named if reference_id is not None}),
        areas=cases.area_of_labels(),
        recorded={(row.person_id, row.case_id, row.source, row.occasion): row for row in newest},
        answered={place[:2] for place in firsts},
    )


def _found(rows: Mapping[int, Row], row_id: int) -> Row:
    if row_id not in rows:
        raise LookupError(row_id)
    return rows[row_id]


def _judgement(given: GivenAnswer, version: JudgedVersion, scores: Scores) -> Judgement:
    return Judgement(
        person_id=given.occasion.person_id,
        case_id=version.case_id,
        case_version_id=version.id,
        source=given.occasion.source.value,
        occasion=given.occasion.key,
        attempt_id=given.occasion.attempt_id,
        area=version.area,
        concept=version.concept,
        surface=version.surface,
        answer=answer_json(given.answer),
        decision_score=scores.decision,
        labels_score=scores.labels,
        severity_score=scores.severity,
        evidence_score=scores.evidence,
        escalation_score=scores.escalation,
        is_strict=scores.strict,
        is_critical_miss=scores.critical_miss,
        error=scores.error.value if scores.error else None,
        seconds=given.answer.seconds,
        given_at=given.given_at,
    )
