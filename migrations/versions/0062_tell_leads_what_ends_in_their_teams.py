"""Remember until when each lead was told by mail what ends soon in their team."""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_digests",
        sa.Column("lead_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["people.id"], name=op.f("fk_team_digests_lead_id_people")),
        sa.PrimaryKeyConstraint("lead_id", name=op.f("pk_team_digests")),
    )


def downgrade() -> None:
    op.drop_table("team_digests")
