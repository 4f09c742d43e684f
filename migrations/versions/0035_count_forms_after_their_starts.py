"""Count the use of items after the starts that use them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

JSON_VALUE = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COUNT = """
UPDATE exams SET form_count =
    (SELECT count(*) FROM attempts JOIN exam_versions ON exam_versions.id = attempts.exam_version_id WHERE exam_versions.exam_id = exams.id)
  + (SELECT count(*) FROM prepared_forms JOIN exam_versions ON exam_versions.id = prepared_forms.exam_version_id
     WHERE exam_versions.exam_id = exams.id
       AND NOT EXISTS (SELECT 1 FROM attempts WHERE attempts.person_id = prepared_forms.person_id AND attempts.seed = prepared_forms.seed))
"""


def upgrade() -> None:
    op.add_column("exams", sa.Column("form_count", sa.Integer(), nullable=False, server_default="0"))
    op.execute(COUNT)
    op.create_table(
        "form_uses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("item_ids", JSON_VALUE, nullable=False),
        sa.Column("is_new_form", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_form_uses_exam_id_exams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_uses")),
    )
    op.create_index(op.f("ix_form_uses_exam_id"), "form_uses", ["exam_id"])


def downgrade() -> None:
    """What waits to be counted is counted first."""
    values = "jsonb_array_elements_text(item_ids)" if op.get_bind().dialect.name == "postgresql" else "json_each(item_ids)"
    op.execute(f"""
        INSERT INTO item_uses (exam_id, item_id, form_count)
        SELECT exam_id, CAST(item.value AS integer), count(*) FROM form_uses, {values} AS item WHERE true GROUP BY 1, 2
        ON CONFLICT (exam_id, item_id) DO UPDATE SET form_count = item_uses.form_count + excluded.form_count
    """)
    op.drop_table("form_uses")
    op.drop_column("exams", "form_count")
