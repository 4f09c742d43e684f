"""A team at an instant: who stands how, what it comes to, and the pages that show it."""

import csv
import io
from datetime import UTC, datetime, time, timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from tests.statements import counted
from training import clock
from training.accounts import services as accounts
from training.accounts.models import Person, Team
from training.accounts.rules import FactKind, Hours, Role
from training.actors import SYSTEM
from training.db import db
from training.queues import queries
from training.queues.queries import staffing_of, whole_team
from training.queues.rules.decision import Code, Decision, Reason
from training.queues.rules.staffing import Footing, Member, Wanted, cell, chosen, figures, footing

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def decided(*codes: Code, at: datetime = NOW, until: datetime | None = None) -> Decision:
    return Decision(at, tuple(Reason(code, "claims", until=until) for code in codes))


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        ((), Footing.OPEN),
        ((Code.CERTIFICATE_LAPSING, Code.DELTA_DUE), Footing.OPEN),
        ((Code.PROVISIONAL_SHADOW,), Footing.SHADOW),
        ((Code.UNAVAILABLE, Code.CERTIFICATE_LAPSING), Footing.AWAY),
        ((Code.UNAVAILABLE, Code.PROVISIONAL_SHADOW), Footing.AWAY),
        ((Code.DELTA_OVERDUE,), Footing.DELTA),
        ((Code.DELTA_OVERDUE, Code.UNAVAILABLE), Footing.DELTA),
        ((Code.DELTA_OVERDUE, Code.POLICY_UNREAD), Footing.CLOSED),
        ((Code.NO_CERTIFICATION,), Footing.CLOSED),
        ((Code.UNAVAILABLE, Code.DEACTIVATED), Footing.CLOSED),
    ],
)
def test_how_somebody_stands_follows_from_what_keeps_them_out(codes: tuple[Code, ...], found: Footing) -> None:
    assert footing(decided(*codes)) is found


@pytest.mark.parametrize(
    ("now", "until", "lapses"),
    [
        (decided(), NOW + 5 * DAY, True),
        (decided(Code.UNAVAILABLE), NOW + 5 * DAY, True),
        (decided(), NOW, False),
        (decided(Code.NO_CERTIFICATION), NOW + 5 * DAY, False),
        (None, NOW + 5 * DAY, False),
    ],
)
def test_who_is_certified_now_and_lapsed_then_lapses_in_between(now: Decision | None, until: datetime, lapses: bool) -> None:
    then = decided(Code.CERTIFICATE_LAPSED, at=NOW + 9 * DAY, until=until)
    assert cell(then, now).lapses_at == (until if lapses else None)


def test_every_figure_counts_exactly_the_people_that_it_opens() -> None:
    members = [Member(number, f"p{number}", f"P{number}", frozenset({"id", "en"} if number % 2 else {"id"}), number % 3) for number in range(12)]
    codes = ((), (Code.PROVISIONAL_SHADOW,), (Code.UNAVAILABLE,), (Code.DELTA_OVERDUE,), (Code.CERTIFICATE_LAPSED,))
    then = [decided(*codes[number % 5], at=NOW + 9 * DAY, until=NOW + 5 * DAY) for number in range(12)]
    cells = {(member.public_id, "claims"): cell(then[member.id], decided()) for member in members}
    found = figures(members, cells, "claims")
    assert found.standings == {"open": 3, "certified": 8, "shadow": 3, "away": 2, "delta": 2, "closed": 2, "lapsing": 2}
    for standing, count in found.standings.items():
        assert len(chosen(members, cells, Wanted("claims", standing))) == count
    for language, count in found.languages.items():
        assert len(chosen(members, cells, Wanted("claims", "certified", language=language))) == count
    for shift_id, count in found.shifts.items():
        assert len(chosen(members, cells, Wanted("claims", "certified", shift_id=shift_id))) == count
    assert sum(found.shifts.values()) == found.standings["certified"]


def settle(team: Team, count: int) -> list[Person]:
    """People of whom every other one holds the certificate until 180 days after it was awarded, 170 days ago."""
    certification = CertificationFactory(title="Moderator of claims")
    QueueFactory(id="claims", title="Claims", requires={"all_of": [certification.slug]})
    people = [PersonFactory(name=f"Person {number:03}", team=team, languages=["id"]) for number in range(count)]
    for person in people[::2]:
        award(person.id, certification, now=clock.now() - 170 * DAY)
    return people


@pytest.mark.usefixtures("app")
class TestRead:
    def test_a_page_costs_as_many_statements_for_many_as_for_few(self) -> None:
        small, large = TeamFactory(), TeamFactory()
        settle(small, 2)
        for _ in range(20):
            PersonFactory(team=large)
        db.session.commit()
        costs, team_ids = [], [small.id, large.id]
        for team_id in team_ids:
            with counted() as statements:
                staffing_of(team_id, at=clock.now() + 30 * DAY, now=clock.now())
            costs.append(len(statements))
        assert costs[0] == costs[1] <= 7

    def test_it_says_what_the_gate_says_then_as_known_now(self) -> None:
        team = TeamFactory()
        settle(team, 4)
        now = clock.now()
        for at in (now - DAY, now, now + 30 * DAY):
            found = staffing_of(team.id, at=at, now=now)
            for (name, slug), each in found.cells.items():
                assert each.decision == queries.access_of(name, slug, at=at, known_at=min(at, now))
        assert figures(found.members, found.cells, "claims").standings == {"closed": 4, "lapsing": 2}

    def test_pages_and_the_whole_team_hold_everybody_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("training.queues.queries.staffing.PAGE_SIZE", 3)
        team = TeamFactory()
        people = settle(team, 8)
        now, gone = clock.now(), people[4]
        accounts.record_facts(gone, {FactKind.TEAM: None}, effective_from=now, by=SYSTEM, now=now)
        pages = [staffing_of(team.id, at=now, now=now)]
        while pages[-1].has_more:
            pages.append(staffing_of(team.id, at=now, now=now, after_id=pages[-1].members[-1].id))
        assert [len(page.members) for page in pages] == [3, 3, 1]
        names = [person.name for person in people if person is not gone]
        assert [member.name for page in pages for member in page.members] == names
        assert [member.name for page in whole_team(team.id, at=now, now=now) for member in page.members] == names


def local(days: float) -> str:
    return (clock.now() + timedelta(days=days, hours=7)).strftime("%Y-%m-%dT%H:%M")


class TestPages:
    @pytest.fixture
    def team(self, app) -> Team:
        return TeamFactory(name="Listings")

    @pytest.fixture
    def lead(self, team: Team, browser: Browser, sign_in) -> Browser:
        return sign_in(browser, PersonFactory(roles=[Role.LEAD], team=team, name="Lead"))

    def test_figures_open_their_people(self, lead: Browser, team: Team) -> None:
        people = settle(team, 4)
        hours = Hours("Asia/Jakarta", frozenset({1}), time(3), time(4), is_binding=True)
        shift = accounts.create_shift("Night", hours, by=SYSTEM, now=clock.now())
        accounts.assign_shift(people[0], shift, effective_from=clock.now(), by=SYSTEM, now=clock.now())
        page = lead.get("/queues/matrix").text
        assert "Lapses by then" not in page and "How many, by queue" in page
        away = lead.get(f"/queues/matrix/people?team={team.id}&queue=claims&standing=away").text
        assert "Person 000" in away and "Night" in away and "Person 002" not in away
        certified = lead.get(f"/queues/matrix/people?team={team.id}&queue=claims&standing=certified&language=id&shift=0").text
        assert "Person 002" in certified and "Person 000" not in certified
        later = lead.get(f"/queues/matrix?team={team.id}&at={local(30)}").text
        assert "Lapses by then" in later
        lapsing = lead.get(f"/queues/matrix/people?team={team.id}&queue=claims&standing=lapsing&at={local(30)}").text
        assert "Certificate lapses" in lapsing and "Person 001" not in lapsing
        assert "Nobody" in lead.get(f"/queues/matrix/people?team={team.id}&queue=claims&standing=delta").text

    @pytest.mark.parametrize("query", ["queue=nothing", "", "queue=claims&standing=happy", "queue=claims&team=x", "queue=claims&shift=x"])
    def test_a_figure_that_is_none_does_not_exist(self, lead: Browser, team: Team, query: str) -> None:
        settle(team, 1)
        assert lead.get(f"/queues/matrix/people?{query}").status_code == 404

    def test_the_team_is_taken_away_whole_and_no_spreadsheet_runs_a_name(self, lead: Browser, team: Team) -> None:
        settle(team, 2)
        PersonFactory(name="=1+1", team=team)
        answer = lead.get(f"/queues/matrix.csv?team={team.id}&at={local(30)}")
        heading, *lines = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig")))
        assert heading[:5] == ["Person", "Id", "Languages", "Shift", "Queue"]
        assert [line[0] for line in lines] == ["'=1+1", "Lead", "Person 000", "Person 001"]
        assert lines[2][5] == "Closed" and lines[2][8] and "has lapsed" in lines[2][9]
        assert lead.get("/queues/matrix.csv?at=soon").status_code == 404

    def test_beyond_the_last_page_there_is_a_way_back(self, lead: Browser, team: Team) -> None:
        (person,) = settle(team, 1)
        assert "The list ends before this page" in lead.get(f"/queues/matrix?team={team.id}&after={person.id}").text
        assert "Please mend this" in lead.get(f"/queues/matrix?team={team.id}&after=0").text

    def test_who_may_not_see_teams_sees_none_of_it(self, as_role) -> None:
        moderator = as_role(Role.MODERATOR)
        for page in ("/queues/matrix/people", "/queues/matrix.csv"):
            assert moderator.get(page).status_code == 403
