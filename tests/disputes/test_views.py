"""The pages of disputes, through browsers of different people."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, CaseReferenceFactory
from tests.conftest import Browser
from tests.disputes.factories import APPROVE, DEMOTE, REASON, REMOVE, answered, claimed, dispute_of, make_claim_on, reviewed
from tests.practice.factories import PracticeSessionFactory, ServingFactory
from training.accounts.models import Person
from training.db import db
from training.disputes.models import DisputeClaim, DisputeReview

AsRole = Callable[..., Browser]
SignIn = Callable[[Browser, Person], Browser]
RATIONALE = "It offers medicine to anyone who asks"
"""How the reference of the factory's case begins."""

pytestmark = pytest.mark.usefixtures("app")


def text_of(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def count(model: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def me(app: Flask) -> Person:
    person: Person = PersonFactory()
    return person


@pytest.fixture
def mine(browser: Browser, me: Person, sign_in: SignIn) -> Browser:
    return sign_in(browser, me)


def test_after_an_answer_one_disagrees_once_and_sees_where_it_stands(mine: Browser, me: Person) -> None:
    serving = answered(person_id=me.id)
    assert "I disagree" in text_of(mine, f"/practice/{serving.id}")
    sent = [mine.post(f"/disputes/answers/{serving.id}", data={"reason": REASON}) for _click in range(2)]
    assert [response.status_code for response in sent] == [302, 302]
    assert sent[0].location == sent[1].location
    assert count(DisputeClaim) == 1
    page = text_of(mine, sent[0].location)
    assert "Waits for a review" in page
    assert REASON in page
    assert "See where that stands" in text_of(mine, f"/practice/{serving.id}")
    assert REASON in text_of(mine, "/disputes")
    assert mine.get(f"/disputes/answers/{serving.id}").location == sent[0].location


def test_a_claim_without_a_reason_comes_back_with_what_to_mend(mine: Browser, me: Person) -> None:
    serving = answered(person_id=me.id)
    response = mine.post(f"/disputes/answers/{serving.id}", data={"reason": "No."})
    assert response.status_code == 400
    assert "Use between 10 and 2,000 letters" in response.get_data(as_text=True)
    assert "What is wrong, and why" in text_of(mine, f"/disputes/answers/{serving.id}")


def test_what_cannot_be_disputed_says_why(mine: Browser, me: Person) -> None:
    case = CaseFactory()
    serving = answered(case, person_id=me.id)
    case.current_reference_id = CaseReferenceFactory(case_id=case.id, case_version_id=case.current_version_id, number=2).id
    db.session.commit()
    assert "I disagree" not in text_of(mine, f"/practice/{serving.id}")
    response = mine.post(f"/disputes/answers/{serving.id}", data={"reason": REASON})
    assert response.status_code == 409
    assert "has changed since you answered" in response.get_data(as_text=True)


def test_other_peoples_answers_and_disputes_do_not_exist(mine: Browser) -> None:
    serving = answered()
    assert mine.get(f"/disputes/answers/{serving.id}").status_code == 404
    assert mine.post(f"/disputes/answers/{serving.id}", data={"reason": REASON}).status_code == 404
    dispute = dispute_of(make_claim_on(serving))
    assert mine.get(f"/disputes/{dispute.public_id}").status_code == 404
    assert mine.post(f"/disputes/{dispute.public_id}/withdrawal").status_code == 404
    assert mine.get("/disputes/none").status_code == 404
    assert mine.get("/disputes/review").status_code == 403
    assert mine.post(f"/disputes/{dispute.public_id}/review", data=REMOVE).status_code == 403


def test_a_case_that_waits_is_not_disputed(mine: Browser, me: Person) -> None:
    serving = ServingFactory(session=PracticeSessionFactory(person_id=me.id))
    response = mine.post(f"/disputes/answers/{serving.id}", data={"reason": REASON})
    assert response.status_code == 409
    assert "Answer the case first" in response.get_data(as_text=True)


def test_a_claim_is_taken_back(mine: Browser, me: Person) -> None:
    dispute = dispute_of(make_claim_on(answered(person_id=me.id)))
    assert "Take it back" in text_of(mine, f"/disputes/{dispute.public_id}")
    assert mine.post(f"/disputes/{dispute.public_id}/withdrawal").status_code == 302
    assert "Taken back" in text_of(mine, f"/disputes/{dispute.public_id}")
    assert mine.post(f"/disputes/{dispute.public_id}/withdrawal").status_code == 409


def test_who_claims_reads_the_reasons_without_names_once_it_is_decided(mine: Browser, me: Person) -> None:
    dispute = dispute_of(make_claim_on(answered(person_id=me.id)))
    reviewed(dispute, REMOVE)
    page = text_of(mine, f"/disputes/{dispute.public_id}")
    assert "Under review" in page
    assert "What the trainers said" not in page
    reviewed(dispute, REMOVE)
    page = text_of(mine, f"/disputes/{dispute.public_id}")
    assert "What the trainers said" in page
    reviewers = db.session.scalars(select(Person.name).join(DisputeReview, DisputeReview.reviewer_id == Person.id)).all()
    assert not any(name in page for name in reviewers)


def test_a_reviewer_sees_nothing_but_the_case_until_they_have_reviewed(as_role: AsRole) -> None:
    dispute = claimed(answer=DEMOTE)
    reviewed(dispute, APPROVE)
    trainer = as_role("trainer")
    hidden = (REASON, RATIONALE)
    for path in ("/disputes", f"/disputes/{dispute.public_id}", "/disputes/review"):
        page = text_of(trainer, path)
        assert not any(words in page for words in hidden), path
    assert "checked" not in text_of(trainer, "/disputes/review")
    sent = trainer.post(f"/disputes/{dispute.public_id}/review", data={**REMOVE, "escalate_to": "", "reason": "PRO-03.a forbids it without authority."})
    assert sent.status_code == 302
    page = text_of(trainer, sent.location)
    assert all(words in page for words in hidden)
    assert "PRO-03.a forbids it without authority." in page
    assert page.count("<blockquote") == 0
    reviewers = db.session.scalars(select(Person.name).join(DisputeReview, DisputeReview.reviewer_id == Person.id).order_by(DisputeReview.ordinal)).all()
    assert (reviewers[0] in page, reviewers[1] in page) == (False, True)


def test_a_second_review_click_shows_the_first(as_role: AsRole) -> None:
    dispute, trainer = claimed(), as_role("trainer")
    sent = [trainer.post(f"/disputes/{dispute.public_id}/review", data={**REMOVE, "escalate_to": "", "reason": REASON}) for _click in range(2)]
    assert [response.status_code for response in sent] == [302, 302]
    assert count(DisputeReview) == 1


def test_a_review_comes_back_with_what_to_mend(as_role: AsRole) -> None:
    dispute, trainer = claimed(), as_role("trainer")
    for data, words in (
        ({**REMOVE, "escalate_to": "", "reason": "So."}, "Use between 10 and 2,000 letters"),
        ({"reason": REASON}, "Choose at least one action."),
        ({**APPROVE, "escalate_to": "", "severity": "S3", "reason": REASON}, "goes with Approve, severity S0"),
    ):
        response = trainer.post(f"/disputes/{dispute.public_id}/review", data=data)
        assert response.status_code == 400
        assert words in response.get_data(as_text=True)
    assert count(DisputeReview) == 0


def test_a_trainer_does_not_review_their_own_claim(sign_in: SignIn, browser: Browser) -> None:
    person = PersonFactory(roles=["trainer"])
    dispute = dispute_of(make_claim_on(answered(person_id=person.id)))
    trainer = sign_in(browser, person)
    assert "No case waits for your review" in text_of(trainer, "/disputes/review")
    assert "You dispute this case yourself" in text_of(trainer, f"/disputes/{dispute.public_id}")
    response = trainer.post(f"/disputes/{dispute.public_id}/review", data={**REMOVE, "escalate_to": "", "reason": REASON})
    assert response.status_code == 409


def test_once_decided_trainers_see_all_of_it(as_role: AsRole) -> None:
    dispute = claimed()
    reviewed(dispute, APPROVE, DEMOTE, REMOVE)
    page = text_of(as_role("trainer"), f"/disputes/{dispute.public_id}")
    assert "The case is grey" in page
    assert "2. Reviewed blind: 3 of 3" in page and "6. Whoever it changes told by mail" in page
    assert RATIONALE in page
    assert "Grey" in text_of(as_role("trainer"), "/disputes")
