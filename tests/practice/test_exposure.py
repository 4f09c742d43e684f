"""The ledger of severe cases and the limits of a day and a week."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.practice.factories import CheckFactory, PracticeSetFactory, SetAssignmentFactory
from training import clock
from training.accounts.models import Person
from training.cases.models import Case
from training.config import WrongSetting, load_settings
from training.db import db
from training.errors import Refusal
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.models import Serving, SevereExposure
from training.practice.rules import DAILY, Budget, Exposure, PracticeRefusal, Purpose, PurposeKind, day_began_at, is_spent, week_began_at
from training.web.personal import personal_file

WEDNESDAY = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("exposure", "budget", "spent"),
    [
        (Exposure(3, 3), Budget(), False),
        (Exposure(3, 3), Budget(4, 10), False),
        (Exposure(4, 4), Budget(4, 10), True),
        (Exposure(0, 10), Budget(4, 10), True),
        (Exposure(0, 10), Budget(daily=4), False),
        (Exposure(0, 0), Budget(0, 10), True),
    ],
)
def test_a_budget_is_spent_when_the_day_or_the_week_brought_enough(exposure: Exposure, budget: Budget, spent: bool) -> None:
    assert is_spent(exposure, budget) is spent


@pytest.mark.parametrize(
    ("zone", "day", "week"),
    [
        ("Asia/Jakarta", datetime(2026, 3, 3, 17, tzinfo=UTC), datetime(2026, 3, 1, 17, tzinfo=UTC)),
        (None, datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 3, 4, 5, tzinfo=UTC), datetime(2026, 3, 2, 5, tzinfo=UTC)),
    ],
)
def test_days_and_weeks_begin_where_the_person_is(zone: str | None, day: datetime, week: datetime) -> None:
    assert (day_began_at(zone, now=WEDNESDAY), week_began_at(zone, now=WEDNESDAY)) == (day, week)


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyLabelFactory(code="PRO-03")
    return PersonFactory(languages=["en"])


def practise(person: Person, *, at: datetime, budget: Budget, purpose: Purpose = DAILY) -> Serving:
    serving = services.next_case(person.id, now=at, purpose=purpose, budget=budget)
    services.answer_serving(serving, CaseAnswer(), now=at)
    return serving


def severe(count: int, **columns: Any) -> list[Case]:
    return [CaseFactory(severity="S4", concept=f"PRO-{10 + number}.a", **columns) for number in range(count)]


def test_beyond_the_day_no_severe_case_comes_until_the_next_and_beyond_the_week_until_monday(me: Person) -> None:
    severe(12)
    budget = Budget(daily=2, weekly=3)
    assert [practise(me, at=WEDNESDAY, budget=budget).is_severe for _turn in range(2)] == [True, True]
    with pytest.raises(Refusal) as refused:
        practise(me, at=WEDNESDAY, budget=budget)
    assert refused.value.reason is PracticeRefusal.SEVERE_ENOUGH
    CaseFactory.create_batch(3, severity="S1", concept="CLM-01.a")
    assert not practise(me, at=WEDNESDAY, budget=budget).is_severe
    assert practise(me, at=WEDNESDAY + DAY, budget=budget).is_severe
    assert not practise(me, at=WEDNESDAY + 2 * DAY, budget=budget).is_severe
    assert practise(me, at=WEDNESDAY + 5 * DAY, budget=budget).is_severe


def test_what_is_skipped_is_kept_and_does_not_count(me: Person) -> None:
    severe(3)
    for _turn in range(2):
        services.skip_serving(services.next_case(me.id, now=WEDNESDAY, budget=Budget(daily=1)), now=WEDNESDAY)
    assert queries.exposure_of(me.id, None, now=WEDNESDAY) == Exposure(0, 0)
    assert queries.exposures_of(me.id) == [(WEDNESDAY, True), (WEDNESDAY, True)]


def test_the_budget_is_the_persons_own(me: Person) -> None:
    severe(2)
    practise(PersonFactory(languages=["en"]), at=WEDNESDAY, budget=Budget(daily=1))
    assert practise(me, at=WEDNESDAY, budget=Budget(daily=1)).is_severe


def test_what_was_laid_ready_counts_when_it_is_shown(me: Person) -> None:
    severe(3)
    first = practise(me, at=WEDNESDAY, budget=Budget())
    laid = services.lay_ahead(first, now=WEDNESDAY)
    assert laid is not None
    assert queries.exposure_of(me.id, None, now=WEDNESDAY) == Exposure(1, 1)
    assert practise(me, at=WEDNESDAY, budget=Budget()).id == laid.id
    assert queries.exposure_of(me.id, None, now=WEDNESDAY) == Exposure(2, 2)


def test_a_set_passes_over_severe_cases_and_a_check_waits(me: Person) -> None:
    listed = [*severe(2), CaseFactory(severity="S1")]
    given = PracticeSetFactory(cases=listed)
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    purpose, none = Purpose(PurposeKind.SET, (str(given.id),)), Budget(daily=0)
    assert practise(me, at=WEDNESDAY, budget=none, purpose=purpose).case_id == listed[2].id
    check = CheckFactory(version__case_ids=[listed[0].id])
    with pytest.raises(Refusal) as refused:
        services.start_check(me.id, check.slug, now=WEDNESDAY, budget=none)
    assert refused.value.reason is PracticeRefusal.SEVERE_ENOUGH


def test_the_ledger_is_appended_to_only(me: Person) -> None:
    severe(1)
    practise(me, at=WEDNESDAY, budget=Budget())
    db.session.commit()
    with pytest.raises(DBAPIError, match=r"never edited|append"):
        db.session.execute(delete(SevereExposure))
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(SevereExposure)) == 1


def test_a_person_sees_what_they_were_shown_and_that_it_is_enough(
    app: Flask, browser: Browser, me: Person, sign_in: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SEVERE_DAILY_BUDGET", 1)
    severe(3)
    practise(me, at=clock.now(), budget=Budget())
    db.session.commit()
    mine = sign_in(browser, me)
    page = mine.get("/practice/care").text
    assert "1 of 1" in page and "1 of 96" in page
    refused = mine.post("/practice/next")
    assert (refused.status_code, "you have seen enough of them for now" in refused.text) == (409, True)
    CaseFactory(severity="S1", concept="CLM-01.a")
    page = mine.get(mine.post("/practice/next").headers["Location"]).text
    assert "Lighter cases now: you have seen enough severe ones" in page
    assert [each["skipped"] for each in personal_file(me.id)["practice"]["severe_cases"]] == [False]


@pytest.mark.parametrize("said", ["-1", "many", "2.5"])
def test_a_budget_that_is_no_number_is_refused_by_name(tmp_path: Any, said: str) -> None:
    with pytest.raises(WrongSetting, match="SEVERE_DAILY_BUDGET is"):
        load_settings({"SECRET_KEYS": "a", "SEVERE_DAILY_BUDGET": said}, root=tmp_path)


@pytest.mark.parametrize("deed", ["answer", "skip"])
def test_what_was_done_stays_done_where_nothing_lighter_is_left(
    app: Flask, browser: Browser, me: Person, sign_in: Callable[..., Browser], monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    severe(3)
    mine = sign_in(browser, me)
    drilled = mine.post("/practice/next?surface=listing").headers["Location"]
    monkeypatch.setitem(app.config, "SEVERE_DAILY_BUDGET", 0)
    answer = {"actions": ["REMOVE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
    address = mine.post(drilled, data=answer) if deed == "answer" else mine.post(f"{drilled}/skip")
    serving = db.session.scalars(select(Serving)).one()
    assert address.headers["Location"] == f"/practice/sessions/{serving.session_id}"
    assert "you have seen enough of them for now" in mine.get(address.headers["Location"]).text
    assert (serving.answered_at is None, serving.skipped_at is None) == (deed == "skip", deed == "answer")
