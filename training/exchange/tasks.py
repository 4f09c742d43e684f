"""Looking through the files that wait, portion by portion, and forgetting those that nothing waits for."""

from datetime import datetime, timedelta

from training import clock
from training.cases.importing.records import BrokenFile
from training.db import begin_writing, db
from training.exchange import queries, services
from training.exchange.files import lying_since, path_of, remove
from training.exchange.services import Taken
from training.jobs import every

YOUNG = timedelta(hours=1)
"""A file that is younger may be on its way up."""


@every(seconds=1)
def look_through_imports(now: datetime) -> None:
    """Look through the file that waits longest. Each portion is committed, so that its page tells how far it is, and nothing is locked meanwhile."""
    if not services.something_waits(now=now):
        return
    begin_writing()
    taken = services.take_waiting(now=now)
    db.session.commit()
    if taken is None:
        return
    try:
        _look_through(taken)
    except BrokenFile as broken:
        begin_writing()
        services.note_broken(taken.import_id, broken)
        db.session.commit()


def _look_through(taken: Taken) -> None:
    path = path_of(taken.token)
    if not path.is_file():
        raise BrokenFile(1, "is gone", "upload it again")
    since = 0
    for rows in services.look_through(taken, path):
        begin_writing()
        if not services.note_rows(taken.import_id, rows, since=since, now=clock.now()):
            return
        db.session.commit()
        since += len(rows)
    begin_writing()
    services.checked_through(taken.import_id)
    db.session.commit()


@every(seconds=60)
def remove_strays(now: datetime) -> None:
    """Delete the files that nothing waits for any more."""
    in_use = queries.tokens_in_use()
    for token in lying_since(now - YOUNG):
        if token not in in_use:
            remove(token)
