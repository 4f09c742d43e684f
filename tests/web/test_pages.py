"""What every page of the shell carries."""

import re
from types import SimpleNamespace

from wtforms import PasswordField, StringField

from tests.accounts.factories import PersonFactory, TeamFactory
from training.web.addresses import LARGEST_ID
from training.web.forms import Form, choices_of
from training.web.navigation import places_for


def test_every_answer_forbids_what_pages_never_need(browser):
    for address in ("/sign-in", "/no/such/page", "/api/openapi.json"):
        headers = browser.get(address).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Referrer-Policy"] == "same-origin"


def test_pages_about_people_are_kept_by_nobody(browser, sign_in):
    assert sign_in(browser, PersonFactory()).get("/account").headers["Cache-Control"] == "private, no-store"


def test_the_style_sheet_is_one_file_kept_for_a_year(browser):
    page = browser.get("/sign-in").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert len(sheets) == 1
    answer = browser.get(sheets[0])
    assert answer.mimetype == "text/css" and "immutable" in answer.headers["Cache-Control"]


def test_the_cookie_is_closed_to_scripts_and_other_sites(app, browser):
    PersonFactory()
    header = browser.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in header and "SameSite=Lax" in header
    assert app.config["SESSION_COOKIE_NAME"] == "touchstone"


def test_people_see_the_places_that_are_for_them(app):
    def labels(*roles):
        return {place.label for _, places in places_for(frozenset(roles)) for place in places}

    assert "People" in labels("admin") and "People" not in labels("moderator")
    assert "Audit" in labels("auditor") and "Today" in labels()


def highlighted(browser, address):
    return re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', browser.get(address).text.partition("</nav>")[0])


def test_the_navigation_says_within_which_place_a_page_lies(app, as_role):
    person, team = PersonFactory(), TeamFactory()
    admin = as_role("admin")
    assert highlighted(admin, "/") == [("/", "page")]
    assert highlighted(admin, "/account") == []
    assert highlighted(admin, f"/people/{person.public_id}") == [("/people", "true")]
    assert highlighted(admin, "/people/new") == [("/people", "true")]
    assert highlighted(admin, f"/teams/{team.slug}") == [("/teams", "true")]
    assert highlighted(admin, "/practice/history") == [("/practice/", "true")]
    assert highlighted(admin, "/handbook/search") == [("/handbook", "true")]
    assert highlighted(admin, "/queues/overrides") == [("/queues/overrides", "page")]
    for role in ("lead", "admin", "auditor"):
        assert highlighted(as_role(role), f"/people/{person.public_id}/certificates") == [("/queues/matrix", "true")]


def test_every_place_can_be_opened_by_those_who_see_it(app, as_role):
    for role in ("moderator", "trainer", "lead", "qa", "admin", "auditor"):
        browser = as_role(role)
        for address in re.findall(r'<li><a href="([^"]+)"', browser.get("/account").text.partition("</nav>")[0]):
            assert browser.get(address).status_code == 200, f"{role} sees {address}"


def test_a_number_that_no_row_can_have_is_no_address(browser, as_role):
    admin = as_role("admin")
    assert admin.post(f"/clients/{LARGEST_ID + 1}/revoke").status_code == 404
    assert admin.post(f"/clients/{'9' * 40}/revoke").status_code == 404


def test_forms_strip_what_people_type_but_not_their_passwords(app):
    class Example(Form):
        name = StringField()
        password = PasswordField()

    with app.test_request_context(method="POST", data={"name": "  Nia ", "password": " pass "}):
        form = Example()
        assert (form.name.data, form.password.data) == ("Nia", " pass ")


def test_choices_keep_their_order():
    offered = choices_of([("b", "Second"), ("a", "First")])
    assert [SimpleNamespace(value=choice.value, label=choice.label) for choice in offered] == [
        SimpleNamespace(value="b", label="Second"),
        SimpleNamespace(value="a", label="First"),
    ]
