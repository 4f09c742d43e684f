"""Let trainers sit a form of an exam that is being written, counting nowhere."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "exam_trials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("exam_slug", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("limit_seconds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("places", JSON, nullable=False),
        sa.Column("answers", JSON, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= begun_at", name=op.f("ck_exam_trials_ends_after_it_began")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_exam_trials_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_trials")),
        sa.UniqueConstraint("public_id", name=op.f("uq_exam_trials_public_id")),
    )
    op.create_index(op.f("ix_exam_trials_person_id"), "exam_trials", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_exam_trials_person_id"), table_name="exam_trials")
    op.drop_table("exam_trials")
