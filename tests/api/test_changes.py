"""Tools follow the feed: what is said at which cursor, and how soon."""

from datetime import timedelta
from typing import Any

import pytest

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import TODAY, Browser
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts import services as accounts
from training.accounts.rules import FactKind
from training.actors import SYSTEM
from training.db import begin_writing, db
from training.queues import queries
from training.queues.tasks import forget_old_changes

TOKEN = {"Authorization": "Bearer good"}


@pytest.fixture
def tool(browser: Browser) -> Browser:
    ApiClientFactory(token="good", scopes=["access:read"])
    return browser


def ask(tool: Browser, **query: object) -> Any:
    return tool.get("/api/v1/access/changes", headers=TOKEN, query_string=query)


def follow(tool: Browser, cursor: str) -> Any:
    answer = ask(tool, cursor=cursor)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_a_change_is_there_in_the_first_request_after_its_commit_with_no_job_running(tool: Browser) -> None:
    person, certification = PersonFactory(), CertificationFactory(id="claims-reviewer")
    QueueFactory(id="claims", requires={"all_of": ["claims-reviewer"]})
    cursor = ask(tool, cursor="latest").json["next_cursor"]
    event = award(person.id, certification, now=clock.now())
    page = follow(tool, cursor)
    (change,) = page["changes"]
    assert change.pop("detail")
    assert change == {
        "position": int(cursor) + 1,
        "at": event.recorded_at.isoformat().replace("+00:00", "Z"),
        "kind": "certificate",
        "subject": person.public_id,
        "queues": ["claims"],
        "certification": "claims-reviewer",
    }
    assert follow(tool, page["next_cursor"]) == {"changes": [], "next_cursor": page["next_cursor"], "has_more": False}


def test_pages_lead_from_the_first_event_to_the_last_one_by_one(tool: Browser) -> None:
    people = [PersonFactory().public_id for _ in range(5)]
    seen, page = list[str](), ask(tool, limit=2).json
    while page["has_more"]:
        seen += [change["subject"] for change in page["changes"]]
        page = ask(tool, limit=2, cursor=page["next_cursor"]).json
    seen += [change["subject"] for change in page["changes"]]
    assert seen == people


@pytest.mark.parametrize("cursor", ["", "-1", "1.5", "abc", "٣", "0x1", "9" * 30, "1 OR 1=1", "Latest"])
def test_a_cursor_that_is_none_is_refused_in_words(tool: Browser, cursor: str) -> None:
    answer = ask(tool, cursor=cursor)
    assert answer.status_code == 400
    assert answer.json["message"].startswith("cursor: must be a whole number")


def test_a_cursor_from_another_database_and_one_that_is_too_old_are_told_apart(tool: Browser) -> None:
    PersonFactory()
    end = int(ask(tool, cursor="latest").json["next_cursor"])
    ahead = ask(tool, cursor=end + 1)
    assert (ahead.status_code, "backup" in ahead.json["message"]) == (400, True)
    begin_writing()
    accounts.record_facts(PersonFactory(), {FactKind.LANGUAGES: ["id"]}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    db.session.commit()
    assert follow(tool, "0")["changes"]
    forget_old_changes(TODAY + timedelta(days=40))
    db.session.commit()
    old = ask(tool, cursor=0)
    assert (old.status_code, "not kept any more" in old.json["message"], "cursor=latest" in old.json["message"]) == (400, True, True)
    assert follow(tool, str(queries.feed_span().last))["changes"] == []
    assert len(ask(tool).json["changes"]) == 1


@pytest.mark.parametrize("limit", ["0", "1001", "many", "-5", ""])
def test_a_page_of_no_size_is_refused(tool: Browser, limit: str) -> None:
    answer = ask(tool, limit=limit)
    assert (answer.status_code, answer.json["message"].startswith("limit:")) == (400, True)


def test_the_feed_is_for_programs_with_the_scope(browser: Browser) -> None:
    ApiClientFactory(token="good", scopes=["work:write"])
    assert ask(browser).status_code == 403
    assert browser.get("/api/v1/access/changes").status_code == 401
