"""An answer in two bytes, whatever the kind of item: what distractor counts and the test of wrong keys are made from.

0 is no answer. A choice is the set of its options, bit by bit in the order they were written. Whatever has no options is
a short hash of what decides whether it is right, with the highest bit set: equal answers have equal codes, and two different
answers to one item share a code once in 32,768 times.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from datetime import datetime
from zlib import crc32

from training.exams.rules.blueprint import ItemKind

HASHED = 0x8000
LONGEST_SECONDS = 0xFFFF


def code_of_options(option_ids: Sequence[str], chosen: Sequence[str] | frozenset[str]) -> int:
    """The code of a choice; `option_ids` in any order."""
    written = sorted(option_ids)
    return sum(1 << written.index(option) for option in chosen)


def options_of_code(option_ids: Sequence[str], code: int) -> list[str]:
    """The options behind the code of a choice."""
    return [option for place, option in enumerate(sorted(option_ids)) if code >> place & 1]


def code_of(kind: ItemKind, response: Mapping[str, object], option_order: Sequence[str]) -> int:
    """The code of an answer as it was stored. `option_order` says which option stood at which place."""
    if not any(response.values()):
        return 0
    match kind:
        case ItemKind.SINGLE | ItemKind.MULTIPLE:
            return code_of_options(option_order, [option_order[place - 1] for place in _places(response, "options")])
        case ItemKind.ORDERING:
            return _hashed([option_order[place - 1] for place in _places(response, "order")])
        case ItemKind.SHORT:
            return _hashed(" ".join(str(response.get("text", "")).casefold().split()))
        case ItemKind.CASE:
            return _hashed(_deciding(response))
        case _:  # No two answers are alike: that there is one is all a code says.
            return HASHED


def _places(response: Mapping[str, object], name: str) -> list[int]:
    places = response.get(name)
    return [place for place in places if isinstance(place, int)] if isinstance(places, list) else []


def _deciding(response: Mapping[str, object]) -> list[object]:
    """Of the answer to a case what its strict outcome looks at: actions, primary label, escalation."""
    actions = response.get("actions")
    return [sorted(map(str, actions)) if isinstance(actions, list) else [], response.get("primary_label"), response.get("escalate_to")]


def _hashed(value: object) -> int:
    return HASHED | crc32(json.dumps(value).encode()) & ~HASHED & 0xFFFF


def seconds_between(started_at: datetime, saved: Mapping[int, datetime]) -> dict[int, int]:
    """How long each answer took, by position: from the answer saved before it, or from the start. What was saved at the same instant is not known."""
    before, taken = started_at, {}
    for position, at in sorted(saved.items(), key=lambda pair: (pair[1], pair[0])):
        taken[position] = min(max(round((at - before).total_seconds()), 0), LONGEST_SECONDS)
        before = at
    return taken


def packed(values: Sequence[int]) -> bytes:
    """Two bytes each, little-endian."""
    return b"".join(value.to_bytes(2, "little") for value in values)


def unpacked(values: bytes) -> tuple[int, ...]:
    """The values again. Raises struct.error where the length is odd."""
    return struct.unpack(f"<{len(values) // 2}H", values)
