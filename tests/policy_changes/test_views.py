"""The page on which somebody learns what changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.conftest import Browser
from tests.courses.factories import CourseFactory
from tests.policy_changes.changing import CHANGED, World
from training import clock
from training.accounts.models import Person
from training.certification.queries import open_deltas
from training.courses.rules.clause_changes import ClauseMark

Signing = Callable[[Browser, Person], Browser]


@pytest.fixture
def world(app: object, monkeypatch: pytest.MonkeyPatch) -> World:
    """As if it were a month after the certificate was awarded."""
    found = World()
    monkeypatch.setattr(clock, "now", lambda: CHANGED + timedelta(hours=1))
    return found


def text_of(browser: Browser, path: str) -> str:
    return browser.get(path).get_data(as_text=True)


def test_a_person_reads_only_what_changed_and_says_so(world: World, browser: Browser, sign_in: Signing) -> None:
    world.change("1.1.0")
    page = sign_in(browser, world.person)
    shown = text_of(page, "/policy-changes/mine/goods")
    assert "<ins> or air guns</ins>" in shown and "What this module is for." not in shown
    assert "Learn it by" in shown and "I have read what changed" in shown
    answered = page.post("/policy-changes/mine/goods/read", data={"version": "1.1.0"}, follow_redirects=True).get_data(as_text=True)
    assert "Done: you know the change" in answered and "Nothing waits for you here" in answered
    assert open_deltas(world.person.id) == []


def test_acknowledging_in_the_handbook_counts_as_well(world: World, browser: Browser, sign_in: Signing) -> None:
    world.change("1.1.0")
    sign_in(browser, world.person).post("/handbook/goods/acknowledge", data={"version": "1.1.0"})
    assert open_deltas(world.person.id) == []


def test_passing_the_short_check_is_the_last_step_where_there_is_one(world: World, browser: Browser, sign_in: Signing) -> None:
    CaseFactory(concept="PRO-01.a")
    world.change("1.1.0", ClauseMark.CLARIFIED)
    page = sign_in(browser, world.person)
    page.post("/policy-changes/mine/goods/read", data={"version": "1.1.0"})
    shown = text_of(page, "/policy-changes/mine/goods")
    assert "You have read what changed." in shown and "/practice/checks/delta-1-1-0-goods" in shown
    assert page.get("/practice/checks/delta-1-1-0-goods").status_code == 200
    assert len(open_deltas(world.person.id)) == 1


def test_the_queues_page_leads_to_what_is_to_be_learned(world: World, browser: Browser, sign_in: Signing) -> None:
    world.change("1.1.0")
    shown = text_of(sign_in(browser, world.person), "/queues")
    assert "/policy-changes/mine/goods" in shown and "Due by" in shown


def test_today_and_the_course_say_what_is_due_and_until_when(world: World, browser: Browser, sign_in: Signing) -> None:
    CourseFactory(id="onboarding", modules=("goods",))
    world.change("1.1.0")
    page = sign_in(browser, world.person)
    today = text_of(page, "/")
    assert "Learn what changed: Module" in today and today.count("/policy-changes/mine/goods") >= 2
    assert "Nothing you acknowledged has changed." in today, "it stands under what is due"
    assert "/policy-changes/mine/goods" in text_of(page, "/courses/onboarding")


def test_a_lead_sees_who_in_the_team_still_has_to_learn_it(world: World, app: Flask, sign_in: Signing) -> None:
    team = TeamFactory()
    member = world.holder(team=team, name="Made who is late")
    world.holder(name="Outsider of no team")
    world.change("1.1.0")
    lead = sign_in(app.test_client(), PersonFactory(roles=["lead"], team=team))
    assert "Made who is late" in text_of(lead, "/")
    listed = text_of(lead, "/policy-changes/published/goods/1.1.0?of=team")
    assert "Made who is late" in listed and "Outsider of no team" not in listed
    assert "Still to learn what changed" not in text_of(sign_in(app.test_client(), member), "/")


def test_bad_input_and_unknown_modules_get_a_clear_answer(world: World, browser: Browser, sign_in: Signing) -> None:
    page = sign_in(browser, world.person)
    assert page.get("/policy-changes/mine/no-such-module").status_code == 404
    assert page.post("/policy-changes/mine/goods/read", data={"version": "latest"}).status_code == 400
    assert page.post("/policy-changes/mine/goods/read", data={"version": "9.9.9"}).status_code == 404
    assert "Nothing waits for you here" in text_of(page, "/policy-changes/mine/goods")


def test_a_version_that_was_replaced_meanwhile_is_not_acknowledged(world: World, browser: Browser, sign_in: Signing) -> None:
    world.change("1.1.0")
    world.change("1.2.0")
    page = sign_in(browser, world.person)
    assert page.post("/policy-changes/mine/goods/read", data={"version": "1.1.0"}).status_code == 409
    assert len(open_deltas(world.person.id)) == 2
