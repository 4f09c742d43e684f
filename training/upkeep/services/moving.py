"""The database as a whole: a copy of it as it stands, and its move into another."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, ForeignKeyConstraint, Table
from sqlalchemy.exc import DBAPIError

from training.db import reading, without_echoes
from training.errors import Refusal
from training.upkeep import queries
from training.upkeep.queries import moving
from training.upkeep.rules import UpkeepRefusal


def back_up(file: Path) -> None:
    """Write the SQLite database as it stands at this instant into a new file, while others go on working; no half-done deed is in it."""
    with reading() as connection:
        connection.exec_driver_sql("VACUUM INTO ?", (str(file),))


def refuse_unlike(source: Engine, target: Engine) -> None:
    """Raises Refusal where the two do not stand at the same migration."""
    with source.connect() as here, target.connect() as there:
        stands, other = moving.revision_of(here), moving.revision_of(there)
    if stands != other:
        raise Refusal(UpkeepRefusal.TARGET_DIFFERS, source=stands, target=other)


def move(source: Engine, target: Engine) -> Mapping[str, int]:
    """Copy every row of one database into another that has the same tables and nobody in it; how many of which table.

    All of it or nothing, as the source stands when it begins. Raises Refusal where somebody is in the target, and for a row that it does not take.
    """
    order, waiting = moving.copying_order()
    counts: dict[str, int] = {}
    with source.connect() as here, target.begin() as there:
        if moving.is_used(there):
            raise Refusal(UpkeepRefusal.TARGET_FILLED)
        with without_echoes(there, order):
            moving.clear(there, order)
            for known in order:
                counts[known.name] = _copy(here, there, known, waiting.get(known.name, ()))
            for name, references in waiting.items():
                for rows in moving.batches(here, queries.table_named(name)):
                    for reference in references:
                        moving.write_waiting(there, queries.table_named(name), rows, reference)
        moving.set_sequences(there, order)
    return counts


def _copy(here: Connection, there: Connection, known: Table, waiting: Sequence[ForeignKeyConstraint]) -> int:
    count = 0
    try:
        for rows in moving.batches(here, known):
            moving.write(there, known, rows, waiting)
            count += len(rows)
    except DBAPIError as error:
        raise Refusal(UpkeepRefusal.ROW_REFUSED, table=known.name, fault=str(error.orig).partition("\n")[0]) from None
    return count
