"""Whom an assignment asks, when its day ends where they are, and when they are reminded."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from training.courses.rules.assigning import OVERDUE, AudienceRule, end_of, reminder_due, rules_fitting

DUE = datetime(2026, 12, 10, 16, 59, 59, tzinfo=UTC)
LONG_BEFORE = DUE - timedelta(days=30)


@pytest.mark.parametrize("rule", [AudienceRule("ID", "id"), AudienceRule("ID", ""), AudienceRule("", "id")])
def test_a_rule_is_read_as_it_is_kept(rule: AudienceRule) -> None:
    assert AudienceRule.parse(rule.key) == rule


def test_somebody_is_taken_in_by_every_rule_that_says_no_more_than_what_is_theirs() -> None:
    assert rules_fitting({"ID"}, {"id", "en"}) == {"ID/", "/id", "/en", "ID/id", "ID/en"}
    assert rules_fitting({"ID"}, ()) == {"ID/"}
    assert rules_fitting((), ()) == frozenset()


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Asia/Jakarta", "2026-12-10T16:59:59+00:00"),
        ("America/New_York", "2026-12-11T04:59:59+00:00"),
        ("Pacific/Kiritimati", "2026-12-10T09:59:59+00:00"),
    ],
)
def test_a_day_ends_where_somebody_is(zone: str, end: str) -> None:
    assert end_of(date(2026, 12, 10), ZoneInfo(zone)) == datetime.fromisoformat(end)


@pytest.mark.parametrize(("days_left", "reminder"), [(7.1, None), (7, 7), (1.5, 7), (1, 1), (0.1, 1), (0, OVERDUE), (-6.9, OVERDUE), (-7, None)])
def test_people_are_reminded_a_week_and_a_day_before_and_once_it_is_over(days_left: float, reminder: int | None) -> None:
    assert reminder_due(DUE, assigned_at=LONG_BEFORE, now=DUE - timedelta(days=days_left)) == reminder


def test_what_was_asked_for_later_than_a_reminder_is_not_told_by_it() -> None:
    asked = DUE - timedelta(days=3)
    found = [reminder_due(DUE, assigned_at=asked, now=DUE - timedelta(days=days)) for days in (2.5, 1, 0)]
    assert found == [None, 1, OVERDUE]
