"""What a case costs the database, from asking for it to the feedback: as few statements after a year as on the first day, each by an index."""

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.courses.factories import ModuleFactory, body, clause
from tests.judgements.factories import JudgementFactory
from tests.media.factories import picture_bytes
from tests.statements import asked, scans_in
from training import clock
from training.accounts.models import Person
from training.media.services import store

RIGHT = {"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
READ_WHOLE = {"taxonomy_areas", "taxonomy_labels", "modules", "courses"}
"""The vocabulary, the titles of the handbook, and what each course asks for: as long as they are, however much is practised."""


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyLabelFactory(code="PRO-03")
    return PersonFactory(languages=["en"])


def practised(browser: Browser) -> dict[str, list[tuple[str, object]]]:
    """The statements of a case, with their parameters, by what was asked for."""
    found: dict[str, list[tuple[str, object]]] = {}
    with asked() as found["next"]:
        serving = browser.post("/practice/next").headers["Location"]
    with asked() as found["shown"]:
        assert browser.get(serving).status_code == 200
    with asked() as found["answer"]:
        assert browser.post(serving, data=RIGHT).status_code == 302
    with asked() as found["feedback"]:
        assert browser.get(serving).status_code == 200
    return found


def test_a_case_takes_as_many_statements_after_long_practice_as_after_short(app: Flask, mine: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "SEVERE_DAILY_BUDGET", 100)
    picture = store(picture_bytes(), now=clock.now())
    images = [{"media_id": picture.id, "alt": "A box", "width": 60, "height": 40}] * 3
    for number in range(40):
        CaseFactory(concept=f"PRO-{number % 10 + 10}.a", content__images=images)
    practised(mine)
    counts = []
    for answers in (5, 20):
        for _ in range(answers):
            practised(mine)
        counts.append({what: len(statements) for what, statements in practised(mine).items()})
    assert counts[0] == counts[1]
    assert counts[1]["next"] <= 16 and counts[1]["shown"] <= 6 and counts[1]["answer"] <= 19 and counts[1]["feedback"] <= 12, counts[1]


def test_none_of_them_reads_a_table_from_end_to_end(mine: Browser) -> None:
    for number in range(12):
        CaseFactory(concept=f"PRO-{number % 3 + 10}.a")
    for _ in range(3):
        practised(mine)
    scanned = {
        table
        for statements in practised(mine).values()
        for statement, parameters in statements
        if statement.startswith(("SELECT", "WITH"))
        for table in scans_in(statement, parameters)
    }
    assert {table for table in scanned if not table.startswith("anon")} <= READ_WHOLE


def test_feedback_with_all_there_is_takes_a_fixed_number_of_statements_by_indexes(mine: Browser) -> None:
    ModuleFactory(id="medicine", body=body(clause("PRO-03.a")))
    one = CaseFactory(slug="case-one", contrast_slug="case-other")
    CaseFactory(slug="case-other", contrast_slug="case-one")
    first = mine.post("/practice/next").headers["Location"]
    mine.post(first, data=RIGHT)
    mine.post(mine.post(f"{first}/near-miss").headers["Location"], data=RIGHT)
    counts = []
    for _ in range(2):
        JudgementFactory.create_batch(60, case=one)
        with asked() as statements:
            page = mine.get(first).get_data(as_text=True)
        assert "Its look-alike" in page and "How colleagues answered" in page and "PRO-03.a in the handbook" in page
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 22, counts
    scanned = {table for statement, parameters in statements if statement.startswith(("SELECT", "WITH")) for table in scans_in(statement, parameters)}
    assert {table for table in scanned if not table.startswith("anon")} <= READ_WHOLE
    (others,) = [statement for statement, _parameters in statements if "judgements.case_version_id = " in statement]
    assert "LIMIT" in others
