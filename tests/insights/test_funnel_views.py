"""From hire to queue: what the page says, who is behind its figures, and who may see them."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.insights.test_counting import counted_until
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.rules import FactKind, Role, Status
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.certification.services import consider
from training.courses import services as courses
from training.db import db

HIRED = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(days: float) -> datetime:
    return HIRED + timedelta(days=days)


@pytest.fixture
def crew(app):
    """Eleven of the night shift are hired together, ten read on days 1 to 10 and have a queue a week later; of two of the day shift one left."""
    night, day = TeamFactory(name="Night shift"), TeamFactory(name="Day shift")
    module, certification = ModuleFactory(), CertificationFactory()
    CourseFactory(modules=(module.slug,))
    QueueFactory(requires={"all_of": [certification.slug]})
    people = [PersonFactory(name=f"Sari {chr(65 + number)}", team=night, markets=("ID",), languages=("id",), now=HIRED) for number in range(11)]
    for number, person in enumerate(people[:10], start=1):
        courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=after(number))
        consider(person.id, certification, exam=None, by=SYSTEM, now=after(number + 7))
    others = [PersonFactory(name=f"Aisyah {name}", team=day, markets=("MY",), languages=("ms",), now=after(40)) for name in ("Binti", "Noor")]
    record_facts(others[1], {FactKind.STATUS: Status.DEACTIVATED}, effective_from=after(60), by=SYSTEM, now=after(60))
    PersonFactory(name="Auditor Elin", roles=(Role.AUDITOR,))
    db.session.commit()
    counted_until(clock.now())
    return night, day


def lines(response):
    return list(csv.reader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_stages_are_counted_and_timed_with_those_who_are_not_there_yet(crew, as_role):
    night, _day = crew
    told = lines(as_role(Role.ADMIN).get(f"/organisation/funnel.csv?team={night.id}"))

    assert [line[:4] for line in told[1:]] == [
        ["Hired", "11", "1", "0"],
        ["Read a first module", "10", "0", "0"],
        ["Completed a course", "10", "0", "0"],
        ["Sat a first exam", "10", "0", "0"],
        ["Certified", "10", "0", "0"],
        ["First queue open", "10", "10", "0"],
        ["Out of shadow", "0", "0", "0"],
    ]
    assert told[2][4:] == ["11", "6", "2", "9", "6", "2", "9"]
    assert told[6][7:9] == ["0", "13"] or told[6][8] == "13"


def test_each_figure_opens_its_people(crew, as_role):
    browser = as_role(Role.ADMIN)
    page = browser.get("/organisation/funnel").text
    assert "/organisation/funnel/people?stage=hired&amp;standing=staying" in page
    staying = browser.get("/organisation/funnel/people?stage=hired&standing=staying").text
    assert "Sari K" in staying and "Aisyah Binti" in staying and "Aisyah Noor" not in staying and "Sari A" not in staying
    gone = browser.get("/organisation/funnel/people?stage=hired&standing=gone").text
    assert "Aisyah Noor" in gone and "left" in gone and "Sari K" not in gone
    reached = lines(browser.get("/organisation/funnel/people.csv?stage=certified&standing=reached"))
    assert len(reached) == 11 and reached[1][2:5] == ["Night shift", "2026-03-02", "First queue open"]
    book = load_workbook(io.BytesIO(browser.get("/organisation/funnel/people.xlsx?stage=hired&standing=reached").data))
    assert book.active.max_row == 14


def test_who_decides_no_cases_is_not_on_the_way(crew, as_role):
    assert "Auditor Elin" not in as_role(Role.ADMIN).get("/organisation/funnel/people.csv?stage=hired&standing=reached").data.decode()


def test_the_month_of_hiring_narrows(crew, as_role):
    browser = as_role(Role.ADMIN)
    assert lines(browser.get("/organisation/funnel.csv?hired=2026-04-01"))[1][1:4] == ["2", "1", "1"]
    assert "Sari A" not in browser.get("/organisation/funnel/people?hired=2026-04-01&stage=hired&standing=reached").text
    assert browser.get("/organisation/funnel?hired=2026-05-01").status_code == 404
    assert browser.get("/organisation/funnel?hired=then").status_code == 404


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("team", {"Night shift": ["11", "10", "1", "0", "13"], "Day shift": ["2", "0", "1", "1", ""]}),
        ("market", {"Indonesia": ["11", "10", "1", "0", "13"], "Malaysia": ["2", "0", "1", "1", ""]}),
        ("language", {"Indonesian": ["11", "10", "1", "0", "13"], "Malay": ["2", "0", "1", "1", ""]}),
        ("hired", {"March 2026": ["11", "10", "1", "0", "13"], "April 2026": ["2", "0", "1", "1", ""]}),
    ],
)
def test_groups_stand_beside_each_other(crew, as_role, by, expected):
    browser = as_role(Role.ADMIN)
    told = lines(browser.get(f"/organisation/funnel/compared.csv?by={by}"))[1:]
    assert {line[0]: line[1:6] for line in told} == expected
    page = browser.get(f"/organisation/funnel?by={by}").text
    assert all(name in page for name in expected) and "too few to judge" in page


def test_a_lead_sees_their_own_team_alone(crew, app, sign_in):
    night, day = crew
    browser = sign_in(app.test_client(), PersonFactory(name="The Lead", roles=(Role.LEAD,), team=day))
    counted_until(clock.now())
    page = browser.get("/organisation/funnel").text
    assert "Day shift" in page and "Night shift" not in page
    people = browser.get("/organisation/funnel/people?stage=hired&standing=reached").text
    assert "Aisyah Noor" in people and "Sari A" not in people
    assert lines(browser.get("/organisation/funnel.csv"))[1][1:4] == ["2", "1", "1"]
    for address in (
        "funnel",
        "funnel.csv",
        "funnel/compared.csv",
        "funnel/people?stage=hired&standing=reached",
        "funnel/people.csv?stage=hired&standing=reached",
    ):
        assert browser.get(f"/organisation/{address}{'&' if '?' in address else '?'}team={night.id}").status_code == 404


def test_a_lead_of_no_team_reads_why_there_is_nothing(app, sign_in):
    browser = sign_in(app.test_client(), PersonFactory(roles=(Role.LEAD,)))
    assert "You lead no team yet" in browser.get("/organisation/funnel").text
    assert "You lead no team yet" in browser.get("/organisation/funnel/people?stage=hired&standing=reached").text


def test_moderators_may_not_see_figures(crew, as_role):
    for address in ("funnel", "funnel.csv", "funnel/compared.csv", "funnel/people", "funnel/people.csv"):
        assert as_role(Role.MODERATOR).get(f"/organisation/{address}").status_code == 403


@pytest.mark.parametrize("query", ["", "stage=hired", "stage=nowhere&standing=reached", "stage=hired&standing=somehow"])
def test_a_figure_that_there_is_not_has_nobody_behind_it(crew, as_role, query):
    assert as_role(Role.ADMIN).get(f"/organisation/funnel/people?{query}").status_code == 404


def test_pages_of_people_lead_on_and_back(crew, as_role, monkeypatch):
    monkeypatch.setattr("training.insights.queries.ways.WAYS_A_PAGE", 4)
    browser, address, seen = as_role(Role.ADMIN), "/organisation/funnel/people?stage=hired&standing=reached", []
    while address:
        page = browser.get(address).text
        seen.append([name for name in [f"Sari {chr(65 + number)}" for number in range(11)] + ["Aisyah Binti", "Aisyah Noor"] if f">{name}<" in page])
        address = next((part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:] if "after=" in part.split('"')[0]), None)
    assert [len(names) for names in seen] == [4, 4, 4, 1]
    assert len({name for names in seen for name in names}) == 13
    back = next(part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:] if "before=" in part.split('"')[0])
    assert all(f">{name}<" in browser.get(back).text for name in seen[2])
