"""Courses and modules that people, teams and everybody of a market or language are asked to complete, and the mails that remind them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.conftest import Browser
from tests.courses.factories import CourseFactory, ModuleFactory
from training import clock
from training.accounts.models import Person
from training.accounts.rules import FactKind, Status
from training.accounts.services import join_cohort, name_cohort, record_facts
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.courses import queries, services
from training.courses.models import Assignment, AssignmentReminder, Course, Module
from training.courses.rules.assigning import AudienceRule, end_of
from training.courses.services import Audience
from training.db import db
from training.errors import Refusal
from training.outbox.models import OutboxMail

pytestmark = pytest.mark.usefixtures("app")
AsRole = Callable[..., Browser]
INDONESIAN = AudienceRule("ID", "id")
DAY = timedelta(days=1)
ASKED = datetime(2026, 11, 1, 3, tzinfo=UTC)
DUE_ON = date(2026, 12, 10)
DUE_IN_UTC = datetime(2026, 12, 10, 23, 59, 59, tzinfo=UTC)


def asked(subject: Course | Module, audience: Audience, *, now: datetime = ASKED) -> Assignment:
    found = services.assign(subject, audience, due_at=DUE_IN_UTC, due_on=DUE_ON, by=SYSTEM, now=now)
    db.session.commit()
    return found


def worker(**values: object) -> Person:
    return PersonFactory(**{"markets": ("ID",), "languages": ("id",), "time_zone": "Asia/Jakarta", **values})


def titles(person: Person) -> list[str]:
    return [work.title for work in queries.assignments_of(person.id, now=clock.now())]


def remind(now: datetime) -> int:
    settled = services.remind_of_assignments(site_url="https://train.example.org", now=now)
    db.session.commit()
    return settled


def mails() -> list[tuple[str, str]]:
    return [(mail.recipient, mail.subject) for mail in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id))]


def test_a_rule_takes_in_who_is_there_and_who_comes_later_and_nobody_else() -> None:
    here, elsewhere, other = worker(), worker(markets=("SG",)), worker(languages=("en",))
    asked(CourseFactory(title="First queue"), Audience(rule=INDONESIAN))
    later = worker()
    assert [titles(person) for person in (here, later, elsewhere, other)] == [["First queue"], ["First queue"], [], []]
    record_facts(here, {FactKind.MARKETS: ["SG"]}, effective_from=clock.now(), by=SYSTEM, now=clock.now())
    assert titles(here) == []


def test_a_cohort_is_asked_with_who_joins_it_later_and_reminded_like_a_team() -> None:
    cohort, first, later, other = name_cohort(name="October hires", by=SYSTEM, now=ASKED), worker(), worker(), worker()
    join_cohort(cohort, [first.id], by=SYSTEM, now=ASKED)
    found = asked(CourseFactory(title="First queue"), Audience(cohort_id=cohort.id))
    join_cohort(cohort, [later.id], by=SYSTEM, now=ASKED + DAY)
    db.session.commit()
    assert [titles(person) for person in (first, later, other)] == [["First queue"], ["First queue"], []]
    assert queries.audience_size(found) == 2
    assert remind(DUE_IN_UTC - DAY) == 2
    with pytest.raises(Refusal):
        asked(queries.course_by_slug(found.course.slug), Audience(cohort_id=cohort.id))


def test_a_market_alone_and_a_language_alone_are_rules_too() -> None:
    person = worker(languages=("en",))
    for title, rule in (("Of the market", AudienceRule("ID", "")), ("Of the language", AudienceRule("", "en")), ("Of another", AudienceRule("", "id"))):
        asked(CourseFactory(title=title), Audience(rule=rule))
    assert titles(person) == ["Of the market", "Of the language"]


def test_what_somebody_is_asked_for_in_two_ways_is_told_once_by_its_first_day() -> None:
    person, module = worker(), ModuleFactory()
    asked(module, Audience(rule=INDONESIAN))
    first = services.assign(module, Audience(person.id), due_at=DUE_IN_UTC - 3 * DAY, due_on=DUE_ON - 3 * DAY, by=SYSTEM, now=ASKED)
    assert [work.assignment_id for work in queries.assignments_of(person.id, now=ASKED)] == [first.id]


def test_the_day_ends_where_each_of_them_is() -> None:
    asked(CourseFactory(), Audience(rule=INDONESIAN))
    due = [queries.assignments_of(worker(time_zone=zone).id, now=ASKED)[0].due_at for zone in ("Asia/Jakarta", "America/New_York")]
    assert due == [datetime(2026, 12, 10, 16, 59, 59, tzinfo=UTC), datetime(2026, 12, 11, 4, 59, 59, tzinfo=UTC)]


def test_a_module_is_complete_once_its_version_is_acknowledged() -> None:
    person, module = worker(), ModuleFactory()
    asked(module, Audience(person_id=person.id))
    (before,) = queries.assignments_of(person.id, now=ASKED)
    services.acknowledge(person.id, module.current_version, by=SYSTEM, now=ASKED)
    (after,) = queries.assignments_of(person.id, now=ASKED)
    assert (before.is_module, before.slug, before.is_complete, after.is_complete) == (True, module.slug, False, True)


@pytest.mark.parametrize("kind", ["rule", "person", "team"])
def test_nobody_is_asked_for_the_same_twice_at_once(kind: str) -> None:
    audiences = {"rule": lambda: Audience(rule=INDONESIAN), "person": lambda: Audience(PersonFactory().id), "team": lambda: Audience(team_id=TeamFactory().id)}
    audience, module = audiences[kind](), ModuleFactory()
    first = asked(module, audience)
    with pytest.raises(Refusal):
        asked(module, audience)
    services.withdraw_assignment(first, by=SYSTEM, now=ASKED)
    asked(module, audience)
    deeds = [
        (entry.deed, entry.subject_kind)
        for entry in db.session.scalars(select(AuditEntry).where(AuditEntry.deed.startswith("module.assign")).order_by(AuditEntry.id))
    ]
    assert deeds == [("module.assigned", kind), ("module.assignment_withdrawn", "assignment"), ("module.assigned", kind)]


def test_people_are_reminded_by_mail_each_by_their_own_day_and_once() -> None:
    jakarta, new_york = worker(), worker(time_zone="America/New_York")
    worker(markets=("SG",))
    asked(CourseFactory(title="First queue"), Audience(rule=INDONESIAN))
    week_before = datetime(2026, 12, 3, 17, tzinfo=UTC)
    assert (remind(week_before - DAY), remind(week_before), remind(week_before)) == (0, 1, 0)
    assert mails() == [(jakarta.email, "First queue is due within 7 days")]
    assert remind(week_before + DAY / 2) == 1
    assert mails()[1:] == [(new_york.email, "First queue is due within 7 days")]
    assert (remind(DUE_IN_UTC - DAY), remind(DUE_IN_UTC + DAY), remind(DUE_IN_UTC + 2 * DAY)) == (1, 2, 0)
    assert mails()[2:] == [(person.email, words) for person, words in ((jakarta, "First queue is due within a day"), (jakarta, OVER), (new_york, OVER))]


OVER = "First queue is overdue"


def test_the_mail_names_the_day_where_they_are_and_the_page() -> None:
    person, module = worker(time_zone="Pacific/Kiritimati"), ModuleFactory()
    asked(module, Audience(person.id))
    remind(DUE_IN_UTC - 5 * DAY)
    (body,) = db.session.scalars(select(OutboxMail.body))
    assert "by the end of Thursday, 10 December 2026 (+14)" in body and f"https://train.example.org/handbook/{module.slug}" in body


def test_who_is_done_or_gone_is_not_reminded() -> None:
    done, gone, module = worker(), worker(status=Status.DEACTIVATED), ModuleFactory()
    asked(module, Audience(rule=INDONESIAN))
    services.acknowledge(done.id, module.current_version, by=SYSTEM, now=ASKED)
    db.session.commit()
    assert (remind(DUE_IN_UTC - 5 * DAY), mails()) == (1, [])
    assert gone.id not in db.session.scalars(select(AssignmentReminder.person_id)).all()


def test_many_are_reminded_in_portions() -> None:
    for _ in range(3):
        worker()
    asked(CourseFactory(), Audience(rule=INDONESIAN))
    settled = [services.remind_of_assignments(site_url="https://train.example.org", now=DUE_IN_UTC - 5 * DAY, limit=2) for _ in range(3)]
    assert (settled, len(mails())) == ([2, 1, 0], 3)


def test_what_is_withdrawn_takes_its_unsent_mails_back() -> None:
    person = worker()
    found = asked(CourseFactory(), Audience(person.id))
    remind(DUE_IN_UTC - 5 * DAY)
    services.withdraw_assignment(found, by=SYSTEM, now=DUE_IN_UTC)
    assert mails() == []
    assert remind(DUE_IN_UTC) == 0


def test_what_was_asked_by_an_instant_is_due_then_everywhere() -> None:
    person = worker(time_zone="America/New_York")
    services.assign(CourseFactory(), Audience(person_id=person.id), due_at=DUE_IN_UTC, by=SYSTEM, now=ASKED)
    assert [work.due_at for work in queries.assignments_of(person.id, now=ASKED)] == [DUE_IN_UTC]


def test_the_people_of_a_rule_are_paged_by_name() -> None:
    for number in range(52):
        worker(name=f"Person {number:02}")
    found, now = asked(CourseFactory(), Audience(rule=INDONESIAN)), clock.now()
    first = queries.takers_page(found, queries.work_of(found), now=now)
    second = queries.takers_page(found, queries.work_of(found), now=now, after_id=first.next_id)
    assert ([len(first.takers), len(second.takers)], second.takers[-1].name, second.next_id) == ([50, 2], "Person 51", None)
    assert first.takers[0].due_at == end_of(DUE_ON, ZoneInfo("Asia/Jakarta"))


def form(**values: str) -> dict[str, str]:
    return {"email": "", "team": "0", "market": "", "language": "", "due_on": (clock.now() + 9 * DAY).date().isoformat(), **values}


@pytest.mark.parametrize("role", ["trainer", "lead", "admin"])
def test_everybody_of_a_market_with_a_language_is_asked_for_a_module_on_its_page(as_role: AsRole, role: str) -> None:
    worker(name="Sri Rahayu")
    module, browser = ModuleFactory(), as_role(role)
    path = f"/handbook/{module.slug}/assignments"
    assert path in browser.get(f"/handbook/{module.slug}").text
    answer = browser.post(path, data=form(market="ID", language="id"), follow_redirects=True)
    assert "Everybody in Indonesia who works in Indonesian" in answer.text and "1 person now" in answer.text
    (found,) = queries.open_assignments(None, module_id=module.id)
    page = browser.get(f"/assignments/{found.id}").text
    assert "Sri Rahayu" in page and "0 of 1 steps done" in page and "Whoever comes later is asked as well." in page
    assert browser.post(f"/courses/assignments/{found.id}/withdraw").location == path
    assert browser.get(f"/assignments/{found.id}").status_code == 404


def test_a_rule_beside_a_person_or_of_an_unknown_market_is_refused_in_words(as_role: AsRole) -> None:
    person, trainer = worker(), as_role("trainer")
    CourseFactory(id="onboarding")
    answers = [trainer.post("/courses/onboarding/assignments", data=form(**said)) for said in ({"email": person.email, "market": "ID"}, {"market": "XX"})]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert "one of the four" in answers[0].text


@pytest.mark.parametrize("role", ["moderator", "qa", "auditor"])
def test_others_see_and_ask_nothing(as_role: AsRole, role: str) -> None:
    module, browser = ModuleFactory(), as_role(role)
    found = asked(module, Audience(rule=INDONESIAN))
    path = f"/handbook/{module.slug}/assignments"
    assert path not in browser.get(f"/handbook/{module.slug}").text
    assert [browser.get(path).status_code, browser.post(path, data=form()).status_code, browser.get(f"/assignments/{found.id}").status_code] == [403] * 3


def test_who_is_asked_reads_it_on_today_and_among_the_courses(as_role: AsRole, app, sign_in) -> None:
    person, module = worker(), ModuleFactory()
    services.assign(module, Audience(rule=INDONESIAN), due_at=clock.now() + 9 * DAY, due_on=(clock.now() + 9 * DAY).date(), by=SYSTEM, now=clock.now())
    db.session.commit()
    browser = sign_in(app.test_client(), person)
    for path in ("/", "/courses"):
        assert f"/handbook/{module.slug}" in browser.get(path).text
    assert "A module to read" in browser.get("/courses").text
