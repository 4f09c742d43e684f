"""Let exceptions for the gravest work take two people."""

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "override_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("effective_from", INSTANT, nullable=False),
        sa.Column("effective_until", INSTANT, nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("withdrawn_at", INSTANT, nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("effect IN ('allow', 'deny')", name=op.f("ck_override_proposals_effect")),
        sa.CheckConstraint("effective_from < effective_until", name=op.f("ck_override_proposals_span")),
        sa.CheckConstraint("person_id <> proposed_by_id", name=op.f("ck_override_proposals_nobody_for_themselves")),
        sa.CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name=op.f("ck_override_proposals_withdrawn")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_override_proposals_person_id_people")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_override_proposals_queue_id_queues")),
        sa.ForeignKeyConstraint(["proposed_by_id"], ["people.id"], name=op.f("fk_override_proposals_proposed_by_id_people")),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["people.id"], name=op.f("fk_override_proposals_withdrawn_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override_proposals")),
    )
    op.create_index("ix_override_proposals_person", "override_proposals", ["person_id"])
    op.create_index("ix_override_proposals_expires", "override_proposals", ["expires_at"])
    with op.batch_alter_table("queue_overrides") as batch:
        batch.add_column(sa.Column("proposal_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("confirmed_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_queue_overrides_proposal_id_override_proposals"), "override_proposals", ["proposal_id"], ["id"])
        batch.create_foreign_key(op.f("fk_queue_overrides_confirmed_by_id_people"), "people", ["confirmed_by_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_queue_overrides_proposal_id"), ["proposal_id"])
        batch.create_check_constraint(op.f("ck_queue_overrides_by_two_others"), "confirmed_by_id <> granted_by_id AND confirmed_by_id <> person_id")
        batch.create_check_constraint(op.f("ck_queue_overrides_confirmed"), "(proposal_id IS NULL) = (confirmed_by_id IS NULL)")


def downgrade() -> None:
    with op.batch_alter_table("queue_overrides") as batch:
        batch.drop_constraint(op.f("ck_queue_overrides_confirmed"), type_="check")
        batch.drop_constraint(op.f("ck_queue_overrides_by_two_others"), type_="check")
        batch.drop_constraint(op.f("uq_queue_overrides_proposal_id"), type_="unique")
        batch.drop_constraint(op.f("fk_queue_overrides_confirmed_by_id_people"), type_="foreignkey")
        batch.drop_constraint(op.f("fk_queue_overrides_proposal_id_override_proposals"), type_="foreignkey")
        batch.drop_column("confirmed_by_id")
        batch.drop_column("proposal_id")
    op.drop_table("override_proposals")
