"""Audits from a sheet: checked first, then taken; and every way in which a sheet can be wrong."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from openpyxl import Workbook

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.quality import queries

AsRole = Callable[..., Browser]
HEAD = ("ID", "Person", "Queue", "At", "Sampling", "Expected decision", "Given decision", "Note")


@pytest.fixture
def person(app: object) -> Person:
    held = CertificationFactory(id="claims-reviewer")
    QueueFactory(id="claims", requires={"all_of": [held.slug]})
    return PersonFactory(email="sri@example.org")


@pytest.fixture
def analyst(as_role: AsRole) -> Browser:
    return as_role(Role.QA)


def row(number: int = 1, **cells: object) -> list[object]:
    plain = {"id": f"qa-{number}", "person": "sri@example.org", "queue": "claims", "at": "2026-06-01 09:30", "sampling": "random", "should": "REMOVE"}
    return list((plain | {"was": "APPROVE", "note": "The claim is absolute."} | cells).values())


def csv(*rows: list[object], head: tuple[str, ...] = HEAD) -> bytes:
    return "\n".join(",".join(map(str, cells)) for cells in (head, *rows)).encode()


def xlsx(*rows: list[object]) -> bytes:
    workbook, file = Workbook(), io.BytesIO()
    assert workbook.active is not None
    for cells in (list(HEAD), *rows):
        workbook.active.append(cells)
    workbook.save(file)
    return file.getvalue()


def check(analyst: Browser, content: bytes, name: str = "audits.csv") -> Any:
    return analyst.post("/quality/upload", data={"sheet": (io.BytesIO(content), name)}, content_type="multipart/form-data")


def checked(page: Any) -> str:
    return str(page.text.split('name="checked" value="')[1].split('"')[0])


def take(analyst: Browser, token: str) -> str:
    return str(analyst.post("/quality/upload/take", data={"checked": token}, follow_redirects=True).text)


@pytest.mark.parametrize(("content", "name"), [(csv(row(1), row(2)), "audits.csv"), (xlsx(row(1), row(2)), "Audits of May.XLSX")])
def test_a_sheet_is_checked_and_then_taken(analyst: Browser, person: Person, content: bytes, name: str) -> None:
    page = check(analyst, content, name)
    assert "Take down 2 audits" in page.text
    assert queries.audits_of(person.id) == [], "nothing is taken down by checking"
    assert "Taken down: 2 new, 0 corrected, 0 known before." in take(analyst, checked(page))
    assert [found.audit_id for found in queries.audits_of(person.id)] == ["qa-2", "qa-1"]
    (found, _) = queries.audits_of(person.id)
    assert (found.origin, found.certifications, found.error, found.note) == ("people", ["claims-reviewer"], "false_negative", "The claim is absolute.")
    assert found.decided_at == datetime(2026, 6, 1, 2, 30, tzinfo=UTC), "a time without a zone is the organisation's"
    assert "Taken down: 0 new, 0 corrected, 2 known before." in take(analyst, checked(page))
    assert "Nothing to take down" in check(analyst, content, name).text


def test_times_of_a_workbook_may_be_dates(analyst: Browser, person: Person) -> None:
    take(analyst, checked(check(analyst, xlsx(row(at=datetime(2026, 6, 1, 9, 30))), "audits.xlsx")))  # noqa: DTZ001  # A workbook knows no zones.
    assert [found.decided_at for found in queries.audits_of(person.id)] == [datetime(2026, 6, 1, 2, 30, tzinfo=UTC)]


def test_bad_rows_are_listed_by_line_and_the_rest_is_taken(analyst: Browser, person: Person) -> None:
    bad = [
        (row(2, person="nobody@example.org"), "No such person is known."),
        (row(3, queue="other"), "No such queue is known."),
        (row(4, at="yesterday"), "at: write when the decision was made"),
        (row(5, sampling="picked"), "sampling: write random, targeted"),
        (row(6, should="BURN"), "expected_decision: write actions"),
        (row(7, at="2030-01-01 09:00"), "The decision lies in the future."),
        (row(1, was="REMOVE"), "An earlier row gives the same id to another finding."),
        (row(8)[:-1], "the row has 7 cells where the first line names 8 columns"),
    ]
    page = check(analyst, csv(row(1), *(cells for cells, _ in bad)))
    for line, (_, words) in enumerate(bad, start=3):
        assert words in page.text.split(f"Line {line}<")[1].split("</tr>")[0].replace("&#39;", "'"), words
    assert "Take down one audit" in page.text
    assert "1 new" in take(analyst, checked(page))


def test_a_formula_is_no_value(analyst: Browser, person: Person) -> None:
    page = check(analyst, xlsx(row(1, note="=1+1")), "audits.xlsx")
    assert "holds a formula" in page.text and "Nothing to take down" in page.text


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "audits.csv", "is empty"),
        (csv(), "audits.csv", "The sheet holds no audits below its first line."),
        (csv(row()), "audits.pdf", "Choose a file that ends in .csv, .tsv or .xlsx."),
        (csv(row()), "audits", "Choose a file that ends in .csv, .tsv or .xlsx."),
        (csv(row()), f"audits.{'x' * 300}", "Choose a file that ends in .csv, .tsv or .xlsx."),
        (
            csv(row(), head=("id", "person", "c", "d", "e", "f", "g", "h")),
            "audits.csv",
            "lacks these columns: queue, at, sampling, expected_decision, given_decision.",
        ),
        (csv(row(), head=("id", "id", "c", "d", "e", "f", "g", "h")), "audits.csv", "twice"),
        (b"\xff\xfe\x00", "audits.csv", "is not UTF-8 text"),
        (b"PK but no workbook", "audits.xlsx", "is not an XLSX spreadsheet"),
        (bomb(), "audits.xlsx", "unpacks to"),
        (csv(*(row(number) for number in range(1_001))), "audits.csv", "more than 1000 audits"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused_in_words(analyst: Browser, person: Person, content: bytes, name: str, words: str) -> None:
    answer = check(analyst, content, name)
    assert (answer.status_code, words in answer.text) == (400, True)


def test_without_a_file_the_page_says_so(analyst: Browser) -> None:
    answer = analyst.post("/quality/upload", data={})
    assert (answer.status_code, "Choose a file." in answer.text) == (400, True)


def test_what_was_checked_is_taken_from_nobody_else_nor_for_ever(analyst: Browser, as_role: AsRole, person: Person) -> None:
    token = checked(check(analyst, csv(row())))
    for given in (token[:-2], "", token.swapcase()):
        assert "Upload the sheet again." in take(analyst, given)
    assert "Upload the sheet again." in take(as_role(Role.QA), token)
    with time_machine.travel(clock.now() + timedelta(hours=13), tick=False):
        assert "Upload the sheet again." in take(as_role(Role.QA), token)
    assert queries.audits_of(person.id) == []


def test_only_those_who_audit_upload(as_role: AsRole) -> None:
    for role in (Role.LEAD, Role.ADMIN, Role.AUDITOR, Role.MODERATOR):
        assert as_role(role).get("/quality/upload").status_code == as_role(role).post("/quality/upload/take").status_code == 403
    assert "Upload audits" in as_role(Role.TRAINER).get("/quality/").text


def test_the_example_is_a_sheet_that_is_taken(analyst: Browser, person: Person) -> None:
    for file_format in ("csv", "xlsx"):
        page = check(analyst, analyst.get(f"/quality/upload/example.{file_format}").data, f"audits.{file_format}")
        assert "No such person is known." in page.text, "all but the person is sound"
