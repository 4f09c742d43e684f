"""A file from its upload to the drafts that it becomes: all of them at once, or none."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.authoring.world import Desk
from tests.conftest import Browser
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.audit.models import AuditEntry
from training.authoring.models import Draft, DraftBatchMember
from training.authoring.queries import contributors_of
from training.db import db
from training.exams.models import TextAcquaintance
from training.exchange.files.keeping import path_of
from training.exchange.models import ItemImport, ItemImportRow
from training.exchange.tasks import look_through_imports, remove_strays

Signing = Callable[[Browser, Person], Browser]
TERMS = {
    "area": "PRO",
    "language": "en",
    "decision_class": "knowledge",
    "severity": "S2",
    "difficulty": "typical",
    "clauses": "PRO-01.a",
    "prefix": "item-of-file",
}
GOOD = "::one-item::Who?{=me ~you ~them####Because.}\n\n// [tag:clause:PRO-01.a] [tag:severity:S3]\nWho else?{=me ~you ~them####Because.}\n"
BAD = "\n\nTrue?{T}\n\n// [tag:area:XXX]\nArea?{=me ~you ~them}\n"


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    db.session.commit()
    return sign_in(browser, desk.ana)


def uploaded(browser: Browser, text: str | bytes, name: str = "questions.txt") -> object:
    held = text.encode() if isinstance(text, str) else text
    return browser.post("/desk/exchange/imports", data={"file": (io.BytesIO(held), name)}, content_type="multipart/form-data")


def looked_through(browser: Browser, text: str | bytes, **terms: str) -> ItemImport:
    response = uploaded(browser, text)
    assert response.status_code == 302, response.text  # type: ignore[attr-defined]
    found = db.session.scalars(select(ItemImport).order_by(ItemImport.id.desc())).first()
    assert found is not None
    assert browser.post(f"/desk/exchange/imports/{found.id}/describe", data=TERMS | terms).status_code == 302
    look_through_imports(clock.now())
    db.session.expire_all()
    return found


def test_a_file_becomes_drafts_of_one_batch_by_somebody_who_never_sits_them(desk: Desk, ana: Browser) -> None:
    found = looked_through(ana, GOOD)
    assert (found.state, found.row_count, found.fault_count) == ("checked", 2, 0)
    page = ana.get(f"/desk/exchange/imports/{found.id}")
    assert "one-item" in page.text and "item-of-file-0001" in page.text
    response = ana.post(f"/desk/exchange/imports/{found.id}/drafts")
    assert response.headers["Location"].endswith(f"/desk/batches/{db.session.scalar(select(ItemImport.batch_id))}")
    drafts = db.session.scalars(select(Draft).order_by(Draft.id)).all()
    assert [draft.slug for draft in drafts] == ["one-item", "item-of-file-0001"] and all(draft.is_exam_material for draft in drafts)
    assert "severity: S3" in drafts[1].text and contributors_of(drafts[0].id) == {desk.ana.id}
    assert set(db.session.scalars(select(TextAcquaintance.slug).where(TextAcquaintance.person_id == desk.ana.id))) == {"one-item", "item-of-file-0001"}
    assert "items.imported" in set(db.session.scalars(select(AuditEntry.deed)))
    assert db.session.scalar(select(func.count()).select_from(DraftBatchMember)) == 2


def test_what_came_in_is_sound_and_is_reviewed_together(desk: Desk, ana: Browser, app_browser: Callable[[], Browser], sign_in: Signing) -> None:
    found = looked_through(ana, GOOD)
    address = ana.post(f"/desk/exchange/imports/{found.id}/drafts").headers["Location"]
    assert ana.post(f"{address}/submit").status_code == 302
    approval = {"verdict": "approved", "words": ""}
    answer = ana.post(f"{address}/review", data=approval)
    assert answer.status_code == 409 and "one-item, item-of-file-0001</strong>: You wrote at this draft" in answer.text
    budi = sign_in(app_browser(), desk.budi)
    closed = budi.get(address)
    assert "Who else?" not in closed.text and "closed to you" in closed.text
    assert budi.post(f"{address}/review", data=approval).status_code == 409
    assert budi.post(f"{address}/open").status_code == 302
    assert "Who else?" in budi.get(address).text
    assert budi.post(f"{address}/review", data=approval).status_code == 302
    assert budi.post(f"{address}/publish").status_code == 302
    assert set(db.session.scalars(select(Draft.state))) == {"published"}


def test_a_batch_is_gone_through_a_page_of_twenty_five_at_a_time(desk: Desk, ana: Browser) -> None:
    found = looked_through(ana, "\n\n".join(f"Who of {number}?{{=me ~you ~them####Because.}}" for number in range(26)))
    address = ana.post(f"/desk/exchange/imports/{found.id}/drafts").headers["Location"]
    assert ana.get(address).text.count("Being written</span>") == 25 and ana.get(f"{address}?page=2").text.count("Being written</span>") == 1
    assert ana.post(f"{address}/submit?page=2").headers["Location"].endswith("?page=2")
    assert db.session.scalars(select(Draft.slug).where(Draft.state == "in_review")).all() == ["item-of-file-0026"]
    assert "The batch has fewer pages than that." in ana.get(f"{address}?page=3").text and ana.post(f"{address}/submit?page=3").status_code == 404


def test_faults_of_rows_keep_everything_out_until_they_are_left_out(ana: Browser, desk: Desk) -> None:
    found = looked_through(ana, GOOD + BAD)
    page = ana.get(f"/desk/exchange/imports/{found.id}").text
    assert "half of those who guess" in page and "there is no area `XXX`" in page and "one-item" not in page
    assert "one-item" in ana.get(f"/desk/exchange/imports/{found.id}?rows=all").text
    assert ana.post(f"/desk/exchange/imports/{found.id}/drafts").status_code == 409
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0
    assert ana.post(f"/desk/exchange/imports/{found.id}/drafts", data={"leaves_out": "1"}).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 2


def test_an_id_that_was_taken_meanwhile_keeps_everything_out(ana: Browser, desk: Desk) -> None:
    first, second = looked_through(ana, GOOD), looked_through(ana, GOOD)
    assert ana.post(f"/desk/exchange/imports/{first.id}/drafts").status_code == 302
    answer = ana.post(f"/desk/exchange/imports/{second.id}/drafts")
    assert answer.status_code == 409 and "item-of-file-0001" in answer.text
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 2
    assert ana.post(f"/desk/exchange/imports/{first.id}/drafts").status_code == 409


def test_a_file_that_breaks_on_the_way_brings_nothing_in_and_says_the_line(ana: Browser, desk: Desk) -> None:
    found = looked_through(ana, GOOD + "\n\nWho?{=me ~you\n")
    assert (found.state, found.broken_line) == ("broken", 7) and db.session.scalar(select(func.count()).select_from(ItemImportRow)) == 0
    assert "Line 7" in ana.get(f"/desk/exchange/imports/{found.id}").text
    assert ana.post(f"/desk/exchange/imports/{found.id}/drafts").status_code == 409


@pytest.mark.parametrize(
    ("held", "words"),
    [("", "is empty"), ("<html><p>", "is XML that begins with html"), (b"\x00\x01", "is no text"), (b"PK\x03\x04", "not a whole ZIP")],
)
def test_what_is_no_file_of_questions_is_refused_at_once_and_kept_nowhere(ana: Browser, desk: Desk, held: str | bytes, words: str) -> None:
    response = uploaded(ana, held)
    assert response.status_code == 400 and words in response.text  # type: ignore[attr-defined]
    assert db.session.scalar(select(func.count()).select_from(ItemImport)) == 0


def test_a_file_of_more_than_fifty_megabytes_is_refused(ana: Browser, desk: Desk) -> None:
    response = uploaded(ana, b"Who?{=me}" + b" " * 50_000_000)
    assert response.status_code == 400 and "more than 50,000,000" in response.text  # type: ignore[attr-defined]
    assert uploaded(ana, b" " * 52_000_000).status_code == 413  # type: ignore[attr-defined]


def test_columns_of_a_table_are_said_by_whoever_brings_it_in(ana: Browser, desk: Desk) -> None:
    table = "Frage,A,B,C,Richtig\nWho?,me,you,them,b\n"
    found = looked_through(
        ana, table, **{"column-stem": "Frage", "column-option_a": "A", "column-option_b": "B", "column-option_c": "C", "column-correct": "Richtig"}
    )
    (row,) = db.session.scalars(select(ItemImportRow)).all()
    assert not row.has_faults and row.missing == ["rationale"] and found.columns == ["Frage", "A", "B", "C", "Richtig"]


def test_a_spreadsheet_is_brought_in_whatever_its_file_is_called(ana: Browser, desk: Desk) -> None:
    book, held = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in (["stem", "option_a", "option_b", "option_c", "correct"], ["Who?", "me", "you", "them", "a"], ["Who?", "=A1", "you", "them", "a"]):
        book.active.append(row)
    book.save(held)
    found = looked_through(ana, held.getvalue(), **{f"column-{name}": name for name in ("stem", "option_a", "option_b", "option_c", "correct")})
    assert (found.kind, found.row_count, found.fault_count) == ("xlsx", 2, 1)
    assert "holds a formula" in ana.get(f"/desk/exchange/imports/{found.id}").text


def test_a_file_is_its_uploader_s_alone_and_trainers_only_bring_files_in(
    ana: Browser, desk: Desk, app_browser: Callable[[], Browser], sign_in: Signing
) -> None:
    found = looked_through(ana, GOOD)
    budi = sign_in(app_browser(), desk.budi)
    for answer in (budi.get(f"/desk/exchange/imports/{found.id}"), budi.post(f"/desk/exchange/imports/{found.id}/drafts")):
        assert answer.status_code == 404
    lead = sign_in(app_browser(), PersonFactory(roles=[Role.LEAD]))
    assert uploaded(lead, GOOD).status_code == 403  # type: ignore[attr-defined]


def test_a_file_that_is_given_up_brings_nothing_in_and_strays_are_removed(ana: Browser, desk: Desk) -> None:
    found = looked_through(ana, GOOD)
    assert path_of(found.file_token).is_file()
    assert ana.post(f"/desk/exchange/imports/{found.id}/give-up").status_code == 302
    assert db.session.scalar(select(func.count()).select_from(ItemImportRow)) == 0
    remove_strays(clock.now())
    assert path_of(found.file_token).is_file(), "it is younger than an hour"
    remove_strays(clock.now().replace(year=2100))
    assert not path_of(found.file_token).exists()


def test_a_job_that_died_is_taken_up_again_from_the_beginning(ana: Browser, desk: Desk) -> None:
    found = looked_through(ana, GOOD)
    found.state, found.worked_at = "checking", clock.now()
    db.session.commit()
    look_through_imports(clock.now())
    db.session.expire_all()
    assert found.state == "checking"
    look_through_imports(clock.now().replace(year=2100))
    db.session.expire_all()
    assert (found.state, found.row_count) == ("checked", 2)
