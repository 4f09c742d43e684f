"""Profiles as their owners and those responsible for them see them, and as nobody else does."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.judgements.factories import JudgementFactory, PersonTallyFactory
from tests.practice.factories import THEN, AreaMasteryFactory, ServingFactory
from tests.statements import asked, counted, scans_in
from training import clock
from training.accounts.models import Person, Team
from training.accounts.queries import state_of
from training.accounts.rules import FactKind
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.db import db
from training.practice.models import Serving

Signing = Callable[[Browser, Person], Browser]


@pytest.fixture
def me(app: Any) -> Person:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    TaxonomyAreaFactory(code="IPR", title="Counterfeits", position=1)
    TaxonomyLabelFactory(code="PRO-03", title="Prescription medicine")
    return PersonFactory(name="Rani", team=TeamFactory(name="Night shift"))


@pytest.fixture
def lead_of(app: Any, sign_in: Signing) -> Callable[..., Browser]:
    def browser_of(*roles: str, team: Any = None) -> Browser:
        client = app.test_client()
        return sign_in(client, PersonFactory(name="Lea", roles=roles, **({"team": team} if team else {})))

    return browser_of


def text_of(browser: Browser, path: str, status: int = 200) -> str:
    response = browser.get(path)
    assert response.status_code == status
    page = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True).partition("<main")[2])
    return re.sub(r"\s+", " ", page)


def answered(person: Person, **changes: Any) -> Any:
    """A practice answer in a serving of its own."""
    case = changes.pop("case", None) or CaseFactory()
    serving = ServingFactory(person_id=person.id, case=case)
    judgement = JudgementFactory(person_id=person.id, case=case, occasion=f"serving:{serving.id}", **changes)
    serving.judgement_id, serving.answered_at = judgement.id, THEN
    return judgement


def lean(person: Person, key: str, **counts: int) -> None:
    PersonTallyFactory(person_id=person.id, key=key, count=100, right=70, **counts)


UNDER = {"hits": 25, "misses": 25, "correct_rejections": 49, "false_alarms": 1}
OVER = {"hits": 49, "misses": 1, "correct_rejections": 25, "false_alarms": 25}


def test_who_answered_nothing_is_told_what_would_fill_the_page(mine: Browser) -> None:
    assert "From ten answers in an area on" in text_of(mine, "/practice/profile")
    assert "None yet for certain" in text_of(mine, "/practice/profile/print")


def test_leans_are_said_in_plain_words(mine: Browser, me: Person) -> None:
    lean(me, "IPR", **UNDER)
    lean(me, "PRO", **OVER)
    page = text_of(mine, "/practice/profile")
    assert "You under-enforce “Counterfeits” and over-enforce “Prohibited goods”." in page
    assert "70 % (60 % to 78 %)" in page
    assert "0.03" not in page.partition("Against the cheapest")[0]


def test_one_lean_alone(mine: Browser, me: Person) -> None:
    lean(me, "IPR", **OVER)
    page = text_of(mine, "/practice/profile")
    assert "You over-enforce “Counterfeits”." in page
    assert "under-enforce “Counterfeits”" not in page


def test_no_lean_is_said_where_there_is_none(mine: Browser, me: Person) -> None:
    PersonTallyFactory(person_id=me.id, count=40)
    assert "No area leans to either side beyond chance." in text_of(mine, "/practice/profile")


def test_what_is_too_little_is_said_to_be(mine: Browser, me: Person) -> None:
    for _ in range(9):
        answered(me)
    page = text_of(mine, "/practice/profile")
    assert "Too few to judge: 9 of 10" in page
    assert "Too few to judge a lean: an area needs 10 violations and 10 cases that are fine." in page
    assert "Right 9 too few to judge: 9 of 10" in page


def test_exam_answers_count_in_their_areas_and_are_listed_nowhere(mine: Browser, me: Person) -> None:
    answered(me)
    examined = JudgementFactory(person_id=me.id, source="exam", case=CaseFactory(pool="exam", surface="ticket"), is_strict=False)
    page = text_of(mine, "/practice/profile")
    assert "1 first answers: Prohibited goods + 1 in exams" in page
    assert "Ticket" not in page
    for address in ("/practice/profile/answers", "/practice/profile/answers?dimension=area&key=PRO", "/practice/profile/answers?dimension=surface&key=ticket"):
        assert f"Ticket {examined.id}" not in text_of(mine, address)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {1, 2, 3}),
        ("kind=right", {1}),
        ("kind=false_negative", {2, 3}),
        ("kind=critical_miss", {3}),
        ("kind=hit", {1}),
        ("kind=correct_rejection", set()),
        ("kind=repeat", {4}),
        ("dimension=area&key=PRO", {1, 2}),
        ("dimension=surface&key=video", {3}),
        ("dimension=severity&key=S4", {3}),
        ("dimension=language&key=id", {3}),
        ("dimension=decision&key=REMOVE%2BSTRIKE", {1, 2}),
        ("dimension=labels&key=PRO-03%3EPRO-03", {1, 2}),
        ("dimension=decision&key=NONSENSE", set()),
    ],
)
def test_every_figure_opens_the_answers_behind_it(mine: Browser, me: Person, query: str, shown: set[int]) -> None:
    grave = CaseFactory(
        surface="video", area="SXM", concept="SXM-04.a", language="id", severity="S4", content__reference={"decisions": [["ESCALATE"]], "labels": ["SXM-04"]}
    )
    rows = [
        answered(me),
        answered(me, is_strict=False),
        answered(me, case=grave, is_strict=False, is_critical_miss=True),
        answered(me, is_first_exposure=False, is_strict=False),
    ]
    answered(PersonFactory())
    page = mine.get(f"/practice/profile/answers?{query}").get_data(as_text=True)
    links = {int(found) for found in re.findall(r'href="/practice/(\d+)"', page)}
    servings = {number: serving_of(judgement) for number, judgement in enumerate(rows, start=1)}
    assert links == {servings[number] for number in shown}


def serving_of(judgement: Any) -> int:
    return int(db.session.scalars(select(Serving.id).where(Serving.judgement_id == judgement.id)).one())


def test_the_order_in_which_an_author_wrote_a_decision_hides_no_answer(mine: Browser, me: Person) -> None:
    answered(me, case=CaseFactory(content__reference={"decisions": [["STRIKE", "REMOVE"]]}))
    page = mine.get("/practice/profile").get_data(as_text=True)
    (address,) = set(re.findall(r'href="(/practice/profile/answers\?kind=all&amp;dimension=decision&amp;[^"]+)"', page))
    assert "Remove + Strike" in text_of(mine, address.replace("&amp;", "&"))
    assert "No such answers" not in text_of(mine, address.replace("&amp;", "&"))


def test_the_answers_come_page_by_page(mine: Browser, me: Person) -> None:
    for _ in range(31):
        answered(me)
    first = mine.get("/practice/profile/answers?dimension=area&key=PRO").get_data(as_text=True)
    assert first.count("<tr>") == 31
    (older,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert mine.get(older.replace("&amp;", "&")).get_data(as_text=True).count("<tr>") == 2


@pytest.mark.parametrize("query", ["kind=nonsense", "dimension=nonsense&key=x", "kind=", "kind=ALL"])
def test_there_is_no_other_figure(mine: Browser, query: str) -> None:
    assert mine.get(f"/practice/profile/answers?{query}").status_code == 404


@pytest.mark.parametrize("query", ["before=nonsense", "before=99999999999", "dimension=area&key=%F0%9F%8C%BF", "dimension=labels&key=x", "dimension=area"])
def test_whatever_else_is_asked_finds_nothing_or_begins_anew(mine: Browser, me: Person, query: str) -> None:
    answered(me)
    assert mine.get(f"/practice/profile/answers?{query}").status_code == 200


def test_confusions_are_told_with_both_labels(mine: Browser, me: Person) -> None:
    answered(me, answer={"actions": ["REMOVE"], "primary_label": "OUT-00"}, is_strict=False, error="wrong_selection")
    page = text_of(mine, "/practice/profile")
    assert "PRO-03 Prescription medicine OUT-00 No violation 1 times: PRO-03 taken for OUT-00 Too few to judge: 1 of 10" in page


def test_pace_is_said_from_ten_answers_on(mine: Browser, me: Person) -> None:
    for seconds in range(10, 50, 4):
        answered(me, seconds=float(seconds))
    page = text_of(mine, "/practice/profile")
    assert "Half of the cases within 28 s 14 s to 42 s Cases an hour 129 while deciding" in page
    assert "Product listing 10 latest answers: Product listing 28 s (14 s to 42 s) Too few to judge: 10 of 40 1 min 30 s" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"right_weight": 60.0, "wrong_weight": 2.0}, "100 % of 90 %"),
        ({"right_weight": 12.0, "wrong_weight": 9.0}, "Not ready yet"),
        ({"count": 14}, "14 first answers: Prohibited goods of 15"),
        ({"day_count": 2}, "2 of 3"),
    ],
)
def test_readiness_is_said_with_what_is_missing(mine: Browser, me: Person, changes: dict[str, float], said: str) -> None:
    PersonTallyFactory(person_id=me.id)
    AreaMasteryFactory(person_id=me.id, last_answered_at=clock.now(), **changes)
    page = text_of(mine, "/practice/profile").partition("How certain it is")[2].partition("Recent answers")[0]
    assert said in page
    assert ("Too few to judge" in page) is ("count" in changes or "day_count" in changes)


def test_what_zero_critical_misses_prove(mine: Browser, me: Person) -> None:
    PersonTallyFactory(person_id=me.id, dimension="severity", key="S4", count=20)
    PersonTallyFactory(person_id=me.id, count=20)
    assert "That proves a true rate of misses below 13.9 %" in text_of(mine, "/practice/profile")


def test_the_report_sets_areas_apart_by_how_consistently_they_are_applied(mine: Browser, me: Person) -> None:
    TaxonomyAreaFactory(code="CLM", title="Claims", position=3)
    TaxonomyAreaFactory(code="REV", title="Reviews", position=4)
    PersonTallyFactory(person_id=me.id, key="PRO", count=50, right=49)
    PersonTallyFactory(person_id=me.id, key="IPR", count=50, right=20)
    PersonTallyFactory(person_id=me.id, key="CLM", count=10, right=9)
    page = text_of(mine, "/practice/profile/print")
    parts = re.split("Areas applied consistently|Areas needing practice|Not certain yet|Too few to judge (?=Reviews)", page)
    assert [title in part for title, part in zip(["Prohibited", "Counterfeits", "Claims", "Reviews (0 of 10)"], parts[1:], strict=True)] == [True] * 4


def test_a_trainer_sees_everybodys_profile_and_a_lead_their_own_teams(me: Person, lead_of: Callable[..., Browser]) -> None:
    lean(me, "IPR", **UNDER)
    team = db.session.get(Team, state_of(me.id, at=clock.now()).team_id)
    for browser in (lead_of("trainer"), lead_of("lead", team=team)):
        assert "Rani under-enforces “Counterfeits”." in text_of(browser, f"/practice/people/{me.public_id}")
        for address in (f"/practice/people/{me.public_id}/print", f"/practice/people/{me.public_id}/answers?kind=right", "/practice/team"):
            assert "Rani" in text_of(browser, address)


@pytest.mark.parametrize("path", ["", "/print", "/answers"])
def test_for_a_lead_nobody_of_another_team_exists(me: Person, lead_of: Callable[..., Browser], path: str) -> None:
    for browser in (lead_of("lead", team=TeamFactory()), lead_of("lead")):
        assert browser.get(f"/practice/people/{me.public_id}{path}").status_code == 404
    assert lead_of("trainer").get(f"/practice/people/p_0000000000000000{path}").status_code == 404


def test_who_left_the_team_is_seen_by_its_lead_no_more(me: Person, lead_of: Callable[..., Browser]) -> None:
    team = db.session.get(Team, state_of(me.id, at=clock.now()).team_id)
    lead = lead_of("lead", team=team)
    record_facts(me, {FactKind.TEAM: TeamFactory().id}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    db.session.commit()
    assert lead.get(f"/practice/people/{me.public_id}").status_code == 404


@pytest.mark.parametrize("role", ["moderator", "qa", "auditor", "admin"])
def test_others_see_nobody_elses_practice(me: Person, as_role: Callable[..., Browser], role: str) -> None:
    browser = as_role(role)
    for path in ("/practice/team", f"/practice/people/{me.public_id}", f"/practice/people/{me.public_id}/answers"):
        assert browser.get(path).status_code == 403


def test_others_never_open_anothers_case_from_the_list(me: Person, lead_of: Callable[..., Browser]) -> None:
    judgement = answered(me)
    page = lead_of("trainer").get(f"/practice/people/{me.public_id}/answers").get_data(as_text=True)
    assert f"Product listing {serving_of(judgement)}" in page
    assert f'href="/practice/{serving_of(judgement)}"' not in page


def test_a_team_is_told_how_many_lean_and_who(me: Person, lead_of: Callable[..., Browser]) -> None:
    team = db.session.get(Team, state_of(me.id, at=clock.now()).team_id)
    other = PersonFactory(name="Budi", team=team)
    lean(me, "IPR", **UNDER)
    lean(other, "IPR", **OVER)
    PersonTallyFactory(person_id=other.id, key="PRO", count=50, right=50)
    PersonFactory(name="Somebody elsewhere")
    page = text_of(lead_of("lead", team=team), "/practice/team")
    assert "The practice of Night shift." in page
    assert "Counterfeits 0 0 2 0 1 1" in page
    assert "Prohibited goods 1 0 0 0 0 0" in page
    assert "Budi 150 80 % (73 % to 86 %) Counterfeits – Counterfeits" in page
    assert "Rani 100 70 % (60 % to 78 %) Counterfeits Counterfeits –" in page
    assert "Somebody elsewhere" not in page


def test_a_trainer_chooses_a_team_or_a_name(me: Person, lead_of: Callable[..., Browser]) -> None:
    team_id = state_of(me.id, at=clock.now()).team_id
    PersonFactory(name="Somebody elsewhere")
    trainer = lead_of("trainer")
    assert "Somebody elsewhere" in text_of(trainer, "/practice/team")
    assert "Somebody elsewhere" not in text_of(trainer, f"/practice/team?team={team_id}")
    assert "Rani" not in text_of(trainer, "/practice/team?team=0&name=somebody")
    assert "Nobody here" in text_of(trainer, f"/practice/team?team={team_id}&name=somebody")


@pytest.mark.parametrize("query", ["team=99", "team=nonsense", "name=" + "x" * 101])
def test_what_is_no_team_and_no_name_is_said(me: Person, lead_of: Callable[..., Browser], query: str) -> None:
    assert "Please mend this" in text_of(lead_of("trainer"), f"/practice/team?{query}", 400)


def test_a_lead_without_a_team_is_told_so(app: Any, lead_of: Callable[..., Browser]) -> None:
    assert "You lead no team yet" in text_of(lead_of("lead"), "/practice/team")
    assert "You lead no team yet" in text_of(lead_of("lead"), "/practice/team?team=1")


def test_a_profile_costs_the_same_few_statements_whatever_was_answered(mine: Browser, me: Person) -> None:
    asked = []
    for count in (2, 14):
        for _ in range(count):
            answered(me, case=CaseFactory(area="IPR", surface="comment", language="id", severity="S4"))
            answered(me)
        mine.get("/practice/profile")
        with counted() as statements:
            mine.get("/practice/profile")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 6


def test_a_team_costs_the_same_few_statements_whoever_is_in_it(me: Person, lead_of: Callable[..., Browser]) -> None:
    team = db.session.get(Team, state_of(me.id, at=clock.now()).team_id)
    lead = lead_of("lead", team=team)
    asked = []
    for count in (1, 6):
        for person in PersonFactory.create_batch(count, team=team):
            lean(person, "IPR", **UNDER)
        with counted() as statements:
            lead.get("/practice/team")
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 9


def test_the_answers_behind_a_figure_are_found_by_an_index(mine: Browser, me: Person) -> None:
    answered(me)
    for query in ("kind=right&dimension=area&key=PRO", "dimension=severity&key=S3", "dimension=language&key=en", "dimension=labels&key=PRO-03%3EPRO-03"):
        with asked() as statements:
            mine.get(f"/practice/profile/answers?{query}")
        for statement, parameters in statements:
            if "judgements" in statement:
                assert scans_in(statement, parameters) == []


def test_what_another_judgement_stands_in_for_is_listed_no_more(mine: Browser, me: Person) -> None:
    first = answered(me, is_strict=False)
    corrected = JudgementFactory(person_id=me.id, occasion=first.occasion, corrects_id=first.id, corrected_at=THEN, is_first_exposure=True)
    assert corrected.id != first.id
    page = mine.get("/practice/profile/answers").get_data(as_text=True)
    assert page.count(f'href="/practice/{serving_of(first)}"') == 1
    assert "False negative" not in page
