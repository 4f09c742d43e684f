"""Remember also who was told that a certificate ended by disuse: none days before its end."""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None

NAME = "ck_certificate_reminders_days_are_known"


def allow(days: str) -> None:
    with op.batch_alter_table("certificate_reminders") as batch:
        batch.drop_constraint(op.f(NAME), type_="check")
        batch.create_check_constraint(op.f(NAME), f"days_before IN ({days})")


def upgrade() -> None:
    allow("30, 14, 7, 1, 0")


def downgrade() -> None:
    op.execute("DELETE FROM certificate_reminders WHERE days_before = 0")
    allow("30, 14, 7, 1")
