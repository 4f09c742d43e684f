"""What each room keeps about a person, so that they can take all of it away in one file."""

import json
from collections.abc import Callable
from typing import Any

Gather = Callable[[int], Any]
"""What a room keeps about the person with this id, as JSON can say it; never an exam's keys."""

_sections: dict[str, Gather] = {}


def add_section(name: str, gather: Gather) -> None:
    """Let a person's own file have this section. Rooms call it once, from their views."""
    _sections[name] = gather


def personal_file(person_id: int) -> dict[str, Any]:
    """Everything every room keeps about this person, by section."""
    return {name: _sections[name](person_id) for name in sorted(_sections)}


def personal_text(person_id: int) -> str:
    """The same as JSON, as they take it away."""
    return json.dumps(personal_file(person_id), indent=2, ensure_ascii=False, default=str)
