"""Profiles, teams and the report as eyes find them: wide and narrow, light and dark, full and empty; and the report on one sheet."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.judgements.factories import JudgementFactory, PersonTallyFactory
from tests.practice.factories import AreaMasteryFactory
from training.accounts.models import Person
from training.cases.rules import Severity, Surface

pytestmark = pytest.mark.browser
TITLES = {
    "PRO": "Prohibited goods",
    "RES": "Restricted and regulated goods",
    "IPR": "Intellectual property and counterfeit",
    "CLM": "Product claims",
    "LST": "Listing, price and promotion integrity",
    "SEL": "Seller and trader qualification",
    "FRD": "Fraud, scam and abuse of the order flow",
    "REV": "Review and engagement manipulation",
    "LIV": "Livestream and short-video conduct",
    "HRM": "Speech, violence and self-harm",
    "SXM": "Sexual content and minors",
    "PRV": "Privacy, civic and public order",
}
DECISIONS = ["REMOVE+STRIKE", "APPROVE", "RESTRICT_PENDING_DOCS+HOLD_PAYOUT", "ESCALATE+WELFARE", "REQUEST_INFO"]
LABELS = ["PRO-03>OUT-00", "PRO-03>PRO-04", "OUT-00>PRO-03", "PRO-03>PRO-03", "OUT-00>OUT-00", "PRO-04>"]


@pytest.fixture(autouse=True)
def vocabulary(app: Flask) -> None:
    for position, (code, title) in enumerate(TITLES.items()):
        TaxonomyAreaFactory(code=code, title=title, position=position)
    TaxonomyLabelFactory(code="PRO-03", title="Prescription medicine / blue-label (etiket biru) skincare / injectables sold without authority")
    TaxonomyLabelFactory(code="PRO-04", title="Wildlife")


def somebody(**facts: Any) -> Person:
    return PersonFactory(name="Rani Kusumawardhani Prawirodirdjo Lestari", **facts)


def tallied(person: Person, dimension: str, key: str, count: int, chance: Random) -> None:
    violations = count // 2
    misses, alarms = (min(violations, int(chance.random() ** 2 * violations)) for _ in range(2))
    wrong = int(chance.random() ** 2 * (count - misses - alarms) / 4)
    counts = {"hits": violations - misses, "misses": misses, "false_alarms": alarms, "correct_rejections": count - violations - alarms}
    PersonTallyFactory(
        person_id=person.id,
        dimension=dimension,
        key=key,
        count=count,
        right=count - misses - alarms - wrong,
        wrong_selections=wrong,
        repeat_count=count // 9,
        **counts,
    )


def practised(person: Person, *, seed: int = 4) -> None:
    """Every division filled: some with much, some with too little."""
    chance = Random(seed)
    keys = {"area": list(TITLES), "surface": list(Surface), "severity": list(Severity), "language": ["en", "id"], "decision": DECISIONS, "labels": LABELS}
    for dimension, names in keys.items():
        for place, name in enumerate(names):
            tallied(person, dimension, str(name), [640, 60, 36, 12, 7][place % 5], chance)
    for place, code in enumerate(TITLES):
        AreaMasteryFactory(person_id=person.id, area=code, right_weight=5.0 * place + 2, count=6 * place, day_count=place // 2)
    PersonTallyFactory(person_id=person.id, source="exam", key="PRO", count=40, right=37)
    for seconds in range(12):
        JudgementFactory(person_id=person.id, seconds=20.0 + seconds**2, is_strict=seconds % 3 > 0)


@pytest.mark.long
@in_ways
def test_a_full_profile_looks_well_and_says_everything_to_everybody(page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    person = somebody()
    practised(person)
    page = page_of(person, "/practice/profile")
    look(page, "profile", ways)
    for picture in page.get_by_role("img").all():
        assert (picture.get_attribute("aria-labelledby") or "").count(" ") == 1
    page.goto("/practice/profile/print")
    look(page, "profile-report", ways)
    page.goto("/practice/profile/answers?kind=all&dimension=area&key=PRO")
    look(page, "profile-answers", ways)


@in_ways
def test_an_empty_profile_looks_well(page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    page = page_of(somebody(), "/practice/profile")
    look(page, "profile-empty", ways)
    page.goto("/practice/profile/answers?kind=right")
    look(page, "profile-answers-empty", ways)
    page.goto("/practice/profile/print")
    look(page, "profile-report-empty", ways)


@in_ways
@pytest.mark.parametrize("role", ["trainer", "lead"])
def test_a_team_looks_well(page_of: Callable[..., Page], role: str, ways: tuple[Way, ...]) -> None:
    team = TeamFactory(name="Night shift of Jakarta Barat and surroundings")
    person = somebody(team=team)
    practised(person)
    for number in range(4):
        tallied(PersonFactory(team=team), "area", "IPR", 60, Random(number))
    viewer = PersonFactory(name="Lea", roles=(role,), team=team)
    page = page_of(viewer, "/practice/team")
    look(page, f"practice-team-{role}", ways)
    page.get_by_role("link", name=person.name).click()
    look(page, f"practice-person-{role}", ways)
    page.goto(f"/practice/people/{person.public_id}/answers")
    look(page, f"practice-person-answers-{role}", ways)


@in_ways
def test_a_lead_without_a_team_finds_a_page_that_looks_well(page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    look(page_of(PersonFactory(roles=("lead",)), "/practice/team"), "practice-team-none", ways)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_prints_on_one_sheet_of_a4(page_of: Callable[..., Page], scheme: str) -> None:
    """Twelve areas with their intervals and a name of 41 letters, whichever scheme the screen has."""
    person = somebody()
    practised(person)
    page = page_of(person, "/practice/profile/print", color_scheme=scheme)
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1
    assert b"/MediaBox [0 0 594" in sheet or b"/MediaBox [0 0 595" in sheet
    page.emulate_media(media="print", color_scheme=scheme)
    assert page.evaluate("getComputedStyle(document.querySelector('.report')).color") == "rgb(0, 0, 0)"
    page.screenshot(path=f"tests/screenshots/profile-report-printed-{scheme}.png", full_page=True)
