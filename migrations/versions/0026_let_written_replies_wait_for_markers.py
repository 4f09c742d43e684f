"""Let written replies wait for markers, and keep every mark."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    op.create_table(
        "marking_tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_by_id", sa.Integer(), nullable=True),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ordinal BETWEEN 1 AND 3", name=op.f("ck_marking_tasks_at_most_three")),
        sa.CheckConstraint("(claimed_by_id IS NULL) = (claimed_until IS NULL)", name=op.f("ck_marking_tasks_claimed_until_some_time")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"], name=op.f("fk_marking_tasks_attempt_id_form_items")
        ),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["people.id"], name=op.f("fk_marking_tasks_claimed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_tasks")),
        sa.UniqueConstraint("attempt_id", "position", "text_hash", "ordinal", name=op.f("uq_marking_tasks_attempt_id_position_text_hash_ordinal")),
    )
    op.create_index("ix_marking_tasks_open", "marking_tasks", ["id"], sqlite_where=sa.text("done_at IS NULL"), postgresql_where=sa.text("done_at IS NULL"))
    op.create_table(
        "reply_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("marker_id", sa.Integer(), nullable=False),
        sa.Column("ratings", JSON_VALUE, nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("points BETWEEN 0 AND 10", name=op.f("ck_reply_marks_points_are_possible")),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name=op.f("fk_reply_marks_attempt_id_attempts")),
        sa.ForeignKeyConstraint(["marker_id"], ["people.id"], name=op.f("fk_reply_marks_marker_id_people")),
        sa.ForeignKeyConstraint(["task_id"], ["marking_tasks.id"], name=op.f("fk_reply_marks_task_id_marking_tasks")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_marks")),
        sa.UniqueConstraint("attempt_id", "position", "text_hash", "marker_id", name=op.f("uq_reply_marks_attempt_id_position_text_hash_marker_id")),
        sa.UniqueConstraint("task_id", name=op.f("uq_reply_marks_task_id")),
        info={"append_only": True},
    )
    guard("reply_marks")


def downgrade() -> None:
    op.drop_table("reply_marks")
    op.drop_table("marking_tasks")
