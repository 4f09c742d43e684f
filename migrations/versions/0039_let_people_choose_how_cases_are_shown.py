"""Let people choose how cases are shown, wish by wish over what is usual in the organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KNOWN = {"is_blurring": True, "is_greyscale": False, "is_prompting_breaks": True}
"""What was chosen before, and what it was for who chose nothing."""
NEW = ("is_muted", "is_autoplaying", "is_thumbnailed")


def upgrade() -> None:
    with op.batch_alter_table("practice_preferences") as table:
        for column in KNOWN:
            table.alter_column(column, existing_type=sa.Boolean(), nullable=True)
        for column in NEW:
            table.add_column(sa.Column(column, sa.Boolean(), nullable=True))


def downgrade() -> None:
    for column, usual in KNOWN.items():
        op.execute(sa.text(f"UPDATE practice_preferences SET {column} = :usual WHERE {column} IS NULL").bindparams(usual=usual))
    with op.batch_alter_table("practice_preferences") as table:
        for column in NEW:
            table.drop_column(column)
        for column in KNOWN:
            table.alter_column(column, existing_type=sa.Boolean(), nullable=False)
