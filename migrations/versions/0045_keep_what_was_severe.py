"""Keep when severe cases were shown to whom, for the limits of a day and a week."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "severe_exposures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("serving_id", sa.Integer(), nullable=False),
        sa.Column("shown_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_severe_exposures_person_id_people")),
        sa.ForeignKeyConstraint(["serving_id"], ["servings.id"], name=op.f("fk_severe_exposures_serving_id_servings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_severe_exposures")),
        sa.UniqueConstraint("serving_id", name=op.f("uq_severe_exposures_serving_id")),
        info={"append_only": True},
    )
    op.create_index("ix_severe_exposures_person_shown", "severe_exposures", ["person_id", "shown_at"], unique=False)
    op.execute("INSERT INTO severe_exposures (person_id, serving_id, shown_at) SELECT person_id, id, served_at FROM servings WHERE is_severe AND NOT is_ahead")
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER severe_exposures_refuse_{deed.lower()} BEFORE {deed} ON severe_exposures"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'severe_exposures is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("severe_exposures")
