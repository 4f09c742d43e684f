"""What pages of figures cost with 100,000 people: each at its first look, narrowed, and deep in its lists; beside a bare Flask view.

Pages are asked for as a browser asks, of the application itself, so that what is measured is the server's: access, statements, template. What seeding
left behind is set aside from the collector, as a server sets aside what it was put together from.
"""

import argparse
import gc
from collections.abc import Iterator
from html import unescape
from time import perf_counter

from flask.testing import FlaskClient
from support.bare import bare
from support.databases import Database, application, postgresql_database, sqlite_database
from support.figured import count_everybody, decisions_by_group, settle_with_figures
from support.figures import last_line, table
from support.measured import Measured, browser_of
from support.organisation import Organisation

from training.accounts.models import Person
from training.accounts.rules import FactKind, Role
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.db import db

LIST = "/organisation/figure/people?topic=certificate&subject=certification-1"
PAGES = {
    "at a glance": "/organisation",
    "at a glance, by market": "/organisation?beside=market",
    "who is due": "/organisation/adherence",
    "who is due, one team": "/organisation/adherence?team=7",
    "who is due, one market and language": "/organisation/adherence?market=ID&language=id",
    "who is ready": "/organisation/readiness",
    "one certificate by team": "/organisation/figure?topic=certificate&subject=certification-1",
    "people overdue": "/organisation/figure/people?topic=anything&subject=&state=late",
    "people of one certificate": LIST,
    "people of one certificate, one team": f"{LIST}&team=7",
    "everybody by name": "/organisation/people",
    "who never practised an area": "/organisation/people?without=CLM",
    "from hire to queue": "/organisation/funnel",
    "from hire to queue, one market by language": "/organisation/funnel?market=ID&by=language",
    "from hire to queue, by month of hiring": "/organisation/funnel?by=hired",
    "who is where on the way": "/organisation/funnel/people?stage=hired&standing=reached",
    "enforcement": "/organisation/enforcement",
    "enforcement over a year, one language": "/organisation/enforcement?months=12&language=id",
    "who decided": "/organisation/enforcement/people",
    "policy changes": "/organisation/changes",
}
DEEP = ("people overdue", "people of one certificate", "everybody by name", "who never practised an area", "who is where on the way", "who decided")
STEPS_IN = 40
"""How many pages in a deep one lies: it costs what the first costs, so further is only longer to walk."""


def _next(page: str) -> str | None:
    before, found, rest = page.partition('rel="next" href="')
    return unescape(rest.partition('"')[0]) if found and before else None


def _deep(browser: FlaskClient, address: str) -> str:
    for _ in range(STEPS_IN):
        further = _next(browser.get(address).text)
        if further is None:
            break
        address = further
    return address


def _addresses(browser: FlaskClient) -> Iterator[tuple[str, str]]:
    for what, address in PAGES.items():
        yield what, address
        if what in DEEP:
            yield f"{what}, {STEPS_IN} pages in", _deep(browser, address)


def measure(organisation: Organisation, database: Database, rounds: int) -> Measured:
    """Count everybody, then ask for every page so many times."""
    measured = Measured()
    app = application(database.url)
    app.config |= {"SESSION_COOKIE_SECURE": False, "WAIVE_SECOND_FACTOR": True}
    with app.app_context():
        begun = perf_counter()
        count_everybody(organisation)
        print(f"{database.name}: everybody counted in {perf_counter() - begun:.0f} s")
        head = db.session.get_one(Person, 1)
        record_facts(head, {FactKind.ROLES: [Role.QA.value]}, effective_from=organisation.now, by=SYSTEM, now=organisation.now)
        db.session.commit()
        decided = decisions_by_group(organisation)
        db.session.remove()
    database.fill([decided])
    database.rest()
    browser = browser_of(app, 1)
    addresses = dict(_addresses(browser))
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        with measured.time("a bare Flask view"):
            bare.test_client().post("/answer", json={})
        for what, address in addresses.items():
            with measured.time(what):
                answer = browser.get(address)
            assert answer.status_code == 200, (what, answer.status_code)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    return measured


def main() -> None:
    """Measure on one database or on both, and print."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    reader.add_argument("--people", type=int, default=100_000)
    reader.add_argument("--rounds", type=int, default=40)
    reader.add_argument("--only", choices=("sqlite", "postgresql"))
    asked = reader.parse_args()
    worst: dict[str, float] = {}
    for name, made in (("sqlite", sqlite_database), ("postgresql", postgresql_database)):
        if asked.only not in (None, name):
            continue
        with made() as database:
            organisation = Organisation(people_count=asked.people, queue_count=1)
            settle_with_figures(organisation, database)
            measured = measure(organisation, database, asked.rounds)
        print(table(("", "median ms", "p95 ms", "most ms", "statements"), measured.rows()))
        worst[f"{name}_worst_p95_ms"] = max(measured.p95(what) for what in measured.milliseconds)
    print(last_line("organisation", people=asked.people, **worst))


if __name__ == "__main__":
    main()
