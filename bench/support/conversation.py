"""Keep-alive connections for a thousand browsers at once: asyncio protocols that know just enough HTTP, because the load shares the machine with the server."""

import asyncio
from dataclasses import dataclass

from support.load import HOST

PATIENCE_SECONDS = 60.0
END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> str:
        """One header's value; empty where there is none. `name` is in lower case."""
        _, _, rest = self.head.lower().partition(b"\r\n" + name + b": ")
        start = len(self.head) - len(rest)
        return self.head[start : start + len(rest.partition(b"\r\n")[0])].decode() if rest else ""


class _Line(asyncio.Protocol):
    """One connection: at most one question is under way."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.waiting: asyncio.Future[Reply] | None = None
        self._received = bytearray()
        self._needed = 0
        self._head_length = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        if not self._needed:
            end = self._received.find(END_OF_HEAD)
            if end < 0:
                return
            self._head_length = end + len(END_OF_HEAD)
            _, _, rest = bytes(self._received[:end]).lower().partition(b"content-length: ")
            self._needed = self._head_length + int(rest.partition(b"\r\n")[0] or b"0")
        if len(self._received) >= self._needed:
            self._answer()

    def _answer(self) -> None:
        head, body = bytes(self._received[: self._head_length]), bytes(self._received[self._head_length : self._needed])
        self._received.clear()
        self._needed = 0
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(Reply(int(head[9:12]), head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionResetError("the server closed the connection"))


class Conversation:
    """One browser's connection, made anew where it was lost."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._line: _Line | None = None

    async def open(self) -> None:
        """Connect, unless it is."""
        if self._line is None or self._line.transport is None or self._line.transport.is_closing():
            _transport, self._line = await asyncio.get_running_loop().create_connection(_Line, HOST, self._port)

    async def ask(self, request: bytes) -> Reply:
        """Send a request and wait for its answer. Raises OSError where the connection is lost or nothing comes."""
        await self.open()
        line = self._line
        assert line is not None and line.transport is not None
        loop = asyncio.get_running_loop()
        line.waiting = loop.create_future()
        line.transport.write(request)
        patience = loop.call_later(PATIENCE_SECONDS, line.transport.abort)
        try:
            return await line.waiting
        finally:
            patience.cancel()

    def close(self) -> None:
        """Hang up."""
        if self._line is not None and self._line.transport is not None:
            self._line.transport.abort()
        self._line = None
