"""Named cohorts as a trainer works with them: people added and taken out, their time, their results, the files."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.courses.factories import ModuleFactory
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.statements import counted
from training import clock
from training.accounts import queries as accounts
from training.accounts import services as people
from training.accounts.models import Cohort
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.courses import services as courses
from training.courses.services import Audience
from training.db import db
from training.exams import services as exams

REASON = "The line of the whole room was down."


@pytest.fixture
def trainer(as_role):
    return as_role("trainer")


def cohort_of(*members, name="October hires Jakarta") -> Cohort:
    made = people.name_cohort(name=name, by=SYSTEM, now=clock.now())
    people.join_cohort(made, [member.id for member in members], by=SYSTEM, now=clock.now())
    db.session.commit()
    return made


def asked(cohort, module):
    due = clock.now() + timedelta(days=9)
    found = courses.assign(module, Audience(cohort_id=cohort.id), due_at=due, due_on=due.date(), by=SYSTEM, now=clock.now())
    db.session.commit()
    return found


def chosen(*attempts):
    return [f"{attempt.public_id} {attempt.deadline_at.isoformat()}" for attempt in attempts]


def rule(trainer, cohort, deed, *values, minutes=""):
    return trainer.post(f"/cohorts/{cohort.id}/time", data={"attempt": list(values), "deed": deed, "minutes": minutes, "reason": REASON})


def test_a_trainer_names_a_cohort_and_adds_people_by_their_addresses(trainer):
    sari, budi = PersonFactory(name="Sari Lestari"), PersonFactory(name="Budi Santoso")
    answer = trainer.post("/cohorts", data={"name": "October hires Jakarta"})
    address = answer.location
    assert answer.status_code == 302 and address.endswith("/members")
    said = f"Name,Address\n{sari.name},{sari.email.upper()}\n{budi.name} <{budi.email}>;\n"
    assert trainer.post(f"{address}/listed", data={"addresses": said}).status_code == 302
    page = trainer.get(address).text
    assert "2 people now" in page and page.index("Budi Santoso") < page.index("Sari Lestari")
    assert "October hires Jakarta" in trainer.get("/cohorts").text
    assert trainer.post("/cohorts", data={"name": "october hires jakarta"}).status_code == 409


def test_a_file_is_read_like_what_is_pasted_and_an_unknown_address_adds_nobody(trainer):
    cohort, person = cohort_of(), PersonFactory()
    path = f"/cohorts/{cohort.id}/members/listed"
    answer = trainer.post(path, data={"file": (io.BytesIO(f"email\n{person.email}\nnobody@example.org\nnot an address\n".encode()), "people.csv")})
    assert answer.status_code == 400 and "Line 3: nobody here has" in answer.text and "Line 4" in answer.text and person.email in answer.text
    assert accounts.member_ids(cohort.id) == []
    assert trainer.post(path, data={"file": (io.BytesIO(b"\xff\xfe\x00"), "people.csv")}).status_code == 400
    assert trainer.post(path, data={"addresses": ""}).status_code == 400
    assert trainer.post(path, data={"file": (io.BytesIO(f"email\n{person.email}\n".encode()), "people.csv")}).status_code == 302
    assert accounts.member_ids(cohort.id) == [person.id]


def test_team_and_first_day_narrow_each_other(trainer):
    cohort, team, today = cohort_of(), TeamFactory(), clock.now()
    new, old = PersonFactory(team=team, now=today - timedelta(days=3)), PersonFactory(team=team)
    PersonFactory(now=today - timedelta(days=3))
    path, days = f"/cohorts/{cohort.id}/members/found", {"first_on": str((today - timedelta(days=5)).date()), "last_on": str(today.date())}
    assert trainer.post(path, data={"team": 0}).status_code == 400
    assert trainer.post(path, data={"team": team.id, "first_on": days["first_on"]}).status_code == 400
    assert trainer.post(path, data={"team": 0, "first_on": days["last_on"], "last_on": days["first_on"]}).status_code == 400
    trainer.post(path, data={"team": team.id, **days})
    assert accounts.member_ids(cohort.id) == [new.id]
    trainer.post(path, data={"team": team.id})
    assert set(accounts.member_ids(cohort.id)) == {new.id, old.id}


def test_who_is_taken_out_stays_in_the_history(trainer):
    person = PersonFactory(name="Sari Lestari")
    cohort = cohort_of(person, PersonFactory())
    trainer.post(f"/cohorts/{cohort.id}/members/out", data={"person": [person.public_id]})
    assert "Sari Lestari" not in trainer.get(f"/cohorts/{cohort.id}").text
    assert "Sari Lestari" in trainer.get(f"/cohorts/{cohort.id}/history").text
    assert "Tick whom" in trainer.post(f"/cohorts/{cohort.id}/members/out", follow_redirects=True).text


def test_a_cohort_is_renamed_closed_and_opened_again(trainer):
    cohort, person = cohort_of(), PersonFactory()
    trainer.post(f"/cohorts/{cohort.id}/name", data={"name": "November hires"})
    trainer.post(f"/cohorts/{cohort.id}/closing")
    page = trainer.get(f"/cohorts/{cohort.id}/members").text
    assert "Closed since" in page and "Add by address" not in page
    answer = trainer.post(f"/cohorts/{cohort.id}/members/listed", data={"addresses": person.email})
    assert answer.status_code == 409 and "closed" in answer.text
    assert "November hires" in trainer.get("/cohorts").text
    trainer.post(f"/cohorts/{cohort.id}/opening")
    assert trainer.post(f"/cohorts/{cohort.id}/members/listed", data={"addresses": person.email}).status_code == 302


def test_a_trainer_does_not_add_themselves(app, sign_in):
    trainer, cohort = PersonFactory(roles=["trainer"]), cohort_of()
    browser = sign_in(app.test_client(), trainer)
    answer = browser.post(f"/cohorts/{cohort.id}/members/listed", data={"addresses": trainer.email}, follow_redirects=True)
    assert "you yourself are left out" in answer.text and accounts.member_ids(cohort.id) == []


def test_several_are_given_more_time_at_once_and_a_second_click_gives_none(trainer):
    first, second, other = (AttemptFactory(exam=ExamFactory(), now=clock.now()) for _ in range(3))
    cohort = cohort_of(*(accounts.person(attempt.person_id) for attempt in (first, second)))
    before, values = [first.deadline_at, second.deadline_at], chosen(first, second)
    page = trainer.get(f"/cohorts/{cohort.id}").text
    assert first.public_id in page and second.public_id in page and other.public_id not in page
    assert rule(trainer, cohort, "extend", *values, minutes="10").status_code == 302
    assert [first.deadline_at, second.deadline_at] == [instant + timedelta(minutes=10) for instant in before]
    again = trainer.post(f"/cohorts/{cohort.id}/time", data={"attempt": values, "deed": "extend", "minutes": "10", "reason": REASON}, follow_redirects=True)
    assert again.text.count("Done for") == 1 and first.deadline_at == before[0] + timedelta(minutes=10)
    assert [entry.deed for entry in db.session.scalars(select(AuditEntry)) if entry.deed == "attempt.extended"] == ["attempt.extended"] * 2


def test_a_pause_and_its_end_reach_those_who_were_ticked_and_tell_whom_they_did_not(trainer):
    first, second = (AttemptFactory(exam=ExamFactory(), now=clock.now()) for _ in range(2))
    cohort = cohort_of(*(accounts.person(attempt.person_id) for attempt in (first, second)))
    rule(trainer, cohort, "pause", *chosen(first))
    assert first.paused_at is not None and second.paused_at is None
    page = trainer.post(f"/cohorts/{cohort.id}/time", data={"attempt": chosen(first, second), "deed": "resume", "reason": REASON}, follow_redirects=True).text
    assert first.paused_at is None and "Done for 1" in page and accounts.person(second.person_id).name in page


def test_time_is_ruled_on_with_a_reason_minutes_and_somebody_of_the_cohort(trainer):
    attempt, other = (AttemptFactory(exam=ExamFactory(), now=clock.now()) for _ in range(2))
    cohort = cohort_of(accounts.person(attempt.person_id))
    path, value = f"/cohorts/{cohort.id}/time", chosen(attempt)
    assert trainer.post(path, data={"attempt": value, "deed": "extend", "minutes": "10", "reason": ""}).status_code == 400
    assert "checked" in trainer.post(path, data={"attempt": value, "deed": "extend", "minutes": "", "reason": REASON}).text
    assert trainer.post(path, data={"deed": "pause", "reason": REASON}).status_code == 400
    assert trainer.post(path, data={"attempt": value, "deed": "stop", "reason": REASON}).status_code == 400
    assert rule(trainer, cohort, "pause", *chosen(other)).status_code == 404
    assert attempt.paused_at is None and other.paused_at is None


def test_the_page_tells_progress_results_and_what_waits(trainer):
    module, exam = ModuleFactory(), ExamFactory(title="Entry to the shop floor")
    sat = AttemptFactory(exam=exam, now=clock.now())
    done = accounts.person(sat.person_id)
    cohort = cohort_of(done, PersonFactory(name="Still Reading"))
    found = asked(cohort, module)
    courses.acknowledge(done.id, module.current_version, by=SYSTEM, now=clock.now())
    exams.submit_attempt(sat, client_id="window-1", by=SYSTEM, now=clock.now())
    db.session.commit()
    page = trainer.get(f"/cohorts/{cohort.id}").text
    assert f"/assignments/{found.id}" in page and "Complete" in page and "What is missing" in page
    assert "Entry to the shop floor: people by score" in page and "Not passed" in page
    assert f"/exams/desk/attempts/{sat.public_id}/runs" in page
    assert cohort.name in trainer.get(f"/assignments/{found.id}").text


def test_everybody_and_every_attempt_are_taken_away(trainer):
    module, sat = ModuleFactory(), AttemptFactory(exam=ExamFactory(title="Entry"), now=clock.now())
    person = accounts.person(sat.person_id)
    cohort = cohort_of(person)
    asked(cohort, module)
    exams.submit_attempt(sat, client_id="window-1", by=SYSTEM, now=clock.now())
    db.session.commit()
    heading, line = trainer.get(f"/cohorts/{cohort.id}/people.csv").text.splitlines()
    assert heading.endswith(f"{module.current_version.title}: steps done,{module.current_version.title}: of") and line.endswith("Entry,Not passed,0,1")
    sheet = load_workbook(io.BytesIO(trainer.get(f"/cohorts/{cohort.id}/results.xlsx").data)).active
    assert [cell.value for cell in sheet[2]] == [sat.public_id, person.public_id, person.name, "Entry", 1, 0, "Not passed"]
    assert trainer.get(f"/cohorts/{cohort.id}/people.pdf").status_code == 404


def test_who_is_in_a_cohort_reads_its_name_and_takes_it_away(app, sign_in):
    person = PersonFactory()
    cohort_of(person, name="October hires Jakarta")
    facts = sign_in(app.test_client(), person).get("/account/data.json").json["account"]["facts"]
    assert [fact["value"] for fact in facts if fact["kind"] == "cohorts"] == [["October hires Jakarta"]]


def test_a_large_cohort_is_told_in_as_many_statements_as_a_small_one(trainer):
    cohort = cohort_of(PersonFactory())
    asked(cohort, ModuleFactory())
    path = f"/cohorts/{cohort.id}"
    trainer.get(path)
    with counted() as few:
        trainer.get(path)
    people.join_cohort(cohort, [PersonFactory().id for _ in range(55)], by=SYSTEM, now=clock.now())
    db.session.commit()
    with counted() as many:
        page = trainer.get(path).text
    assert "?after=" in page and len(many) == len(few)


@pytest.mark.parametrize("role", ["moderator", "lead", "qa", "auditor", "admin"])
def test_named_cohorts_are_for_trainers(as_role, role):
    cohort, browser = cohort_of(), as_role(role)
    assert {browser.get(f"/cohorts/{cohort.id}{rest}").status_code for rest in ("", "/members", "/history", "/people.csv", "/results.csv")} == {403}
    assert {browser.post(f"/cohorts{rest}").status_code for rest in ("", f"/{cohort.id}/time", f"/{cohort.id}/closing", f"/{cohort.id}/members/out")} == {403}


def test_a_cohort_that_is_not_there_is_not_found(trainer):
    assert {trainer.get(f"/cohorts/0{rest}").status_code for rest in ("", "/members", "/history", "/people.csv", "/results.csv")} == {404}
    deeds = ("time", "name", "closing", "opening", "members/out")
    posted = {deed: trainer.post(f"/cohorts/0/{deed}", data={"name": "Any", "reason": REASON, "deed": "pause", "attempt": "x y"}).status_code for deed in deeds}
    assert set(posted.values()) == {404}, posted
