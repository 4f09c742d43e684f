"""Threads that the server made, not Python: CPython takes their state apart with the last call from outside, and must find nothing there to run."""

import subprocess
import sys
from pathlib import Path

ASKED_FROM_OUTSIDE = """
import ctypes, sys
from sqlalchemy import select, text
from training.app import create_app
from training.db import Prepared

app = create_app({"SECRET_KEYS": "a-key-that-signs-nothing-real", "SQLALCHEMY_DATABASE_URI": f"sqlite:///{sys.argv[1]}", "JOBS_URL": "memory://"})
one = Prepared(select(text("1")))
found = []

@ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
def ask(_argument):
    with app.app_context():
        found.extend(one.rows())
    return None

system = ctypes.CDLL(None)
thread = ctypes.c_ulong()
for _ in range(3):
    system.pthread_create(ctypes.byref(thread), None, ask, None)
    system.pthread_join(thread, None)
print(found)
"""


def test_a_thread_that_the_server_made_may_ask_and_end(tmp_path: Path) -> None:
    ended = subprocess.run([sys.executable, "-c", ASKED_FROM_OUTSIDE, str(tmp_path / "some.sqlite")], capture_output=True, text=True, timeout=120, check=False)
    assert (ended.returncode, ended.stdout.strip()) == (0, "[(1,), (1,), (1,)]"), ended.stderr
