"""Let a judgement stand in for another."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ONE = "uq_judgements_one_per_occasion"
OCCASION = ["person_id", "case_id", "source", "occasion"]
FIRST = sa.text("corrects_id IS NULL")
DATED = "ck_judgements_corrections_are_dated", "(corrects_id IS NULL) = (corrected_at IS NULL)"
CORRECTS = "fk_judgements_corrects_id_judgements"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def guard() -> None:
    """Let the database refuse to change what is only appended to: SQLite forgot it with the table that was made anew."""
    if is_sqlite():
        for deed in ("UPDATE", "DELETE"):
            trigger = f"CREATE TRIGGER judgements_refuse_{deed.lower()} BEFORE {deed} ON judgements"
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'judgements is appended to, never edited'); END")


def upgrade() -> None:
    with op.batch_alter_table("judgements") as batch_op:
        batch_op.add_column(sa.Column("is_withdrawn", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(op.f(CORRECTS), "judgements", ["corrects_id"], ["id"])
        batch_op.create_unique_constraint(op.f("uq_judgements_corrects_id"), ["corrects_id"])
        batch_op.create_check_constraint(op.f(DATED[0]), DATED[1])
        batch_op.drop_constraint(ONE, type_="unique")
    op.create_index(ONE, "judgements", OCCASION, unique=True, sqlite_where=FIRST, postgresql_where=FIRST)
    guard()


def downgrade() -> None:
    """What stands in for another goes: before, the first judgement of an occasion was the only one.

    What people's judgements add up to is reckoned anew by going down to 0027 and up again.
    """
    for deed in ("UPDATE", "DELETE"):
        op.execute(f"DROP TRIGGER judgements_refuse_{deed.lower()}" + ("" if is_sqlite() else " ON judgements"))
    op.execute("DELETE FROM judgements WHERE corrects_id IS NOT NULL")
    op.drop_index(ONE, table_name="judgements")
    with op.batch_alter_table("judgements") as batch_op:
        batch_op.create_unique_constraint(ONE, OCCASION)
        batch_op.drop_constraint(op.f(DATED[0]), type_="check")
        batch_op.drop_constraint(op.f("uq_judgements_corrects_id"), type_="unique")
        batch_op.drop_constraint(op.f(CORRECTS), type_="foreignkey")
        for column in ("corrected_at", "corrects_id", "is_withdrawn"):
            batch_op.drop_column(column)
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER judgements_refuse_{deed.lower()} BEFORE {deed} ON judgements"
        if is_sqlite():
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'judgements is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
