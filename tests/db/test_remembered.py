"""What a process remembers of rows that never change."""

from flask import Flask

from training.db import Remembered, db


def test_the_oldest_is_forgotten_where_there_is_no_more_room() -> None:
    memory: Remembered[int, str] = Remembered(3)
    for number in range(5):
        assert memory.put(number, f"row {number}") == f"row {number}"
    assert [memory.get(number) for number in range(5)] == [None, None, "row 2", "row 3", "row 4"]


def test_nothing_is_remembered_of_another_database(app: Flask) -> None:
    memory: Remembered[int, str] = Remembered(3)
    memory.put(1, "a row")
    db.engine.dispose()
    assert memory.get(1) is None
