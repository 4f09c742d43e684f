"""Let a picture of a draft be replaced by one of which parts are blacked out: what they showed is not kept."""

from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

DEEDS = ("UPDATE", "DELETE")


def upgrade() -> None:
    for deed in DEEDS:
        op.execute(f"DROP TRIGGER draft_files_refuse_{deed.lower()}{'' if op.get_bind().dialect.name == 'sqlite' else ' ON draft_files'}")


def downgrade() -> None:
    for deed in DEEDS:
        trigger = f"CREATE TRIGGER draft_files_refuse_{deed.lower()} BEFORE {deed} ON draft_files"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'draft_files is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")
