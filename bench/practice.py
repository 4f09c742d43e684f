"""What practising costs on PostgreSQL with 200,000 cases and 10,000,000 judgements: the next case, an answer, a profile.

Each is asked for as a browser asks, of the application itself, so that what is measured is the server's: access, statements, template. The next case
is the request that chooses it together with the page that shows it with the addresses of its pictures. The first people only warm the process up.
"""

import argparse
import re
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml
from flask.testing import FlaskClient
from support.databases import application, postgresql_database
from support.figures import last_line, table
from support.measured import Measured, browser_of
from support.practice_rows import PracticeSize, practice_rows

from training import clock
from training.actors import SYSTEM
from training.cases.documents import TaxonomyDocument
from training.cases.services import store_taxonomy
from training.db import db

TAXONOMY = Path(__file__).resolve().parents[1] / "content" / "taxonomy.yaml"
ANSWER = {"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
WARMING_UP = 10
NUMBERED = ("people", "practice_sessions", "servings", "judgements")


def practise(browser: FlaskClient, measured: Measured) -> None:
    """One case: asked for, decided, and the profile looked at."""
    with measured.time("next case"):
        serving = browser.post("/practice/next").headers["Location"]
        page = browser.get(serving)
    assert page.status_code == 200 and re.search(rb"sachet|[Rr]ice cooker", page.data), page.data[:2000]
    with measured.time("answer"):
        answered = browser.post(serving, data=ANSWER)
    assert answered.status_code == 302, answered.data[:2000]
    with measured.time("feedback"):
        page = browser.get(serving)
    assert b"The clause says so" in page.data
    with measured.time("profile"):
        page = browser.get("/practice/profile")
    assert b"In short" in page.data


def settle(url: str, size: PracticeSize, fill: Any) -> None:
    """Put everything into this database."""
    taxonomy = TaxonomyDocument.model_validate(yaml.safe_load(TAXONOMY.read_text(encoding="utf-8")))
    with application(url).app_context():
        store_taxonomy(taxonomy, now=clock.now(), by=SYSTEM)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    fill(practice_rows(size, taxonomy, now=datetime.now(UTC)))
    with application(url).app_context():
        for name in NUMBERED:
            db.session.connection().exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
        db.session.commit()
        db.engine.dispose()


def measure(url: str, size: PracticeSize, asked_count: int) -> Measured:
    """So many people practise one case each, one after the other."""
    app = application(url)
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["SESSION_COOKIE_SECURE"] = False
    step = max(1, size.people_count // (asked_count + WARMING_UP))
    people = [1 + place * step % size.people_count for place in range(asked_count + WARMING_UP)]
    warming, measured = Measured(), Measured()
    for place, person_id in enumerate(people):
        practise(browser_of(app, person_id), warming if place < WARMING_UP else measured)
    with app.app_context():
        db.engine.dispose()
    return measured


def main() -> None:
    """Measure, show, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_500, help="how many people have practised")
    parser.add_argument("--judgements", type=int, default=10_000_000, help="how many answers they gave, all together")
    parser.add_argument("--cases", type=int, default=200_000, help="how many cases there are")
    parser.add_argument("--asked", type=int, default=300, help="how many people practise while it is measured")
    arguments = parser.parse_args()
    size = PracticeSize(arguments.people, arguments.judgements // arguments.people, arguments.cases)
    with postgresql_database() as database:
        begun = perf_counter()
        settle(database.url, size, database.fill_much)
        seconds = perf_counter() - begun
        print(f"{size.case_count:,} cases and {size.people_count * size.answers_each:,} judgements seeded in {seconds:.0f} s", flush=True)
        measured = measure(database.url, size, arguments.asked)
    print(table(("what", "median ms", "p95 ms", "longest ms", "statements"), measured.rows()))
    print(
        last_line(
            "practice",
            next_case_p95_ms=measured.p95("next case"),
            submit_p95_ms=measured.p95("answer"),
            profile_p95_ms=measured.p95("profile"),
            feedback_p95_ms=measured.p95("feedback"),
            seeding_s=round(seconds),
        )
    )


if __name__ == "__main__":
    main()
