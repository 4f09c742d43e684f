"""Migrations go up, down and up again, and end where the models are."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, select, text

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from tests.judgements.factories import JudgementFactory
from training.actors import SYSTEM
from training.app import create_app
from training.cases.rules import Action, Severity
from training.db import Base, bring_alembic, db, needed_revision
from training.disputes.models import Dispute
from training.disputes.queries import claims_of, claims_of_attempt, decision_of, reviews_of
from training.disputes.rules.claims import ClaimState
from training.exams.models import Attempt, ScoreRun
from training.exams.queries import form_of, place_of, viewing_of
from training.exams.rules.runs import RunReason
from training.exams.rules.viewing import Viewing
from training.exams.services import submit_attempt
from training.exams.services.grading import grade_attempt
from training.judgements.models import PersonTally
from training.judgements.rules import CaseAnswer
from training.practice.services import answer_serving, next_case

VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"
TRIGGERS = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": """SELECT pg_get_triggerdef(pg_trigger.oid) || ' ' || prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
        WHERE NOT tgisinternal ORDER BY 1""",
}


@pytest.fixture
def migrated(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """An application over an empty database of its own."""
    engine = None
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path / 'migrated.sqlite'}"
    else:
        name = database_url.partition("?")[0].rsplit("/", 1)[1]
        url = database_url.replace(f"/{name}", f"/{name}_migrated")
        engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name}_migrated"))
            connection.execute(text(f"CREATE DATABASE {name}_migrated"))
    app = create_app({"SECRET_KEYS": "test", "SQLALCHEMY_DATABASE_URI": url, "TESTING": True})
    bring_alembic(app)
    with app.app_context():
        db.engine.dispose()  # what this process remembers is of another database
        yield app
        db.session.remove()
        db.engine.dispose()
    if engine is not None:
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name}_migrated"))
        engine.dispose()


def triggers() -> list[str]:
    with db.engine.connect() as connection:
        return [" ".join(trigger.split()) for trigger in connection.scalars(text(TRIGGERS[db.engine.dialect.name]))]


def differences() -> list[Any]:
    def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
        return not (kind == "table" and name is not None and "_fts" in name)

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        return list(compare_metadata(context, Base.metadata))


def test_up_down_and_up_ends_where_the_models_are(migrated: Flask) -> None:
    upgrade()
    assert differences() == []
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
    upgrade()
    assert differences() == []


def test_what_the_models_forbid_the_migrated_database_forbids(migrated: Flask) -> None:
    upgrade()
    from_migrations = triggers()
    downgrade(revision="base")
    Base.metadata.create_all(db.engine)
    assert from_migrations == triggers()
    Base.metadata.drop_all(db.engine)


def test_migrations_are_numbered_one_after_the_other_with_one_head(application: Flask) -> None:
    bring_alembic(application)
    with application.app_context():
        scripts = ScriptDirectory.from_config(application.extensions["migrate"].migrate.get_config())
        revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
    assert scripts.get_heads() == [needed_revision()]


@pytest.mark.parametrize("path", sorted(VERSIONS.glob("*.py")), ids=lambda path: path.stem)
def test_a_migration_imports_nothing_of_ours(path: Path) -> None:
    assert not re.search(r"^\s*(from|import) training\b", path.read_text(encoding="utf-8"), re.MULTILINE)


ITEM = "INSERT INTO items (id, slug, kind, state, is_public, current_version_id) VALUES (1, 'item-one', 'single', 'live', false, NULL)"
ITEM_VERSION = """
INSERT INTO item_versions (id, item_id, number, kind, document, stem_html, content_hash, area, severity, decision_class, difficulty, language, family, clauses,
    critical_share, recorded_at)
VALUES (1, 1, 1, 'single', '{}', '', '', 'PRO', 'S2', 'violating', 'typical', 'en', 'family-one', '[]', 0, '2026-01-01 00:00:00+00:00')
"""


def test_a_table_built_anew_keeps_the_rows_that_others_refer_to(migrated: Flask) -> None:
    upgrade(revision="0012")
    with db.engine.begin() as connection:
        for statement in (ITEM, ITEM_VERSION, "UPDATE items SET current_version_id = 1"):
            connection.execute(text(statement))
    upgrade()
    with db.engine.connect() as connection:
        question = text("SELECT document_state FROM items JOIN item_versions ON item_versions.id = items.current_version_id")
        assert connection.scalars(question).all() == ["live"]
    downgrade(revision="0012")
    upgrade()


def test_runs_from_before_the_ledger_said_why_get_their_form_and_follow_one_another(migrated: Flask) -> None:
    upgrade()
    attempt = AttemptFactory()
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    grade_attempt(attempt, reason=RunReason.EXPIRED, by=SYSTEM, now=NOON)
    db.session.commit()
    told = [(run.id, run.previous_run_id, run.items, run.credits, run.is_final) for run in db.session.scalars(select(ScoreRun).order_by(ScoreRun.id))]
    db.session.remove()
    downgrade(revision="0016")
    upgrade()
    assert told == [(run.id, run.previous_run_id, run.items, run.credits, run.is_final) for run in db.session.scalars(select(ScoreRun).order_by(ScoreRun.id))]
    assert told[1][1] == told[0][0]


def test_judgements_from_before_they_were_added_up_are_added_up(migrated: Flask) -> None:
    upgrade()
    person = PersonFactory()
    for changes in ({}, {"is_strict": False}, {"is_first_exposure": False}, {"source": "exam"}, {"case": CaseFactory(is_innocent=True, severity=None)}):
        JudgementFactory(person_id=person.id, **changes)
    JudgementFactory(seconds=None)
    kept = select(*PersonTally.__table__.c).order_by(*PersonTally.__table__.primary_key)
    told = db.session.execute(kept).all()
    db.session.remove()
    downgrade(revision="0027")
    upgrade()
    assert told == db.session.execute(kept).all()
    assert len(told) == 15


def test_what_was_practised_before_is_remembered_as_if_it_always_had_been(migrated: Flask) -> None:
    upgrade()
    TaxonomyLabelFactory(code="PRO-03")
    CaseFactory(surface="video", difficulty="borderline", concept="CLM-02.a", area="CLM")
    CaseFactory.create_batch(3)
    person = PersonFactory(languages=[])
    for day, (actions, label, seconds) in enumerate(((Action.REMOVE, "PRO-03", 20), (Action.APPROVE, "OUT-00", 20), (Action.REMOVE, "CLM-04", 400)) * 3):
        serving = next_case(person.id, now=NOON + timedelta(days=day))
        answer_serving(serving, CaseAnswer(frozenset({actions}), (label,), Severity.S3, seconds=seconds), now=NOON + timedelta(days=day, minutes=1))
    db.session.commit()
    tables = ("concept_memories", "area_masteries")
    asked = [text(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables]
    kept = [db.session.execute(question).all() for question in asked]
    assert all(kept)
    db.session.remove()
    downgrade(revision="0031")
    upgrade()
    assert [db.session.execute(question).all() for question in asked] == kept


def old_dispute(number: int, attempt: Attempt, position: int, version_id: int, *deeds: tuple[str, int, str]) -> None:
    """A dispute of a question as it was kept before two trainers decided it blind, and what was done about it."""
    values = {"id": number, "public": f"old-{number}", "attempt": attempt.id, "position": position, "version": version_id, "person": attempt.person_id}
    with db.engine.begin() as connection:
        connection.execute(text(OLD_DISPUTE), values)
        for deed, by_id, words in deeds:
            until = "2026-11-23 12:00:00+00:00" if deed == "opened" else None
            connection.execute(text(OLD_EVENT), {"dispute": number, "deed": deed, "by": by_id, "words": words, "until": until})


OLD_DISPUTE = """
INSERT INTO item_disputes (id, public_id, attempt_id, position, item_version_id, person_id, doubt, raised_at)
VALUES (:id, :public, :attempt, :position, :version, :person, 'Two options were the same to me.', '2026-11-22 12:00:00+00:00')
"""
OLD_EVENT = """
INSERT INTO item_dispute_events (dispute_id, deed, by_id, words, at, until)
VALUES (:dispute, :deed, :by, :words, '2026-11-22 13:00:00+00:00', :until)
"""


def test_disputes_of_questions_from_before_two_decided_them_arrive_in_the_room(migrated: Flask) -> None:
    upgrade()
    attempt, trainer_id = AttemptFactory(), PersonFactory().id
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    db.session.commit()
    places = {position: place_of(attempt.id, position) for position in (1, 2, 3)}
    versions = {position: place.version.id for position, place in places.items() if place is not None}
    db.session.expunge_all()
    db.session.remove()
    downgrade(revision="0049")
    old_dispute(1, attempt, 1, versions[1])
    seen = (("opened", trainer_id, ""), ("seen", attempt.person_id, ""), ("claimed", attempt.person_id, "It is the other one."))
    old_dispute(2, attempt, 2, versions[2], *seen, ("upheld", trainer_id, "They are right about it."))
    old_dispute(3, attempt, 3, versions[3], ("rejected", trainer_id, "The policy names this case."))
    upgrade()
    disputes = {each.public_id: each for each in db.session.scalars(select(Dispute))}
    assert {name: each.item_version_id for name, each in disputes.items()} == {f"old-{position}": version for position, version in versions.items()}
    own = {each.dispute.public_id: each for each in claims_of_attempt(attempt.id)}
    assert {name: each.state for name, each in own.items()} == {"old-1": ClaimState.OPEN, "old-2": ClaimState.AMENDED, "old-3": ClaimState.UPHELD}
    assert own["old-2"].claim.reason == "Two options were the same to me.\n\nIt is the other one."
    reviews = {name: [(review.reviewer_id, review.reason, review.is_reference) for review in reviews_of(each)] for name, each in disputes.items()}
    assert reviews == {
        "old-1": [],
        "old-2": [(trainer_id, "They are right about it.", False)],
        "old-3": [(trainer_id, "The policy names this case.", True)],
    }
    assert viewing_of(attempt.id, 2, now=NOON) == Viewing(is_seen=True, open_until=NOON + timedelta(days=1))
    db.session.remove()
    downgrade(revision="0049")
    upgrade()
    assert db.session.scalars(select(Dispute)).all() == []


def test_of_several_who_doubted_one_question_a_rejection_is_the_first_review_while_one_waits(migrated: Flask) -> None:
    upgrade()
    exam = ExamFactory()
    attempts, trainer_id = [AttemptFactory(exam=exam) for _person in range(2)], PersonFactory().id
    for attempt in attempts:
        submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    db.session.commit()
    version_id = next(place.version.id for place in form_of(attempts[0]))
    position = next(place.position for place in form_of(attempts[1]) if place.version.id == version_id)
    db.session.expunge_all()
    db.session.remove()
    downgrade(revision="0049")
    old_dispute(1, attempts[0], 1, version_id, ("rejected", trainer_id, "The policy names this case."))
    old_dispute(2, attempts[1], position, version_id)
    upgrade()
    (dispute,) = db.session.scalars(select(Dispute)).all()
    assert [claim.person_id for claim, _is_withdrawn in claims_of(dispute)] == [attempt.person_id for attempt in attempts]
    assert (len(reviews_of(dispute)), decision_of(dispute)) == (1, None)


OLD_DRAFT = """
INSERT INTO drafts
    (id, kind, slug, path, title, text, version, base_text, base_hash, state, batch, is_exam_material, author_id, saved_by_id, created_at, saved_at)
VALUES (:id, 'item', :slug, '', 'An item', 'new', 1, :base, :hash, 'in_review', :batch, true, :author, :author,
    '2026-11-22 12:00:00+00:00', '2026-11-22 12:00:00+00:00')
"""
OLD_BATCH = "INSERT INTO draft_batches (title, begun_by_id, begun_at) VALUES ('file.csv', :author, '2026-11-22 12:00:00+00:00')"
MEMBERS = """
SELECT draft_batches.title, begun_by_id, slug, position FROM draft_batch_members
JOIN draft_batches ON draft_batches.id = batch_id JOIN drafts ON drafts.id = draft_id ORDER BY slug
"""


def test_drafts_that_were_changed_together_become_batches_and_what_came_in_stays_one(migrated: Flask) -> None:
    upgrade()
    author_id = PersonFactory().id
    db.session.commit()
    db.session.remove()
    downgrade(revision="0085")
    drafts = (("item-b", "old", "one"), ("item-a", "old", "one"), ("item-c", "old", "two"), ("item-d", "old", None), ("item-new", None, None))
    with db.engine.begin() as connection:
        for number, (slug, base, batch) in enumerate(drafts, start=1):
            connection.execute(text(OLD_DRAFT), {"id": number, "slug": slug, "base": base, "hash": base, "batch": batch, "author": author_id})
        connection.execute(text(OLD_BATCH), {"author": author_id})
        connection.execute(text("INSERT INTO draft_batch_members (draft_id, batch_id, position) VALUES (5, 1, 0)"))
    together = "Items changed together"
    expected = [(together, "item-a", 0), (together, "item-b", 1), (together, "item-c", 0), ("file.csv", "item-new", 0)]
    for _twice in range(2):
        upgrade()
        with db.engine.connect() as connection:
            found = connection.execute(text(MEMBERS)).all()
            assert connection.scalar(text("SELECT count(*) FROM draft_batches")) == 3
        assert [(title, slug, position) for title, by_id, slug, position in found if by_id == author_id] == expected
        downgrade(revision="0085")
        with db.engine.connect() as connection:
            named = connection.execute(text("SELECT slug, batch FROM drafts ORDER BY slug")).all()
            assert connection.scalar(text("SELECT count(*) FROM draft_batch_members")) == 1
        assert named[0].batch == named[1].batch != named[2].batch is not None and [row.batch for row in named[3:]] == [None, None]
    upgrade()
