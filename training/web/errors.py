"""Every error page, and the same errors as JSON for programs."""

from typing import Any

from flask import Flask, current_app, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from training.db import Unreachable, db, is_unavailable
from training.errors import NotFound, Refusal
from training.web.wording import words_for

TITLES = {
    400: "That request could not be read",
    403: "This page is not open to you",
    404: "There is nothing here",
    405: "This page does not take that",
    409: "That is not possible now",
    413: "That is too large",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "Not available for a moment",
}
LEADS = {
    400: "Go back, check what you entered, and send it again.",
    403: "Your roles do not include it. If you need it for your work, ask your team lead or an administrator.",
    404: "The address is wrong, or what was here is not yours to see. Start again from Today.",
    405: "Go back and use the buttons on the page.",
    413: "A request may hold 1 MB at most. Send less at a time.",
    429: "Wait a little before you try again.",
    500: "Nothing you sent was stored. Try again; if it happens twice, tell an administrator what you did and when.",
    503: "The database does not answer. Wait a few seconds and try again; what was saved before is safe.",
}
RETRY_SECONDS = 2
"""How soon after the database did not answer it is worth asking again."""


def is_for_program() -> bool:
    """Whether this request comes from a program, which reads JSON."""
    return request.path.startswith(("/api/", "/access/", "/.well-known/")) or request.accept_mimetypes.best == "application/json"


def _answer(code: int, lead: str, *, error: str) -> ResponseReturnValue:
    if is_for_program():
        return jsonify(error=error, message=lead), code
    return render_template("error.html", title=TITLES.get(code, "That did not work"), lead=lead, code=code, back=_page_before()), code


def _page_before() -> str | None:
    """The page of ours whose form was sent, so that whoever is refused need not find it again."""
    before = request.referrer or ""
    return before if request.method == "POST" and before.startswith(request.host_url) else None


def _refused(refusal: Refusal) -> ResponseReturnValue:
    db.session.rollback()
    return _answer(409, words_for(refusal.reason, refusal.detail), error=refusal.reason.value)


def _missing(_missing: NotFound) -> ResponseReturnValue:
    db.session.rollback()
    return _answer(404, "There is nothing of that name." if is_for_program() else LEADS[404], error="not_found")


def _forged(error: CSRFError) -> ResponseReturnValue:
    return _answer(400, "The page was open too long or in another sign-in. Reload it and send it again.", error="csrf")


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.get_response()
    code = error.code or 500
    said, usual = str(error.description or ""), type(error).description
    is_our_own = isinstance(usual, str) and said != usual
    lead = said if said and (is_for_program() or is_our_own) else LEADS.get(code, said)
    answer: Any = _answer(code, lead, error=error.name.lower().replace(" ", "_"))
    if code == 401:
        return (*answer, {"WWW-Authenticate": 'Bearer realm="touchstone"'})
    return answer  # type: ignore[no-any-return]


def _unreachable(_error: Unreachable | PoolTimeout) -> ResponseReturnValue:
    db.session.rollback()
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]  # the page asks who sees it, and nobody can say now
    answer: Any = _answer(503, LEADS[503], error="unavailable")
    return (*answer, {"Retry-After": str(RETRY_SECONDS)})


def _database_failed(error: DBAPIError) -> ResponseReturnValue:
    """A database that went away or is not there yet is no fault of ours; anything else is."""
    if error.connection_invalidated or is_unavailable(error.orig):
        return _unreachable(Unreachable())
    raise error


def _broken(_error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    return _answer(500, LEADS[500], error="internal_error")


def init_errors(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(NotFound, _missing)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Unreachable, _unreachable)
    app.register_error_handler(PoolTimeout, _unreachable)
    app.register_error_handler(DBAPIError, _database_failed)
    app.register_error_handler(500, _broken)
