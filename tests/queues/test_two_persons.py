"""Exceptions for work of the highest severity: one proposes, another confirms, and until then nothing happens."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import NotFound, Refusal
from training.queues import queries, services
from training.queues.models import OverrideProposal, QueueOverride
from training.queues.queries import PublishedQueue
from training.queues.rules.decision import Access
from training.queues.services import Grant, QueueRefusal

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
WHY = "Promotion day, supervised."
GRANT = Grant(True, WHY, NOW, NOW + 48 * HOUR)
pytestmark = pytest.mark.usefixtures("app")


def by(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def grave(**values: object) -> PublishedQueue:
    return QueueFactory(severity_ceiling="S4", requires={"languages": ["id"]}, **values)


def leads() -> tuple[Person, Person]:
    return PersonFactory(roles=[Role.LEAD], name="Lead First"), PersonFactory(roles=[Role.ADMIN], name="Admin Second")


def is_open(person: Person, queue: PublishedQueue, at: datetime) -> bool:
    return queries.access_of(person.public_id, queue.slug, at=at).access is Access.ALLOW


def refusal_of(deed: Callable[[], object]) -> object:
    with pytest.raises(Refusal) as refused:
        deed()
    return refused.value.reason


@pytest.mark.parametrize("allows", [True, False])
def test_one_person_alone_makes_no_exception_for_the_gravest_work(allows: bool) -> None:
    person, queue, (first, _) = PersonFactory(), grave(), leads()
    deed = Grant(allows, WHY, NOW, NOW + HOUR)
    assert refusal_of(lambda: services.grant_override(person.id, queue, deed, by=by(first), now=NOW)) is QueueRefusal.TAKES_TWO


def test_it_acts_from_its_confirmation_on_and_never_before() -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    proposal = services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW)
    db.session.commit()
    assert not is_open(person, queue, NOW + 2 * HOUR)
    override = services.confirm_override(proposal.id, by=by(second), now=NOW + 3 * HOUR)
    db.session.commit()
    assert (override.granted_by_id, override.confirmed_by_id) == (first.id, second.id)
    assert [is_open(person, queue, NOW + hours * HOUR) for hours in (2, 3, 47, 48)] == [False, True, True, False]
    hindsight = queries.access_of(person.public_id, queue.slug, at=NOW + 2 * HOUR, known_at=NOW + 9 * HOUR)
    assert hindsight.access is Access.DENY


def test_what_begins_later_begins_then() -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    later = Grant(True, WHY, NOW + 20 * HOUR, NOW + 30 * HOUR)
    proposal = services.propose_override(person.id, queue, later, by=by(first), now=NOW)
    services.confirm_override(proposal.id, by=by(second), now=NOW + HOUR)
    db.session.commit()
    assert [is_open(person, queue, NOW + hours * HOUR) for hours in (1, 19, 20)] == [False, False, True]


def test_who_may_not_be_the_second() -> None:
    person, queue, (first, second) = PersonFactory(roles=[Role.LEAD]), grave(), leads()
    moderator, gone = PersonFactory(), PersonFactory(roles=[Role.LEAD], status=Status.DEACTIVATED)
    proposal = services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW)
    reasons = [refusal_of(lambda each=each: services.confirm_override(proposal.id, by=each, now=NOW)) for each in map(by, (first, person, moderator, gone))]
    assert reasons == [
        QueueRefusal.SECOND_IS_THE_FIRST,
        QueueRefusal.NOBODY_FOR_THEMSELVES,
        QueueRefusal.MAY_NOT_EXCEPT,
        QueueRefusal.MAY_NOT_EXCEPT,
    ]
    assert refusal_of(lambda: services.confirm_override(proposal.id, by=SYSTEM, now=NOW)) is QueueRefusal.NOBODY_FOR_THEMSELVES
    assert services.confirm_override(proposal.id, by=by(second), now=NOW)


def test_whoever_proposed_it_must_still_be_somebody_who_may() -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    proposal = services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW)
    accounts.record_facts(first, {FactKind.ROLES: [Role.MODERATOR]}, effective_from=NOW + HOUR, by=SYSTEM, now=NOW + HOUR)
    assert refusal_of(lambda: services.confirm_override(proposal.id, by=by(second), now=NOW + HOUR)) is QueueRefusal.MAY_NOT_EXCEPT


@pytest.mark.parametrize(
    ("until", "hours"),
    [(NOW + 48 * HOUR, 24), (NOW + 5 * HOUR, 5)],
    ids=["after a day", "with its own end"],
)
def test_a_proposal_expires(until: datetime, hours: int) -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    proposal = services.propose_override(person.id, queue, Grant(True, WHY, NOW, until), by=by(first), now=NOW)
    assert [len(queries.waiting_proposals(now=NOW + timedelta(hours=hours, seconds=after))) for after in (-1, 0)] == [1, 0]
    late = NOW + hours * HOUR
    assert refusal_of(lambda: services.confirm_override(proposal.id, by=by(second), now=late)) is QueueRefusal.NO_LONGER_WAITS
    assert refusal_of(lambda: services.withdraw_proposal(proposal.id, by=by(first), now=late)) is QueueRefusal.NO_LONGER_WAITS


def test_what_was_withdrawn_or_confirmed_waits_no_longer() -> None:
    person, queue, (first, second) = PersonFactory(roles=[Role.LEAD]), grave(), leads()
    withdrawn, confirmed = (services.propose_override(person.id, queue, Grant(True, why, NOW, NOW + HOUR), by=by(first), now=NOW) for why in (WHY, WHY + "!"))
    assert refusal_of(lambda: services.withdraw_proposal(withdrawn.id, by=by(person), now=NOW)) is QueueRefusal.NOBODY_FOR_THEMSELVES
    services.withdraw_proposal(withdrawn.id, by=by(first), now=NOW)
    services.confirm_override(confirmed.id, by=by(second), now=NOW)
    for proposal in (withdrawn, confirmed):
        assert refusal_of(lambda each=proposal: services.confirm_override(each.id, by=by(second), now=NOW)) is QueueRefusal.NO_LONGER_WAITS
        assert refusal_of(lambda each=proposal: services.withdraw_proposal(each.id, by=by(first), now=NOW)) is QueueRefusal.NO_LONGER_WAITS
    assert queries.waiting_proposals(now=NOW) == []
    with pytest.raises(NotFound):
        services.confirm_override(0, by=by(second), now=NOW)


def test_a_button_pressed_twice_proposes_and_grants_once() -> None:
    person, queue, plain, (first, _) = PersonFactory(), grave(), QueueFactory(), leads()
    assert len({services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW + after * HOUR).id for after in (0, 1)}) == 1
    assert len({services.grant_override(person.id, plain, GRANT, by=by(first), now=NOW + after * HOUR).id for after in (0, 1)}) == 1


def test_the_database_forbids_what_the_rules_do() -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    proposal = services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW)
    services.confirm_override(proposal.id, by=by(second), now=NOW)
    db.session.commit()
    for wrong in ({"confirmed_by_id": first.id}, {"confirmed_by_id": person.id}, {"confirmed_by_id": None}, {"proposal_id": None}):
        with pytest.raises(IntegrityError):
            db.session.execute(update(QueueOverride).values(wrong))
        db.session.rollback()
    with pytest.raises(IntegrityError):
        db.session.execute(update(OverrideProposal).values(person_id=first.id))
    db.session.rollback()
    override = db.session.scalars(select(QueueOverride)).one()
    again = {name: getattr(override, name) for name in (column.name for column in QueueOverride.__table__.columns) if name != "id"}
    db.session.add(QueueOverride(**again))
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_each_deed_is_audited() -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    services.withdraw_proposal(services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW).id, by=by(second), now=NOW)
    services.confirm_override(services.propose_override(person.id, queue, GRANT, by=by(first), now=NOW).id, by=by(second), now=NOW)
    told = [
        (entry.deed.partition(".")[2], entry.actor_id) for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)) if "override" in entry.deed
    ]
    assert told == [("proposed", first.id), ("withdrawn", second.id), ("proposed", first.id), ("confirmed", second.id)]


def local(hours: float) -> str:
    return (clock.now() + timedelta(hours=hours + 7)).strftime("%Y-%m-%dT%H:%M")


def test_both_are_named_wherever_it_acts(app, sign_in) -> None:
    team = TeamFactory()
    person, queue = PersonFactory(team=team, name="Rani"), grave(id="risky", title="Risky listings")
    first, second = PersonFactory(roles=[Role.LEAD], team=team, name="Lead First"), PersonFactory(roles=[Role.LEAD, Role.ADMIN], team=team, name="Admin Second")
    proposing, confirming, mine = (sign_in(app.test_client(), each) for each in (first, second, person))
    form = {"email": person.email, "queue": queue.slug, "effect": "allow", "since": "", "until": local(5), "reason": WHY}
    for _ in range(2):
        assert "is proposed" in proposing.post("/queues/overrides", data=form, follow_redirects=True).text
    (waiting,) = queries.waiting_proposals(now=clock.now())
    confirm = f"/queues/overrides/proposals/{waiting.proposal.id}/confirm"
    assert "Confirm</button>" not in proposing.get("/queues/overrides").text
    assert proposing.post(confirm).status_code == 409
    assert mine.post(confirm).status_code == 403
    assert "Rani</a>: proposed by Lead First" in confirming.get("/").text
    assert "One more waits" in confirming.get("/queues/risky/staffing").text
    assert "Confirm</button>" in confirming.get("/queues/overrides").text
    assert confirming.post(confirm).status_code == 302
    assert confirming.post(confirm).status_code == 409
    assert confirming.post("/queues/overrides/proposals/0/withdraw").status_code == 404
    pages = [
        confirming.get(page).text for page in ("/queues/overrides", "/queues/risky/staffing", "/queues/matrix", f"/people/{person.public_id}/certificates")
    ]
    for page in (*pages, mine.get("/queues").text, mine.get("/").text):
        assert "Proposed by Lead First, confirmed by Admin Second" in page and WHY in page
    (taken,) = mine.get("/account/data.json").json["queue exceptions"]
    assert (taken["by"], taken["confirmed_by"]) == ("Lead First", "Admin Second")


def test_a_second_who_is_demoted_meanwhile_is_turned_away(app, sign_in: Callable[[Browser, Person], Browser]) -> None:
    person, queue, (first, second) = PersonFactory(), grave(), leads()
    now = clock.now()
    proposal = services.propose_override(person.id, queue, Grant(True, WHY, now, now + HOUR), by=by(first), now=now)
    confirming = sign_in(app.test_client(), second)
    accounts.record_facts(second, {FactKind.ROLES: [Role.MODERATOR]}, effective_from=now, by=SYSTEM, now=now)
    db.session.commit()
    assert confirming.post(f"/queues/overrides/proposals/{proposal.id}/confirm").status_code == 403
