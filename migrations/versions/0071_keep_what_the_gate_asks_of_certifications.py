"""Keep what the gate asks of certifications beside their ledger, and since when.

What is published already is asked from now on: answers about earlier instants stay what they were.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
TABLE = "certification_conditions"
USUAL_WINDOW = 30


def upgrade() -> None:
    made = op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certification_id", sa.Integer(), nullable=False),
        sa.Column("prerequisites", JSON, nullable=False),
        sa.Column("renewal_window_days", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("renewal_window_days >= 0", name=op.f("ck_certification_conditions_window_is_no_less_than_nothing")),
        sa.ForeignKeyConstraint(["certification_id"], ["certifications.id"], name=op.f("fk_certification_conditions_certification_id_certifications")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certification_conditions")),
        info={"append_only": True},
    )
    op.create_index("ix_certification_conditions_certification", TABLE, ["certification_id"])
    rows = _published(datetime.now(UTC))
    if rows:
        op.bulk_insert(made, rows)
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {TABLE}_refuse_{deed.lower()} BEFORE {deed} ON {TABLE}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{TABLE} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def _published(now: datetime) -> list[dict[str, object]]:
    """What the current versions ask beyond what every certification does."""
    versions = sa.table("certification_versions", sa.column("id"), sa.column("certification_id"), sa.column("document", JSON))
    certifications = sa.table("certifications", sa.column("current_version_id"))
    found = op.get_bind().execute(
        sa.select(versions.c.certification_id, versions.c.document).join(certifications, certifications.c.current_version_id == versions.c.id)
    )
    same = {"effective_from": now, "recorded_at": now}
    asked = [(number, list(document["needs"].get("prerequisites", ())), document.get("renewal_window_days", USUAL_WINDOW)) for number, document in found]
    return [
        {"certification_id": number, "prerequisites": prerequisites, "renewal_window_days": window, **same}
        for number, prerequisites, window in asked
        if prerequisites or window != USUAL_WINDOW
    ]


def downgrade() -> None:
    op.drop_table(TABLE)
