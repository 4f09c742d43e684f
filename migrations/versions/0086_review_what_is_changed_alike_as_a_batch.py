"""Make batches of the drafts that were changed together, as of those that came in together."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

MAKE_BATCH = """
INSERT INTO draft_batches (title, begun_by_id, begun_at)
SELECT 'Items changed together', author_id, created_at FROM drafts WHERE id = :first RETURNING id
"""
MAKE_MEMBERS = """
INSERT INTO draft_batch_members (draft_id, batch_id, position)
SELECT id, :batch_id, row_number() OVER (ORDER BY slug, id) - 1 FROM drafts WHERE batch = :batch
"""
CHANGED = """
SELECT batch_id FROM draft_batch_members JOIN drafts ON drafts.id = draft_id GROUP BY batch_id HAVING count(*) = count(base_text) ORDER BY batch_id
"""
"""The batches of what ran already: what came in together was new."""
NAME_AGAIN = "UPDATE drafts SET batch = :batch WHERE id IN (SELECT draft_id FROM draft_batch_members WHERE batch_id = :batch_id)"


def upgrade() -> None:
    connection = op.get_bind()
    for batch, first in connection.execute(sa.text("SELECT batch, min(id) FROM drafts WHERE batch IS NOT NULL GROUP BY batch ORDER BY min(id)")).all():
        batch_id = connection.scalar(sa.text(MAKE_BATCH), {"first": first})
        connection.execute(sa.text(MAKE_MEMBERS), {"batch": batch, "batch_id": batch_id})
    op.drop_index(op.f("ix_drafts_batch"), "drafts")
    op.drop_column("drafts", "batch")


def downgrade() -> None:
    op.add_column("drafts", sa.Column("batch", sa.String(length=32), nullable=True))
    op.create_index(op.f("ix_drafts_batch"), "drafts", ["batch"])
    connection = op.get_bind()
    batches = connection.scalars(sa.text(CHANGED)).all()
    for batch_id in batches:
        connection.execute(sa.text(NAME_AGAIN), {"batch": f"batch-{batch_id}", "batch_id": batch_id})
    for ledger, column in (("draft_batch_members", "batch_id"), ("draft_batches", "id")):
        _unguard(ledger)
        for batch_id in batches:
            connection.execute(sa.text(f"DELETE FROM {ledger} WHERE {column} = :batch_id"), {"batch_id": batch_id})
        _guard(ledger)


def _unguard(ledger: str) -> None:
    op.execute(f"DROP TRIGGER {ledger}_refuse_delete{'' if op.get_bind().dialect.name == 'sqlite' else f' ON {ledger}'}")


def _guard(ledger: str) -> None:
    trigger = f"CREATE TRIGGER {ledger}_refuse_delete BEFORE DELETE ON {ledger}"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
    else:
        op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
