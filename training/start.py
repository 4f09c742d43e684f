"""What a process begins with: the application, put together while the garbage collector rests.

Importing the rooms makes a quarter of a million objects, and nearly all of them stay as long as the process. The collector
looks through them on the way, in parts or as a whole, and again at the end, and finds next to nothing: that is nearly half of the time of a short command.
So it rests meanwhile, and what was made is set aside: later collections, of a server as well, look only at what came after.
The last one does neither, so what must be closed at the end of the process is closed by name.
"""

import atexit
import gc
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Collect nothing meanwhile, and never what there is at the end."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_at_work:
            gc.enable()


with collector_at_rest():
    from sqlalchemy.orm import configure_mappers

    from training.app import create_app
    from training.db import db


def create_server() -> Flask:
    """The application that a server loads, its tables mapped before the first request asks for it: most commands need none of that."""
    configure_mappers()
    return _put_together(None)


def create_shell() -> Flask:
    """The application that the `flask` command loads: commands sign nothing that outlives them, so without SECRET_KEYS they use keys of the moment."""
    return _put_together(None if os.environ.get("SECRET_KEYS") else {"SECRET_KEYS": secrets.token_urlsafe(48)})


def _put_together(overrides: dict[str, str] | None) -> Flask:
    with collector_at_rest():
        app = create_app(overrides)
    atexit.register(_close_connections, app)
    return app


def _close_connections(app: Flask) -> None:
    """Let SQLite bring everything into its one file, as the last connection that closes does."""
    with app.app_context():
        db.engine.dispose()
