"""What disputes came to, by area and by author."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory, TaxonomyAreaFactory
from tests.conftest import Browser
from tests.disputes.factories import APPROVE, DEMOTE, REMOVE, actor, answered, claimed, dispute_of, make_claim_on, reviewed
from training import clock
from training.actors import SYSTEM
from training.audit.services import record
from training.cases.models import Case
from training.db import db
from training.disputes.queries import disputes_to_count
from training.disputes.rules.outcomes import End, Outcomes, end_of, outcomes_by
from training.disputes.rules.reviews import Outcome
from training.disputes.services import withdraw_claim
from training.judgements.rules import wilson

AsRole = Callable[..., Browser]


@pytest.mark.parametrize(
    ("outcome", "has_open_claim", "end"),
    [(Outcome.GREY, True, End.GREY), (Outcome.AMENDED, False, End.AMENDED), (None, True, End.OPEN), (None, False, End.WITHDRAWN)],
)
def test_a_dispute_is_counted_by_what_it_came_to(outcome: Outcome | None, has_open_claim: bool, end: End) -> None:
    assert end_of(outcome, has_open_claim=has_open_claim) is end


def test_nine_are_too_few_to_judge_and_what_was_not_decided_is_in_no_share() -> None:
    nine = Outcomes({End.UPHELD: 6, End.AMENDED: 2, End.GREY: 1, End.OPEN: 5, End.WITHDRAWN: 2})
    assert (nine.total, nine.decided, nine.changed, nine.share) == (16, 9, 3, None)
    ten = Outcomes({End.UPHELD: 6, End.AMENDED: 3, End.GREY: 1})
    assert ten.share == wilson(4, 10)


def test_the_most_disputed_come_first() -> None:
    found = outcomes_by([("PRO", End.OPEN), ("IPR", End.UPHELD), ("IPR", End.GREY)])
    assert list(found) == ["IPR", "PRO"]
    assert found["IPR"].counts == {End.UPHELD: 1, End.GREY: 1}


def stored_by(author_id: int | None) -> Case:
    """A case that this person stored, or the folder brought."""
    case: Case = CaseFactory()
    record("case.stored", by=actor(author_id) if author_id else SYSTEM, subject=("case", case.slug), now=clock.now())
    db.session.commit()
    return case


def test_every_dispute_is_counted_for_who_stored_the_case_before_it(app: Flask) -> None:
    author = PersonFactory(roles=["trainer"]).id
    case = stored_by(None)
    record("case.stored", by=actor(author), subject=("case", case.slug), now=clock.now())
    reviewed(claimed(case), REMOVE, REMOVE)
    record("case.stored", by=actor(PersonFactory().id), subject=("case", case.slug), now=clock.now())
    reviewed(claimed(stored_by(None)), APPROVE, DEMOTE, REMOVE)
    claim = make_claim_on(answered(CaseFactory(area="IPR")))
    withdraw_claim(claim, dispute_of(claim), by=actor(claim.person_id), now=clock.now())
    db.session.commit()
    assert disputes_to_count() == [("PRO", author, End.UPHELD), ("PRO", None, End.GREY), ("IPR", None, End.WITHDRAWN)]


def test_trainers_and_auditors_read_and_take_away_the_tables(as_role: AsRole) -> None:
    trainer = as_role("trainer")
    assert "Nobody has disputed anything yet" in trainer.get("/disputes/outcomes").get_data(as_text=True)
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    author = PersonFactory(roles=["trainer"], name="Ayu Lestari").id
    for number in range(10):
        reviewed(claimed(stored_by(author)), *([REMOVE, REMOVE] if number else [APPROVE, APPROVE]))
    claimed(stored_by(None))
    page = trainer.get("/disputes/outcomes").get_data(as_text=True)
    assert all(words in page for words in ("Prohibited goods", "Ayu Lestari", "Brought by the content folder", "Too few to judge"))
    file = as_role("auditor").get("/disputes/outcomes.csv")
    lines = {line["Name"]: line for line in csv.DictReader(io.StringIO(file.get_data(as_text=True).removeprefix("\ufeff")))}
    assert [lines["Prohibited goods"][name] for name in ("Disputes", "Stood", "Amended", "Open", "Decided", "Share changed")] == [
        "11",
        "9",
        "1",
        "1",
        "10",
        "0.1",
    ]
    assert lines["Brought by the content folder"]["Share changed"] == ""
    assert trainer.get("/disputes/outcomes.pdf").status_code == 404
    assert as_role("lead").get("/disputes/outcomes").status_code == 403
