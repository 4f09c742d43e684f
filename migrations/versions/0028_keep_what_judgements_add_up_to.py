"""Keep what a person's judgements add up to."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

COUNTS = (
    "count",
    "right",
    "repeat_count",
    "hits",
    "misses",
    "false_alarms",
    "correct_rejections",
    "wrong_selections",
    "critical_misses",
    "timed_count",
    "seconds_sum",
)

ACTIONS = (
    "APPROVE LABEL_OR_EDIT REJECT_EDITABLE RESTRICT_PENDING_DOCS AGE_GATE DEMOTE LIMIT_INTERACTION INTERRUPT REMOVE STRIKE HOLD_PAYOUT RESTRICT SUSPEND "
    "TERMINATE ESCALATE WELFARE STOP_VIEWING REQUEST_INFO REROUTE"
).split()
"""In the order of the vocabulary."""
NOT_ACTING = {"APPROVE", "REQUEST_INFO", "REROUTE"}

judgements = sa.table(
    "judgements",
    *(
        sa.column(name)
        for name in ("id", "person_id", "case_version_id", "reference_id", "source", "area", "concept", "surface", "error", "seconds", "given_at")
    ),
    sa.column("answer", JSON_VALUE),
    *(sa.column(name, sa.Boolean()) for name in ("is_strict", "is_critical_miss", "is_first_exposure")),
)
references = sa.table("case_references", sa.column("id"), sa.column("severity"), sa.column("decisions", JSON_VALUE), sa.column("labels", JSON_VALUE))
versions = sa.table("case_versions", sa.column("id"), sa.column("language"))
tallies = sa.table("person_tallies", *(sa.column(name) for name in ("person_id", "source", "dimension", "key", *COUNTS)), sa.column("last_at"))


def upgrade() -> None:
    op.create_table(
        "person_tallies",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("dimension", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS[:-1]),
        sa.Column("seconds_sum", sa.Double(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("source IN ('practice', 'exam', 'calibration', 'audit')", name=op.f("ck_person_tallies_source_known")),
        sa.CheckConstraint(
            "dimension IN ('area', 'surface', 'severity', 'language', 'decision', 'concept', 'labels')", name=op.f("ck_person_tallies_dimension_known")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_tallies_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", "source", "dimension", "key", name=op.f("pk_person_tallies")),
    )
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index("ix_judgements_person_source_area")
        batch_op.create_index("ix_judgements_person_source", ["person_id", "source", "id"], unique=False)
    for person_id in op.get_bind().scalars(sa.select(judgements.c.person_id).distinct().order_by(judgements.c.person_id)).all():
        rows = list(_rows_of(person_id))
        op.get_bind().execute(sa.insert(tallies), rows)


def _rows_of(person_id: int) -> Iterator[dict[str, Any]]:
    """What this person's judgements add up to; a transaction holds one person's at a time."""
    question = (
        sa.select(judgements, references.c.severity, references.c.decisions, references.c.labels, versions.c.language)
        .join_from(judgements, references, references.c.id == judgements.c.reference_id)
        .join(versions, versions.c.id == judgements.c.case_version_id)
        .where(judgements.c.person_id == person_id)
    )
    sums: dict[tuple[str, str, str], dict[str, Any]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    last_at: dict[tuple[str, str, str], Any] = {}
    for row in op.get_bind().execute(question):
        counted = _counted(row)
        for dimension, key in _keys(row):
            place = (row.source, dimension, key)
            last_at[place] = max(last_at.get(place, row.given_at), row.given_at)
            for name, value in counted.items():
                sums[place][name] += value
    for place, counts in sums.items():
        source, dimension, key = place
        yield {"person_id": person_id, "source": source, "dimension": dimension, "key": key, **counts, "last_at": last_at[place]}


def _keys(row: Any) -> Iterator[tuple[str, str]]:
    """Where a judgement is counted: an exam's in its area alone."""
    yield "area", row.area
    if row.source == "exam":
        return
    yield "surface", row.surface
    yield "language", row.language
    yield "concept", row.concept
    yield "decision", "+".join(action for action in ACTIONS if action in row.decisions[0])
    yield "labels", f"{next(iter(row.labels), '')}>{row.answer.get('primary_label') or ''}"
    if row.severity:
        yield "severity", row.severity


def _acts(actions: list[str]) -> bool | None:
    chosen = set(actions)
    if not chosen:
        return False
    if chosen - NOT_ACTING:
        return True
    return False if "APPROVE" in chosen else None


def _counted(row: Any) -> dict[str, float]:
    if not row.is_first_exposure:
        return {"repeat_count": 1}
    totals: dict[str, float] = {"count": 1, "right": int(row.is_strict)}
    if row.source == "exam":
        return totals
    wanted = _acts(row.decisions[0])
    agrees = row.is_strict or _acts(row.answer["actions"]) == wanted
    return totals | {
        "hits": int(wanted is True and agrees),
        "misses": int(row.error == "false_negative"),
        "false_alarms": int(row.error == "false_positive"),
        "correct_rejections": int(wanted is False and agrees),
        "wrong_selections": int(row.error == "wrong_selection"),
        "critical_misses": int(row.is_critical_miss),
        "timed_count": int(row.seconds is not None),
        "seconds_sum": row.seconds or 0,
    }


def downgrade() -> None:
    with op.batch_alter_table("judgements", schema=None) as batch_op:
        batch_op.drop_index("ix_judgements_person_source")
        batch_op.create_index("ix_judgements_person_source_area", ["person_id", "source", "area"], unique=False)
    op.drop_table("person_tallies")
