"""Files are recognised by what is in them; those that are attacks, or broken, are refused before they are taken in."""

import json
import struct
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.exchange.items import DEFAULTS, TERMS, same_text
from tests.exchange.test_qti import CHOICE, ORDER, item, package
from training.cases.importing.records import BrokenFile
from training.exchange.files import TABLES, FileKind, Terms, columns_of, drafts_of, recognised
from training.exchange.rules.drafting import Naming
from training.exchange.rules.tables import fitting

GOOD = "::{name}::Who?{{=me ~you ~them}}\n\n"
TABLE = "Question;Choice A;Choice B;Choice C;Answer;Why\nWho?;me;you;them;A;Because.\n"


def written(path: Path, held: str | bytes) -> Path:
    path.write_bytes(held.encode() if isinstance(held, str) else held)
    return path


@pytest.mark.parametrize(
    ("held", "kind"),
    [
        ("\ufeff// hello, you\n::q::Who, of all?{=me ~you}", FileKind.GIFT),
        ("Who?{=me ~you}", FileKind.GIFT),
        ("stem,option_a,rationale\nWhy {this}?,a,b\n", FileKind.CSV),
        (TABLE, FileKind.CSV),
        ('<?xml version="1.0"?>\n<!-- <assessmentItem> --><quiz></quiz>', FileKind.MOODLE),
        (item(CHOICE), FileKind.QTI_ITEM),
        ('{"kind": "single"}\n', FileKind.JSONL),
        ('[{"id": 1, "data": {"text": "x"}}]', FileKind.LABEL_STUDIO),
    ],
)
def test_a_file_is_recognised_by_its_content(tmp_path: Path, held: str | bytes, kind: FileKind) -> None:
    assert recognised(written(tmp_path / "wrong.ending", held)) is kind


def workbook(path: Path, rows: list[list[object]]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_archives_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    assert recognised(workbook(tmp_path / "a", [["stem"]])) is FileKind.XLSX
    assert recognised(package(tmp_path / "b", {}, {})) is FileKind.QTI_PACKAGE
    with ZipFile(tmp_path / "c", "w") as archive:
        archive.writestr("x.txt", "x")
    with pytest.raises(BrokenFile, match="neither imsmanifest"):
        recognised(tmp_path / "c")


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ("", "is empty"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "is no text"),
        ("<html><body>Question", "is XML that begins with html"),
        (b"PK\x03\x04 and nothing more", "is not a whole ZIP archive"),
        ("Wer {=ich ~d\xfc}".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_what_is_nothing_that_is_read_is_refused(tmp_path: Path, held: str | bytes, words: str) -> None:
    with pytest.raises(BrokenFile, match=words):
        recognised(written(tmp_path / "file", held))


def test_a_file_of_more_than_fifty_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(BrokenFile, match="50,000,001 bytes, more than 50,000,000"):
        recognised(path)


def test_a_zip_bomb_is_refused_before_anything_is_unpacked(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "bomb", "w", ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", b" " * 30_000_000)
    with pytest.raises(BrokenFile, match="times smaller than it is"):
        recognised(tmp_path / "bomb")
    with ZipFile(tmp_path / "many", "w") as archive:
        for number in range(10_001):
            archive.writestr(f"{number}", "")
    with pytest.raises(BrokenFile, match="10,001 entries"):
        recognised(tmp_path / "many")


def test_an_archive_that_lies_about_its_size_is_no_way_around(tmp_path: Path) -> None:
    path = package(tmp_path / "lie", {"one.xml": b" " * 5_000_000}, {"one": "one.xml"})
    held = path.read_bytes()
    at = held.rindex(b"PK\x01\x02", 0, held.rindex(b"imsmanifest.xml"))
    first = held.index(b"PK\x01\x02")
    path.write_bytes(held[: first + 24] + struct.pack("<I", 400_000) + held[first + 28 :])
    assert at > first
    (row,) = drafts_of(path, recognised(path), TERMS)
    assert "cannot be unpacked" in row.faults[0].problem


def test_a_spreadsheet_with_a_formula_is_told_by_row_and_column(tmp_path: Path) -> None:
    path = workbook(tmp_path / "f.xlsx", [["stem", "option_a", "option_b", "option_c", "correct"], ["Who?", "=A1", "you", "them", "b"]])
    (row,) = drafts_of(path, FileKind.XLSX, TERMS)
    assert row.line == 2 and row.faults[0].problem == "the column “option_a” holds a formula"


def test_a_spreadsheet_with_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["stem"], ["Who?"]])
    bomb = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "haha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + step, b"&%c;" % (97 + step) * 10) for step in range(9)
    )
    with ZipFile(tmp_path / "a.xlsx") as old, ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, bomb + b"]><worksheet>&j;</worksheet>" if name.endswith("sheet1.xml") else held)
    with pytest.raises(BrokenFile, match="cannot be read as a spreadsheet"):
        list(drafts_of(tmp_path / "b.xlsx", FileKind.XLSX, TERMS))


def test_columns_are_matched_to_fields_by_their_names(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", TABLE)
    mapping = fitting(columns_of(path, recognised(path)))
    assert mapping == {
        **{"stem": "Question", "option_a": "Choice A", "option_b": "Choice B", "option_c": "Choice C"},
        **{"correct": "Answer", "rationale": "Why"},
    }
    (row,) = drafts_of(path, FileKind.CSV, Terms(mapping, DEFAULTS, "item-new", frozenset()))
    assert not row.faults and row.kind == "single" and row.missing == ("clauses",)


def test_label_studio_tasks_with_choices_become_items_whose_options_are_all_that_was_answered(tmp_path: Path) -> None:
    tasks = [
        {
            "id": number,
            "data": {"text": f"Is {number} fine?"},
            "annotations": [{"result": [{"from_name": "verdict", "type": "choices", "value": {"choices": [word]}}]}],
        }
        for number, word in enumerate(["Yes", "No", "Ask", "Yes"])
    ]
    path = written(tmp_path / "t.json", json.dumps(tasks))
    columns = columns_of(path, FileKind.LABEL_STUDIO)
    assert columns == ("id", "data.text", "result.verdict")
    rows = list(drafts_of(path, FileKind.LABEL_STUDIO, Terms(fitting(columns), DEFAULTS, "item-new", frozenset())))
    assert not any(row.faults for row in rows) and [row.kind for row in rows] == ["single"] * 4
    assert [line.strip() for line in rows[1].text.splitlines() if "text:" in line] == ["text: Ask", "text: 'No'", "text: 'Yes'"]


def test_ids_are_kept_where_they_are_free_and_given_where_they_are_not() -> None:
    naming = Naming("item-new", {"taken", "item-new-0001"})
    assert [naming.slug_of(name) for name in ("mine", "taken", "mine", "Not An Id", "")] == [
        *("mine", "item-new-0002", "item-new-0003", "item-new-0004", "item-new-0005"),
    ]


def test_faults_of_a_row_are_told_by_field_and_what_can_be_filled_in_later_is_left_out(tmp_path: Path) -> None:
    rows = same_text(GOOD.format(name="one-item") + "::two::Only two?{=a ~b}\n\nTrue?{T}\n", tmp_path / "f", FileKind.GIFT)
    assert [(row.slug, row.line, row.missing) for row in rows] == [
        ("one-item", 1, ("clauses", "rationale")),
        ("two", 3, ("clauses", "rationale")),
        ("", 5, ()),
    ]
    assert "clauses: []" in rows[0].text and not rows[0].faults
    assert [fault.problem for fault in rows[1].faults] == ["too few"] and "half of those who guess" in rows[2].faults[0].problem


NEST = '{"id": "x", "kind": "reply", "clauses": [{}], "area": [1], "reply": {"rubric": [1]}}\n{"kind": "short", "answer": 5, "answer.number": 3}\n'
STARTS = (GOOD * 2, TABLE, NEST, item(CHOICE).decode(), "<quiz><question type='numerical'><answer fraction='1e19'><text>1e9</text></answer></question></quiz>")
MIXED = st.sampled_from(["{", "}", "\\", "<![x[", "&", "%9%", "#", "=", "~", "1e99", "]]>", "\x00", '"', "\n\n", "[html]", "é", "::", "->", "9" * 5_000])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(STARTS), sign=MIXED, at=st.integers(0, 400), length=st.integers(0, 20))
def test_whatever_somebody_uploads_is_read_or_refused_and_breaks_nothing(tmp_path: Path, start: str, sign: str, at: int, length: int) -> None:
    path = written(tmp_path / "mixed", start[:at] + sign + start[at + length :])
    known = replace(DEFAULTS, known_areas=frozenset({"PRO"}), known_clauses=frozenset({"PRO-01.a"}))
    try:
        kind = recognised(path)
        mapping = fitting(columns_of(path, kind)) if kind in TABLES else {}
        assert list(drafts_of(path, kind, Terms(mapping, known, "item-new", frozenset())))
    except BrokenFile as broken:
        assert broken.line >= 1 and broken.problem and broken.remedy


def test_a_package_of_many_items_is_read_whole(tmp_path: Path) -> None:
    names = {f"item-{number}": f"{number}.xml" for number in range(4_000)}
    path = package(tmp_path / "many.zip", dict.fromkeys(names.values(), item(ORDER)), names)
    assert sum(1 for _ in drafts_of(path, FileKind.QTI_PACKAGE, TERMS)) == 4_000


def test_a_file_without_questions_or_with_too_many_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BrokenFile, match="holds no questions"):
        same_text("<quiz>\n</quiz>", tmp_path / "f", FileKind.MOODLE)
    monkeypatch.setattr("training.exchange.files.reading.MOST_ROWS", 2)
    with pytest.raises(BrokenFile, match="more than 2 questions"):
        same_text("".join(GOOD.format(name=f"q-{number}") for number in range(3)), tmp_path / "f", FileKind.GIFT)
