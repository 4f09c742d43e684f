"""Keep calls for blind labels of one case, whom they were asked, and what was said."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
IS_OPEN = sa.text("closed_at IS NULL")
LEDGER = "case_panel_labels"


def upgrade() -> None:
    op.create_table(
        "case_panels",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("surface", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("market", sa.String(length=2), nullable=False),
        sa.Column("content", JSON, nullable=False),
        sa.Column("images", JSON, nullable=False),
        sa.Column("recording", JSON, nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("area", sa.String(length=10), nullable=False),
        sa.Column("concept", sa.String(length=20), nullable=False),
        sa.Column("family", sa.String(length=60), nullable=False),
        sa.Column("severity", sa.String(length=2), nullable=True),
        sa.Column("is_exam_material", sa.Boolean(), nullable=False),
        sa.Column("is_open_call", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_case_panels_made_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_panels")),
    )
    op.create_index("uq_case_panels_one_open", "case_panels", ["slug"], unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    op.create_index("ix_case_panels_shown", "case_panels", ["slug", "content_hash"], unique=False)
    op.create_index("ix_case_panels_area", "case_panels", ["area", "opened_at"], unique=False)
    _who_labels()


def _who_labels() -> None:
    op.create_table(
        "case_panel_seats",
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("informed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["panel_id"], ["case_panels.id"], name=op.f("fk_case_panel_seats_panel_id_case_panels")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_panel_seats_person_id_people")),
        sa.PrimaryKeyConstraint("panel_id", "person_id", name=op.f("pk_case_panel_seats")),
    )
    op.create_index("ix_case_panel_seats_person", "case_panel_seats", ["person_id"], unique=False)
    op.create_table(
        LEDGER,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("answer", JSON, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["panel_id"], ["case_panels.id"], name=op.f("fk_case_panel_labels_panel_id_case_panels")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_case_panel_labels_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_panel_labels")),
        sa.UniqueConstraint("panel_id", "person_id", name=op.f("uq_case_panel_labels_panel_id_person_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_case_panel_labels_person_id"), LEDGER, ["person_id"], unique=False)
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {LEDGER}_refuse_{deed.lower()} BEFORE {deed} ON {LEDGER}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{LEDGER} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    for table in (LEDGER, "case_panel_seats", "case_panels"):
        op.drop_table(table)
