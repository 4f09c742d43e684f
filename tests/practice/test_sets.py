"""What trainers pick for others, through services and browsers of different people."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.practice.factories import THEN, PracticeSetFactory, SetAssignmentFactory
from training.accounts.models import Person
from training.actors import Actor, ActorKind
from training.cases.rules import Action, Severity
from training.db import db
from training.errors import NotFound, Refusal
from training.judgements.rules import CaseAnswer
from training.practice import queries, services
from training.practice.models import PracticeSet, Serving
from training.practice.rules import PracticeRefusal, Purpose, PurposeKind, SetRefusal

RIGHT = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3, seconds=20)


@pytest.fixture(autouse=True)
def label(app: Flask) -> None:
    TaxonomyLabelFactory(code="PRO-03")


@pytest.fixture
def trainer(as_role: Callable[..., Browser]) -> Browser:
    return as_role("trainer")


def purpose(given: PracticeSet) -> Purpose:
    return Purpose(PurposeKind.SET, (str(given.id),))


def next_of(given: PracticeSet, person: Person, *, minutes: float = 0) -> Serving:
    return services.next_case(person.id, now=THEN + timedelta(minutes=minutes), purpose=purpose(given))


def answer(serving: Serving, *, minutes: float = 0) -> None:
    services.answer_serving(serving, RIGHT, now=THEN + timedelta(minutes=minutes))
    db.session.commit()


def text_of(browser: Browser, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, response.status_code
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def test_a_set_of_cases_comes_in_its_order_and_ends(me: Person) -> None:
    cases = CaseFactory.create_batch(3)
    given = PracticeSetFactory(cases=[cases[2], cases[0]])
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    first = next_of(given, me)
    answer(first)
    second = next_of(given, me, minutes=6 * 60)
    assert [first.case_id, second.case_id] == [cases[2].id, cases[0].id]
    assert second.session_id == first.session_id
    assert first.session.ended_at is None
    answer(second, minutes=6 * 60)
    assert first.session.ended_at is not None
    (own,) = queries.sets_of(me.id, None)
    assert own.run == queries.SetRun(first.session_id, 2, 2, True)


def test_a_set_of_clauses_ends_with_as_many_cases_as_it_wants(me: Person) -> None:
    for concept in ("PRO-03.a", "PRO-04.a", "CLM-01.a"):
        CaseFactory.create_batch(4, concept=concept)
    given = PracticeSetFactory(clauses=["PRO-03.a", "PRO-04.a"], case_count=3)
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    served = []
    for minute in range(3):
        serving = next_of(given, me, minutes=minute)
        served.append(queries.standings_in_concepts(me.id) and serving.case_id)
        answer(serving, minutes=minute)
    assert set(queries.standings_in_concepts(me.id)) == {"PRO-03.a", "PRO-04.a"}
    assert serving.session.ended_at is not None


def test_skipping_goes_on_with_the_set_and_ends_it(me: Person) -> None:
    given = PracticeSetFactory(cases=CaseFactory.create_batch(2))
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    services.skip_serving(next_of(given, me), now=THEN)
    last = next_of(given, me)
    services.skip_serving(last, now=THEN)
    assert last.session.ended_at == THEN


def test_cases_that_are_practised_no_more_are_passed_over(me: Person) -> None:
    gone, kept = CaseFactory(family="fam-gone"), CaseFactory()
    given = PracticeSetFactory(cases=[gone, kept])
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    CaseFactory(family="fam-gone", pool="exam")
    serving = next_of(given, me)
    assert serving.case_id == kept.id
    answer(serving)
    with pytest.raises(Refusal) as refused:
        next_of(given, me)
    assert refused.value.reason is PracticeRefusal.NOTHING_TO_PRACTISE


def test_who_was_not_given_a_set_does_not_have_it(me: Person) -> None:
    given = PracticeSetFactory()
    SetAssignmentFactory(set_id=given.id)
    SetAssignmentFactory(set_id=given.id, person_id=me.id, withdrawn_at=THEN)
    with pytest.raises(NotFound):
        next_of(given, me)
    assert queries.sets_of(me.id, None) == []


def test_a_team_has_what_it_was_given(app: Flask) -> None:
    team = TeamFactory()
    member, other = PersonFactory(team=team), PersonFactory(team=TeamFactory())
    given = PracticeSetFactory()
    SetAssignmentFactory(set_id=given.id, team_id=team.id)
    assert next_of(given, member).case_id == given.case_ids[0]
    with pytest.raises(NotFound):
        next_of(given, other)
    assert [own.set.id for own in queries.sets_of(member.id, team.id)] == [given.id]


def by(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id, None, None)


def test_a_set_names_cases_of_the_practice_pool(me: Person) -> None:
    CaseFactory(slug="case-examined", pool="exam")
    with pytest.raises(Refusal) as refused:
        services.make_set(services.Picked("One", cases=["case-examined"]), by=by(me), now=THEN)
    assert (refused.value.reason, refused.value.detail) == (SetRefusal.CASE_UNKNOWN, {"case": "case-examined"})


def test_a_set_is_given_once_and_again_after_it_was_taken_back(me: Person) -> None:
    given, other = PracticeSetFactory(), PersonFactory()
    first = services.give_set(given, person_id=me.id, by=by(other), now=THEN)
    with pytest.raises(Refusal) as refused:
        services.give_set(given, person_id=me.id, by=by(other), now=THEN)
    assert refused.value.reason is SetRefusal.ALREADY_GIVEN
    services.take_back_set(first, by=by(other), now=THEN)
    services.give_set(given, person_id=me.id, by=by(other), now=THEN)


def test_what_a_set_holds_is_never_edited(app: Flask) -> None:
    given = PracticeSetFactory()
    given.title = "Another"
    with pytest.raises(IntegrityError if db.engine.dialect.name == "sqlite" else Exception):
        db.session.commit()
    db.session.rollback()


def made(trainer: Browser, **fields: Any) -> int:
    response = trainer.post("/practice/sets/new", data={"title": "After the recall", "note": "", "case_count": "2", "cases": ""} | fields)
    assert response.status_code == 302, response.get_data(as_text=True)
    return int(response.headers["Location"].rsplit("/", 1)[1])


def test_a_trainer_picks_clauses_gives_them_and_sees_how_far_people_are(trainer: Browser, mine: Browser, me: Person) -> None:
    CaseFactory.create_batch(3, concept="PRO-03.a")
    assert "PRO-03.a Prescription medicine sold without authority (3)" in text_of(trainer, "/practice/sets/new")
    set_id = made(trainer, clauses=["PRO-03.a"], case_count="2")
    assert "Nobody has it yet" in text_of(trainer, f"/practice/sets/{set_id}")
    assert trainer.post(f"/practice/sets/{set_id}/give", data={"email": me.email, "team": "0"}).status_code == 302
    assert "After the recall" in text_of(mine, "/practice/")
    assert "Begin" in text_of(mine, f"/practice/sets/{set_id}")
    serving = mine.post(f"/practice/next?set={set_id}").headers["Location"]
    assert "Case 1 of 2" in text_of(mine, serving)
    answer = {"actions": ["REMOVE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
    mine.post(serving, data=answer)
    assert f"/practice/next?set={set_id}" in text_of(mine, serving)
    assert "1 right" in text_of(trainer, f"/practice/sets/{set_id}")
    last = mine.post(f"/practice/next?set={set_id}").headers["Location"]
    mine.post(last, data=answer)
    assert "See how the set went" in text_of(mine, last)
    assert "Done: 2 of 2 right" in text_of(mine, "/practice/")
    assert "Do it again" in text_of(mine, f"/practice/sets/{set_id}")


def test_skipping_the_last_case_of_a_set_shows_how_it_went(mine: Browser, me: Person) -> None:
    given = PracticeSetFactory()
    SetAssignmentFactory(set_id=given.id, person_id=me.id)
    serving = mine.post(f"/practice/next?set={given.id}").headers["Location"]
    assert re.fullmatch(r"/practice/sessions/\d+", mine.post(f"{serving}/skip").headers["Location"])


def test_a_trainer_takes_a_set_back(trainer: Browser, mine: Browser, me: Person) -> None:
    given = SetAssignmentFactory(person_id=me.id)
    assert mine.get(f"/practice/sets/{given.set_id}").status_code == 200
    assert trainer.post(f"/practice/sets/assignments/{given.id}/take-back").status_code == 302
    assert mine.get(f"/practice/sets/{given.set_id}").status_code == 404
    assert mine.post(f"/practice/next?set={given.set_id}").status_code == 404
    assert trainer.post(f"/practice/sets/assignments/{given.id}/take-back").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "Give it a title."),
        ({}, "Tick clauses, or name cases"),
        ({"clauses": ["PRO-03.a"], "cases": "case-one"}, "Tick clauses, or name cases"),
        ({"cases": "case-one case-one"}, "A case is named twice."),
        ({"cases": " ".join(f"case-{number}" for number in range(101))}, "100 cases at most."),
        ({"clauses": ["PRO-99.z"]}, "not"),
        ({"clauses": ["PRO-03.a"], "case_count": "51"}, "Between 1 and 50."),
    ],
)
def test_what_a_trainer_enters_wrongly_is_said(trainer: Browser, fields: dict[str, Any], words: str) -> None:
    CaseFactory(slug="case-one", concept="PRO-03.a")
    response = trainer.post("/practice/sets/new", data={"title": "One", "note": "", "case_count": "2", "cases": ""} | fields)
    assert response.status_code == 400
    assert words in response.get_data(as_text=True)


def test_an_unknown_case_is_named_and_what_was_entered_is_kept(trainer: Browser) -> None:
    response = trainer.post("/practice/sets/new", data={"title": "Kept title", "note": "", "case_count": "2", "cases": "case-unknown"})
    assert response.status_code == 409
    page = response.get_data(as_text=True)
    assert "case-unknown is not in the practice pool" in page
    assert "Kept title" in page


def test_giving_names_one_person_or_one_team_once(trainer: Browser, me: Person) -> None:
    given = PracticeSetFactory()
    address = f"/practice/sets/{given.id}/give"
    assert trainer.post(address, data={"email": "nobody@example.org", "team": "0"}).status_code == 400
    assert trainer.post(address, data={"email": "", "team": "0"}).status_code == 400
    assert trainer.post(address, data={"email": me.email, "team": "0"}).status_code == 302
    again = trainer.post(address, data={"email": me.email, "team": "0"})
    assert again.status_code == 409
    assert "They have this set already" in again.get_data(as_text=True)


def test_a_set_of_cases_says_which_and_a_teams_members_how_far(trainer: Browser) -> None:
    team = TeamFactory(name="Evening shift")
    PersonFactory(name="Rani Kusumawardhani Prawirodirdjo Lestari", team=team)
    given = PracticeSetFactory(cases=[CaseFactory(slug="case-shown")])
    SetAssignmentFactory(set_id=given.id, team_id=team.id)
    page = text_of(trainer, f"/practice/sets/{given.id}")
    for words in ("case-shown", "Evening shift", "0 of 1 began", "Rani Kusumawardhani"):
        assert words in page


def test_sets_are_listed_newest_first_in_pages(trainer: Browser) -> None:
    assert "No set yet" in text_of(trainer, "/practice/sets")
    for number in range(31):
        PracticeSetFactory(title=f"Set number {number:02}", clauses=["PRO-03.a"], case_count=1)
    page = text_of(trainer, "/practice/sets")
    assert "Set number 30" in page
    assert "Set number 00" not in page
    older = re.search(r'href="(/practice/sets\?before=\d+)"', page)
    assert older is not None
    assert "Set number 00" in text_of(trainer, older[1])


@pytest.mark.parametrize("path", ["/practice/sets", "/practice/sets/new"])
def test_only_trainers_pick_sets(mine: Browser, path: str) -> None:
    assert mine.get(path).status_code == 403


@pytest.mark.parametrize("query", ["set=0", "set=x", "set=99999999999", "set=77"])
def test_sets_that_there_are_not_do_not_exist(mine: Browser, query: str) -> None:
    CaseFactory()
    assert mine.post(f"/practice/next?{query}").status_code == 404
