"""Remember from which score run a tally was made, so that what is not counted yet is found without looking at every attempt."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("signal_tallies", sa.Column("score_run_id", sa.Integer(), nullable=True))
    op.create_index("ix_signal_tallies_score_run_id", "signal_tallies", ["score_run_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_signal_tallies_score_run_id", table_name="signal_tallies")
    op.drop_column("signal_tallies", "score_run_id")
