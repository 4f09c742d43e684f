"""Limit what an attempt keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

COUNT = (
    "UPDATE attempts SET kept_count = (SELECT count(*) FROM answer_events WHERE attempt_id = attempts.id), "
    "kept_bytes = (SELECT coalesce(sum(length(CAST(response AS text))), 0) FROM answer_events WHERE attempt_id = attempts.id)"
)


def upgrade() -> None:
    op.add_column("attempts", sa.Column("kept_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("attempts", sa.Column("kept_bytes", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("attempts", sa.Column("full_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(COUNT)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE attempts SET (fillfactor = 70)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE attempts RESET (fillfactor)")
    for column in ("full_at", "kept_bytes", "kept_count"):
        op.drop_column("attempts", column)
