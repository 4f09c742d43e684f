"""Tasks as Label Studio exports them: what they show as `data.…`, what was answered as `result.…`.

Offsets of marked text are counted in code points by newer versions and in UTF-16 units by older ones: see `spans`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from training.cases.importing.reading.objects import objects_of_list
from training.cases.importing.records import Disagreement, Misfit, Record, as_text, flat, tidy

_SPANS = frozenset({"labels", "hypertextlabels"})
_PLAIN = {"choices": "choices", "rating": "rating", "number": "number", "textarea": "text"}
"""Where each kind of result keeps its answer."""


def label_studio_rows(path: Path, source: str) -> Iterator[Record]:
    """A record for each task: `id`, `data.…`, and `result.…` by the name of each control, from its `annotations` or `predictions`."""
    for number, (line, task) in enumerate(objects_of_list(path), start=1):
        name, shown = f"task {number}", task.get("data")
        if not isinstance(shown, Mapping):
            yield Record(line, {}, Misfit("the task has no `data`", "export it from Label Studio as JSON, not as JSON-MIN"), name)
            continue
        cells = {"id": task.get("id")} | dict(flat({"data": tidy(shown)})) | _agreed(_counted(task.get(source)))
        yield Record(line, cells, name=name)


def _counted(answers: Any) -> list[Mapping[str, Any]]:
    """Who answered: not who skipped the task; where some answers are marked as the truth, only those."""
    given = [answer for answer in answers if isinstance(answer, Mapping) and not answer.get("was_cancelled")] if isinstance(answers, list) else []
    return [answer for answer in given if answer.get("ground_truth")] or given


def _agreed(answers: list[Mapping[str, Any]]) -> dict[str, Any]:
    """What all who answered a control answered, by control; a disagreement where they did not answer the same. Who left it out did not answer."""
    by_control: dict[str, list[Any]] = {}
    for answer in answers:
        for control, value in _controls(answer.get("result")).items():
            by_control.setdefault(f"result.{control}", []).append(value)
    return {control: values[0] if all(_same(value) == _same(values[0]) for value in values) else _split(values) for control, values in by_control.items()}


def _same(value: Any) -> Any:
    return sorted(map(str, value)) if isinstance(value, list) else value


def _split(values: list[Any]) -> Disagreement:
    return Disagreement(tuple(as_text(value) for value in values))


def _controls(results: Any) -> dict[str, Any]:
    """What one person answered, by the name of the control; several marks or choices of one control together."""
    found: dict[str, Any] = {}
    for result in results if isinstance(results, list) else ():
        if not isinstance(result, Mapping) or "from_name" not in result:
            continue
        control, value = str(result["from_name"]), _answer(str(result.get("type")), result.get("value"))
        both_lists = isinstance(value, list) and isinstance(found.get(control), list)
        found[control] = [*found[control], *value] if both_lists else value
    return found


def _answer(kind: str, value: Any) -> Any:
    if not isinstance(value, Mapping):
        return None
    if kind in _SPANS:
        return [{"start": value.get("start"), "end": value.get("end"), "text": tidy(value.get("text")), "labels": list(value.get(kind) or ())}]
    if kind == "taxonomy":
        return [" > ".join(map(str, steps)) for steps in value.get("taxonomy") or () if isinstance(steps, list)]
    if kind in _PLAIN:
        return tidy(value.get(_PLAIN[kind]))
    return Misfit(f"holds an answer of the type {kind}, which is not read", "map choices, taxonomy, labels, rating, number or textarea")
