"""What leads are told in the morning: each reminder of their team once, all of them in one mail."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.certification import services
from training.certification.models import TeamDigest
from training.certification.rules import Ending, TermRule, last_morning, reminded_between
from training.certification.services import digests
from training.certification.tasks import tell_leads
from training.db import db
from training.outbox.models import OutboxMail

DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 5, 3, tzinfo=UTC)
END = BEGIN + 180 * DAY
DURATION, DISUSE = TermRule(Ending.DURATION, days=180), TermRule(Ending.DISUSE, days=30)


def tell(at: datetime) -> list[str]:
    """The bodies of the mails that the job queues now."""
    before = db.session.query(OutboxMail).count()
    tell_leads(at)
    db.session.commit()
    return [mail.body for mail in db.session.query(OutboxMail).order_by(OutboxMail.id)][before:]


@pytest.fixture
def lead(app: Any) -> Person:
    team = TeamFactory()
    leading = PersonFactory(roles=[Role.LEAD], team=team, name="Dewi Lead", email="dewi@example.org")
    certification = CertificationFactory(title="Claims")
    for name, later in (("Sri Wahyuni", 0), ("Agus Salim", 2)):
        award(PersonFactory(name=name, team=team).id, certification, now=BEGIN + later * DAY)
    award(PersonFactory(name="Somebody Else").id, certification, now=BEGIN)
    return leading


def lines(body: str) -> list[str]:
    return [line for line in body.splitlines() if line.startswith("- ")]


def test_a_morning_brings_what_fell_due_since_the_last_one_in_one_mail(lead: Person) -> None:
    told = {day: [lines(body) for body in tell(END - day * DAY)] for day in range(33, -3, -1)}
    assert {day: len(found) for day, (found,) in ((day, bodies) for day, bodies in told.items() if bodies)} == dict.fromkeys((30, 28, 14, 12, 7, 5, 1, -1), 1)
    assert told[14] == [["- Sri Wahyuni: “Claims” ends within 14 days, on 04 July 2026 at 10:00 (WIB)"]]
    assert [mail.recipient for mail in db.session.query(OutboxMail)] == ["dewi@example.org"] * 8


def test_after_days_without_jobs_one_mail_tells_the_latest_of_each(lead: Person) -> None:
    tell(END - 40 * DAY)
    (body,) = tell(END - 6 * DAY)
    assert [line.split(" ends ")[1].split(",")[0] for line in lines(body)] == ["within 7 days", "within 14 days"]
    assert "2 certificates in your team end soon" in [mail.subject for mail in db.session.query(OutboxMail)]


def test_the_job_may_run_all_day(lead: Person) -> None:
    assert len(tell(END - 30 * DAY)) == 1
    assert [tell(END - 30 * DAY + timedelta(hours=hour)) for hour in range(1, 24)] == [[]] * 23


def test_it_comes_at_seven_in_the_leads_own_zone(lead: Person) -> None:
    record_facts(lead, {FactKind.TIME_ZONE: "Asia/Tokyo"}, effective_from=BEGIN, by=SYSTEM, now=BEGIN)
    db.session.commit()
    seven = datetime(2026, 6, 4, 22, tzinfo=UTC)
    tell(seven - DAY)
    assert [bool(tell(at)) for at in (seven - timedelta(minutes=1), seven)] == [False, True]


def test_whoever_claims_the_morning_first_writes_the_mail(lead: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another run of the job looked at the lead between this one's reading and its claim."""
    real = digests.queries.told_until

    def read_then_lose(lead_ids: Any) -> dict[int, datetime]:
        told = real(lead_ids)
        db.session.merge(TeamDigest(lead_id=lead.id, told_until=END - 30 * DAY))
        db.session.flush()
        return told

    monkeypatch.setattr(digests.queries, "told_until", read_then_lose)
    assert tell(END - 30 * DAY) == []


def test_who_leads_no_team_or_left_is_not_written_to(lead: Person) -> None:
    PersonFactory(roles=[Role.LEAD])
    record_facts(lead, {FactKind.STATUS: Status.DEACTIVATED}, effective_from=END - 40 * DAY, by=SYSTEM, now=END - 40 * DAY)
    db.session.commit()
    assert tell(END - 30 * DAY) == []


def test_many_leads_have_their_turns(lead: Person) -> None:
    PersonFactory(roles=[Role.LEAD])
    looked_after = [services.tell_leads(site_url="http://localhost", now=END - 30 * DAY, limit=1) for _ in range(3)]
    assert looked_after == [1, 1, 0]


@pytest.mark.parametrize(
    ("local", "expected"),
    [("2026-11-22 07:00", "2026-11-22 07:00"), ("2026-11-22 06:59", "2026-11-21 07:00"), ("2026-03-29 12:00", "2026-03-29 07:00")],
)
def test_the_last_morning_where_the_lead_is(local: str, expected: str) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert last_morning(datetime.fromisoformat(local).replace(tzinfo=berlin).astimezone(UTC), berlin) == datetime.fromisoformat(expected).replace(tzinfo=berlin)


@pytest.mark.parametrize(
    ("rule", "days_held", "after", "now", "expected"),
    [
        (DURATION, 180, 31, 30, 30),
        (DURATION, 180, 30, 29, None),
        (DURATION, 180, 40, 6, 7),
        (DURATION, 180, 2, -1, None),
        (DURATION, 10, 11, 9, None),
        (DISUSE, 30, 31, 29, None),
        (DISUSE, 30, 15, 14, 14),
    ],
)
def test_which_reminder_fell_due(rule: TermRule, days_held: int, after: int, now: int, expected: int | None) -> None:
    term = (END - days_held * DAY, END)
    assert reminded_between(term, rule, after=END - after * DAY, now=END - now * DAY) == expected
