"""Count off forms that nobody sat."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("form_uses", sa.Column("is_taken_back", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "prepared_form_releases",
        sa.Column("form_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["form_id"], ["prepared_forms.id"], name=op.f("fk_prepared_form_releases_form_id_prepared_forms")),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_prepared_form_releases")),
        info={"append_only": True},
    )
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER prepared_form_releases_refuse_{deed.lower()} BEFORE {deed} ON prepared_form_releases"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, 'prepared_form_releases is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def downgrade() -> None:
    op.drop_table("prepared_form_releases")
    op.drop_column("form_uses", "is_taken_back")
