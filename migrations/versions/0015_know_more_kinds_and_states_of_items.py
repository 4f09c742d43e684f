"""Know more kinds and states of items, and places of a form that do not count."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KINDS = "('single', 'multiple', 'case', 'evidence', 'ordering', 'short', 'reply', 'typing')"
STATES = "('draft', 'pilot', 'live', 'held', 'retired')"
CHECKS = {
    "ck_items_kind_is_known": f"kind IN {KINDS}",
    "ck_items_state_is_known": f"state IN {STATES}",
    "ck_items_document_state_is_known": f"document_state IN {STATES}",
    "ck_items_only_held_otherwise_than_documented": "state IN (document_state, 'held')",
}
CHECKS_BEFORE = {"ck_items_kind_is_known": "kind IN ('single', 'multiple', 'case')", "ck_items_state_is_known": "state IN ('draft', 'live', 'retired')"}


def upgrade() -> None:
    op.add_column("form_items", sa.Column("is_pilot", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("items", sa.Column("document_state", sa.String(length=10), nullable=True))
    op.execute("UPDATE items SET document_state = state")
    with op.batch_alter_table("items", schema=None) as batch_op:
        batch_op.alter_column("document_state", existing_type=sa.String(length=10), nullable=False)
        for name in CHECKS_BEFORE:
            batch_op.drop_constraint(op.f(name), type_="check")
        for name, condition in CHECKS.items():
            batch_op.create_check_constraint(op.f(name), condition)


def downgrade() -> None:
    """Held and pilot items become drafts; an item of a newer kind is refused by the older check."""
    op.execute("UPDATE items SET state = 'draft', document_state = 'draft' WHERE state IN ('held', 'pilot')")
    with op.batch_alter_table("items", schema=None) as batch_op:
        for name in CHECKS:
            batch_op.drop_constraint(op.f(name), type_="check")
        batch_op.drop_column("document_state")
        for name, condition in CHECKS_BEFORE.items():
            batch_op.create_check_constraint(op.f(name), condition)
    op.drop_column("form_items", "is_pilot")
