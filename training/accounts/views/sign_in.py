"""Signing in and out."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from training import clock
from training.accounts import queries, services
from training.accounts.forms import SignInForm
from training.accounts.rules import AccountReason, normal_email, safe_path
from training.accounts.views.blueprint import blueprint
from training.accounts.views.doorstep import count_try, doorstep, remember_browser
from training.db import begin_writing, db
from training.web.access import current_actor, opens_on_the_way_in, opens_to_everyone, principal, writes
from training.web.wording import words_for

SESSION_TOKEN = "_user_id"  # noqa: S105
"""Where Flask-Login looks for who is signed in; we keep the session's token there."""
WAITING_TOKEN = "sign_in"  # noqa: S105
"""Where a sign-in that waits for its code keeps its own."""


@blueprint.get("/sign-in")
@opens_to_everyone
def sign_in() -> ResponseReturnValue:
    """The door; whoever is inside already goes on."""
    target = safe_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target or url_for("today.page"))
    return render_template("accounts/sign_in.html", form=SignInForm(formdata=None, next=target), refusal=None)


@blueprint.post("/sign-in")
@opens_to_everyone
def enter() -> ResponseReturnValue:
    """Let somebody in, or say why not. Commits twice: the try is counted before the password is looked at."""
    form = SignInForm()
    if not form.validate():
        return render_template("accounts/sign_in.html", form=form, refusal=None), 400
    email = normal_email(form.email.data or "")
    wait = count_try(email)
    if wait:
        return _refused(form, AccountReason.TOO_MANY_TRIES, 429, wait=wait)
    verdict = _look_at_password(email, form.password.data or "")
    if verdict.waiting:
        return await_code(verdict.waiting, safe_path(form.next.data))
    if verdict.token is None:
        return _refused(form, verdict.reason or AccountReason.WRONG_CREDENTIALS, 403)
    return let_in(verdict.token, email, safe_path(form.next.data))


@blueprint.post("/sign-out")
@opens_on_the_way_in
@writes
def sign_out() -> ResponseReturnValue:
    """End this browser's session."""
    services.sign_out(principal().session_id, by=current_actor(), now=clock.now())
    db.session.commit()
    session.clear()
    flash("You are signed out.", "good")
    return redirect(url_for("accounts.sign_in"))


def let_in(token: str, email: str, target: str | None) -> ResponseReturnValue:
    """Begin the session in this browser, which is known from now on, and go where the person wanted to."""
    start_session(token)
    response = redirect(target or url_for("today.page"))
    remember_browser(response, email)
    return response


def await_code(token: str, target: str | None) -> ResponseReturnValue:
    """The password was right: on to the code, in a cookie that has nothing of the one before and opens nothing."""
    session.clear()
    session[WAITING_TOKEN] = token
    return redirect(url_for("accounts.code", next=target))


def start_session(token: str) -> None:
    """Give the browser a cookie that has nothing of the one before."""
    session.clear()
    session[SESSION_TOKEN] = token


def _look_at_password(email: str, password: str) -> services.SignInVerdict:
    known = queries.credentials(email)
    is_right = services.is_password(password, known.password_hash if known else None)
    begin_writing()
    verdict = services.conclude_sign_in(email, is_right=is_right, doorstep=doorstep(email), now=clock.now())
    if verdict.reason is None:
        services.end_session_of_token(session.get(SESSION_TOKEN), now=clock.now())
    db.session.commit()
    return verdict


def _refused(form: SignInForm, reason: AccountReason, code: int, **detail: object) -> ResponseReturnValue:
    return render_template("accounts/sign_in.html", form=form, refusal=words_for(reason, detail)), code
