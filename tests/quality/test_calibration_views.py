"""Sessions as people meet them: who sees what, when, and what is refused in words."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.cases.factories import CaseFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from tests.disputes.factories import documented
from tests.quality.calibrating import APPROVE, REMOVE, SITE, Panel, actor
from tests.statements import counted
from training import clock
from training.accounts.models import Person
from training.db import db
from training.judgements.documents import parse_answer
from training.quality.models import CalibrationSession
from training.quality.queries.calibration import personal_calibrations, standing_of_session, to_label
from training.quality.services import calibration as services

Signing = Callable[[Browser, Person], Browser]
NOTE = "Clause PRO-03.b allows this by name, and the third picture shows the licence."
ANSWER = {"actions": "REMOVE", "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}


@pytest.fixture
def opened(app: Flask, sign_in: Signing) -> Callable[[Person], Browser]:
    """A browser of this person."""
    return lambda person: sign_in(app.test_client(), person)


def text_of(browser: Browser, path: str, status: int = 200) -> str:
    response = browser.get(path)
    assert response.status_code == status, path
    return response.get_data(as_text=True)


def test_a_session_is_called_by_people_and_team_and_lists_wait_for_whom_it_asks(opened: Callable[[Person], Browser]) -> None:
    TaxonomyLabelFactory(code="PRO-03")
    team, case = TeamFactory(), CaseFactory()
    quality, member, other = PersonFactory(roles=["qa"], team=team), PersonFactory(team=team), PersonFactory()
    page = opened(quality)
    assert "No session yet" in text_of(page, "/quality/calibration")
    sent = {"title": "Weekly", "note": "Look at the labels.", "people": other.email, "team": str(team.id), "case_count": "5", "cases": case.slug}
    response = page.post("/quality/calibration/new", data=sent)
    assert response.status_code == 302
    assert {each.person_id for each in services.queries.members_of(db.session.query(CalibrationSession).one().id)} == {member.id, other.id}
    assert "0 of 2 labels given" in text_of(page, response.location)
    assert "Waits for you" in text_of(opened(member), "/quality/calibration")
    assert "Nobody has asked you yet" in text_of(opened(PersonFactory()), "/quality/calibration")


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({"people": "nobody@example.org"}, 400, "Nobody who works here has the address nobody@example.org"),
        ({"people": ""}, 400, "Name people, or choose a team."),
        ({"cases": ""}, 400, "Tick clauses, or name cases"),
        ({"cases": "no-such-case"}, 409, "The practice pool has no case no-such-case"),
        ({"title": ""}, 400, "Give it a title."),
        ({"people": "one@example.org"}, 409, "Ask at least two people beside yourself"),
    ],
)
def test_what_is_called_wrongly_is_refused_in_words(as_role: Callable[..., Browser], sent: dict[str, Any], status: int, words: str) -> None:
    PersonFactory(email="one@example.org")
    PersonFactory(email="two@example.org")
    whole = {"title": "Weekly", "people": "one@example.org two@example.org", "team": "0", "case_count": "5", "cases": CaseFactory().slug}
    response = as_role("trainer").post("/quality/calibration/new", data=whole | sent)
    assert response.status_code == status and words in response.get_data(as_text=True)


def test_before_the_reveal_nobody_sees_what_was_said_nor_the_reference_and_afterwards_nobody_sees_who(opened: Callable[[Person], Browser]) -> None:
    panel = Panel()
    panel.people[0].name = "Somebody Else"
    panel.say(1, REMOVE, APPROVE)
    session, case = f"/quality/calibration/{panel.id}", f"/quality/calibration/{panel.id}/cases/1"
    mine, quality = opened(panel.people[2]), opened(panel.quality)
    for page in (text_of(mine, session), text_of(mine, case)):
        assert "1 of 2" not in page and "What the expert says" not in page and "said it" not in page
    assert "2 of 6 labels given" in text_of(quality, session) and "0 of 3 people have" in text_of(quality, session)
    assert quality.get(case).status_code == 302, "whoever runs it does not look at cases meanwhile"
    assert opened(panel.people[0]).get(case).status_code == 302, "labelled already"
    panel.reveal()
    shown = text_of(mine, case)
    assert "1 of 2" in shown and "What the expert says" not in shown and ">You<" not in shown
    assert ">You<" in text_of(opened(panel.people[0]), case)
    assert all(person.name not in shown for person in panel.people[:2])
    services.close_session(panel.id, by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    assert "What the expert says" in text_of(mine, case)


def test_labelling_leads_from_case_to_case_and_the_first_label_stands(opened: Callable[[Person], Browser]) -> None:
    panel = Panel()
    page, base = opened(panel.people[0]), f"/quality/calibration/{panel.id}"
    assert page.post(f"{base}/cases/1", data={}).status_code == 400
    first = page.post(f"{base}/cases/1", data=ANSWER)
    assert (first.status_code, first.location) == (302, f"{base}/cases/2")
    again = page.post(f"{base}/cases/1", data={"actions": "APPROVE", "primary_label": "OUT-00", "severity": "S0", "escalate_to": ""})
    assert again.status_code == 302
    assert "your first label stands" in text_of(page, again.location)
    assert page.post(f"{base}/cases/2", data=ANSWER).location == base
    assert "You have labelled every case" in text_of(page, base)


def test_a_label_that_comes_after_the_reveal_is_not_taken_and_the_page_says_so(opened: Callable[[Person], Browser]) -> None:
    panel = Panel()
    panel.say(1, REMOVE, REMOVE)
    page = opened(panel.people[2])
    text_of(page, f"/quality/calibration/{panel.id}/cases/1")
    panel.reveal()
    late = page.post(f"/quality/calibration/{panel.id}/cases/1", data=ANSWER)
    assert late.status_code == 409 and "your label was not taken" in late.get_data(as_text=True)


def test_who_has_nothing_to_do_with_a_session_finds_none_and_may_do_nothing(opened: Callable[[Person], Browser]) -> None:
    panel = Panel()
    base = f"/quality/calibration/{panel.id}"
    stranger, lead, member, auditor = (PersonFactory(), PersonFactory(roles=["lead"]), panel.people[0], PersonFactory(roles=["auditor"]))
    for person in (stranger, lead):
        page = opened(person)
        for path in (base, f"{base}/cases/1"):
            text_of(page, path, 404)
        assert [page.post(f"{base}/{deed}").status_code for deed in ("leave", "cases/1")] == [404, 404]
    for person in (stranger, member, auditor):
        page = opened(person)
        deeds = ("reveal", "again", "close", "people", "cases/1/note", "cases/1/consensus")
        assert {page.post(f"{base}/{deed}").status_code for deed in deeds} == {403}
    assert "Reveal what they said" not in text_of(opened(auditor), base)
    page = opened(panel.quality)
    text_of(page, "/quality/calibration/0", 404)
    assert page.post(f"{base}/cases/9/note", data={"words": NOTE}).status_code == 404


def test_a_member_of_quality_does_not_run_what_they_label_in(opened: Callable[[Person], Browser]) -> None:
    panel = Panel()
    colleague = PersonFactory(roles=["qa"])
    services.invite(panel.id, [colleague.id], site_url="", by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    page = opened(colleague)
    response = page.post(f"/quality/calibration/{panel.id}/reveal")
    assert response.status_code == 409 and "You label in this session" in response.get_data(as_text=True)


def test_a_whole_session_is_run_through_its_pages(opened: Callable[[Person], Browser]) -> None:
    panel = Panel(3, cases=[documented()])
    base, page = f"/quality/calibration/{panel.id}", opened(panel.quality)
    panel.say(1, APPROVE)
    early = page.post(f"{base}/reveal")
    assert early.status_code == 409 and "No case has two labels yet" in early.get_data(as_text=True)
    panel.says(panel.people[1], 1, APPROVE)
    panel.says(panel.people[2], 1, APPROVE)
    assert page.post(f"{base}/reveal").status_code == 302
    assert page.post(f"{base}/cases/1/note", data={"words": "short"}).status_code == 400
    assert page.post(f"{base}/cases/1/note", data={"words": NOTE}).status_code == 302
    assert page.post(f"{base}/cases/1/consensus").status_code == 409, "close it first"
    assert page.post(f"{base}/again").status_code == 302
    panel.say(1, APPROVE, APPROVE, APPROVE)
    assert page.post(f"{base}/reveal").status_code == 302
    assert page.post(f"{base}/close").status_code == 302
    assert "Bring it forward" in text_of(page, f"{base}/cases/1")
    assert page.post(f"{base}/cases/1/consensus").status_code == 302
    shown = text_of(page, f"{base}/cases/1")
    assert "See where it stands" in shown and "Bring it forward" not in shown
    trainer = opened(PersonFactory(roles=["trainer"]))
    disputes = text_of(trainer, "/disputes")
    assert "Amended" in disputes
    address = shown.split('href="/disputes/')[1].split('"')[0]
    assert "3 of 3 who did not know what the expert said" in text_of(trainer, f"/disputes/{address}")
    assert "Carry it out" in text_of(trainer, f"/disputes/{address}")
    assert NOTE in text_of(trainer, f"/disputes/{address}/carrying")


def test_what_one_person_said_alone_is_not_shown(opened: Callable[[Person], Browser]) -> None:
    panel = Panel()
    panel.say(1, REMOVE, REMOVE)
    panel.say(2, APPROVE)
    panel.reveal()
    page = opened(panel.quality)
    assert "Too few labels" in text_of(page, f"/quality/calibration/{panel.id}")
    assert "Too few labels to show" in text_of(page, f"/quality/calibration/{panel.id}/cases/2")


@pytest.mark.usefixtures("app")
def test_people_take_their_own_labels_away_and_nobody_elses() -> None:
    panel = Panel()
    panel.say(1, REMOVE, APPROVE)
    (mine,) = personal_calibrations(panel.people[0].id)
    assert mine["session"] == "Weekly calibration"
    assert [(given["case"], given["round"], given["answer"]["actions"]) for given in mine["answers"]] == [(1, 1, ["REMOVE"])]
    assert "is_right" not in str(mine) and personal_calibrations(panel.quality.id) == []


def test_the_pages_ask_as_much_of_many_cases_as_of_few(opened: Callable[[Person], Browser]) -> None:
    taken = []
    for count in (2, 12):
        panel = Panel(3, cases=[CaseFactory() for _ in range(count)])
        for position in range(1, count + 1):
            panel.say(position, REMOVE, APPROVE, REMOVE)
        panel.reveal()
        page = opened(panel.people[0])
        text_of(page, f"/quality/calibration/{panel.id}")
        with counted() as statements:
            text_of(page, f"/quality/calibration/{panel.id}")
        taken.append(len(statements))
        assert standing_of_session(panel.id).last.figures["whole"]["cases"] == count
    assert taken[0] == taken[1]


@pytest.mark.parametrize("path", ["/quality/calibration", "/"])
def test_the_lists_ask_as_much_of_many_sessions_as_of_few(opened: Callable[[Person], Browser], path: str) -> None:
    first = Panel(3)
    page, taken = opened(first.people[0]), []
    for number in range(1, 5):
        text_of(page, path)
        with counted() as statements:
            text_of(page, path)
        taken.append(len(statements))
        waiting = to_label(first.people[0].id, at=clock.now())
        assert [(each.answered_count, each.case_count) for each in waiting] == [(0, 2)] + [(1, 2)] * (number - 1)
        planned = services.Planned(f"Session {number}", [each.id for each in first.people], cases=[case.slug for case in first.cases])
        again = services.open_session(planned, site_url=SITE, by=actor(first.quality.id), now=clock.now())
        services.label(again.id, 2, parse_answer(REMOVE), person_id=first.people[0].id, now=clock.now())
        services.label(again.id, 1, parse_answer(REMOVE), person_id=first.people[1].id, now=clock.now())
        db.session.commit()
    assert len(set(taken)) == 1
