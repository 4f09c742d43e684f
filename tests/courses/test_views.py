from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from markdown import Markdown

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.conftest import Browser
from tests.courses.factories import EARLIER, CourseFactory, ModuleDocumentFactory, body, clause
from tests.practice.factories import CheckFactory
from tests.statements import counted
from training import clock
from training.accounts.models import Person
from training.actors import SYSTEM
from training.courses import queries, services
from training.courses.rules.versions import ModuleRefusal, Version
from training.db import db
from training.errors import Refusal
from training.web.formatting import day_text

SignIn = Callable[[Browser, Person], Browser]
AsRole = Callable[..., Browser]


@pytest.fixture
def reader(app: Flask) -> Person:
    return PersonFactory()


@pytest.fixture
def page(browser: Browser, reader: Person, sign_in: SignIn) -> Browser:
    """The reader's browser."""
    return sign_in(browser, reader)


def publish(version: str = "1.0.0", rule: str = "No firearms.", **values: Any) -> None:
    document = ModuleDocumentFactory(**{"id": "goods", "title": "Prohibited goods", "version": version, "body": body(clause(rule=rule)), **values})
    services.publish_module(document, now=EARLIER, by=SYSTEM)
    db.session.commit()


def text_of(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 200, response.status
    return response.get_data(as_text=True)


# The shelf and the module


def test_an_empty_handbook_says_how_it_is_filled(page: Browser) -> None:
    assert "flask content apply" in text_of(page, "/handbook")


def test_the_shelf_says_how_far_the_reader_is_in_each_module(page: Browser, reader: Person) -> None:
    publish()
    version = queries.module_by_slug("goods").current_version
    services.mark_sections_read(reader.id, version, ["purpose"], now=EARLIER)
    services.acknowledge(reader.id, version, by=SYSTEM, now=EARLIER)
    publish("1.1.0", "No toys.")
    shown = text_of(page, "/handbook")
    assert "0 of 2 sections read" in shown and "Changed since 1.0.0" in shown


def test_a_module_shows_its_clauses_with_anchors_labels_and_examples_apart(page: Browser) -> None:
    publish()
    shown = text_of(page, "/handbook/goods")
    assert 'id="pro-01.a"' in shown and '<li class="label-chip">PRO-01</li>' in shown
    for kind in ("violating", "allowed", "borderline"):
        assert f'class="example example-{kind}"' in shown
    assert 'href="#pro-01.a"' in shown and 'href="#purpose"' in shown


def test_showing_a_module_renders_nothing(page: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    paragraph = "Some goods may not be sold here by anyone, at any price, and this is why. " * 20
    publish(body=body(*(clause(f"PRO-{number:02}.a", paragraph) for number in range(1, 31))))
    rendered = 0
    convert = Markdown.convert

    def counting(self: Markdown, source: str) -> str:
        nonlocal rendered
        rendered += 1
        return convert(self, source)

    monkeypatch.setattr(Markdown, "convert", counting)
    for _ in range(3):
        assert "PRO-30.a" in text_of(page, "/handbook/goods")
    assert rendered == 0
    publish("1.0.1", "Another rule.")
    assert rendered == 1


def test_a_module_is_shown_with_few_statements(page: Browser) -> None:
    publish()
    with counted() as statements:
        text_of(page, "/handbook/goods")
    assert len(statements) <= 10


def test_what_an_author_writes_cannot_run_in_the_reader_s_browser(page: Browser) -> None:
    publish(body=body(clause(rule="<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>")))
    shown = text_of(page, "/handbook/goods")
    article = shown.partition("<article")[2].partition("</article>")[0]
    assert "<script" not in article and "javascript:" not in article and "<img" not in article
    assert "&lt;script&gt;" in article


def test_links_to_modules_and_clauses_lead_to_them_wherever_they_stand(page: Browser) -> None:
    publish(body=body(clause("PRO-01.a", "See [below](clause:PRO-01.b), [there](clause:PRO-02.a) and [the other](module:drugs).") + "\n" + clause("PRO-01.b")))
    services.publish_module(ModuleDocumentFactory(id="drugs", body=body(clause("PRO-02.a"))), now=EARLIER, by=SYSTEM)
    db.session.commit()
    shown = text_of(page, "/handbook/goods")
    for address in ("/handbook/goods#pro-01.b", "/handbook/clauses/PRO-02.a", "/handbook/drugs"):
        assert f'href="{address}"' in shown
    assert page.get("/handbook/clauses/PRO-02.a").headers["Location"] == "/handbook/drugs#pro-02.a"
    assert page.get("/handbook/clauses/PRO-99.z").status_code == 404


def test_a_check_inside_a_module_leads_to_its_practice(page: Browser) -> None:
    publish(body=body(clause() + "\n/// check | check-guns\n///\n"))
    CheckFactory(slug="check-guns", version__title="Toys and true arms")
    db.session.commit()
    shown = text_of(page, "/handbook/goods")
    assert shown.count('href="/practice/checks/check-guns"') == 2 and "Toys and true arms" in shown and "Not passed yet" in shown


@pytest.mark.parametrize(
    "address",
    [
        "/handbook/nothing",
        "/handbook/nothing/changes",
        "/handbook/goods/versions/9.9.9",
        "/handbook/goods/versions/x",
        "/handbook/goods/changes?from=y",
        "/courses/nothing",
    ],
)
def test_what_does_not_exist_is_not_found(page: Browser, address: str) -> None:
    publish()
    assert page.get(address).status_code == 404


# Reading and acknowledging


def test_sections_are_marked_one_by_one_for_the_page_s_script(page: Browser, reader: Person) -> None:
    publish()
    answer = page.post("/handbook/goods/read", data={"version": "1.0.0", "sections": ["purpose", "nonsense"]}, headers={"Accept": "application/json"})
    assert answer.get_json() == {"read": ["purpose"]}
    assert queries.sections_read(reader.id, queries.module_by_slug("goods").current_version_id) == {"purpose"}


def test_all_sections_are_marked_by_the_button_without_script(page: Browser) -> None:
    publish()
    answer = page.post("/handbook/goods/read", data={"version": "1.0.0", "sections": ["purpose", "rules"]}, follow_redirects=True)
    assert "2 of 2 sections read" in answer.get_data(as_text=True)
    assert "Mark every section as read" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("data", [{}, {"version": "x"}, {"version": "1.0.0", "sections": ["s"] * 301}])
def test_sections_of_nothing_in_particular_are_refused(page: Browser, data: dict[str, Any]) -> None:
    publish()
    assert page.post("/handbook/goods/read", data=data).status_code == 400


def test_acknowledging_is_pinned_to_the_version_that_was_shown(page: Browser, reader: Person) -> None:
    publish()
    answer = page.post("/handbook/goods/acknowledge", data={"version": "1.0.0"}, follow_redirects=True)
    assert "You acknowledged version 1.0.0" in answer.get_data(as_text=True)
    publish("1.1.0", "No toys.")
    late = page.post("/handbook/goods/acknowledge", data={"version": "1.0.0"})
    assert late.status_code == 302
    assert queries.newest_acknowledged(reader.id) == {"goods": Version(1, 0, 0)}


def test_nobody_is_asked_to_read_a_translation_by_itself(app: Flask, as_role: AsRole) -> None:
    publish()
    translated()
    lead = as_role("lead")
    assert (lead.get("/handbook/goods/assignments").status_code, lead.get("/handbook/barang/assignments").status_code) == (200, 404)
    assert "Assign it" in text_of(lead, "/handbook/goods") and "Assign it" not in text_of(lead, "/handbook/barang")


def test_acknowledging_a_version_that_was_replaced_meanwhile_is_refused_in_words(page: Browser) -> None:
    publish()
    publish("1.1.0", "No toys.")
    answer = page.post("/handbook/goods/acknowledge", data={"version": "1.0.0"})
    assert answer.status_code == 409
    assert "Version 1.0.0 was replaced while you were reading." in answer.get_data(as_text=True)


@pytest.mark.parametrize("version", ["", "one", "1.0.0.0", "9.9.9"])
def test_a_version_that_never_was_cannot_be_acknowledged(page: Browser, version: str) -> None:
    publish()
    assert page.post("/handbook/goods/acknowledge", data={"version": version}).status_code in {400, 404}


# What changed


def test_whoever_read_an_older_version_is_shown_what_changed(page: Browser, reader: Person) -> None:
    publish()
    services.acknowledge(reader.id, queries.module_by_slug("goods").current_version, by=SYSTEM, now=EARLIER)
    publish("1.1.0", "No firearms and no toys.")
    assert "Changed since you read version 1.0.0." in text_of(page, "/handbook/goods")
    shown = text_of(page, "/handbook/goods/changes")
    assert "<ins> and no toys</ins>" in shown and "<del>" not in shown.partition('<div class="diff"')[2].partition("</div>")[0]
    assert "PRO-01.a" in shown


def test_a_patch_asks_nothing_of_whoever_knew_the_version_before(page: Browser, reader: Person) -> None:
    publish()
    services.acknowledge(reader.id, queries.module_by_slug("goods").current_version, by=SYSTEM, now=EARLIER)
    publish("1.0.1", "No firearms!")
    shown = text_of(page, "/handbook/goods")
    assert "Changed since you read" not in shown and "Only corrections came since" in shown


def test_any_older_version_can_be_compared_and_read(page: Browser) -> None:
    publish()
    publish("1.1.0", "No toys.")
    publish("2.0.0", "No toys at all.")
    assert "From version 1.1.0" in text_of(page, "/handbook/goods/changes")
    assert "From version 1.0.0" in text_of(page, "/handbook/goods/changes?from=1.0.0")
    old = text_of(page, "/handbook/goods/versions/1.0.0")
    assert "No firearms." in old and "It no longer applies." in old and "I have read version" not in old


def test_a_first_version_has_nothing_to_compare(page: Browser) -> None:
    publish()
    assert "This is the first version" in text_of(page, "/handbook/goods/changes")


# Search


def test_a_search_shows_excerpts_that_lead_to_the_clause(page: Browser) -> None:
    publish(rule="Krim etiket biru may not be offered.")
    shown = text_of(page, "/handbook/search?q=etiket")
    assert "<mark>etiket</mark>" in shown and 'href="/handbook/goods#pro-01.a"' in shown


@pytest.mark.parametrize("asked", ["%22", "%27%3B--", "NEAR%28", "*", "%F0%9F%99%82", "&page=x", "a&page=-3", "a&page=99999999999999999999", "%3Cscript%3E"])
def test_whatever_is_typed_is_answered_with_a_page(page: Browser, asked: str) -> None:
    publish()
    assert "<script>alert" not in text_of(page, f"/handbook/search?q={asked}")


def test_a_search_that_finds_nothing_says_what_to_try(page: Browser) -> None:
    publish()
    assert "Try fewer words" in text_of(page, "/handbook/search?q=zebras")


# Courses and assignments


def test_a_course_shows_its_steps_and_what_is_done(page: Browser, reader: Person) -> None:
    publish(body=body(clause() + "\n/// check | check-guns\n///\n"))
    CheckFactory(slug="check-guns", version__title="Toys and true arms")
    CourseFactory(id="onboarding", modules=("goods",), checks=("check-guns", "check-later"), practice_count=5)
    services.acknowledge(reader.id, queries.module_by_slug("goods").current_version, by=SYSTEM, now=EARLIER)
    services.note_practice(reader.id, area="PRO", now=EARLIER)
    db.session.commit()
    shown = text_of(page, "/courses/onboarding")
    assert "1 of 4 steps done" in shown and "1 of 5 answers given" in shown
    assert "Toys and true arms</a>" in shown and "A check that is still being written" in shown


@pytest.mark.parametrize(("asked_at", "badge_count"), [(EARLIER, 1), (None, 0)])
def test_a_course_says_its_due_date_once(page: Browser, reader: Person, asked_at: datetime | None, badge_count: int) -> None:
    asked = asked_at or clock.now()
    due_at = asked + timedelta(days=9)
    services.assign(CourseFactory(id="onboarding"), services.Audience(person_id=reader.id), due_at=due_at, by=SYSTEM, now=asked)
    db.session.commit()
    shown = text_of(page, "/courses/onboarding")
    assert (shown.count(day_text(due_at)), shown.count("Overdue")) == (1, badge_count)


def test_a_finished_course_says_so(page: Browser, reader: Person) -> None:
    publish()
    CourseFactory(id="onboarding", modules=("goods",))
    services.acknowledge(reader.id, queries.module_by_slug("goods").current_version, by=SYSTEM, now=EARLIER)
    db.session.commit()
    assert "You have completed this course." in text_of(page, "/courses/onboarding")


def test_a_course_over_a_module_that_is_not_published_is_shown_and_stays_open(page: Browser) -> None:
    CourseFactory(id="onboarding", modules=("unwritten",))
    assert "A module that is still being written" in text_of(page, "/courses/onboarding")
    assert "You have completed" not in text_of(page, "/courses/onboarding")


def test_assigned_courses_come_first_with_their_date(page: Browser, reader: Person) -> None:
    assert "There are no courses yet" in text_of(page, "/courses")
    first, _ = CourseFactory(title="Second step"), CourseFactory(title="First step")
    services.assign(first, services.Audience(person_id=reader.id), due_at=clock.now() + timedelta(days=3), by=SYSTEM, now=clock.now())
    db.session.commit()
    shown = text_of(page, "/courses")
    assert shown.index("Second step") < shown.index("All others") < shown.index("First step")
    assert "Due " in shown


def test_a_date_that_has_passed_is_overdue(page: Browser, reader: Person) -> None:
    services.assign(CourseFactory(), services.Audience(person_id=reader.id), due_at=EARLIER + timedelta(days=1), by=SYSTEM, now=EARLIER)
    db.session.commit()
    assert "Overdue since" in text_of(page, "/courses")


@pytest.mark.parametrize("role", ["moderator", "qa", "auditor"])
def test_only_trainers_leads_and_administrators_assign(as_role: AsRole, role: str) -> None:
    CourseFactory(id="onboarding")
    browser = as_role(role)
    assert browser.get("/courses/onboarding/assignments").status_code == 403
    assert browser.post("/courses/onboarding/assignments", data={}).status_code == 403
    assert browser.post("/courses/assignments/1/withdraw").status_code == 403


def tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=2)).date().isoformat()


@pytest.mark.parametrize("role", ["trainer", "lead", "admin"])
def test_a_person_is_asked_by_address_and_seen_in_the_list(as_role: AsRole, reader: Person, role: str) -> None:
    publish()
    CourseFactory(id="onboarding", modules=("goods",))
    answer = as_role(role).post("/courses/onboarding/assignments", data={"email": reader.email, "team": "0", "due_on": tomorrow()}, follow_redirects=True)
    assert reader.name in answer.get_data(as_text=True) and "0 of 1 steps" in answer.get_data(as_text=True)


def test_a_team_is_asked_as_a_whole_and_each_counts(as_role: AsRole, reader: Person) -> None:
    publish()
    CourseFactory(id="onboarding", modules=("goods",))
    team = TeamFactory(name="Night shift")
    quick, slow = PersonFactory(team=team), PersonFactory(team=team, name="Slow Reader")
    services.acknowledge(quick.id, queries.module_by_slug("goods").current_version, by=SYSTEM, now=EARLIER)
    db.session.commit()
    answer = as_role("lead").post("/courses/onboarding/assignments", data={"email": "", "team": str(team.id), "due_on": tomorrow()}, follow_redirects=True)
    shown = answer.get_data(as_text=True)
    assert "Night shift" in shown and "1 of 2 complete" in shown and slow.name in shown and quick.name not in shown


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"email": "nobody@example.org", "team": "0", "due_on": "2999-01-01"}, "Nobody here has this address."),
        ({"email": "", "team": "0", "due_on": "2999-01-01"}, "Name a person, choose a team or a cohort, or say a market or a language: one of the four."),
        ({"email": "", "team": "0", "due_on": ""}, "Say by which day, as year-month-day."),
        ({"email": "", "team": "x", "due_on": "2999-01-01"}, "Please mend this and send it again"),
        ({"email": "", "team": "0", "due_on": "soon"}, "Please mend this and send it again"),
    ],
)
def test_an_assignment_to_nobody_or_never_is_refused_in_words(as_role: AsRole, data: dict[str, str], words: str) -> None:
    CourseFactory(id="onboarding")
    answer = as_role("trainer").post("/courses/onboarding/assignments", data=data)
    assert answer.status_code == 400 and words in answer.get_data(as_text=True)
    assert queries.open_assignments(queries.course_by_slug("onboarding").id) == []


def test_asking_twice_or_for_yesterday_is_refused_in_words(as_role: AsRole, reader: Person) -> None:
    course = CourseFactory(id="onboarding")
    trainer = as_role("trainer")
    late = trainer.post("/courses/onboarding/assignments", data={"email": reader.email, "team": "0", "due_on": "2020-01-01"})
    assert late.status_code == 409 and "That date has passed." in late.get_data(as_text=True)
    for status in (302, 409):
        answer = trainer.post("/courses/onboarding/assignments", data={"email": reader.email, "team": "0", "due_on": tomorrow()})
        assert answer.status_code == status
    assert "They are asked to complete it already." in answer.get_data(as_text=True)
    assert len(queries.open_assignments(course.id)) == 1


def test_an_assignment_is_withdrawn_once(as_role: AsRole, reader: Person) -> None:
    course = CourseFactory(id="onboarding")
    row = services.assign(course, services.Audience(person_id=reader.id), due_at=clock.now() + timedelta(days=1), by=SYSTEM, now=clock.now())
    db.session.commit()
    lead = as_role("lead")
    assert lead.post(f"/courses/assignments/{row.id}/withdraw").status_code == 302
    assert lead.post(f"/courses/assignments/{row.id}/withdraw").status_code == 404
    assert queries.open_assignments(course.id) == []


# Translations


def translated(follows: str = "1.0.0", **values: Any) -> None:
    said = {"id": "barang", "title": "Barang terlarang", "language": "id", "translates": f"goods@{follows}", "body": body(clause(rule="Tanpa senjata."))}
    publish(**{"rule": "Tanpa senjata.", **said, **values})


def test_a_translation_leads_to_its_original_which_is_acknowledged_from_it(page: Browser, reader: Person) -> None:
    publish()
    translated()
    shelf = text_of(page, "/handbook")
    assert 'href="/handbook/barang"' in shelf and shelf.count("shelf-module") == 1, "the original is on the shelf, and its translation with it"
    assert 'href="/handbook/barang"' in text_of(page, "/handbook/goods")
    told = text_of(page, "/handbook/barang")
    assert "Translated from" in told and "is behind" not in told and 'action="/handbook/goods/acknowledge"' in told
    page.post("/handbook/goods/acknowledge", data={"version": "1.0.0"})
    assert "You acknowledged version 1.0.0 of the original." in text_of(page, "/handbook/barang")
    assert queries.newest_acknowledged(reader.id) == {"goods": Version(1, 0, 0)}


def test_readers_of_a_translation_that_is_behind_are_told_and_led_to_what_changed(page: Browser) -> None:
    publish()
    translated()
    publish("1.0.1", "No firearms at all.")
    assert "is behind" not in text_of(page, "/handbook/barang"), "corrections alone change no rule"
    publish("1.1.0", "No firearms or knives.")
    told = text_of(page, "/handbook/barang")
    assert "This translation is behind." in told and "/handbook/goods/changes?from=1.0.0" in told
    assert 'action="/handbook/goods/acknowledge"' not in told, "what it does not tell is not acknowledged by reading it"
    assert "Behind" in text_of(page, "/handbook/goods")
    translated("1.1.0", version="1.0.1")
    assert "is behind" not in text_of(page, "/handbook/barang")


def test_the_clauses_stay_those_of_the_original(app: Flask, page: Browser) -> None:
    publish()
    translated()
    assert queries.clause_by_code("PRO-01.a").module_slug == "goods"
    assert queries.published_clauses()["barang"].clauses == ()
    assert [hit.module_slug for hit in queries.search_handbook("senjata")] == ["barang"]


def test_a_translation_comes_after_its_original_and_neither_becomes_the_other(app: Flask) -> None:
    with pytest.raises(Refusal) as missing:
        translated()
    assert missing.value.reason is ModuleRefusal.ORIGINAL_MISSING
    db.session.rollback()
    publish()
    translated()
    with pytest.raises(Refusal) as another:
        translated(version="1.0.1", translates=None)
    assert another.value.reason is ModuleRefusal.ORIGINAL_IS_ANOTHER
