"""Keep what people consent to, and ask first where nobody worked here before."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

KINDS = ("violence", "self_harm", "hate", "sexual", "children")


def upgrade() -> None:
    op.create_table(
        "consent_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.String(length=20), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consent_events_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_events")),
        info={"append_only": True},
    )
    op.create_index("ix_consent_events_person", "consent_events", ["person_id"], unique=False)
    askings = op.create_table(
        "consent_askings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sensitivity", sa.String(length=20), nullable=False),
        sa.Column("is_asked", sa.Boolean(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_consent_askings_decided_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent_askings")),
        info={"append_only": True},
    )
    op.create_index("ix_consent_askings_sensitivity", "consent_askings", ["sensitivity"], unique=False)
    _ask_first_where_nobody_works_yet(askings)
    for table in ("consent_events", "consent_askings"):
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER {table}_refuse_{deed.lower()} BEFORE {deed} ON {table}"
            if op.get_bind().dialect.name == "sqlite":
                op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{table} is appended to, never edited'); END")
            else:
                op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _ask_first_where_nobody_works_yet(askings: sa.Table) -> None:
    """Where people work already, asking all at once would close their queues in the middle of a shift: there an administrator decides when."""
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM people")):
        return
    now = datetime.now(UTC)
    op.bulk_insert(askings, [{"sensitivity": kind, "is_asked": True, "effective_from": now, "recorded_at": now, "decided_by_id": None} for kind in KINDS])


def downgrade() -> None:
    op.drop_table("consent_askings")
    op.drop_table("consent_events")
