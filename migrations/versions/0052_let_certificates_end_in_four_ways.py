"""Let certificates end by disuse or never, begin in shadow, and say what was sat for them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KINDS = ("awarded", "renewed", "suspended", "reinstated", "revoked")
NEW_KINDS = ("signed_off", "extended", "promoted")
OLD_TERM = "(valid_from IS NULL) = (valid_until IS NULL) AND valid_from < valid_until"
CHECKS = {
    "term": "valid_until IS NULL OR (valid_from < valid_until AND disuse_days IS NULL)",
    "only_terms_end": "valid_from IS NOT NULL OR (valid_until IS NULL AND disuse_days IS NULL)",
    "awards_are_provisional": "NOT is_provisional OR kind = 'awarded'",
}
REBUILT = ("certificate_events", "exam_passes")


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


def among(kinds: tuple[str, ...]) -> str:
    return f"kind IN ({', '.join(repr(kind) for kind in kinds)})"


def upgrade() -> None:
    for ledger in REBUILT:
        unguard(ledger)
    with op.batch_alter_table("certificate_events") as batch:
        batch.drop_constraint(op.f("ck_certificate_events_kind"), type_="check")
        batch.drop_constraint(op.f("ck_certificate_events_term"), type_="check")
        batch.add_column(sa.Column("disuse_days", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("is_provisional", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_check_constraint(op.f("ck_certificate_events_kind"), among((*KINDS, *NEW_KINDS)))
        for name, condition in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_certificate_events_{name}"), condition)
    with op.batch_alter_table("exam_passes") as batch:
        batch.add_column(sa.Column("form", JSON, nullable=True))
    for ledger in REBUILT:
        guard(ledger)


def downgrade() -> None:
    """Terms that never end, and entries about time in shadow, go: before, there was nothing like them."""
    for ledger in REBUILT:
        unguard(ledger)
    op.execute(f"DELETE FROM certificate_events WHERE {among(NEW_KINDS)} OR (valid_from IS NOT NULL AND valid_until IS NULL)")
    with op.batch_alter_table("exam_passes") as batch:
        batch.drop_column("form")
    with op.batch_alter_table("certificate_events") as batch:
        for name in (*CHECKS, "kind"):
            batch.drop_constraint(op.f(f"ck_certificate_events_{name}"), type_="check")
        batch.drop_column("is_provisional")
        batch.drop_column("disuse_days")
        batch.create_check_constraint(op.f("ck_certificate_events_kind"), among(KINDS))
        batch.create_check_constraint(op.f("ck_certificate_events_term"), OLD_TERM)
    for ledger in REBUILT:
        guard(ledger)
