"""One message over HTTP: to an address that was looked at, within a time, and without believing anything that comes back."""

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Timer

from training.integrations.rules.addresses import Target, may_be_called

CONNECTING_SECONDS = 5.0
WHOLE_SECONDS = 15.0
"""How long a try takes from the connection on, however slowly the other side speaks."""
MOST_READ = 1_000
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a try: the status where there was one, and what came back or why nothing did."""

    status: int | None
    text: str

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


class _CheckedConnection(http.client.HTTPConnection):
    """A connection to an address of the network that was checked before, under the host's name: a name that is looked up again could lead elsewhere."""

    def __init__(self, target: Target, checked: str) -> None:
        super().__init__(target.host, target.port, timeout=CONNECTING_SECONDS)
        self._target, self._checked = target, checked

    def connect(self) -> None:
        """Reach it, and let TLS ask for the certificate of the host that is meant."""
        self.sock = socket.create_connection((self._checked, self._target.port), timeout=CONNECTING_SECONDS)
        if self._target.is_secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._target.host)
        self.sock.settimeout(WHOLE_SECONDS)

    def cut(self) -> None:
        """End it from another thread, whatever it waits for."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)


def send(target: Target, body: str, headers: Mapping[str, str], *, allows_private: bool) -> Answer:
    """Send a message, once. Redirects are answers like others, and not followed."""
    try:
        checked = _checked_address(target, allows_private=allows_private)
        if checked is None:
            return Answer(None, "The host leads to a private address, which is not called. WEBHOOK_PRIVATE_ADDRESSES allows it.")
        return _exchanged(_CheckedConnection(target, checked), target, body, headers)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Answer(None, f"{type(error).__name__}: {error}"[:300])


def _checked_address(target: Target, *, allows_private: bool) -> str | None:
    """The address to connect to: the first that the name leads to, where every one of them may be called."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)]
    return found[0] if found and all(may_be_called(address, allows_private=allows_private) for address in found) else None


def _exchanged(connection: _CheckedConnection, target: Target, body: str, headers: Mapping[str, str]) -> Answer:
    timer = Timer(WHOLE_SECONDS, connection.cut)
    timer.daemon = True
    timer.start()
    try:
        own = {"Host": target.authority, "Content-Type": "application/json", "User-Agent": "Touchstone", "Connection": "close"}
        connection.request("POST", target.path, body=body.encode(), headers={**own, **headers})
        response = connection.getresponse()
        return Answer(response.status, f"{response.status} {response.read(MOST_READ).decode('utf-8', 'replace')}")
    finally:
        timer.cancel()
        connection.close()
