"""Scoring answers and writing them down, once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from training.cases import queries as cases
from training.cases.models import Case, CaseVersion
from training.db import db
from training.judgements import queries
from training.judgements.documents import answer_json
from training.judgements.models import Judgement
from training.judgements.rules import CaseAnswer, Countable, Scores, Source, score
from training.judgements.services.tallying import countable, keep_tallies

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who answered, and on what: `key` is unique within the source (`serving:12`, `attempt:5:3`)."""

    person_id: int
    source: Source
    key: str
    attempt_id: int | None = None


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer to one version of a case, and the reference it is scored by."""

    answer: CaseAnswer
    occasion: Occasion
    case_version_id: int
    reference_id: int
    given_at: datetime


def record_judgement(answer: CaseAnswer, *, occasion: Occasion, case_version_id: int, reference_id: int, now: datetime) -> Judgement:
    """Score this answer against this reference and append it to the ledger.

    The first answer on an occasion stands: a second one is not recorded, and the first comes back.
    Raises LookupError where the version or the reference does not exist.
    """
    return record_judgements([GivenAnswer(answer, occasion, case_version_id, reference_id, now)])[0]


def record_judgements(given: Sequence[GivenAnswer]) -> list[Judgement]:
    """The same for several answers, in their order, by few statements however many they are."""
    versions = cases.case_versions({each.case_version_id for each in given})
    known_cases = cases.cases_by_ids({version.case_id for version in versions.values()})
    references = queries.reference_values({each.reference_id for each in given})
    people = {each.occasion.person_id for each in given}
    recorded = queries.judgements_on(people, {each.occasion.key for each in given})
    answered = queries.answered_among(people, set(known_cases))
    areas = cases.area_of_labels()
    found: list[Judgement] = []
    counted: list[Countable] = []
    for each in given:
        version, reference = _known(versions, each.case_version_id), _known(references, each.reference_id)
        key = (each.occasion.person_id, version.case_id, each.occasion.source.value, each.occasion.key)
        if key not in recorded:
            is_first = key[:2] not in answered
            recorded[key] = _judgement(each, version, known_cases[version.case_id], score(each.answer, reference, areas), is_first=is_first)
            counted.append(countable(recorded[key], reference=reference, language=version.language))
            answered.add(key[:2])
        found.append(recorded[key])
    db.session.add_all(found)
    db.session.flush()
    keep_tallies(counted)
    return found


def _known(rows: Mapping[int, Row], row_id: int) -> Row:
    if row_id not in rows:
        raise LookupError(row_id)
    return rows[row_id]


def _judgement(given: GivenAnswer, version: CaseVersion, case: Case, scores: Scores, *, is_first: bool) -> Judgement:
    return Judgement(
        person_id=given.occasion.person_id,
        case_id=case.id,
        case_version_id=version.id,
        reference_id=given.reference_id,
        source=given.occasion.source.value,
        occasion=given.occasion.key,
        attempt_id=given.occasion.attempt_id,
        area=case.area,
        concept=case.concept,
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
        is_first_exposure=is_first,
        given_at=given.given_at,
    )
