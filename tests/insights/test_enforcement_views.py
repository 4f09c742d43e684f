"""Over- and under-enforcement: what the page says of teams, who is behind it, and what is told to nobody."""

from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.certification.factories import CertificationFactory
from tests.insights.test_counting import counted_until
from tests.insights.test_funnel_views import lines
from tests.judgements.factories import JudgementFactory
from tests.quality.factories import audit
from training import clock
from training.accounts.rules import Role
from training.db import db
from training.insights.services.surveying import DECISIONS, count_as_a_whole
from training.judgements.rules import Source


@pytest.fixture
def crew(app):
    """The day shift acts on 12 of 24 innocent cases and misses 1 of 24 others; three of the night shift err in none of 100, and sat an exam together."""
    night, day = TeamFactory(name="Night shift"), TeamFactory(name="Day shift")
    certification, now = CertificationFactory(), clock.now()
    at = (now - timedelta(hours=2)).isoformat()
    quick = PersonFactory(name="Aisyah Binti", team=day, markets=("MY",))
    audit(quick, certification, [True] * 24, at=at, now=now, expected_decisions=[["APPROVE"]], given_decision=["APPROVE"])
    audit(quick, certification, [True] * 12, begin=24, at=at, now=now, expected_decisions=[["APPROVE"]], given_decision=["REMOVE"])
    audit(quick, certification, [True] * 23 + [False], begin=36, at=at, now=now)
    audit(quick, certification, [False] * 9, begin=60, at=at, now=now, sampling="complaint")
    people = [PersonFactory(name=f"Sari {name}", team=night, markets=("ID",)) for name in ("Lestari", "Ayu", "Melati")]
    audit(people[0], certification, [True] * 60, at=at, now=now, expected_decisions=[["APPROVE"]], given_decision=["APPROVE"])
    audit(people[1], certification, [True] * 40, at=at, now=now)
    case = CaseFactory(is_innocent=True)
    for person in people:
        JudgementFactory(person_id=person.id, case=case, source=Source.EXAM.value, is_strict=False, error="false_positive", given_at=now - timedelta(hours=1))
    counted(now)
    return night, day


def counted(now):
    counted_until(now)
    count_as_a_whole(DECISIONS, now=now)
    db.session.commit()


def test_teams_stand_beside_everybody_with_their_rates(crew, as_role):
    told = {line[0]: line[1:] for line in lines(as_role(Role.QA).get("/organisation/enforcement.csv"))[1:]}

    assert list(told) == ["Everybody", "Day shift", "Night shift"]
    assert told["Day shift"][:5] == ["60", "47", "12", "36", "0.3333"]
    assert told["Day shift"][7] == "Higher than others" and told["Day shift"][8:10] == ["1", "24"]
    assert told["Night shift"][:4] == ["100", "100", "0", "60"] and told["Night shift"][7] == "As others"
    assert told["Everybody"][:4] == ["160", "147", "12", "96"]
    page = as_role(Role.QA).get("/organisation/enforcement").text
    assert "Higher than others" in page and "33.3 %" in page and "this is no ranking" in page and "<svg" in page


def test_a_figure_opens_its_people_each_with_their_own(crew, as_role):
    night, _day = crew
    page = as_role(Role.QA).get("/organisation/enforcement").text
    assert f"/organisation/enforcement/people?team={night.id}" in page
    told = {line[0]: line[2:] for line in lines(as_role(Role.QA).get(f"/organisation/enforcement/people.csv?team={night.id}"))[1:]}
    assert told["Sari Lestari"] == ["Night shift", "60", "60", "0", "60", "0", "0", "0"]
    assert told["Sari Melati"] == ["Night shift", *[""] * 7]
    assert "0 of 60" in as_role(Role.QA).get(f"/organisation/enforcement/people?team={night.id}").text


def test_what_four_people_answered_in_exams_is_told_to_nobody(crew, as_role):
    browser = as_role(Role.ADMIN)
    assert "Not told: fewer than five people" in browser.get("/organisation/enforcement?basis=exam").text
    told = {line[0]: line[1:] for line in lines(browser.get("/organisation/enforcement.csv?basis=exam"))[1:]}
    assert set(told["Night shift"]) == {""}


def test_what_one_person_answered_in_exams_is_told_to_nobody(crew, as_role):
    told = lines(as_role(Role.ADMIN).get("/organisation/enforcement/people.csv?basis=exam"))[1:]
    assert {cell for line in told for cell in line[3:]} == {""}
    assert "told of nobody by themselves" in as_role(Role.ADMIN).get("/organisation/enforcement/people?basis=exam").text


def test_a_lead_sees_their_own_team_and_is_not_told_of_too_few_others(crew, app, sign_in):
    night, day = crew
    browser = sign_in(app.test_client(), PersonFactory(name="The Lead", roles=(Role.LEAD,), team=day))
    counted(clock.now())
    told = {line[0]: line[1:] for line in lines(browser.get("/organisation/enforcement.csv"))[1:]}
    assert list(told) == ["Everybody", "Day shift"]
    assert told["Everybody"][:4] == ["60", "47", "12", "36"]
    for address in ("enforcement", "enforcement.csv", "enforcement/people", "enforcement/people.csv"):
        assert browser.get(f"/organisation/{address}?team={night.id}").status_code == 404
    assert "Sari" not in browser.get("/organisation/enforcement/people").text


def test_nothing_decided_says_what_would_fill_the_page(crew, as_role):
    assert "Nothing was decided" in as_role(Role.AUDITOR).get("/organisation/enforcement?basis=calibration").text


@pytest.mark.parametrize("query", ["basis=hearsay", "months=2", "months=many", "team=0&market=XX"])
def test_what_there_is_not_to_choose_is_not_found(crew, as_role, query):
    for address in ("enforcement", "enforcement.csv", "enforcement/people", "enforcement/people.csv"):
        assert as_role(Role.ADMIN).get(f"/organisation/{address}?{query}").status_code == 404


def test_moderators_may_not_see_rates(app, as_role):
    for address in ("enforcement", "enforcement.csv", "enforcement/people", "enforcement/people.csv"):
        assert as_role(Role.MODERATOR).get(f"/organisation/{address}").status_code == 403
