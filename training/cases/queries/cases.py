"""The taxonomy, cases and their references."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, select

from training.cases.models import Case, CaseReference, CaseVersion, TaxonomyArea, TaxonomyLabel
from training.cases.rendering import DisplayedCase, displayed
from training.cases.rules import SEVERE, Action, Area, Difficulty, EscalationTarget, Label, Outcome, Pool, Severity, Surface, Taxonomy
from training.db import Prepared, Remembered, db, json_row, json_rows, json_value, one_of_ids, told

OUTCOME_TITLES = {
    Outcome.NO_VIOLATION: "No violation",
    Outcome.NOT_ENOUGH_INFORMATION: "Not enough information to decide",
    Outcome.WRONG_QUEUE: "Wrong queue or language",
    Outcome.POLICY_GAP: "Policy gap: ask the policy team",
    Outcome.DUPLICATE: "Duplicate of another case",
}

OUTCOME_SYNONYMS = {
    Outcome.NO_VIOLATION: ("ok", "fine", "allowed", "aman", "tidak melanggar"),
    Outcome.NOT_ENOUGH_INFORMATION: ("unclear", "kurang informasi", "tidak jelas"),
    Outcome.WRONG_QUEUE: ("misrouted", "salah antrean", "bahasa lain"),
    Outcome.POLICY_GAP: ("no rule", "belum ada aturan", "tanya kebijakan"),
    Outcome.DUPLICATE: ("same again", "ganda", "sudah ada"),
}


@dataclass(frozen=True, slots=True)
class PracticeCase:
    """What choosing the next case needs to know of each."""

    case_id: int
    slug: str
    concept: str
    family: str
    area: str
    difficulty: Difficulty
    contrast_slug: str | None
    case_version_id: int
    reference_id: int
    is_severe: bool
    """Whether it is shown behind a warning."""


_AREAS = select(json_rows(json_row(TaxonomyArea.position, TaxonomyArea.code, TaxonomyArea.title))).where(TaxonomyArea.retired_at.is_(None))
_LABEL = (TaxonomyLabel.title, TaxonomyLabel.area_code, TaxonomyLabel.severity, json_value(TaxonomyLabel.default_decision), TaxonomyLabel.escalate_to)
_SETS = (json_value(TaxonomyLabel.surfaces), json_value(TaxonomyLabel.synonyms))
_LABELS = select(json_rows(json_row(TaxonomyLabel.position, TaxonomyLabel.code, *_LABEL, *_SETS))).where(TaxonomyLabel.retired_at.is_(None))
_TAXONOMY = Prepared(select(told(_AREAS), told(_LABELS)))


def taxonomy() -> Taxonomy:
    """Areas and labels now in use, in their order, then the outcomes."""
    ((areas, labels),) = _TAXONOMY.here()
    return _taxonomy(areas, labels)


def area_titles() -> dict[str, str]:
    """The title of every area now in use, by its code."""
    return {area.code: area.title for area in taxonomy().areas}


@lru_cache(maxsize=8)
def _taxonomy(areas: str, labels: str) -> Taxonomy:
    """What these texts say: the database is asked each time, and its answer read once as long as it stays the same."""
    return Taxonomy(
        areas=tuple(Area(code, title) for _position, code, title in sorted(json.loads(areas))),
        labels=(*(_label(*label) for _position, *label in sorted(json.loads(labels), key=_place)), *(_outcome(outcome) for outcome in Outcome)),
    )


def _place(label: Sequence[Any]) -> tuple[int, str]:
    return label[0], label[1]


_AREAS_OF_LABELS = Prepared(select(told(select(json_rows(json_row(TaxonomyLabel.code, TaxonomyLabel.area_code))))))


def area_of_labels() -> Mapping[str, str]:
    """The area of every label there ever was: what hierarchical scoring climbs, old references included."""
    ((written,),) = _AREAS_OF_LABELS.here()
    return _areas_of_labels(written)


@lru_cache(maxsize=8)
def _areas_of_labels(written: str) -> Mapping[str, str]:
    return dict(json.loads(written))


_KNOWN_LABELS: Remembered[str, str] = Remembered(1_000)
"""Every label that was ever looked for and found: codes are retired, never deleted."""


def are_labels(codes: Collection[str]) -> bool:
    """Whether each of these is a label that there ever was, or an outcome."""
    unknown = [code for code in codes if code not in OUTCOME_TITLES and _KNOWN_LABELS.get(code) is None]
    if unknown:
        for label in db.session.scalars(select(TaxonomyLabel.code)):
            _KNOWN_LABELS.put(label, label)
    return all(_KNOWN_LABELS.get(code) is not None for code in unknown)


def case_by_slug(slug: str) -> Case | None:
    """The case with this id of the content folder."""
    return db.session.scalar(select(Case).where(Case.slug == slug))


def case_by_id(case_id: int) -> Case | None:
    """The case with this row id."""
    return db.session.get(Case, case_id)


def case_version(case_version_id: int) -> CaseVersion | None:
    """One version of a case."""
    return db.session.get(CaseVersion, case_version_id)


@dataclass(frozen=True, slots=True)
class JudgedVersion:
    """What a judgement notes of the version of a case that it is about."""

    id: int
    case_id: int
    surface: str
    language: str
    area: str
    concept: str


_JUDGED_VERSIONS = Prepared(
    select(CaseVersion.id, CaseVersion.case_id, CaseVersion.surface, CaseVersion.language, Case.area, Case.concept)
    .join(Case, Case.id == CaseVersion.case_id)
    .where(one_of_ids(CaseVersion.id, "case_version_ids"))
)


def judged_versions(case_version_ids: Collection[int]) -> dict[int, JudgedVersion]:
    """These versions, by id; unknown ones are left out."""
    found = (JudgedVersion(*row) for row in _JUDGED_VERSIONS.here(case_version_ids=sorted(case_version_ids)))
    return {version.id: version for version in found}


def cases_by_ids(case_ids: Collection[int]) -> dict[int, Case]:
    """These cases, by id."""
    return {case.id: case for case in db.session.scalars(select(Case).where(Case.id.in_(sorted(case_ids))))}


def reference(reference_id: int) -> CaseReference | None:
    """One expert label. Never for a page that is shown before the answer."""
    return db.session.get(CaseReference, reference_id)


def versions_of(case: Case) -> list[CaseVersion]:
    """Every version of this case, the newest first."""
    return list(db.session.scalars(select(CaseVersion).where(CaseVersion.case_id == case.id).order_by(CaseVersion.number.desc())))


def references_of(case: Case) -> list[CaseReference]:
    """Every reference of this case, the newest first."""
    return list(db.session.scalars(select(CaseReference).where(CaseReference.case_id == case.id).order_by(CaseReference.number.desc())))


def is_corrected(pinned: tuple[int | None, int | None], before: tuple[int | None, int | None]) -> bool:
    """Whether this version and reference of a case say the same as these, in better words."""
    if pinned == before or None in (*pinned, *before):
        return False
    version, reference = db.session.get(CaseVersion, pinned[0]), db.session.get(CaseReference, pinned[1])
    continued = version.continues_id if version else None, reference.continues_id if reference else None
    return all(now == then or of == then for now, then, of in zip(pinned, before, continued, strict=True))


_DISPLAYED: Remembered[int, DisplayedCase] = Remembered(2_000)


def case_for_display(case_version_id: int) -> DisplayedCase:
    """What a browser may see of this version: nothing that tells its answer. Raises LookupError for an unknown id."""
    known = _DISPLAYED.get(case_version_id)
    if known is not None:
        return known
    version = db.session.get(CaseVersion, case_version_id)
    if version is None:
        raise LookupError(case_version_id)
    return _DISPLAYED.put(case_version_id, displayed(version))


def practice_cases_by_slugs(slugs: Collection[str]) -> dict[str, PracticeCase]:
    """Those of these cases that are in the practice pool, by slug."""
    rows = db.session.execute(PRACTICE_CASES.where(Case.slug.in_(sorted(slugs))))
    return {row.slug: practice_case_of(row) for row in rows}


def practice_cases_by_ids(case_ids: Collection[int]) -> dict[int, PracticeCase]:
    """The same by row id."""
    return {row.id: practice_case_of(row) for row in db.session.execute(PRACTICE_CASES.where(Case.id.in_(sorted(case_ids))))}


def practice_case(case_id: int) -> PracticeCase | None:
    """This case, if it is in the practice pool."""
    row = db.session.execute(PRACTICE_CASES.where(Case.id == case_id)).first()
    return practice_case_of(row) if row else None


_EXAMINED = Case.__table__.alias()
_HAS_EXAMINED_LOOK_ALIKE = select(_EXAMINED.c.id).where(_EXAMINED.c.family == Case.family, _EXAMINED.c.pool == Pool.EXAM.value).correlate(Case).exists()

IS_PRACTISED = and_(Case.pool == Pool.PRACTICE.value, Case.current_version_id.is_not(None), Case.current_reference_id.is_not(None), ~_HAS_EXAMINED_LOOK_ALIKE)
"""Whether a case may be practised: it is of the practice pool, complete, and no look-alike of it is in the exam pool."""
IS_DRAWN = and_(IS_PRACTISED, ~Case.is_held)
"""Whether a case may be chosen for somebody; in the checks and sets that name it, one that is held stays where it is."""

_LOOK_ALIKE = Case.__table__.alias()
_SEVERE_LOOK_ALIKE = select(_LOOK_ALIKE.c.id).where(_LOOK_ALIKE.c.family == Case.family, _LOOK_ALIKE.c.severity.in_(sorted(SEVERE))).correlate(Case)
IS_OF_SEVERE_FAMILY = _SEVERE_LOOK_ALIKE.exists()
"""Whether any look-alike of a case, itself included, is severe: the same for many cases at once as `is_severe_family`."""

PRACTICE_CASE = (
    *(Case.id, Case.slug, Case.concept, Case.family, Case.area, Case.difficulty, Case.contrast_slug, Case.current_version_id, Case.current_reference_id),
    _SEVERE_LOOK_ALIKE.limit(1).scalar_subquery().is_not(None).label("is_severe"),
)
"""The columns that make a `PracticeCase`. Whether it is severe is looked up for each row: an EXISTS here could make PostgreSQL read all severe cases first."""

PRACTICE_CASES = select(*PRACTICE_CASE).where(IS_PRACTISED).order_by(Case.slug)
"""Every case that may be practised, by slug."""


def practice_case_of(row: Any) -> PracticeCase:
    """The case that a row of these columns says."""
    return PracticeCase(
        case_id=row.id,
        slug=row.slug,
        concept=row.concept,
        family=row.family,
        area=row.area,
        difficulty=Difficulty(row.difficulty),
        contrast_slug=row.contrast_slug,
        case_version_id=row.current_version_id,
        reference_id=row.current_reference_id,
        is_severe=row.is_severe,
    )


def is_severe_family(family: str) -> bool:
    """Whether any case of this family, in either pool, is severe.

    A warning is given per family, look-alikes that violate nothing included: else the warning would tell the answer.
    """
    severe = select(Case.id).where(Case.family == family, Case.severity.in_(sorted(SEVERE))).limit(1)
    return db.session.scalar(severe) is not None


def _label(code: str, title: str, area: str, severity: str, *more: Any) -> Label:
    default_decision, escalate_to, surfaces, synonyms = more
    return Label(
        code=code,
        title=title,
        area=area,
        severity=Severity(severity),
        default_decision=tuple(Action(action) for action in default_decision),
        escalate_to=EscalationTarget(escalate_to) if escalate_to else None,
        surfaces=frozenset(Surface(surface) for surface in surfaces),
        synonyms=tuple(word for words in (synonyms or {}).values() for word in words),
    )


def _outcome(outcome: Outcome) -> Label:
    default = {Outcome.NO_VIOLATION: Action.APPROVE, Outcome.NOT_ENOUGH_INFORMATION: Action.REQUEST_INFO}.get(outcome, Action.REROUTE)
    return Label(outcome.value, OUTCOME_TITLES[outcome], None, Severity.S0, (default,), None, frozenset(Surface), OUTCOME_SYNONYMS[outcome])


def every_code(model: type[TaxonomyArea] | type[TaxonomyLabel]) -> list[Any]:
    """Every area or label there ever was."""
    return list(db.session.scalars(select(model)))
