"""Let judges say in workshops where the cut of an exam lies; what they said on items' pages counts on."""

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

LEDGER = "item_estimates"
WORKSHOP = "fk_item_estimates_workshop_id_cut_workshops"


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def unguard(ledger: str) -> None:
    """Let rows of a ledger be changed until it is guarded again."""
    on = "" if op.get_bind().dialect.name == "sqlite" else f" ON {ledger}"
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER {ledger}_refuse_{deed}{on}")


def upgrade() -> None:
    op.create_table(
        "cut_workshops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_version_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revealed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("revealed_at IS NULL OR revealed_at >= called_at", name=op.f("ck_cut_workshops_revealed_after_it_was_called")),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= coalesce(revealed_at, called_at)", name=op.f("ck_cut_workshops_closed_last")),
        sa.ForeignKeyConstraint(["called_by_id"], ["people.id"], name=op.f("fk_cut_workshops_called_by_id_people")),
        sa.ForeignKeyConstraint(["exam_version_id"], ["exam_versions.id"], name=op.f("fk_cut_workshops_exam_version_id_exam_versions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cut_workshops")),
    )
    op.create_index(op.f("ix_cut_workshops_exam_version_id"), "cut_workshops", ["exam_version_id"])
    _members()
    unguard(LEDGER)
    with op.batch_alter_table(LEDGER) as batch:
        batch.add_column(sa.Column("workshop_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("round_number", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(WORKSHOP), "cut_workshops", ["workshop_id"], ["id"])
        batch.create_check_constraint(op.f("ck_item_estimates_workshops_have_rounds"), "(workshop_id IS NULL) = (round_number IS NULL)")
        batch.create_check_constraint(op.f("ck_item_estimates_round_is_known"), "round_number IN (1, 2)")
        batch.create_index(op.f("ix_item_estimates_workshop_id"), ["workshop_id"])
    guard(LEDGER)


def _members() -> None:
    op.create_table(
        "cut_workshop_questions",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_cut_workshop_questions_item_version_id_item_versions")),
        sa.ForeignKeyConstraint(["workshop_id"], ["cut_workshops.id"], name=op.f("fk_cut_workshop_questions_workshop_id_cut_workshops")),
        sa.PrimaryKeyConstraint("workshop_id", "position", name=op.f("pk_cut_workshop_questions")),
        sa.UniqueConstraint("workshop_id", "item_version_id", name=op.f("uq_cut_workshop_questions_workshop_id_item_version_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_cut_workshop_questions_item_version_id"), "cut_workshop_questions", ["item_version_id"])
    guard("cut_workshop_questions")
    op.create_table(
        "cut_workshop_judges",
        sa.Column("workshop_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_cut_workshop_judges_person_id_people")),
        sa.ForeignKeyConstraint(["workshop_id"], ["cut_workshops.id"], name=op.f("fk_cut_workshop_judges_workshop_id_cut_workshops")),
        sa.PrimaryKeyConstraint("workshop_id", "person_id", name=op.f("pk_cut_workshop_judges")),
    )
    op.create_index("ix_cut_workshop_judges_person", "cut_workshop_judges", ["person_id"])


def downgrade() -> None:
    """What was said in workshops stays: on items' pages it would have counted as well, unless it was revealed to nobody."""
    unguard(LEDGER)
    op.execute("DELETE FROM item_estimates WHERE workshop_id IN (SELECT id FROM cut_workshops WHERE revealed_at IS NULL)")
    with op.batch_alter_table(LEDGER) as batch:
        batch.drop_index(op.f("ix_item_estimates_workshop_id"))
        batch.drop_constraint(op.f("ck_item_estimates_round_is_known"), type_="check")
        batch.drop_constraint(op.f("ck_item_estimates_workshops_have_rounds"), type_="check")
        batch.drop_constraint(op.f(WORKSHOP), type_="foreignkey")
        batch.drop_column("round_number")
        batch.drop_column("workshop_id")
    guard(LEDGER)
    op.drop_table("cut_workshop_judges")
    op.drop_table("cut_workshop_questions")
    op.drop_table("cut_workshops")
