"""Saying that a clause is worded unclearly, and the answer."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.courses.factories import ModuleFactory, body, clause
from training.accounts.models import Person
from training.audit.models import AuditEntry
from training.db import db
from training.disputes.models import WordingAnswer, WordingRemark
from training.disputes.rules.wording import WordingRefusal, answer_refusal
from training.outbox.models import OutboxMail

AsRole = Callable[..., Browser]
REASON = "It can mean the licence of the shop or of the product."
ANSWER = "It means that of the product; the next version says so."


@pytest.mark.parametrize(
    ("is_own", "is_answered", "refusal"),
    [(False, False, None), (True, False, WordingRefusal.OWN), (True, True, WordingRefusal.OWN), (False, True, WordingRefusal.ANSWERED_ALREADY)],
)
def test_a_remark_is_answered_once_by_somebody_else(is_own: bool, is_answered: bool, refusal: WordingRefusal | None) -> None:
    assert answer_refusal(is_own=is_own, is_answered=is_answered) is refusal


@pytest.fixture
def mine(app: Flask, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> Browser:
    ModuleFactory(id="medicine", body=body(clause("PRO-03.a")))
    return sign_in(browser, PersonFactory(name="Ayu Lestari"))


def text_of(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def remarked(browser: Browser) -> str:
    location: str = browser.post("/disputes/wording/pro-03.a", data={"reason": REASON}).location
    return location


def test_the_handbook_leads_to_it_and_a_second_click_finds_the_first(mine: Browser) -> None:
    assert "/disputes/wording/pro-03.a" in text_of(mine, "/handbook/medicine")
    assert "PRO-03.a is unclear" in text_of(mine, "/disputes/wording/pro-03.a")
    assert remarked(mine) == remarked(mine)
    assert db.session.scalar(select(func.count()).select_from(WordingRemark)) == 1
    assert "you get a mail then" in text_of(mine, remarked(mine))
    assert mine.get("/disputes/wording/pro-03.a").status_code == 302
    assert "Waits for an answer" in text_of(mine, "/disputes/wording")


def test_a_trainer_answers_once_and_whoever_asked_is_told(mine: Browser, as_role: AsRole) -> None:
    path = remarked(mine)
    trainer = as_role("trainer")
    assert "Ayu Lestari" in text_of(trainer, "/disputes/wording")
    assert "Ayu Lestari says" in text_of(trainer, path)
    assert trainer.post(f"{path}/answer", data={"words": "No."}).status_code == 400
    assert trainer.post(f"{path}/answer", data={"words": ANSWER}).status_code == 302
    assert trainer.post(f"{path}/answer", data={"words": ANSWER}).status_code == 409
    assert ANSWER in text_of(mine, path)
    assert "Answered" in text_of(mine, "/disputes/wording")
    (mail,) = db.session.scalars(select(OutboxMail))
    assert ANSWER in mail.body
    deeds = db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_kind == "clause").order_by(AuditEntry.id))
    assert list(deeds) == ["wording.remarked", "wording.answered"]


def test_nobody_answers_themselves(mine: Browser, app: Flask, sign_in: Callable[[Browser, Person], Browser], browser: Browser) -> None:
    trainer = sign_in(browser, PersonFactory(roles=["trainer"]))
    path = remarked(trainer)
    assert "Send the answer" not in text_of(trainer, path)
    assert trainer.post(f"{path}/answer", data={"words": ANSWER}).status_code == 409


def test_what_makes_no_sense_or_is_anothers_is_refused(mine: Browser, as_role: AsRole) -> None:
    assert mine.post("/disputes/wording/pro-03.a", data={"reason": "Why?"}).status_code == 400
    assert mine.get("/disputes/wording/xyz-99.z").status_code == 404
    assert mine.get("/disputes/remarks/1").status_code == 404
    path = remarked(mine)
    stranger = as_role("moderator")
    assert stranger.get(path).status_code == 404
    assert stranger.post(f"{path}/answer", data={"words": ANSWER}).status_code == 403
    assert "You have not called a clause unclear" in text_of(stranger, "/disputes/wording")


@pytest.mark.parametrize("table", ["wording_remarks", "wording_answers"])
def test_what_was_said_is_never_edited(mine: Browser, as_role: AsRole, table: str) -> None:
    as_role("trainer").post(f"{remarked(mine)}/answer", data={"words": ANSWER})
    assert db.session.scalar(select(func.count()).select_from(WordingAnswer)) == 1
    db.session.commit()
    with pytest.raises(DBAPIError, match="never edited"), db.engine.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM {table}")
