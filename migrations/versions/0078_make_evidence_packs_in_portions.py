"""Make evidence packs in portions, and remember how far each is."""

import sqlalchemy as sa
from alembic import op

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_evidence_packs_waiting", table_name="evidence_packs")
    op.execute("UPDATE evidence_packs SET person_count = 0, begun_at = NULL WHERE made_at IS NULL")
    with op.batch_alter_table("evidence_packs") as batch:
        batch.add_column(sa.Column("worked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("told_until", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("draft_bytes", sa.BigInteger(), nullable=False, server_default="0"))
        batch.alter_column("byte_count", existing_type=sa.Integer(), type_=sa.BigInteger(), existing_nullable=True)
        batch.alter_column("person_count", existing_type=sa.Integer(), nullable=False, server_default="0")
    op.create_index("ix_evidence_packs_waiting", "evidence_packs", ["made_at", "worked_at"])


def downgrade() -> None:
    op.drop_index("ix_evidence_packs_waiting", table_name="evidence_packs")
    with op.batch_alter_table("evidence_packs") as batch:
        batch.alter_column("person_count", existing_type=sa.Integer(), nullable=True, server_default=None)
        batch.alter_column("byte_count", existing_type=sa.BigInteger(), type_=sa.Integer(), existing_nullable=True)
        batch.drop_column("draft_bytes")
        batch.drop_column("told_until")
        batch.drop_column("worked_at")
    op.create_index("ix_evidence_packs_waiting", "evidence_packs", ["made_at", "begun_at"])
