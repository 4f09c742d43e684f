"""Sessions at no cost to those who have none: programs, probes, and whoever has not signed in."""

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookies. Without a cookie there is nothing to verify, and an empty session that nobody touched is not written."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session in the request's cookie, or an empty one."""
        return super().open_session(app, request) if "HTTP_COOKIE" in request.environ else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what changed."""
        if session or session.accessed or session.modified:
            super().save_session(app, session, response)


def init_sessions(app: Flask) -> None:
    """Keep sessions so in this application."""
    app.session_interface = CookieSessions()
