"""The judgements behind a figure. Of practice alone: no answer given in an exam is ever listed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from training.cases.models import CaseReference, CaseVersion
from training.db import db
from training.judgements.models import Judgement
from training.judgements.queries.deciding import LARGEST_DECISION, defers, is_decision, lets_be
from training.judgements.queries.ledger import COUNTS
from training.judgements.rules import AnswerKind, Dimension, ErrorKind, Source, labels_of_key


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure somebody asks about: which answers, under which key. Without a dimension it is of all answers."""

    kind: AnswerKind = AnswerKind.ALL
    dimension: Dimension | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A judgement and the reference that it was scored by."""

    judgement: Judgement
    reference: CaseReference


def judgements_behind(person_id: int, figure: Figure, *, before_id: int | None = None, size: int) -> list[JudgedCase]:
    """One page of the practice judgements behind a figure, the newest first."""
    question = (
        select(Judgement, CaseReference)
        .join(CaseReference, CaseReference.id == Judgement.reference_id)
        .where(Judgement.person_id == person_id, Judgement.source == Source.PRACTICE.value, COUNTS, *_kind(figure.kind))
    )
    if figure.dimension is not None:
        question = question.where(*_PLACES[figure.dimension](figure.key))
    if figure.dimension is Dimension.LANGUAGE:
        question = question.join(CaseVersion, CaseVersion.id == Judgement.case_version_id)
    if before_id is not None:
        question = question.where(Judgement.id < before_id)
    return [JudgedCase(judgement, reference) for judgement, reference in db.session.execute(question.order_by(Judgement.id.desc()).limit(size))]


def _kind(kind: AnswerKind) -> list[ColumnElement[bool]]:
    if kind is AnswerKind.REPEAT:
        return [Judgement.is_first_exposure.is_(False)]
    first = Judgement.is_first_exposure.is_(True)
    match kind:
        case AnswerKind.ALL:
            return [first]
        case AnswerKind.RIGHT:
            return [first, Judgement.is_strict.is_(True)]
        case AnswerKind.CRITICAL_MISS:
            return [first, Judgement.is_critical_miss.is_(True)]
        case AnswerKind.HIT:
            return [first, ~lets_be(_PREFERRED), ~defers(_PREFERRED), _agrees()]
        case AnswerKind.CORRECT_REJECTION:
            return [first, lets_be(_PREFERRED), _agrees()]
        case _:
            return [first, Judgement.error == ErrorKind(kind.value).value]


_PREFERRED = CaseReference.decisions[0]


def _agrees() -> ColumnElement[bool]:
    """Whether the answer is right, or at least acts where the expert acts and lets be where the expert does."""
    return Judgement.is_strict.is_(True) | ((Judgement.error == ErrorKind.WRONG_SELECTION.value) & ~defers(Judgement.answer["actions"]))


def _decision(key: str) -> list[ColumnElement[bool]]:
    """Whether the preferred decision is this one, in whichever order its author wrote the actions."""
    return [is_decision(_PREFERRED, key.split("+")[:LARGEST_DECISION])]


def _labels(key: str) -> list[ColumnElement[bool]]:
    expert, answered = labels_of_key(key)
    labels: ColumnElement[Any] = func.coalesce(CaseReference.labels[0].as_string(), "")
    given: ColumnElement[Any] = func.coalesce(Judgement.answer["primary_label"].as_string(), "")
    return [labels == expert, given == answered]


_PLACES: Mapping[Dimension, Callable[[str], list[ColumnElement[bool]]]] = {
    Dimension.AREA: lambda key: [Judgement.area == key],
    Dimension.SURFACE: lambda key: [Judgement.surface == key],
    Dimension.SEVERITY: lambda key: [CaseReference.severity == key],
    Dimension.LANGUAGE: lambda key: [CaseVersion.language == key],
    Dimension.DECISION: _decision,
    Dimension.LABELS: _labels,
}


def latest_seconds(person_id: int, *, size: int) -> dict[str, list[float]]:
    """How long this person's latest first answers in practice took, by surface."""
    question = (
        select(Judgement.surface, Judgement.seconds)
        .where(
            Judgement.person_id == person_id,
            Judgement.source == Source.PRACTICE.value,
            Judgement.is_first_exposure.is_(True),
            Judgement.seconds.is_not(None),
            COUNTS,
        )
        .order_by(Judgement.id.desc())
        .limit(size)
    )
    found: dict[str, list[float]] = {}
    for surface, seconds in db.session.execute(question):
        found.setdefault(surface, []).append(seconds or 0.0)
    return found
