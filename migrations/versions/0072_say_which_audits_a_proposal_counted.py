"""Say by its last audit what a proposal to suspend rests on."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

KNOWN_THEN = "SELECT COALESCE(MAX(id), 0) FROM quality_audits WHERE quality_audits.recorded_at <= suspension_proposals.proposed_at"


def upgrade() -> None:
    with op.batch_alter_table("suspension_proposals") as batch:
        batch.add_column(sa.Column("last_audit_id", sa.Integer(), nullable=True))
    op.execute(f"UPDATE suspension_proposals SET last_audit_id = ({KNOWN_THEN})")
    with op.batch_alter_table("suspension_proposals") as batch:
        batch.alter_column("last_audit_id", existing_type=sa.Integer(), nullable=False)


def downgrade() -> None:
    with op.batch_alter_table("suspension_proposals") as batch:
        batch.drop_column("last_audit_id")
