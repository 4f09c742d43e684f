"""Who may open what: every route is opened as everybody, and compared with the table that people read.

After adding a route, run `pytest tests/test_access.py --write-access-table`, read what changed in
`tests/access_table.txt`, and commit it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from tests.accounts.factories import ApiClientFactory, PersonFactory, with_second_factor
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role, Scope
from training.accounts.services import open_session
from training.db import db
from training.web.access import access_of, guard

TABLE = Path(__file__).parent / "access_table.txt"
HEADING = """\
# Who may open what. tests/test_access.py opens every route as everybody and compares; it explains how to write this anew.
# "everyone" is anybody, signed in or not; "signed in" is every person with an account, whatever their roles.
"""
ROLES = [role.value for role in Role]


class PlainBrowser(FlaskClient):
    """A client whose every request has a context of its own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who knocks: a person with one role or none, a program with one scope or none, or nobody."""

    name: str
    person: Person | None = None
    token: str | None = None


def visitors() -> list[Visitor]:
    people = [Visitor("signed in", PersonFactory(roles=[])), *(Visitor(role, PersonFactory(roles=[role])) for role in ROLES)]
    ApiClientFactory(token="without", scopes=[])
    for scope in Scope:
        ApiClientFactory(token=scope.value, scopes=[scope.value])
    programs = [Visitor("a program without a scope", token="without"), *(Visitor(f"programs with {scope}", token=scope.value) for scope in Scope)]
    return [Visitor("everyone"), *people, *programs]


def routes(app: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method


def address_of(app: Flask, rule: Rule) -> str:
    """An address that this route answers, about things that do not exist."""
    values = {name: 1 if isinstance(rule._converters[name], IntegerConverter) else "x" for name in rule.arguments}
    with app.test_request_context():
        _domain, path = rule.build(values)
    return str(path)


@pytest.fixture
def admissions(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the guard let each request pass: where a page redirects says nothing, signing out leads to the door as well."""
    passed: list[bool] = []

    def watched() -> object:
        answer = guard()
        passed.append(answer is None)
        return answer

    watching = [watched if step is guard else step for step in app.before_request_funcs[None]]
    monkeypatch.setitem(app.before_request_funcs, None, watching)
    return passed


def is_admitted(app: Flask, visitor: Visitor, method: str, address: str, admissions: list[bool]) -> bool:
    """Whether this visitor passed the door; what they find behind it does not matter, unless it is another door."""
    admissions.clear()
    browser = PlainBrowser(app, app.response_class)
    headers = {"Authorization": f"Bearer {visitor.token}"} if visitor.token else {}
    if visitor.person is not None:
        _session, token = open_session(with_second_factor(visitor.person), address=None, browser="", now=clock.now())
        db.session.commit()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = token
    db.session.commit()
    answer = browser.open(address, method=method, headers=headers)
    assert answer.status_code != 500, f"{method} {address} as {visitor.name} ended in {answer.status_code}"
    return admissions == [True] and answer.status_code not in {401, 403}


def who_may(admitted: Mapping[str, bool]) -> str:
    """The visitors who were admitted, in words. Raises AssertionError where the answer is not a sensible one."""
    names = [name for name, is_in in admitted.items() if is_in]
    people = ["signed in", *ROLES]
    if "everyone" in names:
        assert len(names) == len(admitted), f"open to everyone, but not to {set(admitted) - set(names)}"
        return "everyone"
    if "signed in" in names:
        assert names == people, f"open to everybody signed in, but not to {set(people) - set(names)}"
        return "signed in"
    return ", ".join(names) or "nobody"


def table_of(app: Flask, knocking: list[Visitor], admissions: list[bool]) -> list[str]:
    lines = []
    for rule, method in routes(app):
        address = address_of(app, rule)
        answer = who_may({visitor.name: is_admitted(app, visitor, method, address, admissions) for visitor in knocking})
        lines.append(f"{rule.rule:<58} {method:<6} {answer}")
    return lines


def test_everybody_can_open_exactly_what_the_table_says(app: Flask, request: pytest.FixtureRequest, admissions: list[bool]) -> None:
    found = table_of(app, visitors(), admissions)
    if request.config.getoption("--write-access-table"):
        TABLE.write_text(HEADING + "\n".join(found) + "\n", encoding="utf-8")
    written = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert found == written, "run pytest tests/test_access.py --write-access-table, and read what changed"


def test_every_route_declares_who_may_open_it(app: Flask) -> None:
    with app.test_request_context():
        silent = [rule.rule for rule in app.url_map.iter_rules() if access_of(rule.endpoint) is None]
    assert silent == []


def test_every_route_that_takes_a_change_is_open_to_nobody_by_get(app: Flask) -> None:
    """A link, a picture or a prefetch must never change anything."""
    both = [rule.rule for rule in app.url_map.iter_rules() if rule.methods and "GET" in rule.methods and rule.methods & {"POST", "PUT", "PATCH", "DELETE"}]
    assert both == []
