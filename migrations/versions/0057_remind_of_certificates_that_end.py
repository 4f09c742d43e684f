"""Remember who was reminded of which end, and open calendars by secret addresses."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "certificate_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("settled_at", INSTANT, nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("days_before IN (30, 14, 7, 1)", name=op.f("ck_certificate_reminders_days_are_known")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_certificate_reminders_certification_id_certifications")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_reminders_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_reminders")),
        sa.UniqueConstraint("person_id", "certification_id", "ends_at", "days_before", name="uq_certificate_reminders_once"),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.CheckConstraint("kind IN ('own', 'team')", name=op.f("ck_calendar_feeds_kind_is_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_calendar_feeds_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feeds_token_hash")),
    )
    op.create_index("uq_calendar_feeds_one_open", "calendar_feeds", ["person_id", "kind"], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index(op.f("ix_certificate_events_valid_until"), "certificate_events", ["valid_until"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_certificate_events_valid_until"), table_name="certificate_events")
    op.drop_table("calendar_feeds")
    op.drop_table("certificate_reminders")
