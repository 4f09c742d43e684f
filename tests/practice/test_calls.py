"""What live work calls for comes first, once it may, and says why only when it is answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import PersonFactory
from tests.cases.factories import CaseFactory
from tests.conftest import Browser
from tests.practice.test_rotation import MIDNIGHT, NOW, standing
from training import clock
from training.accounts.models import Person
from training.cases.rules import Action
from training.db import db
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.rules import Miss, Offer, Practised, concepts_of, ranked

Signing = Callable[[Browser, Person], Browser]


def test_a_clause_means_itself_and_a_label_all_its_clauses() -> None:
    known = {"PRO-03.a", "PRO-03.b", "PRO-04.a"}
    assert concepts_of("PRO-03.b", known) == ["PRO-03.b"]
    assert concepts_of("PRO-03", known) == ["PRO-03.a", "PRO-03.b"]
    assert concepts_of("CLM-01", known) == []


def test_what_is_called_for_comes_before_the_survey_and_never_crowds() -> None:
    offers = {concept: Offer(concept, concept[:3], 20) for concept in ("CLM-01.a", "PRO-03.a", "PRO-04.a")}
    standings = {"PRO-04.a": standing(days_ago=0.1)}
    called = frozenset({"PRO-04.a", "IPR-01.a"})

    def first(recent: tuple[str, ...] = ()) -> str:
        return ranked(offers, Practised(standings, recent, called), now=NOW, midnight=MIDNIGHT)[0]

    assert first() == "PRO-04.a"
    assert first(("PRO-04.a",)) == "CLM-01.a"


@pytest.mark.usefixtures("app")
def test_a_call_is_over_when_its_concept_was_practised() -> None:
    for concept in ("CLM-01.a", "PRO-03.a", "PRO-03.b"):
        CaseFactory(concept=concept)
    person, now = PersonFactory(), clock.now()
    misses = [Miss(person.id, "PRO-03.b", "audit:1"), Miss(person.id, "PRO-03.b", "audit:2"), Miss(PersonFactory().id, "CLM-01", "audit:3")]
    assert [services.call_for_practice(misses, now=now), services.call_for_practice(misses, now=now), services.call_for_practice([], now=now)] == [3, 0, 0]
    assert queries.concepts_called_for(person.id) == {"PRO-03.b"}
    serving = services.next_case(person.id, now=now + timedelta(minutes=1))
    assert serving.case.concept == "PRO-03.b"
    services.answer_serving(serving, CaseAnswer(frozenset({Action.APPROVE}), ("OUT-00",)), now=now + timedelta(minutes=2))
    assert queries.concepts_called_for(person.id) == frozenset()
    assert queries.was_called_for(serving)
    after = services.next_case(person.id, now=now + timedelta(minutes=3))
    assert (after.case.concept == "PRO-03.b", queries.was_called_for(after)) == (False, False)
    later = [Miss(person.id, "PRO-03.b", "audit:4")]
    assert services.call_for_practice(later, now=now + timedelta(minutes=4)) == 1
    assert queries.concepts_called_for(person.id) == {"PRO-03.b"}
    assert [call["clause"] for call in queries.personal_calls(person.id)] == ["PRO-03.b"] * 3


@pytest.mark.usefixtures("app")
def test_the_reason_is_told_after_the_answer_and_no_rule_before_it(browser: Browser, sign_in: Signing) -> None:
    CaseFactory(concept="PRO-03.b")
    person = PersonFactory()
    services.call_for_practice([Miss(person.id, "PRO-03", "audit:1")], now=clock.now() - timedelta(hours=1))
    mine = sign_in(browser, person)
    page = mine.get("/practice/").text
    assert "A rule comes first" in page and "PRO-03.b" not in page
    serving = services.next_case(person.id, now=clock.now())
    db.session.commit()
    assert "PRO-03" not in mine.get(f"/practice/{serving.id}").text.split("<main")[1].split("label-options")[0]
    services.answer_serving(serving, CaseAnswer(frozenset({Action.APPROVE}), ("OUT-00",)), now=clock.now())
    assert "This rule came because an audit found an error about it in your live work." in mine.get(f"/practice/{serving.id}").text
    assert "From live work" not in mine.get("/practice/").text


@pytest.mark.usefixtures("app")
def test_the_database_refuses_to_rewrite_calls() -> None:
    CaseFactory(concept="PRO-03.b")
    services.call_for_practice([Miss(PersonFactory().id, "PRO-03", "audit:1")], now=clock.now())
    with pytest.raises(DBAPIError, match="appended to, never edited"):
        db.session.execute(text("DELETE FROM practice_calls"))
