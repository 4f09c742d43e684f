"""Let a call for practice be taken back where the audit that it came of was corrected."""

import sqlalchemy as sa
from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None


def guard(columns: str) -> None:
    """Let the database refuse to change what was appended, or these columns of it."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(f"DROP TRIGGER practice_calls_refuse_update{'' if is_sqlite else ' ON practice_calls'}")
    trigger = f"CREATE TRIGGER practice_calls_refuse_update BEFORE UPDATE{columns} ON practice_calls"
    if is_sqlite:
        op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'practice_calls is appended to, never edited'); END")
    else:
        op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    op.add_column("practice_calls", sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True))
    guard(" OF id, person_id, concept, occasion, called_at")


def downgrade() -> None:
    guard("")
    op.drop_column("practice_calls", "taken_back_at")
