"""Time in shadow: who signs off, who promotes and extends, and what the gate answers meanwhile."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.quality.factories import DECIDED, audit
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.certification import queries, services
from training.certification.queries import PublishedCertification
from training.certification.services import LedgerRefusal, NestingRefusal
from training.db import db
from training.errors import Refusal
from training.queues.queries import access_of
from training.queues.services import Row, report_work

Signing = Callable[[Browser, Person], Browser]
NOW = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
REASON = "Decides carefully and asks."
pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def certification() -> PublishedCertification:
    found = CertificationFactory(id="nested", nesting={"days": 14, "decisions": 200})
    QueueFactory(id="claims", requires={"all_of": ["nested"]})
    return found


def actor(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def in_full(certification: PublishedCertification, *, now: datetime = NOW, **facts: object) -> Person:
    """Somebody who was promoted long ago."""
    person, lead = PersonFactory(**facts), PersonFactory(roles=[Role.LEAD])
    award(person.id, certification, now=now - 30 * DAY)
    for deed in (services.sign_off, services.promote):
        deed(person.id, certification, reason=REASON, by=actor(lead), now=now - 10 * DAY)
    db.session.commit()
    return person


def test_a_new_holder_works_in_shadow_until_signed_off_and_promoted(certification: PublishedCertification) -> None:
    person, buddy, lead = PersonFactory(), in_full(certification), PersonFactory(roles=[Role.LEAD])
    award(person.id, certification, now=NOW)
    services.sign_off(person.id, certification, reason=REASON, by=actor(buddy), now=NOW + 5 * DAY)
    services.promote(person.id, certification, reason=REASON, by=actor(lead), now=NOW + 14 * DAY)
    db.session.commit()
    answers = [access_of(person.public_id, "claims", at=at).access.value for at in (NOW - DAY, NOW + 13 * DAY, NOW + 14 * DAY)]
    assert answers == ["deny", "shadow", "allow"]
    promotion = queries.ledger_of(person.id)[0]
    assert (promotion.kind, promotion.actor_id, promotion.reason) == ("promoted", lead.id, REASON)
    assert promotion.evidence == {
        "since": NOW.isoformat(),
        "decisions": 0,
        "quality": "unknown",
        "looked_at": 0,
        "right": 0,
        "signed_off": True,
    }
    assert db.session.scalar(select(AuditEntry.deed).order_by(AuditEntry.id.desc()).limit(1)) == "certificate.promoted"


def test_enough_reported_decisions_end_the_shadow_early(certification: PublishedCertification) -> None:
    person, lead = PersonFactory(), PersonFactory(roles=[Role.QA])
    award(person.id, certification, now=NOW)
    services.sign_off(person.id, certification, reason=REASON, by=actor(lead), now=NOW + DAY)
    rows = [Row(place, person.public_id, "claims", (NOW + day * DAY).date(), 100) for place, day in enumerate((-1, 0, 1))]
    report_work(rows[:2], by=SYSTEM, now=NOW + 2 * DAY)
    with pytest.raises(Refusal) as refused:
        services.promote(person.id, certification, reason=REASON, by=actor(lead), now=NOW + 2 * DAY)
    assert refused.value.reason is NestingRefusal.TOO_SOON
    report_work(rows, by=SYSTEM, now=NOW + 2 * DAY)
    assert services.promote(person.id, certification, reason=REASON, by=actor(lead), now=NOW + 2 * DAY).evidence["decisions"] == 200


def test_an_extension_asks_for_more_days_and_a_new_sign_off(certification: PublishedCertification) -> None:
    person, lead = PersonFactory(), PersonFactory(roles=[Role.LEAD])
    award(person.id, certification, now=NOW)
    services.sign_off(person.id, certification, reason=REASON, by=actor(lead), now=NOW + DAY)
    services.extend(person.id, certification, days=7, reason=REASON, by=actor(lead), now=NOW + 14 * DAY)
    for at, reason in ((14, NestingRefusal.TOO_SOON), (21, NestingRefusal.NOT_SIGNED_OFF)):
        with pytest.raises(Refusal) as refused:
            services.promote(person.id, certification, reason=REASON, by=actor(lead), now=NOW + at * DAY)
        assert refused.value.reason is reason
    services.sign_off(person.id, certification, reason=REASON, by=actor(lead), now=NOW + 21 * DAY)
    services.promote(person.id, certification, reason=REASON, by=actor(lead), now=NOW + 21 * DAY)
    assert queries.nesters([person.id], now=NOW + 21 * DAY) == []


@pytest.mark.parametrize(
    ("deed", "by", "reason", "refusal"),
    [
        ("sign_off", "self", REASON, LedgerRefusal.NOBODY_FOR_THEMSELVES),
        ("promote", "self", REASON, LedgerRefusal.NOBODY_FOR_THEMSELVES),
        ("sign_off", "lead", " short ", LedgerRefusal.REASON_MISSING),
        ("sign_off", "stranger", REASON, NestingRefusal.NO_BUDDY),
        ("sign_off", "nester", REASON, NestingRefusal.NO_BUDDY),
        ("promote", "buddy", REASON, NestingRefusal.NOT_YOURS),
        ("extend", "buddy", REASON, NestingRefusal.NOT_YOURS),
        ("promote", "lead", REASON, NestingRefusal.NOT_SIGNED_OFF),
        ("extend", "lead", REASON, NestingRefusal.EXTENSION_OUT_OF_RANGE),
    ],
)
def test_what_does_not_end_a_shadow_is_refused(certification: PublishedCertification, deed: str, by: str, reason: str, refusal: object) -> None:
    person, nester = PersonFactory(roles=[Role.LEAD]), PersonFactory()
    for each in (person, nester):
        award(each.id, certification, now=NOW)
    who = {"self": person, "lead": PersonFactory(roles=[Role.LEAD]), "stranger": PersonFactory(), "nester": nester, "buddy": in_full(certification)}[by]
    more = {"days": 91} if deed == "extend" else {}
    with pytest.raises(Refusal) as refused:
        getattr(services, deed)(person.id, certification, reason=reason, by=actor(who), now=NOW + 14 * DAY, **more)
    assert refused.value.reason is refusal


def test_who_is_not_in_shadow_cannot_be_promoted_again(certification: PublishedCertification) -> None:
    person, lead = in_full(certification), PersonFactory(roles=[Role.LEAD])
    with pytest.raises(Refusal) as refused:
        services.promote(person.id, certification, reason=REASON, by=actor(lead), now=NOW)
    assert refused.value.reason is NestingRefusal.NOT_IN_SHADOW


def test_whoever_left_or_lapsed_works_in_shadow_no_more(certification: PublishedCertification) -> None:
    left, lapsed, here = PersonFactory(), PersonFactory(), PersonFactory()
    award(lapsed.id, certification, now=NOW - 190 * DAY)
    for person in (left, here):
        award(person.id, certification, now=NOW)
    accounts.record_facts(left, {FactKind.STATUS: Status.DEACTIVATED}, effective_from=NOW, by=SYSTEM, now=NOW)
    assert [nester.person.id for nester in queries.nesters(queries.people_in_shadow(), now=NOW + DAY)] == [here.id]


def test_a_lead_sees_how_far_everybody_is_and_promotes(as_role: Callable[..., Browser], certification: PublishedCertification) -> None:
    person = PersonFactory(name="Sri Wahyuni")
    award(person.id, certification, now=clock.now() - 20 * DAY)
    lead = as_role(Role.LEAD)
    page = lead.get("/nesting").get_data(as_text=True)
    for words in ("Sri Wahyuni", "Time is over", "Day 14 of 14", "0 of 200 decisions reported", "Not known yet"):
        assert words in page
    address = f"/nesting/{person.public_id}/nested"
    early = lead.post(address, data={"deed": "promoted", "reason": REASON})
    assert (early.status_code, "a buddy has to sign off first" in early.get_data(as_text=True)) == (409, True)
    assert lead.post(f"{address}/sign-off", data={"reason": REASON}).status_code == 302
    assert "May be promoted" in lead.get("/nesting").get_data(as_text=True)
    assert lead.post(address, data={"deed": "promoted", "days": "", "reason": REASON}).status_code == 302
    assert "Nobody works in shadow" in lead.get("/nesting").get_data(as_text=True)
    assert access_of(person.public_id, "claims", at=clock.now()).access.value == "allow"
    assert lead.post(address, data={"deed": "promoted", "reason": REASON}).status_code == 404


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"deed": "extended", "days": "7", "reason": "short"}, "Use between 10 and 400 letters."),
        ({"deed": "extended", "days": "91", "reason": REASON}, "Use between 1 and 90 days."),
        ({"deed": "revoked", "days": "7", "reason": REASON}, "Not a valid choice"),
        ({}, "Say why."),
    ],
)
def test_what_is_entered_wrongly_is_refused_in_words(as_role: Callable[..., Browser], certification: PublishedCertification, sent: dict, words: str) -> None:
    person = PersonFactory()
    award(person.id, certification, now=clock.now() - DAY)
    answer = as_role(Role.QA).post(f"/nesting/{person.public_id}/nested", data=sent)
    assert (answer.status_code, words in answer.get_data(as_text=True)) == (400, True)


def test_there_are_as_many_pages_as_it_takes_and_a_form_that_was_not_taken_comes_back_on_its_own(
    as_role: Callable[..., Browser], certification: PublishedCertification
) -> None:
    people = [PersonFactory(name=f"Nesting {number:02}") for number in range(queries.NESTERS_SHOWN + 1)]
    for number, person in enumerate(people):
        award(person.id, certification, now=clock.now() - (len(people) - number) * timedelta(minutes=1))
    page = as_role(Role.QA)
    first, second, beyond = (page.get(f"/nesting?page={number}").get_data(as_text=True) for number in (1, 2, 900))
    assert first.count("<article") == queries.NESTERS_SHOWN and "Nesting 30" not in first and 'rel="next"' in first
    assert second.count("<article") == 1 and "Nesting 30" in second and 'rel="prev"' in second
    assert beyond == second
    sent = page.post(f"/nesting/{people[-1].public_id}/nested", data={"deed": "promoted", "days": "7", "reason": ""})
    assert sent.status_code == 400 and "Nesting 30" in sent.get_data(as_text=True)


def test_a_buddy_sees_and_signs_off_whom_they_may_and_nobody_else(browser: Browser, sign_in: Signing, certification: PublishedCertification) -> None:
    team, other = TeamFactory(), TeamFactory()
    buddy = in_full(certification, now=clock.now(), team=team)
    colleague, stranger = PersonFactory(name="Sri Wahyuni", team=team), PersonFactory(name="Budi Santoso", team=other)
    for person in (colleague, stranger):
        award(person.id, certification, now=clock.now() - DAY)
    signed_in = sign_in(browser, buddy)
    page = signed_in.get("/nesting").get_data(as_text=True)
    assert ("Sri Wahyuni" in page, "Budi Santoso" in page, "Promote or extend" in page) == (True, False, False)
    assert signed_in.post(f"/nesting/{stranger.public_id}/nested/sign-off", data={"reason": REASON}).status_code == 404
    assert signed_in.post(f"/nesting/{colleague.public_id}/nested", data={"deed": "promoted", "reason": REASON}).status_code == 403
    assert signed_in.post(f"/nesting/{colleague.public_id}/nested/sign-off", data={"reason": REASON}).status_code == 302
    assert "Has signed off" in signed_in.get("/nesting").get_data(as_text=True)


def test_the_holder_sees_how_far_they_are_and_whoever_looks_after_nobody_is_told(
    browser: Browser, sign_in: Signing, certification: PublishedCertification
) -> None:
    person = PersonFactory()
    award(person.id, certification, now=clock.now() - DAY)
    signed_in = sign_in(browser, person)
    assert "Your time in shadow" in signed_in.get("/certificates/nested").get_data(as_text=True)
    assert "Nobody to look after" in signed_in.get("/nesting").get_data(as_text=True)


def test_a_shown_quality_stands_in_for_the_sign_off_and_a_poor_one_outweighs_it(certification: PublishedCertification) -> None:
    """Random audits of live decisions since the award, in queues that ask for the certificate."""
    lead = actor(PersonFactory(roles=[Role.LEAD]))
    good, poor, few, old = (PersonFactory() for _ in range(4))
    for person, rights, begin in (
        (good, [True] * 58 + [False] * 2, 24),
        (poor, [True] * 45 + [False] * 15, 24),
        (few, [True] * 5, 24),
        (old, [True] * 60, -24 * 9),
    ):
        award(person.id, certification, now=DECIDED)
        audit(person, certification, rights, begin=begin, now=DECIDED + 13 * DAY)
    services.sign_off(poor.id, certification, reason=REASON, by=lead, now=DECIDED + 14 * DAY)
    promotion = services.promote(good.id, certification, reason=REASON, by=lead, now=DECIDED + 14 * DAY)
    assert [promotion.evidence[name] for name in ("quality", "looked_at", "right", "signed_off")] == ["reached", 60, 58, False]
    refusals = {poor: NestingRefusal.QUALITY_NOT_REACHED, few: NestingRefusal.NOT_SIGNED_OFF, old: NestingRefusal.NOT_SIGNED_OFF}
    for person, reason in refusals.items():
        with pytest.raises(Refusal) as refused:
            services.promote(person.id, certification, reason=REASON, by=lead, now=DECIDED + 14 * DAY)
        assert refused.value.reason is reason
