"""Items of every kind, made up by hypothesis, and what becomes of them on their way out and back in."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from openpyxl import Workbook

from training.exams.documents import ItemDocument
from training.exams.rules.blueprint import Criterion
from training.exchange.files import FileKind, Terms, drafts_of, recognised
from training.exchange.rules.drafting import Defaults, Drafted
from training.exchange.rules.exporting import ExportFormat, carried, table_of, text_of
from training.exchange.rules.tables import COLUMNS, fitting, guarded

DEFAULTS = Defaults("en", "PRO", "S2", "knowledge", "typical")
TERMS = Terms(fitting(COLUMNS), DEFAULTS, "item-new", frozenset())

SIGNS = "abzÄé漢😀019 .,;:!?'\"()[]{}<>&=~#%*_-+/\\|@`$^ -> //::####%50% ]]> [html] {} '=1 &lt; <b>x</b> ..".split(" ")
words = st.lists(st.sampled_from([*SIGNS, " "]), min_size=1, max_size=8).map(" ".join).map(str.strip).filter(bool)
lines = words.filter(lambda text: len(text) <= 200)
prose = st.lists(words, min_size=1, max_size=4).flatmap(lambda parts: st.sampled_from(["\n", "\n\n"]).map(lambda gap: gap.join(parts)))
stems = prose.filter(lambda text: "![" not in text and not text.splitlines()[-1].startswith(">"))
slugs = st.from_regex(r"\A[a-z0-9][a-z0-9-]{1,20}[a-z0-9]\Z")
clauses = st.lists(st.sampled_from(["PRO-01.a", "PRO-01.b", "CLM-02.c"]), min_size=1, max_size=3, unique=True)
decimals = st.decimals(min_value=-10_000, max_value=10_000, places=3, allow_nan=False)


@st.composite
def about(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "id": draw(slugs),
        "state": "live",
        "public": True,
        "language": draw(st.sampled_from(["en", "id"])),
        "area": "CLM",
        "severity": "S4",
        "decision_class": draw(st.sampled_from(["violating", "knowledge"])),
        "difficulty": draw(st.sampled_from(["clear", "typical", "borderline"])),
        "family": draw(slugs),
        "clauses": draw(clauses),
        "tags": draw(st.lists(st.sampled_from(["ramadan", "second-hand", "q4"]), max_size=2, unique=True)),
        "stem": draw(stems),
        "rationale": draw(prose),
    }


@st.composite
def choices(draw: st.DrawFn) -> ItemDocument:
    texts = draw(st.lists(prose, min_size=3, max_size=6, unique=True))
    is_single = draw(st.booleans())
    right = {draw(st.integers(0, len(texts) - 1))} if is_single else draw(st.sets(st.integers(0, len(texts) - 1), min_size=1, max_size=len(texts) - 1))
    critical = draw(st.sets(st.integers(0, len(texts) - 1))) - right
    options = [{"id": "abcdef"[place], "text": text, "correct": place in right, "critical": place in critical} for place, text in enumerate(texts)]
    scoring = {} if is_single else {"scoring": draw(st.sampled_from(["partial", "all_or_nothing"]))}
    return ItemDocument.model_validate(draw(about()) | {"kind": "single" if is_single else "multiple", "options": options} | scoring)


@st.composite
def orders(draw: st.DrawFn) -> ItemDocument:
    return ItemDocument.model_validate(draw(about()) | {"kind": "ordering", "steps": draw(st.lists(lines, min_size=3, max_size=9, unique=True))})


@st.composite
def shorts(draw: st.DrawFn) -> ItemDocument:
    if draw(st.booleans()):
        answer: dict[str, Any] = {"texts": draw(st.lists(lines, min_size=1, max_size=4, unique=True))}
    else:
        answer = {"number": draw(decimals), "units": draw(st.lists(st.sampled_from(["h", "hours", "%"]), max_size=2, unique=True))}
        answer |= {"tolerance": abs(draw(decimals))} if draw(st.booleans()) else {}
    return ItemDocument.model_validate(draw(about()) | {"kind": "short", "answer": answer})


@st.composite
def replies(draw: st.DrawFn) -> ItemDocument:
    rubric = {criterion.value: draw(prose) for criterion in Criterion}
    reply = {"ticket": draw(prose), "longest": draw(st.integers(100, 4000)), "rubric": rubric}
    return ItemDocument.model_validate(draw(about()) | {"kind": "reply", "reply": reply})


@st.composite
def ours(draw: st.DrawFn) -> ItemDocument:
    """Kinds that other programs do not have."""
    kind = draw(st.sampled_from(["case", "evidence", "typing"]))
    said = draw(about())
    if kind == "case":
        return ItemDocument.model_validate({"id": said["id"], "kind": kind, "state": "live", "case": draw(slugs)})
    if kind == "evidence":
        evidence = {"text": "Nobody may sell this: " + draw(words), "quotes": ["Nobody may"], "needed_overlap": 0.7}
        return ItemDocument.model_validate(said | {"kind": kind, "evidence": evidence})
    typing = {"passage": "Passage of enough signs. " * 20, "seconds": 60, "words_a_minute": 50}
    kept = {name: value for name, value in said.items() if name not in {"area", "severity", "decision_class", "clauses", "rationale"}}
    return ItemDocument.model_validate(kept | {"kind": kind, "typing": typing})


def written_to(folder: Path, items: list[ItemDocument], into: ExportFormat) -> Path:
    """The file that somebody would take away."""
    found = carried(items, into)
    path = folder / f"items.{into.value}"
    if into is ExportFormat.CSV:
        text = StringIO()
        csv.writer(text).writerows([COLUMNS, *([guarded(cell) for cell in row] for row in table_of(found))])
        path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    elif into is ExportFormat.XLSX:
        sheet = Workbook()
        assert sheet.active is not None
        for row, cells in enumerate([list(COLUMNS), *table_of(found)], start=1):
            for column, cell in enumerate(cells, start=1):
                sheet.active.cell(row, column, cell).data_type = "s"
        sheet.save(path)
    else:
        path.write_bytes(text_of(found, into))
    return path


def read_back(path: Path, terms: Terms = TERMS) -> list[Drafted]:
    """What it would bring in."""
    return list(drafts_of(path, recognised(path), terms))


def same_text(text: str, seen: Path, kind: FileKind, terms: Terms = TERMS) -> list[Drafted]:
    """What a text would bring in, which is recognised as this."""
    seen.write_text(text, encoding="utf-8")
    assert recognised(seen) is kind
    return list(drafts_of(seen, kind, terms))
