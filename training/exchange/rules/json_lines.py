"""Items as JSON, one a line, as their documents have them."""

import json
from collections.abc import Mapping
from typing import Any

from training.exams.documents import ItemDocument
from training.exchange.rules.questions import NoQuestion


def json_line(item: ItemDocument) -> str:
    """The item, all of it."""
    return json.dumps(item.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"kind": item.kind.value}, ensure_ascii=False) + "\n"


def is_item_line(cells: Mapping[str, Any]) -> bool:
    """Whether this row has the fields of an item and no others, so that nobody has to say which is which."""
    return "kind" in cells and all(name.partition(".")[0] in ItemDocument.model_fields for name in cells)


def values_of_line(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an item whose objects were laid flat: `answer.number`."""
    values: dict[str, Any] = {}
    for path, cell in cells.items():
        *above, name = path.split(".")
        place = values
        for step in above:
            place = place.setdefault(step, {})
            if not isinstance(place, dict):
                raise NoQuestion(f"`{step}` is both a value and an object", "write it once")
        place[name] = cell
    return values
