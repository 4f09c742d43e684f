"""The pages of analysis over a million stored answers: what each costs, beside a page that shows no figure."""

import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from time import perf_counter

from flask import Flask
from flask.testing import FlaskClient

from support.databases import application
from support.figures import percentile
from training import clock
from training.accounts.rules import FactKind
from training.accounts.services import create_person, open_session
from training.actors import SYSTEM
from training.db import db
from training.exams import services
from training.exams.models import Exam, ItemAcquaintance
from training.exams.rules.acquaintance import Acquaintance
from training.exams.services.analysing import analysis_of_all

EXAM = "/exams/desk/exams/bench-exam"
PAGES = {
    "a page without figures": "/account",
    "an exam": EXAM,
    "its items": f"{EXAM}/items",
    "its items as CSV": f"{EXAM}/tables/items.csv",
    "its versions": f"{EXAM}/versions",
}
BASELINE = next(iter(PAGES))
ASKED = 60
WARMING_UP = 5


@dataclass(slots=True)
class Pages:
    """Milliseconds of each page, every one asked for in its turn."""

    milliseconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def ask(self, browser: FlaskClient, name: str, address: str) -> None:
        """Ask for a page once."""
        begun = perf_counter()
        response = browser.get(address)
        self.milliseconds[name].append(1000 * (perf_counter() - begun))
        assert response.status_code == 200, (address, response.status_code)

    def p95(self, name: str) -> float:
        """What nineteen of twenty did not exceed."""
        return round(percentile(self.milliseconds[name], 0.95), 1)

    def ratio(self, name: str) -> float:
        """How many times the median of the page without figures it takes in the middle."""
        return round(statistics.median(self.milliseconds[name]) / statistics.median(self.milliseconds[BASELINE]), 1)

    def rows(self) -> list[list[str]]:
        """A line for each page: median, p95, and how many times the first."""
        return [[name, f"{statistics.median(taken):.1f}", f"{self.p95(name):.1f}", f"{self.ratio(name):.1f}"] for name, taken in self.milliseconds.items()]


def measure_pages(url: str, *, item_count: int) -> Pages:
    """A trainer who knows some items reads the pages in turns, through the whole application and without a network."""
    app = application(url)
    app.config.update(SESSION_COOKIE_SECURE=False, WAIVE_SECOND_FACTOR=True)
    browser = _trainer_of(app, item_count)
    warming, measured = Pages(), Pages()
    for turn in range(WARMING_UP + ASKED):
        pages = warming if turn < WARMING_UP else measured
        for name, address in PAGES.items():
            pages.ask(browser, name, address)
        pages.ask(browser, "an item", f"/exams/desk/items/item-b{item_count // 2 + 1 + turn:05}")
        pages.ask(browser, "an item whose key is known", f"/exams/desk/items/item-b{1 + turn:05}")
        pages.ask(browser, "its family", f"/exams/desk/items/item-b{1 + turn:05}/family")
    with app.app_context():
        db.engine.dispose()
    return measured


def _trainer_of(app: Flask, item_count: int) -> FlaskClient:
    """The browser of a trainer who knows the first half of the items, over figures as the job keeps them."""
    now = clock.now()
    with app.app_context():
        found = analysis_of_all(1)
        services.keep_figures(found.items, found.exams, last_run_id=1, now=now)
        db.session.get_one(Exam, 1).current_version_id = 1
        person = create_person(email="desk@example.org", name="Desk", facts={FactKind.STATUS: "active", FactKind.ROLES: ["trainer"]}, by=SYSTEM, now=now)
        db.session.flush()
        known = range(1, item_count // 2 + 1)
        db.session.add_all(ItemAcquaintance(person_id=person.id, item_id=item, how=Acquaintance.OPENED.value, recorded_at=now) for item in known)
        _session, token = open_session(person, address="192.0.2.1", browser="The bench", now=now)
        db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    return browser
