"""Items taken away: by trainers, who then never sit them, with a list of what is not in the file."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.authoring.test_exam_material import drawn_by, ways
from tests.authoring.world import Desk
from tests.conftest import Browser
from tests.exchange.items import TERMS
from training.accounts.models import Person
from training.accounts.rules import Role
from training.audit.models import AuditEntry
from training.db import db
from training.exams.rules.acquaintance import Acquaintance
from training.exchange.files import FileKind, drafts_of, recognised

Signing = Callable[[Browser, Person], Browser]
BOTH = {"ids": "item-one item-two"}


@pytest.fixture
def ana(desk: Desk, browser: Browser, sign_in: Signing) -> Browser:
    db.session.commit()
    return sign_in(browser, desk.ana)


def test_items_are_chosen_by_their_ids_and_nothing_says_what_they_ask(ana: Browser, desk: Desk) -> None:
    assert "item-one" not in ana.get("/desk/exchange/export").text
    page = ana.get("/desk/exchange/export?q=item&area=").text
    assert "item-one\nitem-two" in page and "air gun" not in page
    assert "item-two" not in ana.get("/desk/exchange/export?area=PRO").text


def test_what_a_format_does_not_carry_is_told_before_and_nobody_knows_anything_yet(ana: Browser, desk: Desk) -> None:
    page = ana.post("/desk/exchange/export", data=BOTH | {"into": "gift"}).text
    assert "a case item is the labelling of a case" in page and "critical miss" in page
    assert "air gun" not in page and "a tag only: c" not in page, "nothing says what is asked or what is right"
    assert ways(desk.ana, "item-one") == set()


@pytest.mark.parametrize(
    ("into", "kind", "along"),
    [
        ("gift", FileKind.GIFT, ["item-one"]),
        ("moodle", FileKind.MOODLE, ["item-one"]),
        ("qti", FileKind.QTI_PACKAGE, ["item-one"]),
        ("csv", FileKind.CSV, ["item-one", "item-two"]),
        ("xlsx", FileKind.XLSX, ["item-one", "item-two"]),
        ("jsonl", FileKind.JSONL, ["item-one", "item-two"]),
    ],
)
def test_the_file_is_read_back_and_whoever_took_it_never_sits_it(ana: Browser, desk: Desk, tmp_path: Path, into: str, kind: FileKind, along: list[str]) -> None:
    response = ana.post("/desk/exchange/export/file", data=BOTH | {"into": into})
    assert response.status_code == 200 and "attachment" in response.headers["Content-Disposition"]
    (tmp_path / "taken").write_bytes(response.data)
    assert recognised(tmp_path / "taken") is kind
    rows = list(drafts_of(tmp_path / "taken", kind, TERMS))
    assert [row.slug for row in rows] == along and not any(row.faults for row in rows)
    for slug in along:
        assert ways(desk.ana, slug) == {Acquaintance.OPENED}
    assert not set(along) & drawn_by(desk.ana)
    said = db.session.scalar(select(AuditEntry.detail_json).where(AuditEntry.deed == "items.exported"))
    assert said is not None and all(slug in said for slug in along)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"ids": "", "into": "gift"}, "Name at least one item"),
        ({"ids": "item-nowhere", "into": "gift"}, "is an item that runs"),
        ({"ids": "item-two", "into": "gift"}, "carries none of these items"),
        ({"ids": " ".join(f"item-{number}" for number in range(2_001)), "into": "csv"}, "more than 2000 items"),
        ({"ids": "item-one", "into": "pdf"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_taken_away_is_said_and_changes_nothing(ana: Browser, desk: Desk, data: dict[str, str], words: str) -> None:
    response = ana.post("/desk/exchange/export/file", data=data)
    assert response.status_code in {400, 409} and words in response.text
    assert ways(desk.ana, "item-one") == set()


def test_only_trainers_take_items_away(desk: Desk, browser: Browser, sign_in: Signing) -> None:
    lead = sign_in(browser, PersonFactory(roles=[Role.LEAD, Role.AUDITOR]))
    assert lead.get("/desk/exchange/export").status_code == 403
    assert lead.post("/desk/exchange/export/file", data=BOTH | {"into": "gift"}).status_code == 403
