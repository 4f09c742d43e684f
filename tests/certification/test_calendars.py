"""Calendars: read by another program, closed with their address, and a team's for its lead alone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from training import clock
from training.accounts.models import Person
from training.accounts.rules import FactKind, Role, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.certification.rules import CalendarEntry, calendar_text
from training.db import db

Signing = Callable[[Browser, Person], Browser]
DAY = timedelta(days=1)
NOW = datetime(2026, 5, 1, 12, 30, tzinfo=UTC)


def entry(**values: Any) -> CalendarEntry:
    given = {"uid": "one@t.example", "ends_at": NOW + 9 * DAY, "summary": "Ends", "description": "It ends.", "address": "https://t.example/certificates/one"}
    return CalendarEntry(**{**given, **values})


def read(text: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_an_end_has_four_alarms_and_every_line_ends_as_the_standard_has_it() -> None:
    text = calendar_text("My certificates", [entry()], now=NOW)
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    (event,) = read(text)
    assert (event["DTSTART"].dt, event["DTSTAMP"].dt, str(event["UID"])) == (NOW + 9 * DAY, NOW, "one@t.example")
    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-days * DAY for days in (30, 14, 7, 1)]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(alphabet="aé;,\\\nผู", max_size=300))
def test_another_program_reads_every_text_as_it_was_meant(summary: str, description: str) -> None:
    text = calendar_text("Ends, all; of them", [entry(summary=summary, description=description)], now=NOW)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    (event,) = read(text)
    assert str(event["DESCRIPTION"]) == description
    assert str(event["SUMMARY"]) == "".join(letter for letter in summary.replace("\r\n", "\n") if letter == "\n" or letter.isprintable())


def address_of(browser: Browser, whose: str = "own") -> str:
    """The path of a newly made address."""
    page = browser.post("/certificates/calendar", data={"whose": whose})
    assert page.status_code == 200
    found = re.search(r'value="[^"]*(/calendars/[\w-]+\.ics)"', page.text)
    assert found is not None
    return found[1]


def summaries(browser: Browser, address: str) -> list[str]:
    response = browser.get(address)
    assert (response.status_code, response.content_type) == (200, "text/calendar; charset=utf-8")
    return [str(event["SUMMARY"]) for event in read(response.text)]


@pytest.fixture
def stranger(app: Flask) -> Browser:
    client = app.test_client()
    assert isinstance(client, Browser)
    return client


def test_my_calendar_opens_to_any_program_that_knows_the_address_until_i_close_it(browser: Browser, stranger: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    award(person.id, CertificationFactory(title="Claims, listings"), now=clock.now() - DAY)
    award(person.id, CertificationFactory(title="Long gone"), now=clock.now() - 400 * DAY)
    mine = sign_in(browser, person)
    first = address_of(mine)
    assert summaries(stranger, first) == ["Your certificate Claims, listings ends"]
    second = address_of(mine)
    assert stranger.get(first).status_code == 404
    assert summaries(stranger, second) == ["Your certificate Claims, listings ends"]
    assert second.split("/")[2] not in mine.get("/certificates").text
    assert mine.post("/certificates/calendar/close", data={"whose": "own"}).status_code == 302
    assert stranger.get(second).status_code == 404
    assert mine.post("/certificates/calendar/close", data={"whose": "own"}).status_code == 302
    assert len(mine.get("/account/data.json").json["certificate reminders"]["calendars"]) == 2


def test_the_calendar_of_who_left_is_closed(browser: Browser, stranger: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    address = address_of(sign_in(browser, person))
    record_facts(person, {FactKind.STATUS: Status.DEACTIVATED}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    db.session.commit()
    assert stranger.get(address).status_code == 404


def test_a_lead_sees_who_lapses_when_on_the_page_and_in_the_calendar(browser: Browser, stranger: Browser, sign_in: Signing) -> None:
    team, certification = TeamFactory(), CertificationFactory(title="Claims")
    lead = PersonFactory(roles=[Role.LEAD], team=team)
    late, early, elsewhere = PersonFactory(name="Late Lapse", team=team), PersonFactory(name="Early Lapse", team=team), PersonFactory(name="Someone Else")
    for person, days_ago in ((late, 10), (early, 177), (elsewhere, 1)):
        award(person.id, certification, now=clock.now() - days_ago * DAY)
    mine = sign_in(browser, lead)
    page = mine.get("/team/certificates").text
    assert page.index("Early Lapse") < page.index("Ends within a week") < page.index("Late Lapse")
    assert "Someone Else" not in page
    address = address_of(mine, "team")
    assert summaries(stranger, address) == ["Early Lapse: Claims ends", "Late Lapse: Claims ends"]
    record_facts(lead, {FactKind.ROLES: []}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    db.session.commit()
    assert stranger.get(address).status_code == 404


def test_a_team_without_certificates_and_a_lead_without_a_team_read_why(as_role: Callable[..., Browser]) -> None:
    assert "You lead no team yet" in as_role(Role.LEAD).get("/team/certificates").text


def test_what_is_no_calendar_is_refused(as_role: Callable[..., Browser]) -> None:
    moderator = as_role()
    answers = [moderator.post("/certificates/calendar", data={"whose": whose}).status_code for whose in ("team", "everybody", "")]
    assert answers == [403, 400, 400]
    assert moderator.get("/calendars/made-up.ics").status_code == 404
