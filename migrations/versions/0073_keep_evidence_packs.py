"""Keep which evidence packs were asked for and made."""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "evidence_packs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("queue_slug", sa.String(length=60), nullable=True),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("since", INSTANT, nullable=True),
        sa.Column("has_names", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=True),
        sa.Column("made_at", INSTANT, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("facts_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("byte_count", sa.Integer(), nullable=True),
        sa.Column("person_count", sa.Integer(), nullable=True),
        sa.CheckConstraint("(made_at IS NULL) = (pdf_sha256 IS NULL)", name=op.f("ck_evidence_packs_made_with_its_paper")),
        sa.CheckConstraint(
            "(made_at IS NULL) = (sha256 IS NULL) AND (made_at IS NULL) = (facts_sha256 IS NULL)", name=op.f("ck_evidence_packs_made_with_its_hashes")
        ),
        sa.CheckConstraint("(scope = 'person') = (person_id IS NOT NULL)", name=op.f("ck_evidence_packs_names_its_person")),
        sa.CheckConstraint("(scope = 'queue') = (queue_slug IS NOT NULL)", name=op.f("ck_evidence_packs_names_its_queue")),
        sa.CheckConstraint("scope IN ('person', 'queue', 'organisation')", name=op.f("ck_evidence_packs_scope_is_known")),
        sa.CheckConstraint("since IS NULL OR since < at", name=op.f("ck_evidence_packs_span")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["people.id"], name=op.f("fk_evidence_packs_asked_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_evidence_packs_person_id_people")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_evidence_packs_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_packs")),
        sa.UniqueConstraint("public_id", name=op.f("uq_evidence_packs_public_id")),
    )
    op.create_index("ix_evidence_packs_asked_by", "evidence_packs", ["asked_by_id", "id"])
    op.create_index("ix_evidence_packs_person", "evidence_packs", ["person_id"])
    op.create_index("ix_evidence_packs_waiting", "evidence_packs", ["made_at", "begun_at"])


def downgrade() -> None:
    op.drop_table("evidence_packs")
