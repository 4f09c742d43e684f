"""The same person in several tabs at once: one case that waits, one answer that counts."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.practice.factories import CheckFactory, chosen
from training.accounts.models import Person
from training.courses.models import CheckPass
from training.db import db
from training.judgements.models import Judgement
from training.practice.models import PracticePreference, PracticeSession, Serving

TABS = 4
ANSWER = {"actions": ["REMOVE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}


class Tab(FlaskClient):
    """A client whose every request has a context of its own, in whatever thread."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **kwargs)


@pytest.fixture
def in_all_tabs(app: Flask, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> Callable[..., list[int]]:
    """Posts the same thing from several tabs of one browser at the same moment; returns the answers' status codes."""
    TaxonomyLabelFactory(code="PRO-03")
    cookie = sign_in(browser, PersonFactory()).get_cookie("touchstone")
    assert cookie is not None

    def posted(path: str, data: dict[str, object] | None = None) -> list[int]:
        start = Barrier(TABS)

        def post(_number: int) -> int:
            tab = Tab(app, app.response_class)
            tab.set_cookie("touchstone", cookie.value)
            start.wait()
            return int(tab.post(path, data=data).status_code)

        db.session.commit()
        with ThreadPoolExecutor(TABS) as pool:
            codes = list(pool.map(post, range(TABS)))
        db.session.expire_all()
        return codes

    return posted


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_the_next_case_asked_for_in_several_tabs_is_one_case(in_all_tabs: Callable[..., list[int]]) -> None:
    CaseFactory.create_batch(3)
    assert in_all_tabs("/practice/next") == [302] * TABS
    assert (count(PracticeSession), count(Serving)) == (1, 1)


def test_an_answer_sent_from_several_tabs_is_one_judgement(in_all_tabs: Callable[..., list[int]]) -> None:
    CaseFactory.create_batch(3)
    in_all_tabs("/practice/next")
    serving_id = db.session.scalars(select(Serving.id)).one()
    assert in_all_tabs(f"/practice/{serving_id}", ANSWER) == [302] * TABS
    assert count(Judgement) == 1


def test_a_check_begun_and_passed_in_several_tabs_is_passed_once(in_all_tabs: Callable[..., list[int]]) -> None:
    check = CheckFactory(version__pass_count=1)
    assert in_all_tabs(f"/practice/checks/{check.slug}") == [302] * TABS
    serving_id = db.session.scalars(select(Serving.id)).one()
    assert in_all_tabs(f"/practice/{serving_id}", ANSWER) == [302] * TABS
    assert (count(Judgement), count(CheckPass), count(Serving)) == (1, 1, 1)


def test_skipping_in_several_tabs_skips_one_case_and_brings_one(in_all_tabs: Callable[..., list[int]]) -> None:
    CaseFactory.create_batch(3)
    in_all_tabs("/practice/next")
    serving_id = db.session.scalars(select(Serving.id)).one()
    assert in_all_tabs(f"/practice/{serving_id}/skip") == [302] * TABS
    assert count(Serving) == 2


def test_finishing_and_choosing_in_several_tabs_is_done_once(in_all_tabs: Callable[..., list[int]]) -> None:
    CaseFactory()
    in_all_tabs("/practice/next")
    session_id = db.session.scalars(select(PracticeSession.id)).one()
    assert in_all_tabs(f"/practice/sessions/{session_id}/end") == [302] * TABS
    assert in_all_tabs("/practice/care", chosen(blur="yes")) == [302] * TABS
    assert count(PracticePreference) == 1
