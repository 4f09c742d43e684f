"""Who is due with what, who is ready in what, and the people behind each figure."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import TaxonomyAreaFactory
from tests.certification.factories import CertificationFactory, award
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.insights.test_counting import counted_until
from tests.practice.factories import AreaMasteryFactory
from tests.statements import counted
from training import clock
from training.accounts.rules import FactKind, Role, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.certification.rules import DeltaKind
from training.certification.rules.deltas import Delta
from training.certification.services import owe_delta
from training.courses import queries as courses
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience, acknowledge, assign
from training.db import db
from training.insights.queries.figures import LINES_A_PAGE

DAY = timedelta(days=1)


@pytest.fixture
def night(app):
    return TeamFactory(name="Night shift")


@pytest.fixture
def day(app):
    return TeamFactory(name="Day shift")


@pytest.fixture
def crew(night, day, known_areas):
    """A course that is asked of everybody in Indonesia: one is done, one is late; a change that one has to learn; a certificate each way."""
    now = clock.now()
    module = ModuleFactory(id="claims", title="Product claims")
    CourseFactory(id="entry", title="Entry course", modules=("claims",))
    done = PersonFactory(name="Done Already", team=night, markets=("ID",), languages=("id",))
    late = PersonFactory(name="Late Again", team=night, markets=("ID",), languages=("id",))
    elsewhere = PersonFactory(name="Elsewhere Entirely", team=day, markets=("MY",), languages=("ms",))
    asked = Audience(rule=AudienceRule("ID", ""))
    assign(courses.course_by_slug("entry"), asked, due_at=now - 2 * DAY, by=SYSTEM, now=now - 9 * DAY)
    acknowledge(done.id, module.current_version, by=SYSTEM, now=now - 3 * DAY)
    owe_delta(Delta("claims", module.current_version.version, ("PRO",), DeltaKind.READING, None, ()), {elsewhere.id: now + 30 * DAY}, now=now)
    held = CertificationFactory(id="listing", title="Listing moderation")
    award(done.id, held, now=now - DAY)
    award(late.id, held, now=now - 160 * DAY)
    award(elsewhere.id, held, now=now - 200 * DAY)
    AreaMasteryFactory(person_id=done.id, area="PRO", right_weight=60, wrong_weight=1, count=60, last_answered_at=now)
    AreaMasteryFactory(person_id=late.id, area="PRO", right_weight=4, wrong_weight=9, count=20, last_answered_at=now)
    AreaMasteryFactory(person_id=elsewhere.id, area="PRO", count=3, last_answered_at=now)
    db.session.commit()
    counted_until(now)
    return done, late, elsewhere


@pytest.fixture
def known_areas(app):
    return [TaxonomyAreaFactory(code=code, title=title) for code, title in (("PRO", "Prohibited goods"), ("IPR", "Intellectual property"))]


def names(page):
    return [unescape(re.sub("<[^>]+>", "", name)) for name in re.findall(r'<th scope="row">(.*?)</th>', page)]


def cells(page, title):
    """The figures of the row with this title, by their heads."""
    row = next(row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if title in row and "data-label" in row)
    found = re.findall(r'<td[^>]*data-label="([^"]*)">(.*?)</td>', row, re.DOTALL)
    return {head: re.sub(r"\s+", " ", re.sub(r'<span class="visually-hidden">.*?</span>|<[^>]+>', "", text)).strip() for head, text in found}


def lines(response):
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_what_is_asked_says_who_is_done_due_and_overdue(crew, as_role):
    page = as_role(Role.AUDITOR).get("/organisation/adherence").text
    course = cells(page, "Entry course")
    assert course == {"Asked": "2", "Done": "1", "Due later": "0", "Due within 7 days": "0", "Overdue": "1", "Share done": "50 %"}
    assert cells(page, "Product claims, version 1.0.0")["Due later"] == "1"
    assert cells(page, "Listing moderation") == {"Held": "3", "In force": "1", "To renew": "1", "Lapsed": "1", "Suspended": "0"}


def test_each_figure_opens_its_people_and_they_are_as_many(crew, as_role):
    browser = as_role(Role.ADMIN)
    for start in (
        "/organisation",
        "/organisation/adherence",
        "/organisation/readiness",
        "/organisation/figure?topic=course&subject=entry",
        "/organisation?beside=market",
    ):
        page = browser.get(start).text
        figures = re.findall(r'<a href="([^"]+)">(\d+)<span class="visually-hidden">', page)
        assert figures, start
        for href, count in figures:
            behind = browser.get(unescape(href))
            assert behind.status_code == 200, href
            if "/people" in href:
                assert len(names(behind.text)) == int(count), href


def test_late_people_are_listed_with_their_team_and_taken_away(crew, as_role):
    browser = as_role(Role.QA)
    address = "topic=course&subject=entry&state=late"
    page = browser.get(f"/organisation/figure/people?{address}").text
    assert names(page) == ["Late Again"] and "Night shift" in page and "Overdue" in page
    heading, line = lines(browser.get(f"/organisation/figure/people.csv?{address}"))
    assert heading[:3] == ["Person", "Id", "Team"] and line[0] == "Late Again" and line[5:7] == ["Entry course", "Overdue"]
    everybody = browser.get("/organisation/figure/people?topic=course&subject=entry").text
    assert sorted(names(everybody)) == ["Done Already", "Late Again"]


def test_every_table_is_taken_away(crew, as_role):
    browser = as_role(Role.QA)
    due = lines(browser.get("/organisation/adherence.csv"))
    assert due[0] == ["What", "Which", "People", "Done", "Due later, or in force", "Due soon, or to renew", "Overdue, or lapsed", "Suspended"]
    assert ["Courses", "Entry course", "2", "1", "0", "0", "1", "0"] in due and ["Certificates", "Listing moderation", "3", "0", "1", "1", "1", "0"] in due
    ready = lines(browser.get("/organisation/readiness.csv"))
    assert ["Prohibited goods", "3", "1", "0", "1", "1", "0"] in ready and ready[0][-1] == "No answers"
    teams = lines(browser.get("/organisation.csv"))
    assert teams[1] == ["Night shift", "2", "1", "0", "1", "1", "0"]
    held = lines(browser.get("/organisation/figure.csv?topic=certificate&subject=listing&beside=market"))
    assert held[1:] == [["Malaysia", "1", "0", "0", "1", "0"], ["Indonesia", "2", "1", "1", "0", "0"]]
    assert browser.get("/organisation/figure.xlsx?topic=area&subject=PRO").data.startswith(b"PK")


def test_readiness_counts_those_who_decide_about_cases(crew, as_role):
    browser = as_role(Role.TRAINER)
    page = browser.get("/organisation/readiness").text
    area = cells(page, "topic=area&amp;subject=PRO")
    assert area == {"Share ready": "33 %", "Ready": "1", "Ready, fading": "0", "Not ready": "1", "Too few answers": "1", "No answers": "0"}
    assert cells(page, "topic=area&amp;subject=IPR")["No answers"] == "3"
    without = browser.get("/organisation/people?without=IPR").text
    assert names(without) == ["Done Already", "Elsewhere Entirely", "Late Again"]
    assert {line[0] for line in lines(browser.get("/organisation/people.csv?without=IPR"))[1:]} == set(names(without))


def test_teams_stand_beside_each_other_the_most_overdue_on_top(crew, as_role):
    page = as_role(Role.AUDITOR).get("/organisation").text
    assert names(page)[0] == "Night shift"
    night = cells(page, "Night shift")
    assert (night["People"], night["Overdue with something"], night["All done"], night["Certificates to renew"]) == ("2", "1", "1", "1")
    assert cells(page, "Day shift")["Certificates lapsed"] == "1"
    browser = as_role(Role.AUDITOR)
    counted_until(clock.now())
    markets = browser.get("/organisation?beside=market").text
    assert names(markets)[:2] == ["Indonesia", "Malaysia"] and "No market" in names(markets)
    assert len(names(browser.get("/organisation/people?market=-").text)) == 2
    languages = as_role(Role.AUDITOR).get("/organisation/figure?topic=course&subject=entry&beside=language").text
    assert names(languages) == ["Indonesian"]


def test_a_lead_sees_figures_and_people_of_their_own_team_alone(crew, app, sign_in, night):
    browser = sign_in(app.test_client(), PersonFactory(name="The Lead", roles=(Role.LEAD,), team=night))
    counted_until(clock.now())
    page = browser.get("/organisation/adherence").text
    assert cells(page, "Listing moderation")["Held"] == "2" and "Product claims" not in page
    held = browser.get("/organisation/figure/people?topic=certificate&subject=listing").text
    assert sorted(names(held)) == ["Done Already", "Late Again"]
    taken = lines(browser.get("/organisation/figure/people.csv?topic=certificate&subject=listing"))
    assert {line[0] for line in taken[1:]} == {"Done Already", "Late Again"}
    assert cells(browser.get("/organisation/readiness").text, "topic=area&amp;subject=PRO")["Too few answers"] == "0"
    assert names(browser.get("/organisation/figure?topic=certificate&subject=listing").text) == ["Night shift"]


def test_a_lead_without_a_team_sees_nobody(crew, as_role):
    browser = as_role(Role.LEAD)
    counted_until(clock.now())
    for path in ("adherence", "readiness", "figure?topic=certificate&subject=listing", "figure/people?topic=certificate&subject=listing"):
        page = browser.get(f"/organisation/{path}").text
        assert "You lead no team yet" in page and "Late Again" not in page and not re.search(r'data-label="Held">', page)
    assert len(lines(browser.get("/organisation/figure/people.csv?topic=certificate&subject=listing"))) == 1


def test_what_does_not_exist_is_not_found_and_what_is_malformed_is_refused(crew, as_role):
    browser = as_role(Role.TRAINER)
    for address in ("topic=x", "topic=course&subject=x", "topic=delta&subject=claims", "topic=area&subject=XXX", "", "topic=anything&subject=x"):
        assert browser.get(f"/organisation/figure?{address}").status_code == 404, address
    for address in ("state=x", "state=waiting"):
        assert browser.get(f"/organisation/figure/people?topic=course&subject=entry&{address}").status_code == 404, address
    assert browser.get("/organisation/people?without=XXX").status_code == 404
    assert browser.get("/organisation?beside=x").status_code == 404
    assert browser.get("/organisation/figure/people?topic=course&subject=entry&after=yesterday_1").status_code == 400
    assert browser.get("/organisation/figure/people.doc?topic=course&subject=entry").status_code == 404


def test_who_is_deactivated_vanishes_from_figures_and_lists(crew, as_role):
    _done, late, _elsewhere = crew
    record_facts(late, {FactKind.STATUS: Status.DEACTIVATED}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    counted_until(clock.now())
    browser = as_role(Role.AUDITOR)
    assert cells(browser.get("/organisation/adherence").text, "Entry course")["Asked"] == "1"
    assert names(browser.get("/organisation/figure/people?topic=course&subject=entry").text) == ["Done Already"]


def test_long_lists_have_pages_both_ways(app, as_role):
    ModuleFactory(id="claims")
    now = clock.now()
    for _ in range(LINES_A_PAGE + 3):
        PersonFactory(markets=("PH",))
    assign(courses.module_by_slug("claims"), Audience(rule=AudienceRule("PH", "")), due_at=now + 3 * DAY, by=SYSTEM, now=now)
    counted_until(now)
    browser = as_role(Role.AUDITOR)
    first = browser.get("/organisation/figure/people?topic=module&subject=claims&state=soon").text
    assert len(names(first)) == LINES_A_PAGE and 'rel="prev"' not in first
    second = browser.get(unescape(first.split('rel="next" href="')[1].split('"')[0])).text
    assert len(names(second)) == 3 and 'rel="next"' not in second and not set(names(first)) & set(names(second))
    again = browser.get(unescape(second.split('rel="prev" href="')[1].split('"')[0])).text
    assert names(again) == names(first)


def test_pages_ask_the_same_number_of_questions_however_many_people(crew, as_role):
    browser = as_role(Role.AUDITOR)
    pages = ("/organisation", "/organisation/adherence", "/organisation/readiness", "/organisation/figure/people?topic=course&subject=entry")
    asked = []
    for _ in range(2):
        for number in range(4):
            PersonFactory(markets=("ID",), team=TeamFactory(), name=f"Another One {number}")
        counted_until(clock.now())
        found = []
        for page in pages:
            with counted() as statements:
                browser.get(page)
            found.append(len(statements))
        asked.append(found)
    assert asked[0] == asked[1] and max(asked[0]) <= 20
