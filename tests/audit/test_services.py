"""Recording and sealing."""

from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from tests.audit.factories import AT, entry
from tests.statements import counted
from training.actors import SYSTEM, Actor, ActorKind
from training.audit import services
from training.audit.models import AuditEntry, AuditSalt, AuditSeal, AuditWords
from training.audit.queries import EntryFilter, entries_page
from training.db import begin_writing, db, forgetting

pytestmark = pytest.mark.usefixtures("app")


def seals():
    return db.session.scalars(select(AuditSeal).order_by(AuditSeal.position)).all()


def sealed(now=AT, **more):
    begin_writing()
    count = services.seal(now=now, **more)
    db.session.commit()
    return count


def test_an_entry_says_who_did_what_to_what_and_hides_from_where():
    made = entry("queue.overridden", by=Actor(ActorKind.PERSON, 7, "192.0.2.1", "req-1"), subject=("queue", "listing"), reason="peak")
    assert (made.deed, made.actor_kind, made.actor_id, made.request_id) == ("queue.overridden", "person", 7, "req-1")
    assert (made.subject_kind, made.subject_id, made.detail) == ("queue", "listing", {"reason": "peak"})
    assert len(made.address_hash) == 64


def test_what_somebody_wrote_stands_beside_the_chain_which_holds_its_hash():
    made = entry("queue.overridden", reason="Nia is ill", hours=4)
    assert made.detail == {"reason": "Nia is ill", "hours": 4}
    assert "Nia" not in made.detail_json
    sealed()
    with forgetting([AuditWords.__table__]):
        db.session.execute(update(AuditWords).values(text="Nia is well"))
    db.session.commit()
    assert services.verify().chain.faults == (f"Entry {made.id}: its reason was changed after it was written.",)
    with forgetting([AuditWords.__table__]):
        db.session.execute(delete(AuditWords))
    db.session.commit()
    db.session.expire_all()
    assert services.verify().chain.faults == ()
    assert made.detail == {"reason": "forgotten", "hours": 4}


def test_an_address_reads_the_same_for_a_month_and_not_longer():
    by = Actor(ActorKind.PERSON, 7, "192.0.2.1")
    first, second, later = entry(by=by), entry(by=by), entry(by=by, now=AT + timedelta(days=30))
    assert first.address_hash == second.address_hash != later.address_hash
    assert db.session.scalar(select(func.count()).select_from(AuditSalt)) == 2


def test_a_deed_that_is_rolled_back_leaves_no_entry():
    services.record("person.created", by=SYSTEM, subject=("person", 1), now=AT)
    db.session.rollback()
    assert entries_page(EntryFilter()) == []


@pytest.mark.parametrize("statement", ["UPDATE audit_entries SET deed = 'forged'", "DELETE FROM audit_entries", "DELETE FROM audit_seals"])
def test_the_database_refuses_to_change_what_was_recorded(statement):
    entry()
    sealed()
    with pytest.raises(DatabaseError, match="appended to, never edited"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_sealing_chains_entries_and_goes_on_where_it_stopped():
    for number in range(3):
        entry(number=number)
    assert (sealed(), sealed()) == (3, 0)
    entry(number=4)
    assert sealed() == 1
    chain = seals()
    assert [seal.position for seal in chain] == [1, 2, 3, 4]
    assert all(later.previous_hash == earlier.hash for earlier, later in pairwise(chain))
    found = services.verify()
    assert (found.chain.faults, found.chain.length, found.chain.head, found.unsealed_count) == ((), 4, chain[-1].hash, 0)


def test_a_long_tail_is_sealed_in_portions():
    for number in range(5):
        entry(number=number)
    assert (sealed(limit=3), services.verify().unsealed_count) == (3, 2)
    assert sealed(limit=3) == 2


def test_an_entry_that_was_committed_behind_a_sealed_one_is_sealed_too():
    late = AuditEntry(id=5, **_plain())
    db.session.add(AuditEntry(id=6, **_plain()))
    db.session.commit()
    sealed(AT)
    db.session.add(late)
    db.session.commit()
    assert sealed(AT + timedelta(minutes=59)) == 1
    assert services.verify().chain.faults == ()


def test_sealing_looks_only_at_what_could_still_be_unsealed():
    entry()
    sealed(AT)
    entry()
    sealed(AT + timedelta(hours=2))
    with counted() as statements:
        sealed(AT + timedelta(hours=2, seconds=5))
    assert len(statements) <= 3


def test_verification_counts_the_tail_that_is_not_sealed_yet():
    entry()
    sealed()
    entry()
    assert services.verify().unsealed_count == 1


def test_an_entry_changed_past_the_guard_breaks_the_chain():
    for number in range(3):
        entry(number=number)
    sealed()
    _forge("UPDATE audit_entries SET subject_id = '999' WHERE id = (SELECT entry_id FROM audit_seals WHERE position = 2)")
    faults = services.verify().chain.faults
    assert len(faults) == 1 and faults[0].startswith("Position 2: entry ")


def test_entries_are_filtered_by_deed_actor_and_subject():
    entry("person.created", subject=("person", 1))
    entry("person.invited", subject=("person", 2), by=Actor(ActorKind.PERSON, 7))
    entry("personal.thing", subject=("person", 1))
    entry("queue.opened", subject=("queue", "1"))
    assert [found.deed for found in entries_page(EntryFilter(deed="person"))] == ["person.invited", "person.created"]
    assert [found.deed for found in entries_page(EntryFilter(deed="person.created"))] == ["person.created"]
    assert [found.deed for found in entries_page(EntryFilter(actor_kind="person", actor_id=7))] == ["person.invited"]
    assert [found.deed for found in entries_page(EntryFilter(subject_kind="person", subject_id="1"))] == ["personal.thing", "person.created"]


def _plain():
    return {"deed": "a.b", "actor_kind": "system", "subject_kind": "x", "subject_id": "1", "detail_json": "{}", "at": AT}


def _forge(statement):
    """What somebody with the database's own rights could do."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        db.session.execute(text("DROP TRIGGER audit_entries_refuse_update"))
    db.session.execute(text(statement))
    db.session.commit()
