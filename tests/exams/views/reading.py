"""Pages and files as the tests of the desk read them."""

import csv
import io

from tests.conftest import Browser


def text(browser: Browser, address: str) -> str:
    """A page in one line."""
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return " ".join(response.get_data(as_text=True).split())


def lines_of(browser: Browser, address: str) -> list[list[str]]:
    """The lines of a table that is taken away, its heading first."""
    response = browser.get(address)
    assert response.status_code == 200, response.status_code
    return list(csv.reader(io.StringIO(response.get_data().decode("utf-8-sig"))))
