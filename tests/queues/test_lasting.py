"""An answer that is kept is the one that would be given: as long as it is said to last, and not after anything was written."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from hypothesis import HealthCheck, example, given, settings

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.queues.factories import QueueFactory
from tests.queues.test_past import AWAY, ENDED, FAILED, LIVED, RULED, START, History, World, histories
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind
from training.actors import SYSTEM
from training.db import db
from training.queues.queries import Gathered, access_of, gather
from training.queues.queries.subjects import subject_of
from training.queues.rules.decision import Decision

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)
STEP = timedelta(hours=7)


def answers(world: World, at: datetime, *, is_weighed: bool, known_at: datetime | None = None) -> dict[str, Decision]:
    """What the gate says of every queue, from what it kept where it may, or weighed anew."""
    if is_weighed:
        subject_of.cache_clear()
    known_at = known_at or at
    gathered = gather([world.person.public_id], list(world.names.values()), known_from=known_at, asked_from=min(at, known_at))
    return {queue: gathered.decide(world.person.public_id, name, at=at, known_at=known_at) for queue, name in world.names.items()}


def hold_to_what_is_weighed(history: History) -> None:
    """Ask again and again between the deeds and after them, so that answers are kept; each must be what the same evidence gives when it is weighed anew."""
    world, now, kept = World(), START, {}
    world.do("pass", "claims", 0, now)
    for deed, later, queue, amount in history:
        world.do(deed, queue, amount, now)
        until = now + later * DAY + timedelta(seconds=1)
        while now < until:
            kept[now] = answers(world, now, is_weighed=False)
            now = min(now + STEP * 5, until)
    instants = [now + number * STEP for number in range(200)]
    ahead = {at: answers(world, at, is_weighed=False, known_at=now) for at in instants}
    for at, told in kept.items():
        assert answers(world, at, is_weighed=True) == told
    for at, told in ahead.items():
        assert answers(world, at, is_weighed=True, known_at=now) == told


@settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(histories(10))
@example(LIVED)
@example(ENDED)
@example(AWAY)
@example(RULED)
@example(FAILED)
def test_whatever_happens_and_whenever_it_is_asked_an_answer_that_was_kept_is_the_one_that_is_weighed(app: Flask, history: History) -> None:
    hold_to_what_is_weighed(history)


def gathered_about(person: Person, queue: str, now: datetime) -> Gathered:
    return gather([person.public_id], [queue], known_from=now, asked_from=now)


def test_a_note_begins_and_an_end_comes_on_the_instant_though_the_answer_was_kept_before(app: Flask) -> None:
    certification = CertificationFactory(validity_days=100)
    person, queue = PersonFactory(), QueueFactory(requires={"all_of": [certification.slug]})
    award(person.id, certification, now=NOW)
    end, second = NOW + 100 * DAY, timedelta(seconds=1)
    instants = (NOW, NOW, NOW, end - 30 * DAY - second, end - 30 * DAY, end - second, end)
    told = [(at, access_of(person.public_id, queue.slug, at=at)) for at in instants]
    assert [[reason.code.value for reason in decision.reasons] for _, decision in told] == [*[[]] * 4, *[["CERTIFICATE_LAPSING"]] * 2, ["CERTIFICATE_LAPSED"]]
    assert [decision.at for _, decision in told] == [at for at, _ in told]


def test_what_is_written_counts_with_the_next_question_and_what_is_taken_back_leaves_no_trace(app: Flask) -> None:
    person, queue = PersonFactory(languages=["en"]), QueueFactory(requires={"languages": ["id"]}).slug
    assert [len(access_of(person.public_id, queue, at=NOW).reasons) for _ in range(3)] == [1, 1, 1]
    accounts.record_facts(person, {FactKind.LANGUAGES: ["id"]}, effective_from=NOW, by=SYSTEM, now=NOW)
    db.session.rollback()
    assert access_of(person.public_id, queue, at=NOW).reasons
    accounts.record_facts(person, {FactKind.LANGUAGES: ["id"]}, effective_from=NOW, by=SYSTEM, now=NOW)
    db.session.commit()
    assert not access_of(person.public_id, queue, at=NOW).reasons
    assert access_of(person.public_id, queue, at=NOW - DAY).reasons


def test_the_same_texts_are_weighed_once_and_others_by_themselves(app: Flask) -> None:
    person, other, queue = PersonFactory(), PersonFactory(), QueueFactory().slug
    first, again = gathered_about(person, queue, NOW), gathered_about(person, queue, NOW + DAY)
    assert first.subjects[person.public_id] is again.subjects[person.public_id] is not gathered_about(other, queue, NOW).subjects[other.public_id]
    assert first.scopes[queue] is again.scopes[queue]
    for gathered, is_kept in ((first, False), (again, False), (again, True), (first, True)):
        assert (gathered.subjects[person.public_id].answered(gathered.scopes[queue], NOW, NOW) is not None) is is_kept
        gathered.decide(person.public_id, queue, at=NOW, known_at=NOW)
