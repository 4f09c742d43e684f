"""Sessions at no cost to those who have none: programs, probes, and whoever has not signed in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from training import clock
from training.db import Remembered

PLAIN = (str, int, type(None))
"""What can be handed to every request as it is."""


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookies. Without a cookie there is nothing to verify, and an empty session that nobody touched is not written.

    The signature of a cookie is verified once in each process and its age with every request: verifying costs as much as a small question.
    """

    def __init__(self) -> None:
        self._verified: Remembered[str, tuple[Mapping[str, Any], datetime]] = Remembered(10_000)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in the request's cookie, or an empty one."""
        cookie = request.cookies.get(self.get_cookie_name(app)) if "HTTP_COOKIE" in request.environ else None
        if not cookie:
            return self.session_class()
        known = self._verified.get(cookie)
        if known is not None and clock.now() - known[1] <= app.permanent_session_lifetime:
            return self.session_class(known[0])
        return self.session_class(self._verify(app, cookie))

    def _verify(self, app: Flask, cookie: str) -> Mapping[str, Any]:
        """What the cookie holds; nothing where it is not ours, or too old."""
        signer = self.get_signing_serializer(app)
        assert signer is not None, "the application does not start without a key"
        try:
            values, signed_at = signer.loads(cookie, max_age=int(app.permanent_session_lifetime.total_seconds()), return_timestamp=True)
        except BadSignature:
            return {}
        if all(isinstance(value, PLAIN) for value in values.values()):
            self._verified.put(cookie, (values, signed_at))
        return dict(values)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)


def init_sessions(app: Flask) -> None:
    """Keep sessions so in this application."""
    app.session_interface = CookieSessions()
