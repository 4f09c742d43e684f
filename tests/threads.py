"""Doing the same thing several times at once, as several browsers would."""

import threading
from collections.abc import Callable
from typing import TypeVar

from flask import Flask

from training.db import db

T = TypeVar("T")


def at_once(app: Flask, deed: Callable[[], T], count: int) -> list[T | Exception]:
    """What each of so many threads got from this deed, or the exception it met; each commits on its own."""
    db.session.rollback()
    outcomes: list[T | Exception] = []
    ready = threading.Barrier(count)

    def run() -> None:
        outcome: T | Exception
        with app.app_context():
            try:
                ready.wait(10)
                outcome = deed()
                db.session.commit()
            except Exception as error:
                outcome = error
            finally:
                db.session.remove()
        outcomes.append(outcome)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes
