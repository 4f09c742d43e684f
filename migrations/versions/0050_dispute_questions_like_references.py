"""Let the keys of questions be disputed as references are, and carry over what was disputed of questions before."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INSTANT = sa.DateTime(timezone=True)
HOW = "how IN ('wrote', 'reviewed', 'labelled', 'opened'{})"
ONE_KEY = "(reference_id IS NULL) <> (item_version_id IS NULL)"
ONE_ANSWER = "(serving_id IS NULL) <> (attempt_id IS NULL) AND (attempt_id IS NULL) = (position IS NULL)"
REBUILT = ("item_acquaintances", "disputes", "dispute_claims")
LONGEST_CLAIM, LONGEST_REASON = 4_000, 2_000
DECISIONS = sa.text("deed IN ('upheld', 'rejected')")
CLAIM = sa.text("deed = 'claimed'")


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


def upgrade() -> None:
    for ledger in REBUILT:
        unguard(ledger)
    with op.batch_alter_table("item_acquaintances") as batch:
        batch.drop_constraint(op.f("ck_item_acquaintances_how_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_item_acquaintances_how_is_known"), HOW.format(", 'asked'"))
    with op.batch_alter_table("disputes") as batch:
        batch.alter_column("reference_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("item_version_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_disputes_item_version_id_item_versions"), "item_versions", ["item_version_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_disputes_item_version_id"), ["item_version_id"])
        batch.create_check_constraint(op.f("ck_disputes_about_one_key"), ONE_KEY)
    with op.batch_alter_table("dispute_claims") as batch:
        batch.alter_column("serving_id", existing_type=sa.Integer(), nullable=True)
        batch.alter_column("reason", existing_type=sa.String(length=LONGEST_REASON), type_=sa.String(length=LONGEST_CLAIM), existing_nullable=False)
        batch.add_column(sa.Column("attempt_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("position", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_dispute_claims_attempt_id_form_items"), "form_items", ["attempt_id", "position"], ["attempt_id", "position"])
        batch.create_unique_constraint(op.f("uq_dispute_claims_attempt_id_position"), ["attempt_id", "position"])
        batch.create_check_constraint(op.f("ck_dispute_claims_on_one_answer"), ONE_ANSWER)
    _viewings()
    _carry_over()
    op.drop_table("item_dispute_events")
    op.drop_table("item_disputes")
    for ledger in (*REBUILT, "item_viewings"):
        guard(ledger)


def _viewings() -> None:
    op.create_table(
        "item_viewings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.CheckConstraint("(deed = 'opened') = (until IS NOT NULL)", name=op.f("ck_item_viewings_views_have_an_end")),
        sa.CheckConstraint("deed IN ('opened', 'seen')", name=op.f("ck_item_viewings_deed_is_known")),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"], name=op.f("fk_item_viewings_attempt_id_form_items")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_viewings_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_viewings")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_viewings_by_id"), "item_viewings", ["by_id"], unique=False)
    op.create_index("ix_item_viewings_place", "item_viewings", ["attempt_id", "position"], unique=False)


def _table(name: str, *columns: str, **typed: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(column) for column in columns), *(sa.column(column, kind) for column, kind in typed.items()))


OLD = _table("item_disputes", "id", "public_id", "attempt_id", "position", "item_version_id", "person_id", "doubt", raised_at=INSTANT)
EVENTS = _table("item_dispute_events", "id", "dispute_id", "deed", "by_id", "words", at=INSTANT, until=INSTANT)
VERSIONS = _table("item_versions", "id", "area")
VIEWINGS = _table("item_viewings", "attempt_id", "position", "deed", "by_id", at=INSTANT, until=INSTANT)
DISPUTES = _table("disputes", "id", "public_id", "item_version_id", "area", opened_at=INSTANT)
CLAIMS = _table("dispute_claims", "dispute_id", "person_id", "attempt_id", "position", "reason", claimed_at=INSTANT)
REVIEWS = _table("dispute_reviews", "dispute_id", "ordinal", "reviewer_id", "reason", answer=JSON, is_reference=sa.Boolean(), reviewed_at=INSTANT)
DECIDED = _table("dispute_decisions", "dispute_id", "outcome", decided_at=INSTANT)


def _carry_over() -> None:
    """One dispute for each version of a question, with everybody's claims and what trainers decided about them."""
    bind = op.get_bind()
    rows = bind.execute(sa.select(OLD, VERSIONS.c.area).join(VERSIONS, VERSIONS.c.id == OLD.c.item_version_id).order_by(OLD.c.item_version_id, OLD.c.id)).all()
    events = bind.execute(sa.select(EVENTS).order_by(EVENTS.c.id)).all()
    places = {row.id: row for row in rows}
    for event in events:
        if event.deed in ("opened", "seen"):
            place = places[event.dispute_id]
            told = {"deed": event.deed, "by_id": event.by_id, "at": event.at, "until": event.until}
            bind.execute(VIEWINGS.insert().values(attempt_id=place.attempt_id, position=place.position, **told))
    for version_id, found in groupby(rows, key=lambda row: row.item_version_id):
        disputed = list(found)
        first = disputed[0]
        opened = {"public_id": first.public_id, "area": first.area, "opened_at": min(row.raised_at for row in disputed)}
        bind.execute(DISPUTES.insert().values(item_version_id=version_id, **opened))
        dispute_id = bind.scalar(sa.select(DISPUTES.c.id).where(DISPUTES.c.item_version_id == version_id))
        own = [event for event in events if event.dispute_id in {row.id for row in disputed}]
        _carry_claims(dispute_id, disputed, own)
        _carry_decisions(dispute_id, disputed, own)


def _carry_claims(dispute_id: int, disputed: list[Any], events: list[Any]) -> None:
    """A person has one claim about a version: what they said at a second place stands in it too."""
    said = {event.dispute_id: event.words for event in events if event.deed == "claimed"}
    for person_id in dict.fromkeys(row.person_id for row in disputed):
        theirs = [row for row in disputed if row.person_id == person_id]
        words = dict.fromkeys(text for row in theirs for text in (row.doubt, said.get(row.id, "")) if text)
        about = {"attempt_id": theirs[0].attempt_id, "position": theirs[0].position, "claimed_at": theirs[0].raised_at}
        reason = "\n\n".join(words)[:LONGEST_CLAIM]
        op.get_bind().execute(CLAIMS.insert().values(dispute_id=dispute_id, person_id=person_id, reason=reason, **about))


def _carry_decisions(dispute_id: int, disputed: list[Any], events: list[Any]) -> None:
    """Each trainer who decided is a reviewer who did not answer. Upheld meant that the key was wrong, rejected that it stands.

    Where one trainer rejected, and somebody else's claim waits, the dispute goes on with that as its first review.
    """
    decisions = [event for event in events if event.deed in ("upheld", "rejected")]
    upheld = [event for event in decisions if event.deed == "upheld"]
    rejected_by = {event.by_id for event in decisions if event.deed == "rejected"}
    is_waiting = len(decisions) < len(disputed)
    is_decided = bool(upheld) or (bool(decisions) and (not is_waiting or len(rejected_by) > 1))
    counted = upheld or decisions
    for ordinal, (by_id, theirs) in enumerate(_by_trainer(counted), start=1):
        reason = "\n\n".join(dict.fromkeys(event.words for event in theirs))[:LONGEST_REASON]
        given = {"answer": {}, "is_reference": not upheld, "reason": reason, "reviewed_at": theirs[0].at}
        if ordinal <= 3:
            op.get_bind().execute(REVIEWS.insert().values(dispute_id=dispute_id, ordinal=ordinal, reviewer_id=by_id, **given))
    if is_decided:
        outcome = "amended" if upheld else "upheld"
        op.get_bind().execute(DECIDED.insert().values(dispute_id=dispute_id, outcome=outcome, decided_at=counted[0].at))


def _by_trainer(events: list[Any]) -> Iterator[tuple[int, list[Any]]]:
    for by_id in dict.fromkeys(event.by_id for event in events):
        yield by_id, [event for event in events if event.by_id == by_id]


def downgrade() -> None:
    """What was disputed of questions since is not carried back."""
    _old_tables()
    ledgers = (*REBUILT, "claim_withdrawals", "dispute_reviews", "dispute_decisions")
    for ledger in ledgers:
        unguard(ledger)
    of_questions = "SELECT id FROM disputes WHERE item_version_id IS NOT NULL"
    op.execute(f"DELETE FROM claim_withdrawals WHERE claim_id IN (SELECT id FROM dispute_claims WHERE dispute_id IN ({of_questions}))")
    for ledger in ("dispute_claims", "dispute_reviews", "dispute_decisions"):
        op.execute(f"DELETE FROM {ledger} WHERE dispute_id IN ({of_questions})")
    op.execute("DELETE FROM disputes WHERE item_version_id IS NOT NULL")
    op.execute("DELETE FROM item_acquaintances WHERE how = 'asked'")
    op.drop_table("item_viewings")
    with op.batch_alter_table("dispute_claims") as batch:
        batch.drop_constraint(op.f("ck_dispute_claims_on_one_answer"), type_="check")
        batch.drop_constraint(op.f("uq_dispute_claims_attempt_id_position"), type_="unique")
        batch.drop_constraint(op.f("fk_dispute_claims_attempt_id_form_items"), type_="foreignkey")
        batch.drop_column("position")
        batch.drop_column("attempt_id")
        batch.alter_column("reason", existing_type=sa.String(length=LONGEST_CLAIM), type_=sa.String(length=LONGEST_REASON), existing_nullable=False)
        batch.alter_column("serving_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("disputes") as batch:
        batch.drop_constraint(op.f("ck_disputes_about_one_key"), type_="check")
        batch.drop_constraint(op.f("uq_disputes_item_version_id"), type_="unique")
        batch.drop_constraint(op.f("fk_disputes_item_version_id_item_versions"), type_="foreignkey")
        batch.drop_column("item_version_id")
        batch.alter_column("reference_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("item_acquaintances") as batch:
        batch.drop_constraint(op.f("ck_item_acquaintances_how_is_known"), type_="check")
        batch.create_check_constraint(op.f("ck_item_acquaintances_how_is_known"), HOW.format(""))
    for ledger in (*ledgers, "item_disputes", "item_dispute_events"):
        guard(ledger)


def _old_tables() -> None:
    op.create_table(
        "item_disputes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=30), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("item_version_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("doubt", sa.String(length=1000), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"], name=op.f("fk_item_disputes_attempt_id_form_items")
        ),
        sa.ForeignKeyConstraint(["item_version_id"], ["item_versions.id"], name=op.f("fk_item_disputes_item_version_id_item_versions")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_item_disputes_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_disputes")),
        sa.UniqueConstraint("attempt_id", "position", name=op.f("uq_item_disputes_attempt_id_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_item_disputes_public_id")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_disputes_item_version_id"), "item_disputes", ["item_version_id"], unique=False)
    op.create_index(op.f("ix_item_disputes_person_id"), "item_disputes", ["person_id"], unique=False)
    op.create_table(
        "item_dispute_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispute_id", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=2000), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=True),
        sa.CheckConstraint("deed IN ('opened', 'seen', 'claimed', 'upheld', 'rejected')", name=op.f("ck_item_dispute_events_deed_is_known")),
        sa.CheckConstraint("(deed = 'opened') = (until IS NOT NULL)", name=op.f("ck_item_dispute_events_views_have_an_end")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_item_dispute_events_by_id_people")),
        sa.ForeignKeyConstraint(["dispute_id"], ["item_disputes.id"], name=op.f("fk_item_dispute_events_dispute_id_item_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_dispute_events")),
        info={"append_only": True},
    )
    op.create_index(op.f("ix_item_dispute_events_dispute_id"), "item_dispute_events", ["dispute_id"], unique=False)
    for name, condition in (("decision", DECISIONS), ("claim", CLAIM)):
        op.create_index(
            f"uq_item_dispute_events_one_{name}", "item_dispute_events", ["dispute_id"], unique=True, sqlite_where=condition, postgresql_where=condition
        )
