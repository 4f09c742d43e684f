"""A program that receives webhooks, as a test wants it to be."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """What arrived: the headers and the text of each message."""

    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers with `status` and `text`; one that hangs says nothing until it is let go."""

    status: int = 200
    text: bytes = b"thanks"
    location: str | None = None
    hangs: bool = False
    port: int = 0
    received: list[Received] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?of=test"


@contextmanager
def receiving(**wanted: Any) -> Iterator[Receiver]:
    """A receiver on this machine."""
    receiver = Receiver(**wanted)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.received.append(Received({name.lower(): value for name, value in self.headers.items()}, body))
            receiver.reached.set()
            if receiver.hangs:
                receiver.let_go.wait(60)
                return
            self.send_response(receiver.status)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.send_header("Content-Length", str(len(receiver.text)))
            self.end_headers()
            self.wfile.write(receiver.text)

        def log_message(self, *_words: object) -> None:
            """Quietly."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False

        def handle_error(self, request: Any, client_address: Any) -> None:
            """Whoever hangs up is no fault here."""

    server = Server(("127.0.0.1", 0), Handler)
    receiver.port = server.server_port
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        server.shutdown()
        thread.join()
        server.server_close()
