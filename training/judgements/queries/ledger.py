"""Judgements, and the references that they are scored by."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

from training.cases.models import CaseReference, CaseVersion
from training.cases.rules import RECORDING, Action, EscalationTarget, Extent, Severity, Surface, mark_of, picture_field, text_pieces
from training.db import Prepared, Remembered, db, one_of_ids
from training.judgements.models import Judgement
from training.judgements.rules import Reference, Source

_later = Judgement.__table__.alias()
IS_NEWEST = ~select(_later.c.id).where(_later.c.corrects_id == Judgement.id).exists()
"""No other judgement stands in for this one."""
IS_FIRST = Judgement.corrects_id.is_(None)
"""It was given, and stands in for no other: there is one on every occasion, and the index on people and cases holds these alone."""
COUNTS = IS_NEWEST & Judgement.is_withdrawn.is_(False)
"""What is counted, wherever judgements are: of those that stand in for one another the newest, unless it counts for nothing."""


Place = tuple[int, int, str, str]
"""Person, case, source and occasion: what makes a judgement one."""


_FIRSTS = Prepared(
    select(Judgement.person_id, Judgement.case_id, Judgement.source, Judgement.occasion, Judgement.id).where(
        one_of_ids(Judgement.person_id, "person_ids"), one_of_ids(Judgement.case_id, "case_ids"), IS_FIRST
    )
)


def first_judgements(person_ids: Collection[int], case_ids: Collection[int]) -> dict[Place, int]:
    """The ids of what these people gave on these cases, wherever they did; what stands in for it has the same place."""
    found = _FIRSTS.here(person_ids=sorted(person_ids), case_ids=sorted(case_ids))
    return {(person_id, case_id, source, occasion): row_id for person_id, case_id, source, occasion, row_id in found}


def newest_judgements(first_ids: Collection[int]) -> list[Judgement]:
    """What counts now of these judgements: each, or whatever stands in for it. As many questions as the longest row of corrections, and one."""
    found = {row.id: row for row in db.session.scalars(select(Judgement).where(Judgement.id.in_(sorted(first_ids))))} if first_ids else {}
    later = dict(found)
    while later:
        later = {row.id: row for row in db.session.scalars(select(Judgement).where(Judgement.corrects_id.in_(sorted(later))))}
        for row in later.values():
            found.pop(row.corrects_id or 0)
        found |= later
    return list(found.values())


def judgement_in_force(first_id: int) -> Judgement | None:
    """What counts now of one judgement: itself, or whatever stands in for it. One question, however often it was corrected."""
    given = aliased(Judgement)
    return db.session.scalar(select(Judgement).join_from(given, Judgement, on_occasion_of(given)).where(given.id == first_id, COUNTS))


def on_occasion_of(given: type[Judgement]) -> ColumnElement[bool]:
    """A judgement is of the same occasion as `given`, an alias of it: itself, or one of those that correct it."""
    return and_(*(getattr(given, name) == getattr(Judgement, name) for name in ("person_id", "case_id", "source", "occasion")))


def judgements_of(person_id: int, *, source: Source | None = None, before_id: int | None = None, size: int = 50) -> list[Judgement]:
    """This person's judgements that count, the newest first, one page of them."""
    question = _of(person_id, source).order_by(Judgement.id.desc()).limit(size)
    if before_id is not None:
        question = question.where(Judgement.id < before_id)
    return list(db.session.scalars(question))


def _of(person_id: int, source: Source | None) -> Select[Judgement]:
    question = select(Judgement).where(Judgement.person_id == person_id, COUNTS)
    return question if source is None else question.where(Judgement.source == source.value)


def judgements_of_attempt(attempt_id: int) -> list[Judgement]:
    """The judgements that one exam attempt became, as they count now."""
    return list(db.session.scalars(select(Judgement).where(Judgement.attempt_id == attempt_id, COUNTS).order_by(Judgement.id)))


def practised_since(person_id: int, areas: Collection[str], *, since: datetime) -> int:
    """How many cases of these areas this person practised from an instant on."""
    own = (Judgement.person_id == person_id, Judgement.source == Source.PRACTICE.value, Judgement.given_at > since, COUNTS)
    return db.session.scalar(select(func.count()).select_from(Judgement).where(*own, Judgement.area.in_(sorted(areas)))) or 0


def has_answered(person_id: int, case_id: int) -> bool:
    """Whether this person ever answered this case."""
    question = select(Judgement.id).where(Judgement.person_id == person_id, Judgement.case_id == case_id, IS_FIRST).limit(1)
    return db.session.scalar(question) is not None


_REFERENCES: Remembered[int, Reference] = Remembered(5_000)


def reference_value(reference_id: int) -> Reference:
    """The expert label as a value that answers are scored by. Raises LookupError for an unknown id."""
    found = reference_values([reference_id])
    if reference_id not in found:
        raise LookupError(reference_id)
    return found[reference_id]


def reference_values(reference_ids: Collection[int]) -> dict[int, Reference]:
    """The same for many, by id; unknown ones are left out."""
    found = {reference_id: value for reference_id in reference_ids if (value := _REFERENCES.get(reference_id)) is not None}
    missing = sorted(set(reference_ids) - found.keys())
    if missing:
        question = select(CaseReference, CaseVersion).join(CaseVersion, CaseVersion.id == CaseReference.case_version_id)
        for reference, version in db.session.execute(question.where(CaseReference.id.in_(missing))):
            found[reference.id] = _REFERENCES.put(reference.id, reference_said(reference, version))
    return found


def reference_said(row: CaseReference, version: CaseVersion) -> Reference:
    """The expert label that this row says of this version, kept or not, as a value that answers are scored by."""
    return Reference(
        decisions=tuple(_actions(decision) for decision in row.decisions),
        labels=tuple(row.labels),
        severity=Severity(row.severity) if row.severity else None,
        escalate_to=EscalationTarget(row.escalate_to) if row.escalate_to else None,
        must_escalate=row.must_escalate,
        evidence=tuple(mark_of(mark) for mark in row.evidence),
        extents=_extents(version),
        credits=_credits(row.partial_credits),
    )


def _extents(version: CaseVersion) -> dict[str, Extent]:
    """How far each field of this version reaches that evidence can lie in."""
    extents: dict[str, Extent] = {piece.path: len(piece.text) for piece in text_pieces(Surface(version.surface), version.content)}
    extents |= {picture_field(position): (image["width"], image["height"]) for position, image in enumerate(version.images)}
    return extents | {RECORDING: version.recording["seconds"]} if version.recording else extents


def _actions(names: list[str]) -> frozenset[Action]:
    return frozenset(Action(name) for name in names)


def _credits(written: list[Mapping[str, object]]) -> dict[frozenset[Action], float]:
    return {_actions(list(map(str, entry["actions"]))): float(str(entry["credit"])) for entry in written if isinstance(entry["actions"], list)}
