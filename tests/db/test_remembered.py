"""What a process remembers of rows that never change."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from training.db import Remembered, db


def test_the_oldest_is_forgotten_where_there_is_no_more_room() -> None:
    memory: Remembered[int, str] = Remembered(3)
    for number in range(5):
        assert memory.put(number, f"row {number}") == f"row {number}"
    assert [memory.get(number) for number in range(5)] == [None, None, "row 2", "row 3", "row 4"]


def test_many_threads_may_remember_at_once() -> None:
    memory: Remembered[int, int] = Remembered(10)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda number: memory.put(number, number), range(5_000))) == list(range(5_000))
    assert sum(memory.get(number) is not None for number in range(5_000)) == 10


def test_nothing_is_remembered_of_another_database(app: Flask) -> None:
    memory: Remembered[int, str] = Remembered(3)
    memory.put(1, "a row")
    db.engine.dispose()
    assert memory.get(1) is None
