"""Granian as a deployment runs it, for as long as a bench needs it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support import ROOT
from support.load import HOST

WORKERS = 2
BACKLOG = 8192
"""Granian takes as many connections at once, kept ones among them; its own 1,024 would leave the 1,025th candidate of a hall waiting for one to close."""
PATIENCE_SECONDS = 30


class ServerDidNotStart(RuntimeError):
    """Granian ended, or was not heard of in time."""


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _command(port: int, blocking_threads: int) -> list[str]:
    granian = Path(sys.executable).with_name("granian")
    options = {"--interface": "wsgi", "--host": HOST, "--port": port, "--workers": WORKERS, "--blocking-threads": blocking_threads, "--backlog": BACKLOG}
    options["--log-level"] = "warning"
    return [str(granian), *(str(part) for option in options.items() for part in option), "support.served:app"]


def _await(server: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection((HOST, port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise ServerDidNotStart(f"granian on port {port}")


@dataclass(slots=True)
class Server:
    """Granian over one database on one port; it can be killed and started again."""

    database_url: str
    blocking_threads: int
    port: int = field(default_factory=_free_port)
    program: Path = ROOT
    """The folder of the program that it serves."""
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        environment = os.environ | {
            "DATABASE_URL": self.database_url,
            "SECRET_KEYS": "a-key-of-the-bench-that-signs-nothing-real",
            "PYTHONPATH": os.pathsep.join([str(self.program), str(self.program / "bench")]),
        }
        self.process = subprocess.Popen(_command(self.port, self.blocking_threads), cwd=self.program, env=environment, start_new_session=True)
        _await(self.process, self.port)

    def kill(self) -> None:
        """Kill it and its workers as an empty memory does: at once, whatever they are doing."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """Let it end what it does, and end."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


@contextmanager
def serving(database_url: str, *, blocking_threads: int) -> Iterator[int]:
    """Serve over this database; gives the port."""
    server = Server(database_url, blocking_threads)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()
