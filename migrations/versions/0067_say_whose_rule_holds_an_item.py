"""Say of an item that a changed rule holds who wrote the change, and let another key release it without a person."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

AUTHOR = "fk_item_flag_events_rule_author_id_people"
LEDGER = "item_flag_events"


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
    unguard(LEDGER)
    with op.batch_alter_table(LEDGER) as batch:
        batch.add_column(sa.Column("rule_author_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f(AUTHOR), "people", ["rule_author_id"], ["id"])
        batch.drop_constraint(op.f("ck_item_flag_events_people_rule"), type_="check")
        batch.create_check_constraint(op.f("ck_item_flag_events_people_hold"), "deed <> 'held' OR by_id IS NOT NULL")
        batch.create_check_constraint(op.f("ck_item_flag_events_rules_hold"), "rule_author_id IS NULL OR deed = 'held'")
    guard(LEDGER)


def downgrade() -> None:
    unguard(LEDGER)
    op.execute("DELETE FROM item_flag_events WHERE deed = 'released' AND by_id IS NULL")
    with op.batch_alter_table(LEDGER) as batch:
        batch.drop_constraint(op.f("ck_item_flag_events_rules_hold"), type_="check")
        batch.drop_constraint(op.f("ck_item_flag_events_people_hold"), type_="check")
        batch.create_check_constraint(op.f("ck_item_flag_events_people_rule"), "deed = 'raised' OR by_id IS NOT NULL")
        batch.drop_constraint(op.f(AUTHOR), type_="foreignkey")
        batch.drop_column("rule_author_id")
    guard(LEDGER)
