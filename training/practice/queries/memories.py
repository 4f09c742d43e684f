"""How people stand in concepts and areas: as it is kept, and as the ledger gives it again."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import aliased

from training.db import db, one_of_ids
from training.judgements.models import Judgement
from training.judgements.queries import COUNTS, on_occasion_of
from training.judgements.rules import Source
from training.practice.models import AreaMastery, ConceptMemory, Serving
from training.practice.queries.servings import is_over_time
from training.practice.rules import ConceptStanding, Mastery, Memory, Readiness, Review, readiness_of

OUTCOME = "OUT-"
"""How the codes of labels begin that name no violation."""


def standings_in_concepts(person_id: int) -> dict[str, ConceptStanding]:
    """How this person stands in every concept they practised."""
    return {concept: _standing(kept) for concept, *kept in db.session.execute(_STANDINGS.where(ConceptMemory.person_id == person_id))}


def standing_of_memory(row: ConceptMemory) -> ConceptStanding:
    """What this row says."""
    return _standing([getattr(row, name) for name in KEPT])


KEPT = (
    *("stability", "difficulty", "last_reviewed_at", "due_at", "answer_number", "weakness", "count", "right", "repeat_count"),
    *("borderline_count", "is_failed", "confused_with"),
)
_STANDINGS = select(ConceptMemory.concept, *(getattr(ConceptMemory, name) for name in KEPT))


def _standing(kept: Sequence[Any]) -> ConceptStanding:
    """What the columns say, in their order: read without making objects of the rows, of which a person may have hundreds."""
    *memory, number, weakness, count, right, repeats, borderline, is_failed, confused = kept
    return ConceptStanding(Memory(*memory), number, weakness, count, right, count + repeats, borderline, is_failed, confused)


def answer_count(person_id: int) -> int:
    """How many practice answers this person gave."""
    return db.session.scalar(select(func.max(ConceptMemory.answer_number)).where(ConceptMemory.person_id == person_id)) or 0


def kept_memory(person_id: int, concept: str) -> ConceptMemory | None:
    """The row of this person and concept."""
    return db.session.get(ConceptMemory, (person_id, concept))


def kept_mastery(person_id: int, area: str) -> AreaMastery | None:
    """The row of this person and area."""
    return db.session.get(AreaMastery, (person_id, area))


def mastery_of(row: AreaMastery) -> Mastery:
    """What this row says."""
    return Mastery(row.right_weight, row.wrong_weight, row.count, row.day_count, row.last_answered_at)


def masteries_of(person_ids: Collection[int]) -> dict[int, dict[str, Mastery]]:
    """What is kept of these people by area, of those who practised."""
    found: dict[int, dict[str, Mastery]] = {}
    for row in db.session.scalars(select(AreaMastery).where(one_of_ids(AreaMastery.person_id, "people")), {"people": list(person_ids)}):
        found.setdefault(row.person_id, {})[row.area] = mastery_of(row)
    return found


def readiness_in_areas(person_id: int, *, at: datetime) -> dict[str, Readiness]:
    """How ready this person is in every area in which they practised."""
    rows = db.session.scalars(select(AreaMastery).where(AreaMastery.person_id == person_id))
    return {row.area: readiness_of(mastery_of(row), at=at) for row in rows}


def readiness_of_people(person_ids: Collection[int], *, at: datetime) -> dict[int, dict[str, Readiness]]:
    """The same of several people in one statement; nothing of those who did not practise."""
    found: defaultdict[int, dict[str, Readiness]] = defaultdict(dict)
    for row in db.session.scalars(select(AreaMastery).where(AreaMastery.person_id.in_(sorted(person_ids))).order_by(AreaMastery.area)):
        found[row.person_id][row.area] = readiness_of(mastery_of(row), at=at)
    return dict(found)


def review_of(serving: Serving, judgement: Judgement, *, number: int) -> Review:
    """What an answered serving says of its concept; it is the person's answer of this number. All that it looks at never changes."""
    label = (judgement.answer.get("primary_label") or OUTCOME) if not judgement.is_strict else OUTCOME
    return Review(
        at=judgement.given_at,
        number=number,
        is_right=judgement.is_strict,
        is_severity_right=judgement.severity_score in (None, 1),
        is_in_time=not is_over_time(judgement),
        is_repeat=not judgement.is_first_exposure,
        is_borderline=serving.is_borderline,
        chosen_label=None if label.startswith(OUTCOME) else label,
    )


def practised_by(person_id: int) -> list[tuple[Serving, Judgement]]:
    """Every practice answer of this person that counts, as it is judged now, in the order in which they were given."""
    given = aliased(Judgement)
    question = (
        select(Serving, Judgement)
        .join_from(Serving, given, given.id == Serving.judgement_id)
        .join(Judgement, on_occasion_of(given))
        .where(given.person_id == person_id, given.source == Source.PRACTICE.value, COUNTS)
    )
    return [(serving, judgement) for serving, judgement in db.session.execute(question.order_by(given.id))]


def forget_kept(person_id: int) -> None:
    """Delete what is kept of this person's practice; the ledger has it still."""
    for kept in (ConceptMemory, AreaMastery):
        db.session.execute(delete(kept).where(kept.person_id == person_id))


def people_who_practised() -> list[int]:
    """Everybody who gave a practice answer, whether or not anything is kept of it."""
    return list(db.session.scalars(select(Serving.person_id).where(Serving.answered_at.is_not(None)).distinct().order_by(Serving.person_id)))
