"""Every error in words, for people and for programs."""

import pytest

from tests.accounts.factories import PersonFactory
from training.errors import NotFound
from training.web.access import opens_to_everyone


@pytest.fixture
def breaking(app, monkeypatch):
    """The front page breaks as it would in service, whatever the test gives it to raise."""

    def break_with(error):
        @opens_to_everyone
        def view():
            raise error

        monkeypatch.setitem(app.view_functions, "today.page", view)
        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    return break_with


def test_an_address_that_leads_nowhere_says_so(browser):
    answer = browser.get("/no/such/page")
    assert answer.status_code == 404 and "There is nothing here" in answer.text


def test_a_program_gets_the_same_as_json(browser):
    answer = browser.get("/api/no/such/thing")
    assert answer.status_code == 404 and set(answer.json) == {"error", "message"}


def test_a_browser_that_asks_for_json_is_a_program(browser):
    assert browser.get("/no/such/page", headers={"Accept": "application/json"}).json["error"] == "not_found"


def test_a_method_that_a_page_does_not_take_is_refused_in_words(browser):
    answer = browser.put("/sign-in")
    assert answer.status_code == 405 and "This page does not take that" in answer.text


def test_more_than_a_megabyte_is_refused(browser):
    answer = browser.post("/sign-in", data={"email": "x" * 1_100_000})
    assert answer.status_code == 413 and "1 MB at most" in answer.text


def test_a_fault_of_ours_says_that_nothing_was_stored_and_not_what_broke(browser, breaking):
    breaking(RuntimeError("secret detail"))
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "Nothing you sent was stored." in answer.text and "secret detail" not in answer.text


@pytest.mark.parametrize(("before", "is_offered"), [("http://localhost/account/password", True), ("http://elsewhere.example/account", False), ("", False)])
def test_whoever_is_refused_finds_back_to_the_page_of_ours_that_they_came_from(browser, before, is_offered):
    answer = browser.post("/no/such/form", headers={"Referer": before})
    assert answer.status_code == 404 and ("Back to the page before" in answer.text) is is_offered


def test_what_does_not_exist_for_a_person_is_not_found(browser, breaking):
    breaking(NotFound())
    assert browser.get("/").status_code == 404


def test_a_forged_form_is_refused_and_an_honest_one_is_not(app, browser, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    forged = browser.post("/sign-in", data={"email": "a@example.org", "password": "x"})
    assert forged.status_code == 400 and "The page was open too long or in another sign-in." in forged.text
    page = browser.get("/sign-in").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    honest = browser.post("/sign-in", data={"email": "a@example.org", "password": "x", "csrf_token": token})
    assert honest.status_code == 403 and "No account has this" in honest.text


def test_a_forms_token_lives_as_long_as_the_session(app, browser, monkeypatch):
    """An exam takes hours; a token of thirty minutes would throw its answers away."""
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None


def test_a_token_of_another_sign_in_is_refused(app, browser, sign_in, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = browser.get("/sign-in").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    sign_in(browser, PersonFactory())
    assert browser.post("/sign-out", data={"csrf_token": token}).status_code == 400
