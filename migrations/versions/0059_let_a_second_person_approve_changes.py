"""Let a change of policy wait for a second person."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    op.create_table(
        "policy_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("document", JSON, nullable=False),
        sa.Column("rekeyed", JSON, nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_policy_proposals_author_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_proposals")),
        sa.UniqueConstraint("digest", name=op.f("uq_policy_proposals_digest")),
        info={"append_only": True},
    )
    op.create_table(
        "policy_approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=False),
        sa.Column("approved_at", INSTANT, nullable=False),
        sa.CheckConstraint("approved_by_id <> author_id", name=op.f("ck_policy_approvals_by_somebody_else")),
        sa.ForeignKeyConstraint(["approved_by_id"], ["people.id"], name=op.f("fk_policy_approvals_approved_by_id_people")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_policy_approvals_author_id_people")),
        sa.ForeignKeyConstraint(["proposal_id"], ["policy_proposals.id"], name=op.f("fk_policy_approvals_proposal_id_policy_proposals")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_approvals")),
        sa.UniqueConstraint("proposal_id", name=op.f("uq_policy_approvals_proposal_id")),
        info={"append_only": True},
    )
    for ledger in ("policy_proposals", "policy_approvals"):
        guard(ledger)


def downgrade() -> None:
    op.drop_table("policy_approvals")
    op.drop_table("policy_proposals")
