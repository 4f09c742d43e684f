"""Keep drafts of documents, what was submitted of them and what colleagues say, and who knows a text before it is a question."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

LEDGERS = ("text_acquaintances", "draft_comments", "draft_contributors", "draft_revisions", "draft_comment_settlements", "draft_reviews")


def guard(ledger: str) -> None:
    """Let the database refuse to change or delete what was appended."""
    for deed in ("UPDATE", "DELETE"):
        trigger = f"CREATE TRIGGER {ledger}_refuse_{deed.lower()} BEFORE {deed} ON {ledger}"
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"{trigger} BEGIN SELECT RAISE(ABORT, '{ledger} is appended to, never edited'); END")
        else:
            op.execute(f"{trigger} FOR EACH ROW EXECUTE FUNCTION refuse_change()")


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("base_text", sa.Text(), nullable=True),
        sa.Column("base_hash", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("is_exam_material", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('case', 'certification', 'check', 'course', 'exam', 'item', 'module', 'queue', 'taxonomy')", name=op.f("ck_drafts_kind_is_known")
        ),
        sa.CheckConstraint("state IN ('approved', 'changes_asked', 'discarded', 'draft', 'in_review', 'published')", name=op.f("ck_drafts_state_is_known")),
        sa.CheckConstraint("(base_text IS NULL) = (base_hash IS NULL)", name=op.f("ck_drafts_base_is_whole")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_drafts_author_id_people")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["people.id"], name=op.f("fk_drafts_saved_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_author_id"), "drafts", ["author_id"], unique=False)
    op.create_index(op.f("ix_drafts_state"), "drafts", ["state"], unique=False)
    op.create_index(
        "uq_drafts_kind_slug_open",
        "drafts",
        ["kind", "slug"],
        unique=True,
        sqlite_where=sa.text("state IN ('approved', 'changes_asked', 'draft', 'in_review')"),
        postgresql_where=sa.text("state IN ('approved', 'changes_asked', 'draft', 'in_review')"),
    )
    op.create_table(
        "text_acquaintances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("slug", sa.String(length=60), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("how IN ('wrote', 'reviewed', 'labelled', 'opened', 'asked')", name=op.f("ck_text_acquaintances_how_is_known")),
        sa.CheckConstraint("kind IN ('item', 'case')", name=op.f("ck_text_acquaintances_kind_is_known")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_text_acquaintances_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_acquaintances")),
        sa.UniqueConstraint("person_id", "kind", "slug", "how", name=op.f("uq_text_acquaintances_person_id_kind_slug_how")),
        info={"append_only": True},
    )
    op.create_index("ix_text_acquaintances_kind_slug", "text_acquaintances", ["kind", "slug"], unique=False)
    op.create_table(
        "draft_comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("reply_to_id", sa.Integer(), nullable=True),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("line_text", sa.String(length=400), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_draft_comments_by_id_people")),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_comments_draft_id_drafts")),
        sa.ForeignKeyConstraint(["reply_to_id"], ["draft_comments.id"], name=op.f("fk_draft_comments_reply_to_id_draft_comments")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_comments")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_draft_comments_by_id"), "draft_comments", ["by_id"], unique=False)
    op.create_index(op.f("ix_draft_comments_draft_id"), "draft_comments", ["draft_id"], unique=False)
    op.create_table(
        "draft_contributors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_contributors_draft_id_drafts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_draft_contributors_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_contributors")),
        sa.UniqueConstraint("draft_id", "person_id", name=op.f("uq_draft_contributors_draft_id_person_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_draft_contributors_person_id"), "draft_contributors", ["person_id"], unique=False)
    op.create_table(
        "draft_revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_revisions_draft_id_drafts")),
        sa.ForeignKeyConstraint(["submitted_by_id"], ["people.id"], name=op.f("fk_draft_revisions_submitted_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revisions")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_revisions_draft_id_number")),
        info={"append_only": True},
    )
    op.create_table(
        "draft_windows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name=op.f("fk_draft_windows_draft_id_drafts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_draft_windows_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_windows")),
        sa.UniqueConstraint("draft_id", "client_id", name=op.f("uq_draft_windows_draft_id_client_id")),
    )
    op.create_table(
        "draft_comment_settlements",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_draft_comment_settlements_by_id_people")),
        sa.ForeignKeyConstraint(["comment_id"], ["draft_comments.id"], name=op.f("fk_draft_comment_settlements_comment_id_draft_comments")),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_draft_comment_settlements")),
        info={"append_only": True},
    )
    op.create_table(
        "draft_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("revision_hash", sa.String(length=64), nullable=False),
        sa.Column("reviewer_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("verdict IN ('approved', 'changes_asked')", name=op.f("ck_draft_reviews_verdict_is_known")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["people.id"], name=op.f("fk_draft_reviews_reviewer_id_people")),
        sa.ForeignKeyConstraint(["revision_id"], ["draft_revisions.id"], name=op.f("fk_draft_reviews_revision_id_draft_revisions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_reviews")),
        sa.UniqueConstraint("revision_id", "reviewer_id", name=op.f("uq_draft_reviews_revision_id_reviewer_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_draft_reviews_reviewer_id"), "draft_reviews", ["reviewer_id"], unique=False)
    for ledger in LEDGERS:
        guard(ledger)


def downgrade() -> None:
    op.drop_table("draft_reviews")
    op.drop_table("draft_comment_settlements")
    op.drop_table("draft_windows")
    op.drop_table("draft_revisions")
    op.drop_table("draft_contributors")
    op.drop_table("draft_comments")
    op.drop_table("text_acquaintances")
    op.drop_table("drafts")
