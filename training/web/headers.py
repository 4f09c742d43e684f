"""Headers that every answer carries: a strict content policy above all."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-store",
}
"""What an answer carries unless its view says otherwise; files of the shell say how long they are kept."""


class _WithHeaders:
    """The application with these headers added to whatever it answers.

    Around the application and not after each request: werkzeug looks through all headers for each one that it sets.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self._application = application

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:
            said = {name.title() for name, _value in headers}
            return start_response(status, [*headers, *(header for header in HEADERS.items() if header[0] not in said)], *more)

        return self._application(environ, start)


def init_headers(app: Flask) -> None:
    """Add them to every answer of this application."""
    app.wsgi_app = _WithHeaders(app.wsgi_app)  # type: ignore[method-assign]
