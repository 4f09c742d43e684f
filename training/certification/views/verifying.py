"""Whose certificates are genuine, for anybody."""

from datetime import datetime

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from training import clock
from training.accounts.rules import place_of
from training.certification import queries, services
from training.certification.views.blueprint import blueprint
from training.db import db
from training.errors import NotFound
from training.web.access import opens_to_everyone, writes


@blueprint.get("/verify/<public_id>")
@opens_to_everyone
@writes
def verify(public_id: str) -> ResponseReturnValue:
    """Whether a certificate that somebody shows is genuine, and how it stands now. Each look is counted, guesses tenfold."""
    now = clock.now()
    found = _found(public_id, now)
    wait_until = services.count_look(place_of(request.remote_addr, None), is_known=found is not None, now=now)
    db.session.commit()
    if wait_until is not None:
        return _too_many(wait_until, now)
    is_own = found is not None and current_user.is_authenticated and current_user.person_id == found.person_id
    page = make_response(render_template("certification/verify.html", certificate=found, public_id=public_id, is_own=is_own), 200 if found else 404)
    page.headers["X-Robots-Tag"] = "noindex"
    return page


def _found(public_id: str, now: datetime) -> queries.VerifiedCertificate | None:
    try:
        return queries.verified_certificate(public_id, now=now)
    except NotFound:
        return None


def _too_many(wait_until: datetime, now: datetime) -> ResponseReturnValue:
    """The page that says so, with when to ask again for programs."""
    seconds = max(1, int((wait_until - now).total_seconds()) + 1)
    page = render_template("certification/verify_later.html", wait_until=wait_until)
    return page, 429, {"Retry-After": str(seconds)}
