"""Tell other programs by webhooks: where messages go, and the messages that wait."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
IS_DUE = sa.text("due_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "outbox_posts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("message_id", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("try_count", sa.Integer(), nullable=False),
        sa.Column("tried_at", INSTANT, nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("last_answer", sa.String(length=1200), nullable=True),
        sa.CheckConstraint("sent_at IS NULL OR due_at IS NULL", name=op.f("ck_outbox_posts_sent_once")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_posts")),
        sa.UniqueConstraint("channel", "message_id", name=op.f("uq_outbox_posts_channel_message_id")),
    )
    op.create_index("ix_outbox_posts_due", "outbox_posts", ["channel", "due_at"], unique=False, sqlite_where=IS_DUE, postgresql_where=IS_DUE)
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("kinds", JSON, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("former_secret", sa.LargeBinary(), nullable=True),
        sa.Column("former_until", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("refused_at", INSTANT, nullable=True),
        sa.Column("failing_since", INSTANT, nullable=True),
        sa.CheckConstraint("(former_secret IS NULL) = (former_until IS NULL)", name=op.f("ck_webhook_endpoints_former_secret_ends")),
        sa.ForeignKeyConstraint(["created_by_id"], ["people.id"], name=op.f("fk_webhook_endpoints_created_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoints")),
        sa.UniqueConstraint("number", name=op.f("uq_webhook_endpoints_number")),
    )


def downgrade() -> None:
    op.drop_table("webhook_endpoints")
    op.drop_table("outbox_posts")
