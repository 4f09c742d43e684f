"""Let trainers pick what others practise, and give it to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "practice_sets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("case_ids", JSON_VALUE, nullable=False),
        sa.Column("clauses", JSON_VALUE, nullable=False),
        sa.Column("case_count", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("case_count BETWEEN 1 AND 100", name=op.f("ck_practice_sets_size_bounded")),
        sa.ForeignKeyConstraint(["made_by_id"], ["people.id"], name=op.f("fk_practice_sets_made_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_sets")),
        info={"append_only": True},
    )
    op.create_table(
        "set_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name=op.f("ck_set_assignments_is_for_a_person_or_a_team")),
        sa.ForeignKeyConstraint(["given_by_id"], ["people.id"], name=op.f("fk_set_assignments_given_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_set_assignments_person_id_people")),
        sa.ForeignKeyConstraint(["set_id"], ["practice_sets.id"], name=op.f("fk_set_assignments_set_id_practice_sets")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_set_assignments_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_set_assignments")),
    )
    op.create_index("ix_set_assignments_set_id", "set_assignments", ["set_id"], unique=False)
    for whom in ("person", "team"):
        op.create_index(
            f"uq_set_assignments_open_{whom}",
            "set_assignments",
            [f"{whom}_id", "set_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER practice_sets_refuse_{deed.lower()} BEFORE {deed} ON practice_sets"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'practice_sets is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("set_assignments")
    op.drop_table("practice_sets")
