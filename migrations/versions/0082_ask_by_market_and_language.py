"""Ask everybody of a market or language too, for modules as for courses, by a day that ends where each person is; and remind them."""

import sqlalchemy as sa
from alembic import op

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None

IS_OPEN = {"sqlite_where": sa.text("withdrawn_at IS NULL"), "postgresql_where": sa.text("withdrawn_at IS NULL")}
ONCE = {
    "rule": ["rule", "course_id"],
    "person_module": ["person_id", "module_id"],
    "team_module": ["team_id", "module_id"],
    "rule_module": ["rule", "module_id"],
}
FOR_ONE = (
    "(person_id IS NOT NULL AND team_id IS NULL AND rule IS NULL) OR (person_id IS NULL AND team_id IS NOT NULL AND rule IS NULL)"
    " OR (person_id IS NULL AND team_id IS NULL AND rule IS NOT NULL)"
)


def upgrade() -> None:
    with op.batch_alter_table("assignments") as batch:
        batch.add_column(sa.Column("rule", sa.String(length=20), nullable=True))
        batch.add_column(sa.Column("module_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("due_on", sa.Date(), nullable=True))
        batch.alter_column("course_id", existing_type=sa.Integer(), nullable=True)
        batch.create_foreign_key(op.f("fk_assignments_module_id_modules"), "modules", ["module_id"], ["id"])
        batch.drop_constraint(op.f("ck_assignments_is_for_a_person_or_a_team"), type_="check")
        batch.create_check_constraint(op.f("ck_assignments_is_for_a_person_a_team_or_a_rule"), FOR_ONE)
        batch.create_check_constraint(op.f("ck_assignments_asks_for_one_thing"), "(course_id IS NULL) <> (module_id IS NULL)")
    op.create_index(op.f("ix_assignments_module_id"), "assignments", ["module_id"])
    for name, columns in ONCE.items():
        op.create_index(f"ix_assignments_open_{name}", "assignments", columns, unique=True, **IS_OPEN)
    op.create_table(
        "assignment_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("days_before IN (7, 1, 0)", name=op.f("ck_assignment_reminders_days_are_known")),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignments.id"], name=op.f("fk_assignment_reminders_assignment_id_assignments")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_assignment_reminders_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_reminders")),
        sa.UniqueConstraint("assignment_id", "person_id", "days_before", name=op.f("uq_assignment_reminders_once")),
    )
    op.create_index("ix_assignment_reminders_person", "assignment_reminders", ["person_id"])


def downgrade() -> None:
    op.drop_table("assignment_reminders")
    for name in ONCE:
        op.drop_index(f"ix_assignments_open_{name}", table_name="assignments")
    op.drop_index(op.f("ix_assignments_module_id"), table_name="assignments")
    op.execute("DELETE FROM assignments WHERE rule IS NOT NULL OR module_id IS NOT NULL")
    with op.batch_alter_table("assignments") as batch:
        batch.drop_constraint(op.f("ck_assignments_asks_for_one_thing"), type_="check")
        batch.drop_constraint(op.f("ck_assignments_is_for_a_person_a_team_or_a_rule"), type_="check")
        batch.create_check_constraint(op.f("ck_assignments_is_for_a_person_or_a_team"), "(person_id IS NULL) <> (team_id IS NULL)")
        batch.drop_constraint(op.f("fk_assignments_module_id_modules"), type_="foreignkey")
        batch.alter_column("course_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("due_on")
        batch.drop_column("module_id")
        batch.drop_column("rule")
