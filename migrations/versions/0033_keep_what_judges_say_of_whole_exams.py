"""Keep what judges say of whole exams."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

PERCENTAGES = ("cut_percent", "passing_percent", "lowest_cut_percent", "highest_cut_percent", "lowest_failing_percent", "highest_failing_percent")
CHECKS = {
    "cut_is_not_below_the_lowest": "0 <= lowest_cut_percent AND lowest_cut_percent <= cut_percent",
    "cut_is_not_above_the_highest": "cut_percent <= highest_cut_percent AND highest_cut_percent <= 100",
    "as_many_fail_as_the_lowest": "0 <= lowest_failing_percent AND lowest_failing_percent <= 100 - passing_percent",
    "no_more_fail_than_the_highest": "100 - passing_percent <= highest_failing_percent AND highest_failing_percent <= 100",
}


def upgrade() -> None:
    op.create_table(
        "cut_estimates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_version_id", sa.Integer(), nullable=False),
        sa.Column("judge_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in PERCENTAGES),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.CheckConstraint(condition, name=op.f(f"ck_cut_estimates_{name}")) for name, condition in CHECKS.items()),
        sa.ForeignKeyConstraint(["exam_version_id"], ["exam_versions.id"], name=op.f("fk_cut_estimates_exam_version_id_exam_versions")),
        sa.ForeignKeyConstraint(["judge_id"], ["people.id"], name=op.f("fk_cut_estimates_judge_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut_estimates")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_cut_estimates_exam_version_id"), "cut_estimates", ["exam_version_id"])
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER cut_estimates_refuse_{deed.lower()} BEFORE {deed} ON cut_estimates"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'cut_estimates is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_index(op.f("ix_cut_estimates_exam_version_id"), table_name="cut_estimates")
    op.drop_table("cut_estimates")
