"""The HateCheck test suite, which nobody on this project wrote, brought in from where CORPORA_DIR says. Its texts are nowhere in here."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from rapidfuzz import fuzz, process
from sqlalchemy import func, select

from tests.cases.factories import TaxonomyLabelFactory
from tests.cases.importing.sources import write_mapping
from tests.corpora import CORPORA
from training.cases.importing.duplicates import NEAR_PERCENT, SHORTEST_NEAR, Lookalikes, normalised
from training.cases.models import Case, CaseImport, ImportedCase, Redaction
from training.db import db

pytestmark = pytest.mark.corpora

CASES = CORPORA / "hatecheck" / "test_suite_cases.csv"
ANNOTATIONS = CORPORA / "hatecheck" / "test_suite_annotations.csv"
VERDICT = {"column": "label_gold", "values": {"hateful": [["REMOVE"]], "non-hateful": [["APPROVE"]]}}
COMMENT = {
    "where": {"value": "Under a post"},
    "thread.0.author": {"value": "member"},
    "thread.0.at": {"value": "10:00"},
    "thread.0.text": {"column": "test_case"},
}
SUITE = {
    "source": "hatecheck",
    "id": "case_id",
    "surface": {"value": "comment"},
    "language": {"value": "en"},
    "market": {"value": "ID"},
    "family": {"column": "templ_id"},
    "content": {"comment": COMMENT},
    "reference": {
        "decisions": VERDICT,
        "labels": {**VERDICT, "values": {"hateful": "HRM-01", "non-hateful": "OUT-00"}},
    },
    "ignore": ["", "functionality", "target_ident", "direction", "focus_words", "focus_lemma", "ref_case_id", "ref_templ_id", "case_templ"],
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bring_in(app: Flask, tmp_path: Path, path: Path, *words: str, **changes: object) -> Result:
    TaxonomyLabelFactory(code="HRM-01", title="Hate speech", surfaces=["comment"])
    mapping = write_mapping(tmp_path / "mapping.yaml", SUITE, **changes)
    return app.test_cli_runner().invoke(args=["cases", "import", str(path), "--mapping", str(mapping), *words])


def test_every_case_becomes_a_draft_with_what_the_suite_says_and_nothing_more(app: Flask, tmp_path: Path) -> None:
    result = bring_in(app, tmp_path, CASES)
    assert result.exit_code == 0, result.output[-2000:]
    assert "3,728 rows: 3,728 sound, 0 with faults. 3,728 comment." in result.output and "Warning" not in result.output
    drafts = {draft.key: draft for draft in db.session.scalars(select(ImportedCase))}
    told = {row["case_id"]: row for row in rows(CASES)}
    assert drafts.keys() == told.keys()
    assert all(draft.content["thread"][0]["text"].strip() == told[key]["test_case"].strip() for key, draft in drafts.items())
    assert Counter(draft.reference["labels"][0] for draft in drafts.values()) == {"HRM-01": 2563, "OUT-00": 1165}
    hateful = next(draft for draft in drafts.values() if draft.reference["labels"] == ["HRM-01"])
    assert hateful.unknown["reference.severity"] == "not_mapped" and "severity" not in hateful.reference
    assert {draft.line for draft in drafts.values()} == set(range(2, 3730)), "a row is a line here, and none was lost"
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0 and db.session.scalar(select(func.count()).select_from(Redaction)) == 0


def test_the_suite_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    bring_in(app, tmp_path, CASES)
    assert "Drafts: 0 new, 0 changed, 3,728 as they were." in bring_in(app, tmp_path, CASES).output
    assert db.session.scalar(select(func.count()).select_from(CaseImport)) == 1


def test_what_an_annotator_was_not_asked_stays_unknown(app: Flask, tmp_path: Path) -> None:
    """Annotator 2 labelled 1,861 of the 3,728 cases: 1,209 hateful, 652 not. Of the rest nothing follows."""
    facts = {"HRM-01": {"column": "label_2", "values": {"hateful": True, "non-hateful": False}}}
    named = {"test_case", "case_id", "templ_id", "label_2"}
    ignored = [column for column in rows(ANNOTATIONS)[0] if column not in named]
    result = bring_in(app, tmp_path, ANNOTATIONS, reference={}, label_facts=facts, labels_asked="all", ignore=ignored)
    assert result.exit_code == 0, result.output[-2000:]
    assert "  1,867  reference.labels: empty" in result.output
    drafts = list(db.session.scalars(select(ImportedCase)))
    assert Counter(str(draft.label_facts.get("HRM-01")) for draft in drafts) == {"True": 1209, "False": 652, "None": 1867}
    assert Counter(str(draft.reference.get("labels")) for draft in drafts) == {"['HRM-01']": 1209, "['OUT-00']": 652, "None": 1867}


def test_blocks_find_nearly_every_look_alike_that_comparing_all_pairs_finds() -> None:
    texts = [normalised(row["test_case"]) for row in rows(CASES)]
    alike = Lookalikes()
    found = {position for position, text in enumerate(texts) if alike.add(position, text) is not None}
    there: set[int] = set()
    for position, text in enumerate(texts):
        before = texts[:position]
        if len(text) >= SHORTEST_NEAR:
            before = [other if len(other) >= SHORTEST_NEAR else "" for other in before]
            if process.extractOne(text, before, scorer=fuzz.ratio, score_cutoff=NEAR_PERCENT) is not None:
                there.add(position)
        elif text in before:
            there.add(position)
    assert found <= there, "nothing is called alike that is not"
    assert len(found) >= 0.98 * len(there) and len(there) > 1_000
