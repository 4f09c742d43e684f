"""Say of an item that a changed rule holds who wrote the change, and let another key release it without a person."""

import sqlalchemy as sa
from alembic import op

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None

AUTHOR = op.f("fk_item_flag_events_rule_author_id_people")


def upgrade() -> None:
    with op.batch_alter_table("item_flag_events") as batch:
        batch.add_column(sa.Column("rule_author_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(AUTHOR, "people", ["rule_author_id"], ["id"])
        batch.drop_constraint(op.f("ck_item_flag_events_people_rule"), type_="check")
        batch.create_check_constraint(op.f("ck_item_flag_events_people_hold"), "deed <> 'held' OR by_id IS NOT NULL")
        batch.create_check_constraint(op.f("ck_item_flag_events_rules_hold"), "rule_author_id IS NULL OR deed = 'held'")


def downgrade() -> None:
    op.execute("DELETE FROM item_flag_events WHERE deed = 'released' AND by_id IS NULL")
    with op.batch_alter_table("item_flag_events") as batch:
        batch.drop_constraint(op.f("ck_item_flag_events_rules_hold"), type_="check")
        batch.drop_constraint(op.f("ck_item_flag_events_people_hold"), type_="check")
        batch.create_check_constraint(op.f("ck_item_flag_events_people_rule"), "deed = 'raised' OR by_id IS NOT NULL")
        batch.drop_constraint(AUTHOR, type_="foreignkey")
        batch.drop_column("rule_author_id")
