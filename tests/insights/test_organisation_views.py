"""Figures about the organisation: who sees whom, and that each opens its people."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.insights.test_counting import counted_until
from training import clock
from training.accounts.rules import Role
from training.insights.queries.organisation import PEOPLE_A_PAGE


@pytest.fixture
def crew(app):
    """A night shift in Indonesia, a day shift in Malaysia, and somebody in no team."""
    night, day = TeamFactory(name="Night shift"), TeamFactory(name="Day shift")
    PersonFactory(name="Sari Lestari", team=night, markets=("ID",), languages=("id",))
    PersonFactory(name="Budi Santoso", team=night, markets=("ID", "MY"), languages=("en", "id"))
    PersonFactory(name="Aisyah Rahman", team=day, markets=("MY",), languages=("ms",))
    PersonFactory(name="Nobody's Own", team=None, markets=(), languages=())
    counted_until(clock.now())
    return night, day


def lines(response):
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_every_team_is_counted_and_each_figure_opens_its_people(crew, as_role):
    night, _day = crew
    browser = as_role(Role.AUDITOR)
    page = browser.get("/organisation").text
    assert page.index("Day shift") < page.index("Night shift") and "No team" in page
    listed = browser.get(f"/organisation/people?team={night.id}").text
    assert listed.index("Budi Santoso") < listed.index("Sari Lestari") and "Aisyah Rahman" not in listed
    assert f'href="/organisation/people?team={night.id}"' in page
    alone = browser.get("/organisation/people?team=-1").text
    assert "Nobody&#39;s Own" in alone and "Sari Lestari" not in alone


def test_market_and_language_narrow_together(crew, as_role):
    listed = as_role(Role.QA).get("/organisation/people?market=MY&language=id").text
    assert "Budi Santoso" in listed and "Sari Lestari" not in listed and "Aisyah Rahman" not in listed


def test_a_lead_sees_their_own_team_alone(crew, app, sign_in):
    night, day = crew
    browser = sign_in(app.test_client(), PersonFactory(name="The Lead", roles=(Role.LEAD,), team=night))
    counted_until(clock.now())
    page = browser.get("/organisation").text
    assert "Night shift" in page and "Day shift" not in page and "No team" not in page and "Malay" not in page.replace("Malaysia", "")
    listed = browser.get("/organisation/people").text
    assert "Sari Lestari" in listed and "The Lead" in listed and "Aisyah Rahman" not in listed
    assert {line[0] for line in lines(browser.get("/organisation/people.csv"))[1:]} == {"Sari Lestari", "Budi Santoso", "The Lead"}
    for elsewhere in (day.id, -1, 0):
        assert browser.get(f"/organisation/people?team={elsewhere}").status_code == 404


def test_a_lead_without_a_team_is_told_so(crew, as_role):
    browser = as_role(Role.LEAD)
    for path in ("/organisation", "/organisation/people"):
        page = browser.get(path).text
        assert "You lead no team yet" in page and "Sari Lestari" not in page and "Nobody&#39;s Own" not in page
    assert lines(browser.get("/organisation/people.csv")) == [["Person", "Id", "Team", "Markets", "Languages"]]


def test_what_nobody_has_does_not_exist(crew, as_role):
    browser = as_role(Role.TRAINER)
    for address in ("team=x", "team=0x1", "team=999", "market=XX", "language=xx", "team=999999999999999999999"):
        assert browser.get(f"/organisation?{address}").status_code == 404, address
    assert browser.get("/organisation/people.pdf").status_code == 404


def test_moderators_see_no_figures(crew, as_role):
    assert as_role(Role.MODERATOR).get("/organisation").status_code == 403


def test_long_lists_have_pages_both_ways_and_are_taken_away_whole(app, as_role):
    browser = as_role(Role.ADMIN)
    for number in range(PEOPLE_A_PAGE + 3):
        PersonFactory(name=f"Same Name {number // 2:02}", markets=("PH",), languages=("tl",))
    counted_until(clock.now())
    first = browser.get("/organisation/people?market=PH").text
    assert first.count('scope="row"') == PEOPLE_A_PAGE and 'rel="prev"' not in first
    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = browser.get(after).text
    assert second.count('scope="row"') == 3 and 'rel="next"' not in second
    before = second.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")
    assert browser.get(before).text.count('scope="row"') == PEOPLE_A_PAGE
    assert len(lines(browser.get("/organisation/people.csv?market=PH"))) == PEOPLE_A_PAGE + 4
    book = load_workbook(io.BytesIO(browser.get("/organisation/people.xlsx?market=PH").data))
    assert book.active.max_row == PEOPLE_A_PAGE + 4
