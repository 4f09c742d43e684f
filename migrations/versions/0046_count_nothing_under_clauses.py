"""Count nothing under clauses any more: what is remembered of each concept says more, and nobody read this."""

from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

KNOWN = "ck_person_tallies_dimension_known"


def know(dimensions: str) -> None:
    """Let the table hold these dimensions alone."""
    with op.batch_alter_table("person_tallies") as tallies:
        tallies.drop_constraint(op.f(KNOWN), type_="check")
        tallies.create_check_constraint(op.f(KNOWN), f"dimension IN ({dimensions})")


def upgrade() -> None:
    op.execute("DELETE FROM person_tallies WHERE dimension = 'concept'")
    know("'area', 'surface', 'severity', 'language', 'decision', 'labels'")


def downgrade() -> None:
    know("'area', 'surface', 'severity', 'language', 'decision', 'concept', 'labels'")
