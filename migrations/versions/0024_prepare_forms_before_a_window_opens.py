"""Prepare forms before a window opens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "prepared_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("pool_hash", sa.String(length=64), nullable=False),
        sa.Column("draw_version", sa.Integer(), nullable=False),
        sa.Column("cap_note", sa.String(length=20), nullable=True),
        sa.Column("record", JSON_VALUE, nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["exam_version_id"], ["exam_versions.id"], name=op.f("fk_prepared_forms_exam_version_id_exam_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_prepared_forms_person_id_people")),
        sa.ForeignKeyConstraint(["pool_hash"], ["draw_pools.hash"], name=op.f("fk_prepared_forms_pool_hash_draw_pools")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_forms")),
        sa.UniqueConstraint("exam_version_id", "person_id", name=op.f("uq_prepared_forms_exam_version_id_person_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_prepared_forms_person_id"), "prepared_forms", ["person_id"])
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER prepared_forms_refuse_{deed.lower()} BEFORE {deed} ON prepared_forms"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'prepared_forms is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_index(op.f("ix_prepared_forms_person_id"), table_name="prepared_forms")
    op.drop_table("prepared_forms")
