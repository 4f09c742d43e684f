import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.cases.importing.sources import BAD, FINE, REVIEWS, UNSURE, write_csv, write_mapping
from tests.content_store.folders import CASE, write, write_folder
from training.cases.models import Case, CaseImport, ImportedCase, Redaction
from training.content_store.models import StoredDocument
from training.db import db

Run = Callable[..., Result]


@pytest.fixture
def content(tmp_path: Path, app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder that runs: the label PRO-01, its clause, and a case in either pool."""
    root = write_folder(tmp_path / "content")
    monkeypatch.setitem(app.config, "CONTENT_DIR", root)
    assert app.test_cli_runner().invoke(args=["content", "apply"]).exit_code == 0
    return root


@pytest.fixture
def run(app: Flask, content: Path, tmp_path: Path) -> Run:
    """Runs `flask cases import` over rows and a mapping."""

    def run_command(rows: Path, *words: str, **changes: object) -> Result:
        mapping = write_mapping(tmp_path / "mapping.yaml", **changes)
        return app.test_cli_runner().invoke(args=["cases", "import", str(rows), "--mapping", str(mapping), *words])

    return run_command


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "rows.csv", [FINE, BAD, UNSURE])


def drafts() -> list[ImportedCase]:
    db.session.rollback()
    return list(db.session.scalars(select(ImportedCase).order_by(ImportedCase.id)))


def test_a_dry_run_tells_everything_and_changes_nothing(run: Run, rows: Path) -> None:
    result = run(rows, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "3 rows: 3 sound, 0 with faults. 3 review.",
        "Whole cases: 2. Drafts in which something is unknown: 1.",
        "        1  reference.decisions: the source calls it unknown",
        "        1  reference.evidence: empty",
        "        1  reference.labels: the source calls it unknown",
        "        1  reference.rationale: empty",
        "        1  reference.severity: empty",
        "Personal data taken out: 1 × phone number.",
        "  line 3, id 2, text: phone number, characters 38 to 52",
        "No two cases are alike.",
        "Drafts: 3 new, 0 changed, 0 as they were.",
        "A dry run: nothing was changed.",
    ]
    assert drafts() == [] and db.session.scalars(select(CaseImport)).all() == []


def test_rows_become_drafts_that_nobody_practises(run: Run, rows: Path) -> None:
    practised = db.session.scalars(select(Case.slug)).all()
    result = run(rows)
    assert result.exit_code == 0 and "Drafts: 3 new, 0 changed, 0 as they were." in result.output
    fine, bad, unsure = drafts()
    assert (fine.key, fine.line, fine.is_complete, fine.unknown) == ("1", 2, True, {})
    assert fine.reference["severity"] == "S0" and fine.reference["evidence"] == []
    assert bad.content["text"] == "Great. I sell metal ball guns too, wa [phone number]."
    assert bad.reference["decisions"] == [["REMOVE", "STRIKE"], ["REMOVE"]]
    assert not unsure.is_complete and "labels" not in unsure.reference and unsure.unknown["reference.labels"] == "unsure"
    assert db.session.scalars(select(Case.slug)).all() == practised, "what is practised or examined is a case, and a draft is none"


def test_what_was_taken_out_is_logged_without_its_value_and_the_log_cannot_be_edited(run: Run, rows: Path) -> None:
    run(rows)
    (removed,) = db.session.scalars(select(Redaction)).all()
    assert (removed.kind, removed.field, removed.offset, removed.length) == ("phone", "text", 38, 14)
    assert len(removed.value_hash) == 64
    stored = str([(draft.content, draft.reference) for draft in drafts()])
    assert "3456" not in stored and "3456" not in removed.value_hash + db.session.scalars(select(CaseImport.mapping)).one()
    for statement in (update(Redaction).values(kind="email"), update(CaseImport).values(source="other")):
        with pytest.raises(DBAPIError, match="appended to, never edited"):
            db.session.execute(statement)
        db.session.rollback()


def test_the_same_file_again_changes_nothing_and_another_cell_changes_one_draft(run: Run, rows: Path, tmp_path: Path) -> None:
    run(rows)
    again = run(rows)
    assert "Drafts: 0 new, 0 changed, 3 as they were." in again.output
    assert len(db.session.scalars(select(CaseImport)).all()) == 1
    sure = (*UNSURE[:4], "ok", "", "Nothing here is an offer of a firearm; the clause allows it.", "")
    changed = run(write_csv(tmp_path / "later.csv", [UNSURE, sure][1:]))
    assert "Drafts: 0 new, 1 changed, 0 as they were." in changed.output
    assert [draft.is_complete for draft in drafts()] == [True, True, True]
    assert [batch.changed_count for batch in db.session.scalars(select(CaseImport).order_by(CaseImport.id))] == [0, 1]


def test_one_faulty_row_keeps_everything_out_unless_it_is_left_out(run: Run, tmp_path: Path) -> None:
    rows = write_csv(tmp_path / "rows.csv", [FINE, ("", *BAD[1:]), ("4", "Cup", "six", "Nice cup.", "perhaps", "S9", "", ""), ("1", *UNSURE[1:])])
    result = run(rows)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-7:] == [
        f"{rows}:3: id: is empty; every row needs an id of its own in the column “no”",
        f"{rows}:4: reference.decisions (column “decision”): `perhaps` is not among the values of the mapping; add it under `values`, or under `unknown`",
        f"{rows}:4: reference.labels (column “decision”): `perhaps` is not among the values of the mapping; add it under `values`, or under `unknown`",
        f"{rows}:4: content.stars (column “stars”): `six` is not a whole number; write digits alone",
        f"{rows}:4: reference.severity (column “severity”): `S9` is not one of the words known here; write 'S0', 'S1', 'S2', 'S3' or 'S4'",
        f"{rows}:5: id: `1` is the id of another row too, on line 2; give every row its own id",
        "Error: 6 faults; nothing was changed. Mend them, or leave those rows out with --leave-out-faulty.",
    ]
    assert drafts() == []
    assert run(rows, "--dry-run").exit_code == 1
    assert run(rows, "--leave-out-faulty").exit_code == 0
    assert [draft.key for draft in drafts()] == ["1"]


def test_faults_of_the_mapping_come_all_at_once(run: Run, rows: Path) -> None:
    reference = {**REVIEWS["reference"], "labels": {"column": "decision", "values": {"ok": "OUT-00", "bad": "PRO-02"}}, "severity": {"value": "S7"}}
    result = run(rows, reference=reference)
    assert result.exit_code == 1 and "severity.value: `S7` cannot stand in this field; write 'S0', 'S1', 'S2', 'S3' or 'S4'" in result.stderr
    result = run(rows, reference=reference | {"severity": {"column": "severty"}, "clauses": {"value": ["PRO-01.b"]}})
    assert "reference.labels.values.bad: there is no label `PRO-02`; did you mean `PRO-01`?" in result.stderr
    assert "reference.clauses.value: there is no clause `PRO-01.b`; did you mean `PRO-01.a`?" in result.stderr
    result = run(rows, reference=REVIEWS["reference"] | {"severity": {"column": "severty"}})
    assert "reference.severity.column: there is no column “severty”; did you mean “severity”?" in result.stderr
    assert result.exit_code == 1 and drafts() == []


def test_columns_that_nobody_names_are_listed(run: Run, tmp_path: Path) -> None:
    rows = write_csv(tmp_path / "rows.csv", [(*FINE, "x", "y")], columns=(*"no product stars text decision severity why quote".split(), "moderator", "extra"))
    assert "these columns; use them, or list them under `ignore`: “moderator”, “extra”" in run(rows, "--dry-run").output
    assert "Warning" not in run(rows, "--dry-run", ignore=["moderator", "extra"]).output


def test_whole_cases_are_published_once_and_are_exported_into_the_folder(run: Run, rows: Path, app: Flask, content: Path) -> None:
    result = run(rows, "--publish")
    assert result.exit_code == 0, result.output
    assert "2 cases published to the practice pool." in result.output
    cases = db.session.scalars(select(Case).where(Case.slug.startswith("shop-")).order_by(Case.id)).all()
    assert [(case.pool, case.is_innocent, case.severity) for case in cases] == [("practice", True, "S0"), ("practice", False, "S4")]
    assert "0 cases published" in run(rows, "--publish").output
    runner = app.test_cli_runner()
    assert runner.invoke(args=["content", "plan"]).output.count("was changed outside the folder and is kept") == 2
    assert runner.invoke(args=["content", "apply"]).exit_code == 0
    assert db.session.scalars(select(StoredDocument.retired_at).where(StoredDocument.slug.startswith("shop-"))).all() == [None, None]
    assert runner.invoke(args=["content", "export"]).exit_code == 0
    assert len(list((content / "cases/shop").glob("*.yaml"))) == 2
    assert runner.invoke(args=["content", "check"]).exit_code == 0
    runner.invoke(args=["content", "apply"])
    assert "No change" in runner.invoke(args=["content", "plan"]).output


def test_whole_cases_are_written_as_documents_that_the_content_check_accepts(run: Run, rows: Path, app: Flask, content: Path) -> None:
    result = run(rows, "--to", str(content / "cases/shop"))
    assert f"2 documents written to {content / 'cases/shop'}, 0 were there already." in result.output
    checked = app.test_cli_runner().invoke(args=["content", "check"])
    assert checked.exit_code == 0, checked.output
    assert "0 documents written" in run(rows, "--to", str(content / "cases/shop")).output
    (written, *_) = sorted((content / "cases/shop").iterdir())
    written.write_text("something else")
    refused = run(rows, "--to", str(content / "cases/shop"))
    assert refused.exit_code == 1 and f"{written}: says something else" in refused.stderr
    assert written.read_text() == "something else"


def test_a_folder_that_cannot_be_written_is_said_to_be_so_and_the_drafts_are_there(run: Run, rows: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    refused = run(rows, "--to", str(tmp_path / "file" / "cases"))
    assert refused.exit_code == 1 and "The drafts are stored" in refused.stderr, refused.output
    assert len(drafts()) == 3


def test_documents_in_a_folder_and_publishing_at_once_exclude_one_another(run: Run, rows: Path, tmp_path: Path) -> None:
    assert run(rows, "--to", str(tmp_path / "out"), "--publish").exit_code == 2


def test_a_case_that_runs_is_not_changed_by_its_source(run: Run, rows: Path, tmp_path: Path) -> None:
    run(rows, "--publish")
    before = db.session.scalar(select(ImportedCase.digest).where(ImportedCase.key == "1"))
    other = write_csv(tmp_path / "other.csv", [(*FINE[:3], "It broke after a day.", *FINE[4:])])
    assert "1 changed in the source, and left as they are because cases run of them" in run(other, "--publish").output
    assert db.session.scalar(select(ImportedCase.digest).where(ImportedCase.key == "1")) == before


def test_word_for_word_the_same_is_published_once_and_near_cases_share_a_family(run: Run, tmp_path: Path) -> None:
    same, near = ("8", *FINE[1:]), ("9", *FINE[1:3], "Works well; the lid is a bit loose!", *FINE[4:])
    result = run(write_csv(tmp_path / "rows.csv", [FINE, same, near]), "--publish")
    assert "Like another: 2 (1 word for word, 1 nearly)." in result.output
    assert "Held back: 8 says word for word what another case or draft says." in result.output
    assert len({case.family for case in db.session.scalars(select(Case).where(Case.slug.startswith("shop-")))}) == 1
    assert "2 cases published" in result.output


def test_what_is_like_a_case_of_the_exam_pool_is_never_practised(run: Run, app: Flask, content: Path, tmp_path: Path) -> None:
    text = CASE.format(slug="case-nine", pool="exam").replace("Air gun", "Slingshot deluxe").replace("through a can", "through three cans of beans on a wall")
    write(content, "cases/pro/case-nine.yaml", text)
    assert app.test_cli_runner().invoke(args=["content", "apply"]).exit_code == 0
    said = "Slingshot deluxe. Shoots metal balls through three cans of beans on the wall"
    rows = write_csv(tmp_path / "rows.csv", [(*BAD[:3], said, *BAD[4:7], "metal balls"), ("7", "Jug", "4", said + "!", *BAD[4:7], "metal balls")])
    result = run(rows, "--publish")
    assert "Like a case of the exam pool, and so never practised: 1." in result.output and "case-nine" not in result.output
    for key in ("2", "7"):
        assert f"Held back: {key} is like a case of the exam pool, and is not practised." in result.output
    assert "0 cases published" in result.output


def test_tasks_on_one_line_are_told_apart(run: Run, tmp_path: Path) -> None:
    tasks = [
        {"id": 4, "data": {"text": "Nice cup."}},
        {"id": 4, "data": {"text": "Nice jug."}},
        {"id": 5, "data": {"text": "a\u0007b"}},
        {"id": 6, "data": {"text": ""}},
    ]
    (tmp_path / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    changes = {"id": "id", "content": {"review": {"text": {"column": "data.text"}}}, "reference": {}}
    result = run(tmp_path / "export.json", **changes)
    assert result.exit_code == 1
    assert "export.json:1: id: `4` is the id of another row too, on line 1; give every row its own id" in result.stderr
    assert "export.json:1: task 3: content.text (column “data.text”): holds a control character; remove it" in result.stderr
    assert run(tmp_path / "export.json", "--leave-out-faulty", **changes).exit_code == 0
    assert [draft.key for draft in drafts()] == ["4", "6"]


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("rows.csv", b"", ":1: is empty; its first line names the columns"),
        ("rows.csv", b"no,product,stars,text,decision,severity,why,quote\n", ":1: holds no rows; there is nothing to bring in; is it the right file?"),
        ("rows.csv", b"no,product\n1,caf\xe9\n", ":2: is not UTF-8 text: byte 6 of this line is 0xe9; save it as UTF-8"),
        ("rows.csv", b'no,product,stars,text,decision,severity,why,quote\n1,"open\n', ":2: this is not CSV"),
        ("rows.csv", b"no,no\n1,2\n", ":1: names the column “no” twice"),
        ("rows.xlsx", b"no,product\n", ":1: is not an XLSX spreadsheet"),
        ("rows.json", b'{"no": 1}', ":1: is not a list of tasks"),
        ("rows.json", b'[{"id": 1, "data": {"text": "cut', ":1: this is not JSON"),
        ("rows.pdf", b"x", ":1: has an ending that says nothing of its format: .pdf"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so_with_its_line(run: Run, tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run(path)
    assert result.exit_code == 1 and f"{path}{expected}" in result.stderr, result.output
    assert drafts() == []
