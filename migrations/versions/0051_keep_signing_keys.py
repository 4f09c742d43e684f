"""Keep signing keys, the private half of the one in use sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
IN_USE = sa.text("retired_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=43), nullable=False),
        sa.Column("algorithm", sa.String(length=10), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_private_key", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("revoked_because", sa.String(length=400), nullable=True),
        sa.CheckConstraint("(retired_at IS NULL) = (sealed_private_key IS NOT NULL)", name=op.f("ck_signing_keys_private_while_in_use")),
        sa.CheckConstraint("revoked_at IS NULL OR retired_at IS NOT NULL", name=op.f("ck_signing_keys_revoked_is_retired")),
        sa.CheckConstraint("(revoked_at IS NULL) = (revoked_because IS NULL)", name=op.f("ck_signing_keys_revoked_for_a_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
        sa.UniqueConstraint("number", name=op.f("uq_signing_keys_number")),
    )
    op.create_index("uq_signing_keys_one_in_use", "signing_keys", ["algorithm"], unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE)


def downgrade() -> None:
    op.drop_table("signing_keys")
