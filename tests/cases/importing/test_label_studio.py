import json
from pathlib import Path
from typing import Any

from training.cases.importing.reading.label_studio import label_studio_rows
from training.cases.importing.records import Disagreement, Misfit, Record


def choice(*words: str, control: str = "verdict") -> dict[str, Any]:
    return {"from_name": control, "to_name": "text", "type": "choices", "value": {"choices": list(words)}}


def span(start: int, end: int, text: str, label: str = "Evidence") -> dict[str, Any]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"from_name": "marks", "to_name": "text", "type": "labels", "value": value}


def answered(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": 1, "completed_by": 7, "result": list(results), **more}


def rows(tmp_path: Path, *tasks: dict[str, Any], source: str = "annotations") -> list[Record]:
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return list(label_studio_rows(path, source))


def cells(tmp_path: Path, *annotations: dict[str, Any], **more: Any) -> dict[str, Any]:
    (row,) = rows(tmp_path, {"id": 5, "data": {"text": "hello"}, "annotations": list(annotations), **more})
    return {name: cell for name, cell in row.cells.items() if name.startswith("result.")}


def test_a_task_is_its_id_what_it_shows_and_what_was_answered(tmp_path: Path) -> None:
    annotation = answered(
        choice("Spam"),
        span(0, 2, "he"),
        span(3, 4, "l", "Tone"),
        {"from_name": "grade", "type": "rating", "value": {"rating": 4}},
        {"from_name": "why", "type": "textarea", "value": {"text": ["It says hello.", "Twice."]}},
        {"from_name": "policy", "type": "taxonomy", "value": {"taxonomy": [["Speech", "Hate"], ["Fraud"]]}},
        {"from_name": "count", "type": "number", "value": {"number": 3}},
    )
    (row,) = rows(tmp_path, {"id": 5, "data": {"text": "hello", "shop": {"name": "A"}}, "annotations": [annotation], "created_at": "2026-01-01"})
    assert row.cells == {
        "id": 5,
        "data.text": "hello",
        "data.shop.name": "A",
        "result.verdict": ["Spam"],
        "result.marks": [{"start": 0, "end": 2, "text": "he", "labels": ["Evidence"]}, {"start": 3, "end": 4, "text": "l", "labels": ["Tone"]}],
        "result.grade": 4,
        "result.why": ["It says hello.", "Twice."],
        "result.policy": ["Speech > Hate", "Fraud"],
        "result.count": 3,
    }


def test_several_people_who_agree_are_one_answer_and_those_who_differ_none(tmp_path: Path) -> None:
    assert cells(tmp_path, answered(choice("Spam", "Rude")), answered(choice("Rude", "Spam"))) == {"result.verdict": ["Spam", "Rude"]}
    assert cells(tmp_path, answered(choice("Spam")), answered(choice("Fine"))) == {"result.verdict": Disagreement(("['Spam']", "['Fine']"))}


def test_who_left_a_control_out_or_skipped_the_task_did_not_answer(tmp_path: Path) -> None:
    assert cells(tmp_path, answered(choice("Spam")), answered()) == {"result.verdict": ["Spam"]}
    assert cells(tmp_path, answered(choice("Spam")), answered(choice("Fine"), was_cancelled=True)) == {"result.verdict": ["Spam"]}
    assert cells(tmp_path) == {}


def test_an_answer_that_is_marked_as_the_truth_goes_before_the_others(tmp_path: Path) -> None:
    assert cells(tmp_path, answered(choice("Spam")), answered(choice("Fine"), ground_truth=True)) == {"result.verdict": ["Fine"]}


def test_predictions_are_read_only_where_the_mapping_says_so(tmp_path: Path) -> None:
    task = {"id": 1, "data": {"text": "x"}, "annotations": [], "predictions": [{"model_version": "m", "score": 0.9, "result": [choice("Spam")]}]}
    assert "result.verdict" not in rows(tmp_path, task)[0].cells
    assert rows(tmp_path, task, source="predictions")[0].cells["result.verdict"] == ["Spam"]


def test_marks_on_pictures_and_recordings_are_told_not_to_be_read(tmp_path: Path) -> None:
    box = {"from_name": "box", "type": "rectanglelabels", "value": {"x": 1, "y": 2, "rectanglelabels": ["Logo"]}}
    assert isinstance(cells(tmp_path, answered(box))["result.box"], Misfit)


def test_what_is_no_task_is_told_and_strange_parts_are_passed_over(tmp_path: Path) -> None:
    flat, strange = rows(
        tmp_path, {"id": 1, "text": "x", "verdict": "Spam"}, {"id": 2, "data": {"text": "x"}, "annotations": [None, {"result": [7, {"type": "choices"}]}]}
    )
    assert flat.misfit is not None and flat.misfit.problem == "the task has no `data`"
    assert strange.cells == {"id": 2, "data.text": "x"}
