"""Count people by team, market and language, and note of whom something changed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql")
INSTANT = sa.DateTime(timezone=True)
TRIGGER = "person_facts_note_insert"
COUNTED = "{new}.kind IN ('status', 'roles', 'team', 'languages', 'markets', 'time_zone')"
NOTE = "INSERT INTO organisation_notes (person_id, due_at) SELECT {{new}}.person_id, {{later}}({{new}}.effective_from, {{new}}.recorded_at){source} WHERE {counted};"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def note(source: str, **words: str) -> str:
    return NOTE.format(source=source, counted=COUNTED).format(**words)


def upgrade() -> None:
    op.create_table(
        "organisation_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=1000), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("markets", JSON, nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("is_moderating", sa.Boolean(), nullable=False),
        sa.Column("person_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_organisation_groups_team_id_teams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_groups")),
        sa.UniqueConstraint("key", name=op.f("uq_organisation_groups_key")),
    )
    op.create_table(
        "organisation_members",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["organisation_groups.id"], name=op.f("fk_organisation_members_group_id_organisation_groups")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_organisation_members_person_id_people")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_organisation_members")),
    )
    op.create_index(op.f("ix_organisation_members_group_id"), "organisation_members", ["group_id"], unique=False)
    op.create_table(
        "organisation_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_organisation_notes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_notes")),
    )
    op.create_index(op.f("ix_organisation_notes_due_at_id"), "organisation_notes", ["due_at", "id"], unique=False)
    op.execute("INSERT INTO organisation_notes (person_id, due_at) SELECT id, created_at FROM people")
    op.execute("INSERT INTO organisation_notes (person_id, due_at) SELECT person_id, due_at FROM pending_facts")
    if is_sqlite():
        op.execute(f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON person_facts BEGIN {note('', new='new', later='max')} END")
        return
    body = note(" FROM added", new="added", later="greatest")
    op.execute(f"CREATE OR REPLACE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$")
    op.execute(f"CREATE TRIGGER {TRIGGER} AFTER INSERT ON person_facts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()")


def downgrade() -> None:
    op.execute(f"DROP TRIGGER {TRIGGER}" if is_sqlite() else f"DROP TRIGGER {TRIGGER} ON person_facts")
    if not is_sqlite():
        op.execute(f"DROP FUNCTION {TRIGGER}()")
    op.drop_table("organisation_notes")
    op.drop_table("organisation_members")
    op.drop_table("organisation_groups")
