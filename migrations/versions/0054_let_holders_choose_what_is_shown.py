"""Let holders choose what public pages show of their name, and count what is looked up."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "certificate_disclosures",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("shows", sa.String(length=10), nullable=False),
        sa.Column("chosen_at", INSTANT, nullable=False),
        sa.CheckConstraint("shows IN ('nothing', 'initials', 'name')", name=op.f("ck_certificate_disclosures_shows_is_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_certificate_disclosures_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_certificate_disclosures")),
    )
    op.create_table(
        "verification_looks",
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("began_at", INSTANT, nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_verification_looks")),
    )
    op.create_index(op.f("ix_verification_looks_began_at"), "verification_looks", ["began_at"], unique=False)


def downgrade() -> None:
    op.drop_table("verification_looks")
    op.drop_table("certificate_disclosures")
