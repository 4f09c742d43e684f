"""Where a try comes from, and the cookie by which a browser is known again."""

import secrets
from datetime import datetime

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from training import clock
from training.accounts import queries, services
from training.accounts.rules import place_of
from training.accounts.services import Doorstep
from training.config import secrets_of
from training.db import begin_writing, db
from training.web.formatting import duration_text

KNOWN_BROWSER = "touchstone_browser"
KNOWN_FOR_SECONDS = 180 * 24 * 60 * 60


def doorstep(email: str) -> Doorstep:
    """Where this request comes from, as tries on this address are counted."""
    place = place_of(request.remote_addr, _known_browser(email))
    return Doorstep(address=request.remote_addr, browser=request.user_agent.string, place=place)


def count_try(email: str) -> str | None:
    """Count a try before its password is looked at; how long to wait, in words, if it comes too early. Commits."""
    now = clock.now()
    begin_writing()
    open_at = services.count_try(email, doorstep=doorstep(email), now=now)
    db.session.commit()
    return _wait_in_words(open_at, now)


def count_code_try(email: str) -> str | None:
    """The same before a code is looked at. Commits."""
    now = clock.now()
    begin_writing()
    open_at = services.count_try(email, doorstep=doorstep(email).at_second_step, now=now)
    db.session.commit()
    return _wait_in_words(open_at, now)


def _wait_in_words(open_at: datetime | None, now: datetime) -> str | None:
    return duration_text(max(1, round((open_at - now).total_seconds()))) if open_at else None


def remember_browser(response: Response, email: str) -> None:
    """Let this browser be known again: this person signed in with it."""
    mark = _known_browser(email) or secrets.token_urlsafe(16)
    response.set_cookie(
        KNOWN_BROWSER,
        _signer().dumps([queries.email_hash(email), mark]),
        max_age=KNOWN_FOR_SECONDS,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(secrets_of(current_app.config)[::-1], salt="known-browser")


def _known_browser(email: str) -> str | None:
    """The mark of this browser, if the person with this address has signed in with it before."""
    try:
        email_hash, mark = _signer().loads(request.cookies.get(KNOWN_BROWSER, ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(mark) if email_hash == queries.email_hash(email) else None
