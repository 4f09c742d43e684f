"""Sessions in cookies, and requests that need none."""

from tests.accounts.factories import ApiClientFactory, PersonFactory


def test_a_program_gets_no_cookie_and_an_answer_that_depends_on_none(browser):
    ApiClientFactory(token="good")
    headers = browser.get("/api/v1/queues", headers={"Authorization": "Bearer good"}).headers
    assert "Set-Cookie" not in headers and "Vary" not in headers


def test_a_page_that_a_signed_in_person_sees_depends_on_their_cookie(browser, sign_in):
    assert "Cookie" in sign_in(browser, PersonFactory()).get("/account").headers["Vary"]


def test_a_broken_cookie_is_no_session(browser):
    browser.set_cookie("touchstone", "forged.by.somebody")
    assert browser.get("/account").status_code == 302
