from pathlib import Path
from typing import Any

import pytest

from tests.cases.importing.sources import REVIEWS, write_mapping
from training.cases.importing.mapping import Unmapped, column_faults, content_field, read_mapping, shaped, unnamed_columns, vocabulary_faults
from training.cases.rules import Surface


def faults_of(path: Path) -> list[str]:
    try:
        read_mapping(path)
    except Unmapped as unmapped:
        return [str(fault).removeprefix(f"{path}:") for fault in unmapped.faults]
    return []


def changed(tmp_path: Path, **changes: Any) -> list[str]:
    return faults_of(write_mapping(tmp_path / "mapping.yaml", **changes))


def reference(**changes: Any) -> dict[str, Any]:
    return {**REVIEWS["reference"], **changes}


def test_a_sound_mapping_is_read(tmp_path: Path) -> None:
    mapping = read_mapping(write_mapping(tmp_path / "mapping.yaml"))
    assert mapping.document.source == "shop" and mapping.document.reference.severity is not None
    assert mapping.text.startswith("source: shop\n")


def test_faults_come_all_at_once_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_text(
        """\
source: Shop!
id: no
surface: { value: reviews }
langage: { value: en }
content:
  review:
    text: { colum: text }
    stars: { value: 7 }
reference:
  severity: { column: severity, values: { high: S5 } }
  decisions: { value: [[REMOVE, APPROVED]] }
""",
        encoding="utf-8",
    )
    assert faults_of(path) == [
        "1: source: `Shop!` is not written as it must be; ids are lower case letters, digits and hyphens",
        "4: langage: is not a field that anybody reads; remove it, or did you mean `language`?",
        "7: content.review.text.colum: is not a field that anybody reads; remove it, or did you mean `column`?",
    ]
    path.write_text(path.read_text().replace("Shop!", "shop").replace("langage", "language").replace("colum:", "column:"))
    assert faults_of(path) == [
        "3: surface.value: `reviews` cannot stand in this field; write 'listing', 'seller', 'video', 'live', 'review', 'comment' or 'ticket'",
        "8: content.review.stars.value: `7` cannot stand in this field; input should be less than or equal to 5",
        "10: reference.severity.values.high: `S5` cannot stand in this field; write 'S0', 'S1', 'S2', 'S3' or 'S4'",
        "11: reference.decisions.value: `[['REMOVE', 'APPROVED']]` cannot stand in this field; write 'APPROVE', 'LABEL_OR_EDIT', 'REJECT_EDITABLE', "
        "'RESTRICT_PENDING_DOCS', 'AGE_GATE', 'DEMOTE', 'LIMIT_INTERACTION', 'INTERRUPT', 'REMOVE', 'STRIKE', 'HOLD_PAYOUT', 'RESTRICT', 'SUSPEND', "
        "'TERMINATE', 'ESCALATE', 'WELFARE', 'STOP_VIEWING', 'REQUEST_INFO' or 'REROUTE'",
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"surface": {}}, "surface: needs either `value` or `column`"),
        ({"surface": {"value": "review", "column": "x"}}, "surface: needs either `value` or `column`"),
        ({"language": {"value": "en", "unknown": ["?"]}}, "language: says `unknown` beside a fixed value"),
        ({"content": {}}, "content: is empty"),
        ({"content": {"review": {"txt": {"column": "x"}}}}, "content.review.txt: `txt` is no field here; write one of product, stars, text, reviewer, order"),
        ({"content": {"review": {"images": {"column": "x"}}}}, "(pictures are not brought in)"),
        ({"content": {"review": {"text.0": {"column": "x"}}}}, "content.review.text.0: `text.0` goes on behind a text; end it before `0`"),
        ({"content": {"comment": {"thread.first.text": {"column": "x"}}}}, "`first` is no place in a list; write a number from 0 on"),
        ({"content": {"comment": {"where": {"column": "x"}}}}, "content: says nothing of the surface review, which `surface` names"),
        ({"reference": reference(evidence={"column": "quote"})}, "reference.evidence: needs `field`"),
        ({"reference": reference(evidence={"value": ["x"]})}, "reference.evidence: a fixed value can only be []"),
        ({"reference": reference(evidence={"column": "q", "field": "text", "values": {"-": ["x"]}})}, "the words under `values` can only mean []"),
        ({"reference": reference(evidence={"column": "q", "field": "caption"})}, "evidence.field: `caption` is filled by no column"),
        ({"label_facts": {"PRO-01": {"column": "x", "values": {"1": True}}}}, "label_facts: stands beside reference.labels"),
        (
            {"reference": reference(labels=None), "label_facts": {"PRO-01": {"column": "x", "values": {"1": "yes"}}}},
            "label_facts.PRO-01.values.1: is neither true nor false",
        ),
        ({"label_facts": {"guns": {"column": "x"}}}, "label codes are an area and two digits: PRO-03"),
        ({"delimiter": ";;"}, "delimiter: is too long"),
        ({"format": "xls"}, "format: `xls` is not one of the words known here; write 'csv', 'jsonl', 'xlsx' or 'label-studio'"),
        ({"reference": reference(clauses={"column": "x", "each": {}, "split": ","})}, "reference.clauses: says `each` beside `values` or `split`"),
    ],
)
def test_a_mapping_that_cannot_be_meant_is_refused(tmp_path: Path, changes: dict[str, Any], expected: str) -> None:
    assert any(expected in fault for fault in changed(tmp_path, **changes)), changed(tmp_path, **changes)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"source: shop\n\tid: x\n", "2: this is not YAML"),
        (b"- a\n", "1: holds no mapping"),
        (b"", "1: holds no mapping"),
        (b"source: caf\xe9\n", "1: is not UTF-8 text"),
        (b"#" * 300_000, "1: is larger than 200,000 bytes"),
        (b"source: shop\nsource: shop\n", "2: source: is written twice"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "mapping.yaml"
    path.write_bytes(data)
    assert any(fault.startswith(expected) for fault in faults_of(path)), faults_of(path)


def test_labels_and_clauses_that_do_not_run_here_are_faults_of_the_mapping(tmp_path: Path) -> None:
    mapping = read_mapping(write_mapping(tmp_path / "mapping.yaml", label_facts={}))
    found = [str(fault).partition(": ")[2] for fault in vocabulary_faults(mapping, labels={"OUT-00", "PRO-11"}, clauses=set())]
    assert found == [
        "reference.labels.values.bad: there is no label `PRO-01`; did you mean `PRO-11`?",
        "reference.clauses.value: there is no clause `PRO-01.a`; write one that runs here, or bring the clause in first with `flask content apply`",
    ]


def test_columns_that_are_named_and_not_there_and_there_and_not_named(tmp_path: Path) -> None:
    mapping = read_mapping(write_mapping(tmp_path / "mapping.yaml", ignore=["meta"]))
    columns = ["no", "product", "stars", "txt", "decision", "severity", "why", "quote", "meta.user", "meta.when", "extra"]
    assert [str(fault).partition(": ")[2] for fault in column_faults(mapping, columns)] == [
        "content.review.text.column: there is no column “text”; did you mean “txt”?"
    ]
    assert "the file has “a”, “b”" in str(next(iter(column_faults(mapping, ["b", "a"]))))
    assert unnamed_columns(mapping.document, columns) == ["txt", "extra"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("decisions", "REMOVE", [["REMOVE"]]),
        ("decisions", "REMOVE + STRIKE | REMOVE", [["REMOVE", "STRIKE"], ["REMOVE"]]),
        ("decisions", ["REMOVE", "STRIKE"], [["REMOVE", "STRIKE"]]),
        ("decisions", [["REMOVE"], ["DEMOTE"]], [["REMOVE"], ["DEMOTE"]]),
        ("decisions", [[["REMOVE"]]], [["REMOVE"]]),
        ("labels", "PRO-01", ["PRO-01"]),
        ("labels", ["PRO-01", ["PRO-02", "PRO-01"]], ["PRO-01", "PRO-02"]),
        ("rationale", ["one", "two"], "one\ntwo"),
        ("severity", ["S2"], "S2"),
        ("severity", "S2", "S2"),
    ],
)
def test_values_take_the_shape_of_their_field(field: str, value: Any, expected: Any) -> None:
    assert shaped(field, value) == expected


@pytest.mark.parametrize(
    ("surface", "path", "steps", "is_text"),
    [
        (Surface.COMMENT, "thread.0.text", ("thread", 0, "text"), True),
        (Surface.COMMENT, "thread", ("thread",), False),
        (Surface.LISTING, "seller.name", ("seller", "name"), True),
        (Surface.LISTING, "attributes.Net wt", ("attributes", "Net wt"), True),
        (Surface.LISTING, "attributes", ("attributes",), False),
        (Surface.VIDEO, "cart.title", ("cart", "title"), True),
        (Surface.VIDEO, "on_screen", ("on_screen",), False),
        (Surface.TICKET, "messages.2.from", ("messages", 2, "from"), True),
        (Surface.TICKET, "reporter", ("reporter",), True),
        (Surface.REVIEW, "stars", ("stars",), True),
    ],
)
def test_paths_lead_to_fields_of_the_surface(surface: Surface, path: str, steps: tuple[str | int, ...], is_text: bool) -> None:
    assert (content_field(surface, path).steps, content_field(surface, path).is_text) == (steps, is_text)
