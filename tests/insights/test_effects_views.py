"""Before and after a policy change: what the page says, who is behind it, and what leads are not told."""

from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory
from tests.insights.test_counting import counted_until
from tests.insights.test_funnel_views import lines
from tests.judgements.factories import JudgementFactory
from tests.policy_changes.changing import World
from training import clock
from training.accounts.rules import Role
from training.actors import SYSTEM
from training.courses import services as courses
from training.db import db
from training.insights.services.surveying import EFFECTS, count_as_a_whole


def counted(now):
    counted_until(now)
    count_as_a_whole(EFFECTS, now=now)
    db.session.commit()


@pytest.fixture
def changed(app, monkeypatch):
    """Sixteen days ago a rule changed; two of the night shift acknowledged it on the third day and got better, Budi of the day shift never did."""
    now = clock.now()
    published = now - timedelta(days=16)
    night, day = TeamFactory(name="Night shift"), TeamFactory(name="Day shift")
    world = World(at=now - timedelta(days=60))
    people = [world.holder(at=now - timedelta(days=60), name=name, team=night) for name in ("Sari Lestari", "Sari Ayu")]
    people.append(world.holder(at=now - timedelta(days=60), name="Budi Santoso", team=day))
    world.change("1.1.0", at=published)
    db.session.refresh(world.module)
    for person in people[:2]:
        courses.acknowledge(person.id, world.module.current_version, by=SYSTEM, now=published + timedelta(days=3))
    for number in range(12):
        case = CaseFactory(concept="PRO-01.a")
        for person in people:
            for days in (-5, 5):
                is_right = number < 6 or (days > 0 and person is not people[2])
                JudgementFactory(person_id=person.id, case=case, is_strict=is_right, given_at=published + timedelta(days=days))
    counted(now)
    return night, day


ADDRESS = "/organisation/changes/goods/1.1.0"


def test_accuracy_is_told_before_and_after_of_both_sides(changed, as_role):
    told = {tuple(line[:3]): line[3:] for line in lines(as_role(Role.QA).get(f"{ADDRESS}/answers.csv"))[1:]}

    practice = "Practice"
    assert told[practice, "Acknowledged it", "before"][:4] == ["24", "12", "2", "0.5"]
    assert told[practice, "Acknowledged it", "after"][:4] == ["24", "24", "2", "1.0"]
    assert told[practice, "Have not", "before"][:4] == ["12", "6", "1", "0.5"]
    assert told[practice, "Have not", "after"][:4] == ["12", "6", "1", "0.5"]
    page = as_role(Role.QA).get(ADDRESS).text
    assert "+50" in page and "2 weeks each" in page and "PRO-01.a" in page and page.count("<svg") >= 2


def test_who_acknowledged_when_is_told_day_by_day(changed, as_role):
    told = lines(as_role(Role.AUDITOR).get(f"{ADDRESS}/days.csv"))

    assert told[1] == ["0", "0", "0.0"]
    assert told[4] == ["3", "2", "0.5"]
    assert told[-1][:2] == ["14", "2"]


def test_the_list_leads_to_each_change(changed, as_role):
    page = as_role(Role.TRAINER).get("/organisation/changes").text
    assert f'href="{ADDRESS}"' in page and "50 %" in page


def test_each_figure_opens_its_people(changed, as_role):
    browser = as_role(Role.ADMIN)
    learned, others = (browser.get(f"{ADDRESS}/people?learned={said}").text for said in ("yes", "no"))
    assert "Sari Lestari" in learned and "Sari Ayu" in learned and "Budi Santoso" not in learned
    assert "Budi Santoso" in others and "Sari Ayu" not in others
    told = lines(browser.get(f"{ADDRESS}/people.csv?learned=yes"))
    assert [line[0] for line in told[1:]] == ["Sari Ayu", "Sari Lestari"] and told[1][2] == "Night shift" and told[1][3]


def test_a_lead_reads_no_figures_of_four_people_and_lists_their_own_alone(changed, app, sign_in):
    _night, day = changed
    browser = sign_in(app.test_client(), PersonFactory(name="The Lead", roles=(Role.LEAD,), team=day))
    counted(clock.now())
    assert {line[3] for line in lines(browser.get(f"{ADDRESS}/answers.csv"))[1:]} == {"0"}
    assert "not told of so few people" in browser.get(ADDRESS).text
    assert "Budi Santoso" in browser.get(f"{ADDRESS}/people?learned=no").text
    assert "Sari" not in browser.get(f"{ADDRESS}/people?learned=yes").text


def test_in_the_first_week_the_page_says_when_figures_come(app, as_role):
    world = World(at=clock.now() - timedelta(days=60))
    world.change("1.1.0", at=clock.now() - timedelta(days=2))
    browser = as_role(Role.ADMIN)
    assert "Counted within a few minutes" in browser.get("/organisation/changes").text
    assert "The first week is not over" in browser.get(ADDRESS).text
    counted(clock.now())
    assert "The first week is not over" in browser.get(ADDRESS).text


def test_without_changes_the_list_says_what_would_fill_it(app, as_role):
    assert "No policy has changed yet" in as_role(Role.ADMIN).get("/organisation/changes").text


@pytest.mark.parametrize(
    "address",
    [
        "/organisation/changes/goods/9.9.9",
        "/organisation/changes/nothing/1.1.0",
        f"{ADDRESS}/people",
        f"{ADDRESS}/people?learned=maybe",
        f"{ADDRESS}/answers.pdf",
    ],
)
def test_what_there_is_not_is_not_found(changed, as_role, address):
    assert as_role(Role.ADMIN).get(address).status_code == 404


def test_moderators_may_not_see_effects(changed, as_role):
    for address in (
        "/organisation/changes",
        ADDRESS,
        f"{ADDRESS}/answers.csv",
        f"{ADDRESS}/days.csv",
        f"{ADDRESS}/people?learned=yes",
        f"{ADDRESS}/people.csv?learned=yes",
    ):
        assert as_role(Role.MODERATOR).get(address).status_code == 403
