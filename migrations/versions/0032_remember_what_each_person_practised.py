"""Remember how each person stands in each concept and each area; what was practised before is reckoned from the ledger.

The memory model and its numbers are written out here as they were when this was written.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby

import sqlalchemy as sa
from alembic import op
from fsrs import Card, Rating, Scheduler, State
from sqlalchemy.dialects import postgresql

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SCHEDULER = Scheduler(desired_retention=0.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
FIRST_WEAKNESS, WEAKNESS_STEP, RECENCY_A_DAY = 0.5, 0.3, 0.98
TIME_TARGETS = {"listing": 90, "seller": 120, "live": 120, "review": 45, "comment": 45, "ticket": 300}
ROWS_AT_ONCE = 1000

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)

servings = sa.table("servings", sa.column("case_id"), sa.column("case_version_id"), sa.column("judgement_id"), sa.column("is_borderline", sa.Boolean))
versions = sa.table("case_versions", sa.column("id"), sa.column("surface"), sa.column("content", JSON_VALUE))
judgements = sa.table(
    "judgements",
    *(sa.column(name) for name in ("id", "person_id", "case_id", "concept", "area", "source", "severity_score", "seconds")),
    sa.column("answer", JSON_VALUE),
    sa.column("is_strict", sa.Boolean),
    sa.column("is_first_exposure", sa.Boolean),
    sa.column("given_at", INSTANT),
)
memories = sa.table(
    "concept_memories",
    *(sa.column(name) for name in ("person_id", "concept", "stability", "difficulty", "weakness", "count", "right", "repeat_count", "borderline_count")),
    *(sa.column(name) for name in ("answer_number", "is_failed", "confused_with", "last_case_id")),
    sa.column("last_reviewed_at", INSTANT),
    sa.column("due_at", INSTANT),
)
masteries = sa.table(
    "area_masteries",
    *(sa.column(name) for name in ("person_id", "area", "right_weight", "wrong_weight", "count", "day_count")),
    sa.column("last_answered_at", INSTANT),
)


def upgrade() -> None:
    op.create_table(
        "concept_memories",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("concept", sa.String(length=20), nullable=False),
        sa.Column("stability", sa.Double(), nullable=False),
        sa.Column("difficulty", sa.Double(), nullable=False),
        sa.Column("last_reviewed_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("answer_number", sa.Integer(), nullable=False),
        sa.Column("weakness", sa.Double(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("repeat_count", sa.Integer(), nullable=False),
        sa.Column("borderline_count", sa.Integer(), nullable=False),
        sa.Column("is_failed", sa.Boolean(), nullable=False),
        sa.Column("confused_with", sa.String(length=10), nullable=True),
        sa.Column("last_case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["last_case_id"], ["cases.id"], name=op.f("fk_concept_memories_last_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_concept_memories_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "concept", name=op.f("pk_concept_memories")),
    )
    op.create_table(
        "area_masteries",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("right_weight", sa.Double(), nullable=False),
        sa.Column("wrong_weight", sa.Double(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("day_count", sa.Integer(), nullable=False),
        sa.Column("last_answered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_area_masteries_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "area", name=op.f("pk_area_masteries")),
    )
    with op.batch_alter_table("practice_sessions", schema=None) as batch_op:
        batch_op.alter_column("scope", existing_type=sa.String(length=100), type_=sa.String(length=400), existing_nullable=False)
    op.add_column("servings", sa.Column("is_borderline", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE servings SET is_borderline = true WHERE case_id IN (SELECT id FROM cases WHERE difficulty = 'borderline')")
    op.create_index("ix_servings_person_latest", "servings", ["person_id", "id"], unique=False)
    op.create_index("ix_cases_concept_difficulty", "cases", ["concept", "difficulty", "id"], unique=False)
    _reckon()


def downgrade() -> None:
    op.drop_index("ix_cases_concept_difficulty", table_name="cases")
    op.drop_index("ix_servings_person_latest", table_name="servings")
    op.drop_column("servings", "is_borderline")
    with op.batch_alter_table("practice_sessions", schema=None) as batch_op:
        batch_op.alter_column("scope", existing_type=sa.String(length=400), type_=sa.String(length=100), existing_nullable=False)
    op.drop_table("area_masteries")
    op.drop_table("concept_memories")


def _reckon() -> None:
    """Every person's practice answers, in their order, a person at a time."""
    question = (
        sa.select(judgements, servings.c.is_borderline, versions.c.surface, versions.c.content)
        .join_from(judgements, servings, servings.c.judgement_id == judgements.c.id)
        .join(versions, versions.c.id == servings.c.case_version_id)
        .where(judgements.c.source == "practice")
        .order_by(judgements.c.person_id, judgements.c.id)
    )
    bind = op.get_bind()
    found = bind.execute(question.execution_options(yield_per=ROWS_AT_ONCE))
    for person_id, rows in groupby(found, key=lambda row: row.person_id):
        own_memories, own_masteries = {}, {}
        for number, row in enumerate(rows, start=1):
            own_memories[row.concept] = {**_stood(own_memories.get(row.concept), row), "answer_number": number}
            if row.is_first_exposure:
                own_masteries[row.area] = _mastered(own_masteries.get(row.area), row)
        for table, key, kept in ((memories, "concept", own_memories), (masteries, "area", own_masteries)):
            written = [{"person_id": person_id, key: name, **values} for name, values in sorted(kept.items())]
            for chunk in _chunks(written):
                bind.execute(table.insert(), chunk)


def _chunks(rows: list[dict]) -> Iterator[list[dict]]:
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]


def _instant(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _stored(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else moment


def _stood(kept: dict | None, row: sa.Row) -> dict:
    at = _instant(row.given_at)
    card = Card(card_id=0, due=at)
    if kept:
        card = Card(0, State.Review, None, kept["stability"], kept["difficulty"], at, _instant(kept["last_reviewed_at"]))
    card, _log = SCHEDULER.review_card(card, _grade(row), at)
    weakness = kept["weakness"] if kept else FIRST_WEAKNESS
    label = row.answer.get("primary_label") or "OUT"
    return {
        "stability": card.stability,
        "difficulty": card.difficulty,
        "last_reviewed_at": _stored(at),
        "due_at": _stored(card.due),
        "weakness": weakness + WEAKNESS_STEP * ((not row.is_strict) - weakness),
        "count": (kept["count"] if kept else 0) + row.is_first_exposure,
        "right": (kept["right"] if kept else 0) + (row.is_first_exposure and row.is_strict),
        "repeat_count": (kept["repeat_count"] if kept else 0) + (not row.is_first_exposure),
        "borderline_count": (kept["borderline_count"] if kept else 0) + row.is_borderline,
        "is_failed": not row.is_strict,
        "confused_with": None if row.is_strict or label.startswith("OUT") else label,
        "last_case_id": row.case_id,
    }


def _grade(row: sa.Row) -> Rating:
    if not row.is_strict:
        return Rating.Again
    target = TIME_TARGETS.get(row.surface) or round(0.8 * int(row.content["duration_seconds"])) + 20
    is_good = row.severity_score in (None, 1) and (row.seconds or 0) <= target
    return Rating.Good if is_good else Rating.Hard


def _mastered(kept: dict | None, row: sa.Row) -> dict:
    at = _instant(row.given_at)
    right, wrong, last = (kept["right_weight"], kept["wrong_weight"], _instant(kept["last_answered_at"])) if kept else (1.0, 1.0, at)
    weighs = RECENCY_A_DAY ** max((at - last) / timedelta(days=1), 0.0)
    return {
        "right_weight": 1 + weighs * (right - 1) + row.is_strict,
        "wrong_weight": 1 + weighs * (wrong - 1) + (not row.is_strict),
        "count": (kept["count"] if kept else 0) + 1,
        "day_count": (kept["day_count"] if kept else 0) + (kept is None or last.date() != at.date()),
        "last_answered_at": _stored(at),
    }
