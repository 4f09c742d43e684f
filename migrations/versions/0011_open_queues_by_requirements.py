"""Open queues by requirements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

LEDGERS = ("queue_versions",)
"""Tables that are appended to, never edited: the database refuses anything else."""


def upgrade() -> None:
    op.create_table(
        "queues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queues")),
        sa.UniqueConstraint("slug", name=op.f("uq_queues_slug")),
    )
    op.create_table(
        "queue_overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by_id", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("effect IN ('allow', 'deny')", name=op.f("ck_queue_overrides_effect")),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_recorded_at IS NULL)", name=op.f("ck_queue_overrides_revoked")),
        sa.CheckConstraint("effective_from < effective_until", name=op.f("ck_queue_overrides_span")),
        sa.CheckConstraint("person_id <> granted_by_id", name=op.f("ck_queue_overrides_nobody_for_themselves")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["people.id"], name=op.f("fk_queue_overrides_granted_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_queue_overrides_person_id_people")),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_queue_overrides_queue_id_queues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_overrides")),
    )
    with op.batch_alter_table("queue_overrides", schema=None) as batch_op:
        batch_op.create_index("ix_queue_overrides_person_queue", ["person_id", "queue_id"], unique=False)
        batch_op.create_index("ix_queue_overrides_until", ["effective_until"], unique=False)

    op.create_table(
        "queue_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("queue_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", JSON_VALUE, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["queue_id"], ["queues.id"], name=op.f("fk_queue_versions_queue_id_queues")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_versions")),
        sa.UniqueConstraint("queue_id", "number", name=op.f("uq_queue_versions_queue_id_number")),
        info={"append_only": True},
    )
    for ledger in LEDGERS:
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
            else:
                op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("queue_versions")
    with op.batch_alter_table("queue_overrides", schema=None) as batch_op:
        batch_op.drop_index("ix_queue_overrides_until")
        batch_op.drop_index("ix_queue_overrides_person_queue")

    op.drop_table("queue_overrides")
    op.drop_table("queues")
