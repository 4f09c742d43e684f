"""What item and exam documents refuse, with the words an author reads."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from training.exams.documents import ExamDocument, ItemDocument
from training.exams.rules.blueprint import Cell, Condition
from training.exams.rules.responses import ChoiceKey

CONTENT = Path(__file__).resolve().parents[2] / "content" / "exams"

CASE_ITEM = {"id": "item-x001", "kind": "case", "state": "live", "case": "case-x001"}


def choice(**changes: Any) -> dict[str, Any]:
    return {
        "id": "item-x002",
        "kind": "single",
        "state": "live",
        "language": "en",
        "area": "PRO",
        "severity": "S4",
        "decision_class": "violating",
        "difficulty": "typical",
        "family": "fam-item-x",
        "clauses": ["PRO-01.a"],
        "stem": "What do you do?",
        "options": [{"id": "a", "text": "Remove", "correct": True}, {"id": "b", "text": "Ask"}, {"id": "c", "text": "Approve", "critical": True}],
        "rationale": "Because it says so.",
        **changes,
    }


def options(*marks: str) -> list[dict[str, Any]]:
    return [{"id": letter, "text": f"Option {letter}", **({mark: True} if mark else {})} for letter, mark in zip("abcdefg", marks, strict=False)]


def exam(**changes: Any) -> dict[str, Any]:
    return {
        "id": "exam-x",
        "title": "An exam",
        "version": "1.0.0",
        "certification": "cert-x",
        "item_count": 10,
        "time_limit_minutes": 15,
        "cells": [{"area": "PRO", "minimum": 5, "maximum": 10}],
        "pass_rule": {"weighted_percent": 90},
        **changes,
    }


def test_a_choice_item_carries_its_key() -> None:
    assert ItemDocument.model_validate(choice()).key == ChoiceKey(frozenset("a"), frozenset("c"))


def test_a_case_item_names_its_case_and_nothing_else() -> None:
    assert ItemDocument.model_validate(CASE_ITEM).case == "case-x001"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (CASE_ITEM | {"case": None}, "`case` is missing"),
        (CASE_ITEM | {"area": "PRO"}, "`area` belongs to the case"),
        (CASE_ITEM | {"surprise": 1}, "Extra inputs are not permitted"),
        (choice(case="case-x001"), "`case` belongs to case items only"),
        (choice(stem=None), "`stem` is missing"),
        (choice(stem="What is this? ![A box](https://example.org/box.png)"), "shows a picture, which no stem can"),
        (choice(clauses=[]), "`clauses` is missing"),
        (choice(rationale=None), "`rationale` is missing"),
        (choice(kind="essay"), "Input should be 'single', 'multiple', 'case', "),
        (choice(options=options("correct", "")), "3 to 6 options"),
        (choice(options=options("", "", "")), "exactly one with `correct: true`"),
        (choice(options=options("correct", "correct", "")), "exactly one with `correct: true`"),
        (choice(kind="multiple", options=options("correct", "correct", "correct")), "at least one without"),
        (choice(kind="multiple", options=options("", "", "")), "at least one with `correct: true`"),
        (choice(options=options("correct", "", "")[::-1]), "a, b, c, … in this order"),
        (choice(options=[*options("correct", ""), {"id": "c", "text": "Option a"}]), "two options say the same"),
        (choice(options=[*options("", ""), {"id": "c", "text": "Both", "correct": True, "critical": True}]), "both correct and critical"),
        (choice(severity="S3"), "`critical` belongs to items of severity S4 only"),
        (choice(decision_class="innocent", options=options("correct", "", "")), "`severity` of an innocent item is S0"),
        (choice(id="Item 1"), "String should match pattern"),
        (choice(clauses=["PRO-1"]), "String should match pattern"),
    ],
)
def test_an_item_that_is_not_sound_is_refused_in_words(document: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words.replace("(", r"\(")):
        ItemDocument.model_validate(document)


def test_an_exam_becomes_plain_rules() -> None:
    document = ExamDocument.model_validate(exam(cells=[{"area": "PRO", "kind": "case", "minimum": 5, "maximum": 10}], enemies=[["item-1", "item-2"]]))
    assert document.blueprint.cells == (Cell(((Condition.AREA, "PRO"), (Condition.KIND, "case")), 5, 10),)
    assert document.blueprint.enemies == (frozenset({"item-1", "item-2"}),)
    assert document.rule.area_minimum_items == 5
    assert document.retake_rule.cooldown_hours == (24, 72, 168)
    assert document.limit_seconds == 900


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (exam(cells=[]), "at least 1 item"),
        (exam(cells=[{"minimum": 1, "maximum": 2}]), "a cell needs at least one condition"),
        (exam(cells=[{"area": "PRO", "minimum": 3, "maximum": 2}]), "`minimum` 3 is above `maximum` 2"),
        (exam(cells=[{"area": "PRO", "minimum": 11, "maximum": 12}]), "area PRO asks for more items than the form has"),
        (exam(cells=[{"area": "PRO", "minimum": 1, "maximum": 2}] * 2), "two cells ask for the same: area PRO"),
        (exam(pass_rule={"weighted_percent": 101}), "less than or equal to 100"),
        (exam(pass_rule={}), "Field required"),
        (exam(retakes={"cooldown_hours": [], "attempts": 3}), "at least 1 item"),
        (exam(enemies=[["item-1"]]), "at least 2 items"),
        (exam(window={"opens_at": "2026-12-01T09:00:00+07:00", "closes_at": "2026-12-01T08:59:00+07:00"}), "`closes_at` is not after `opens_at`"),
        (exam(window={"opens_at": "2026-12-01T09:00:00", "closes_at": "2026-12-01T10:00:00+07:00"}), "timezone"),
        (exam(time_limit_minutes=0), "greater than or equal to 1"),
        (exam(id="desk"), "`desk` is the address of the exam desk"),
        (exam(version="1.0"), "String should match pattern"),
        (exam(colour="red"), "Extra inputs are not permitted"),
    ],
)
def test_an_exam_that_is_not_sound_is_refused_in_words(document: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        ExamDocument.model_validate(document)


def test_every_item_that_is_shipped_is_sound() -> None:
    files = sorted((CONTENT / "items").rglob("*.yaml"))
    documents = [ItemDocument.model_validate(yaml.safe_load(file.read_text("utf-8"))) for file in files]
    assert len({document.id for document in documents}) == len(documents)
    assert all(document.public for document in documents)


def of_kind(kind: str, **parts: Any) -> dict[str, Any]:
    return {**choice(kind=kind, severity="S2"), "options": [], **parts}


RUBRIC = dict.fromkeys(("acknowledges", "policy_fact", "next_step", "tone", "no_personal_data"), "What markers look for")
TEXT = "One sentence. Another sentence. One sentence again."
PASSAGE = "Thank you for writing to us about your parcel. " * 8
BOX = {"x": 0, "y": 0, "width": 10, "height": 10}
TYPING = {"id": "item-x003", "kind": "typing", "state": "live", "language": "id", "difficulty": "typical", "family": "fam-typing", "stem": "Ketik ini."}

SOUND = [
    choice(kind="multiple", scoring="partial"),
    of_kind("evidence", evidence={"text": TEXT, "quotes": ["Another sentence."]}),
    of_kind("evidence", evidence={"file": "media/clip.webm", "alt": "A clip", "ranges": [{"start": 1, "end": 2.5}], "needed_overlap": 0.8}),
    of_kind("evidence", evidence={"file": "media/clip.wav", "alt": "A sound", "transcript": "Music", "ranges": [{"start": 1, "end": 2}]}),
    of_kind("evidence", evidence={"file": "media/jar.png", "alt": "A jar", "regions": [BOX]}),
    of_kind("ordering", steps=["Greet", "Explain", "Close"]),
    of_kind("short", answer={"number": "2.5", "tolerance": 0.1, "units": ["h"]}),
    of_kind("short", answer={"texts": ["Risk", "Risk team"]}),
    of_kind("reply", reply={"ticket": "Where is it?", "rubric": RUBRIC}),
    {**TYPING, "typing": {"passage": PASSAGE}},
]


@pytest.mark.parametrize("document", SOUND, ids=lambda document: document["kind"])
def test_every_kind_can_be_written(document: dict[str, Any]) -> None:
    read = ItemDocument.model_validate(document)
    assert read.is_right_or_wrong == (read.kind not in {"reply", "typing"} and read.scoring != "partial")
    assert "id" not in read.said()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (choice(scoring="partial"), "`scoring` does not belong to an item of the kind single"),
        (of_kind("evidence"), "`evidence` is missing"),
        (of_kind("evidence", evidence={}), "shows one thing"),
        (of_kind("evidence", evidence={"text": TEXT}), "`quotes` is missing"),
        (of_kind("evidence", evidence={"text": TEXT, "quotes": ["One sentence"]}), "occurs 2 times in the text"),
        (of_kind("evidence", evidence={"text": TEXT, "quotes": ["Nothing"]}), "occurs 0 times in the text"),
        (of_kind("evidence", evidence={"text": TEXT, "quotes": ["Another"], "regions": [BOX]}), "`regions` does not fit"),
        (of_kind("evidence", evidence={"file": "media/clip.webm", "alt": "A clip", "regions": [BOX]}), "`ranges` is missing"),
        (of_kind("evidence", evidence={"file": "media/clip.mp4", "alt": "A clip", "ranges": [{"start": 0, "end": 1}]}), "no picture, video or sound"),
        (of_kind("evidence", evidence={"file": "media/jar.png", "regions": [BOX]}), "`alt` is missing"),
        (of_kind("evidence", evidence={"file": "media/a.wav", "alt": "A", "ranges": [{"start": 2, "end": 2}]}), "`end` is not after `start`"),
        (of_kind("evidence", evidence={"file": "../a.wav", "alt": "A", "ranges": [{"start": 1, "end": 2}]}), "should match pattern"),
        (of_kind("evidence", evidence={"text": TEXT, "quotes": ["Another"], "needed_overlap": 0}), "greater than or equal to 0.1"),
        (of_kind("ordering", steps=["Greet", "Close"]), "too few; write 3 to 9 steps"),
        (of_kind("ordering", steps=["Greet", "Close", "Greet"]), "two steps say the same"),
        (of_kind("ordering", steps=["Greet", "Explain", "Close"], answer={"number": 1}), "`answer` does not belong to an item of the kind ordering"),
        (of_kind("short", answer={}), "write either `number` or `texts`"),
        (of_kind("short", answer={"number": 1, "texts": ["one"]}), "write either `number` or `texts`"),
        (of_kind("short", answer={"texts": ["one"], "units": ["h"]}), "belong to a number"),
        (of_kind("short", answer={"number": 1, "tolerance": -1}), "greater than or equal to 0"),
        (of_kind("reply", reply={"ticket": "Where?", "rubric": {**RUBRIC, "tone": ""}}), "at least 1 character"),
        (of_kind("reply", reply={"ticket": "Where?", "rubric": {"tone": "Calm"}}), "`acknowledges` is missing"),
        (of_kind("reply", reply={"ticket": "Where?", "rubric": {**RUBRIC, "wit": "Funny"}}), "Input should be"),
        ({**TYPING, "typing": {"passage": PASSAGE[:150]}}, "write 300 or more"),
        ({**TYPING, "typing": {"passage": PASSAGE}, "family": None}, "`family` is missing"),
        ({**TYPING}, "`typing` is missing"),
        ({**CASE_ITEM, "steps": ["Greet", "Explain", "Close"]}, "`steps` belongs to the case"),
    ],
)
def test_an_item_of_a_newer_kind_that_is_not_sound_is_refused_in_words(document: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words.replace("(", r"\(")):
        ItemDocument.model_validate(document)


@pytest.mark.parametrize("kind", ["reply", "typing"])
def test_an_exam_that_gates_refuses_what_is_not_right_or_wrong(kind: str) -> None:
    cells = [{"kind": kind, "minimum": 1, "maximum": 1}]
    with pytest.raises(ValidationError, match=f"an exam that gates holds no {kind}"):
        ExamDocument.model_validate(exam(cells=cells))
    assert ExamDocument.model_validate(exam(cells=cells, gating=False)).blueprint.cells
    assert ExamDocument.model_validate(exam(cells=[{"kind": kind, "minimum": 0, "maximum": 0}])).blueprint.cells


def test_an_exam_without_items_on_trial_says_nothing_of_them() -> None:
    assert "pilot_items" not in ExamDocument.model_validate(exam()).model_dump(mode="json")
    assert ExamDocument.model_validate(exam(pilot_items=3)).blueprint.pilot_count == 3


AREAS = [{"area": "PRO", "minimum": 5, "maximum": 8}, {"area": "IPR", "minimum": 2, "maximum": 5}]


def test_a_delta_is_about_its_areas_and_sequential_as_it_stands() -> None:
    document = ExamDocument.model_validate(exam(cells=AREAS, delta={"areas": ["PRO", "IPR"]}))
    assert document.areas == {"PRO", "IPR"}
    assert document.sequential is not None
    assert document.sequential.plan.cap == 200
    assert ExamDocument.model_validate(document.model_dump(mode="json", exclude_none=True)) == document
    assert ExamDocument.model_validate(exam(delta={"areas": ["PRO"]}, sequential={"alpha": 0.03})).sequential.alpha == 0.03  # type: ignore[union-attr]
    plain = ExamDocument.model_validate(exam())
    assert (plain.areas, plain.sequential, "delta" in plain.model_dump()) == (frozenset(), None, False)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"delta": {"areas": []}}, "at least 1 item"),
        ({"delta": {"areas": ["PRO", "PRO"]}}, "an area is named twice"),
        ({"delta": {"areas": ["PRO", "IPR"]}}, "no cell asks for items of IPR"),
        ({"delta": {"areas": ["PRO"]}, "cells": AREAS}, "IPR is none of the areas of the delta"),
        ({"delta": {"areas": ["PRO"]}, "cells": [{"area": "PRO", "minimum": 0, "maximum": 10}]}, "no cell asks for items of PRO"),
        ({"delta": {"areas": ["PRO"]}, "gating": False}, "a delta decides who keeps access"),
        ({"delta": {"areas": ["PRO"]}, "item_count": 6, "cells": [{"area": "PRO", "minimum": 5, "maximum": 6}]}, "a block is larger than the form"),
        ({"delta": {"areas": ["PRO"], "since": "1.0.0"}}, "Extra inputs are not permitted"),
    ],
)
def test_a_delta_that_could_not_be_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(words)):
        ExamDocument.model_validate(exam(**changes))
