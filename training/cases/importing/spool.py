"""Drafts that wait: in memory while they are few, then in a file without a name that is gone with the process."""

import json
from collections.abc import Iterator
from dataclasses import fields
from tempfile import SpooledTemporaryFile
from typing import Any

from training.cases.importing.cleaning import Removal
from training.cases.importing.drafts import Draft
from training.cases.importing.soundness import Made

HELD_BYTES = 8_000_000


def _values(part: Any) -> dict[str, Any]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


class Spool:
    """Drafts in the order in which they came. Close it when they are no longer needed."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=HELD_BYTES)  # noqa: SIM115  # It outlives this call and is closed by `close`.
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, draft: Draft) -> int:
        """Keep one more; its position."""
        self._file.write(json.dumps(draft, default=_values).encode())
        self._file.write(b"\n")
        self._count += 1
        return self._count - 1

    def __iter__(self) -> Iterator[Draft]:
        self._file.seek(0)
        for line in self._file:
            values = json.loads(line)
            removals = tuple(Removal(**removal) for removal in values.pop("removals"))
            yield Draft(**{**values, "made": Made(**values["made"])}, removals=removals)

    def close(self) -> None:
        """Forget them."""
        self._file.close()
