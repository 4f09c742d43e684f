"""A demo for tests: the command itself, over a folder of the test's own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "rain-on-a-tin-roof"
TOKEN = "ts_the-token-of-the-tests"
PATIENCE_SECONDS = 90
"""For a machine that does many other things at once; a start takes about three."""


@dataclass(frozen=True)
class Served:
    """A demo that is being served."""

    address: str
    folder: Path
    process: subprocess.Popen[str]

    def may_work(self, person: str, queue: str) -> dict[str, Any]:
        """What a review tool hears that asks, as AuthZEN has it."""
        question = {
            "subject": {"type": "moderator", "id": f"{person}@example.org"},
            "action": {"name": "work"},
            "resource": {"type": "queue", "id": queue},
        }
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.address}/access/v1/evaluation", json.dumps(question).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            answer: dict[str, Any] = json.load(response)
        return answer


def settings(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a demo that lives in this folder, without the settings that whoever runs the tests has."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    own = {"DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite'}", "MEDIA_URL": str(folder / "media")}
    return kept | own | {"DEMO_PASSWORD": PASSWORD, "DEMO_API_TOKEN": TOKEN} | more


def flask(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """The `flask` command, run to its end."""
    return subprocess.run([sys.executable, "-m", "flask", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)


def prepared(shared: Path) -> Path:
    """The folder of a demo that was prepared and never served; whichever worker comes first prepares it for all."""
    folder = shared / "prepared-demo"
    with (shared / "prepared-demo.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not (folder / "is-whole").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            made = flask("demo", "prepare", environment=settings(folder))
            assert made.returncode == 0, made.stderr
            (folder / "is-whole").touch()
    return folder


@pytest.fixture(scope="session")
def prepared_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demo with its content and people, for copying."""
    own = tmp_path_factory.getbasetemp()
    is_one_of_several_workers = own.name.startswith("popen-")
    return prepared(own.parent if is_one_of_several_workers else own)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(folder: Path, **more: str) -> Iterator[Served]:
    """Serve the demo of this folder, and end it as Ctrl-C does."""
    port = free_port()
    with (folder / "output.txt").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "demo", "serve"],
            cwd=ROOT,
            env=settings(folder, PORT=str(port), **more),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    served = Served(f"http://127.0.0.1:{port}", folder, process)
    try:
        _wait_for(served)
        yield served
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=PATIENCE_SECONDS)


def _wait_for(served: Served) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{served.address}/healthz", timeout=5).close()
            return
        except OSError:
            assert served.process.poll() is None and time.monotonic() < until, (served.folder / "output.txt").read_text()
            time.sleep(0.05)
