"""Reading every row of every table, as somebody would who looks for a person that is said to be gone."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from training.db import Base


def places_naming(connection: Connection, *names: str) -> Iterator[str]:
    """Each column of which a value holds one of these, whatever its type and the letters' case."""
    wanted = [name.casefold() for name in names]
    for table in Base.metadata.sorted_tables:
        for row in connection.execute(select(table)).mappings():
            for column, value in row.items():
                if any(name in _text(value) for name in wanted):
                    yield f"{table.name}.{column}: {value!r}"


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text.casefold()
