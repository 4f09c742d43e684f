"""Choosing, changing and resetting passwords."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import PasswordField

from training import clock
from training.accounts import queries, services
from training.accounts.forms import AskResetForm, ChangePasswordForm, ChoosePasswordForm
from training.accounts.models import Person
from training.accounts.rules import LINK_PATH, AccountReason, Site, normal_email
from training.accounts.views.blueprint import blueprint
from training.accounts.views.doorstep import count_try, doorstep, remember_browser
from training.accounts.views.sign_in import start_session
from training.db import begin_writing, db
from training.errors import Refusal
from training.web.access import current_actor, opens_to_everyone, opens_to_signed_in, principal, writes
from training.web.wording import words_for


def site() -> Site:
    """How this deployment calls itself in mail."""
    return Site(name=current_app.config["ORGANISATION_NAME"], url=current_app.config["PUBLIC_URL"])


@blueprint.get("/reset-password")
@opens_to_everyone
def ask_reset() -> ResponseReturnValue:
    """Where to send the link?"""
    return render_template("accounts/ask_reset.html", form=AskResetForm(formdata=None))


@blueprint.post("/reset-password")
@opens_to_everyone
@writes
def send_reset() -> ResponseReturnValue:
    """Send it, and say the same to everybody."""
    form = AskResetForm()
    if not form.validate():
        return render_template("accounts/ask_reset.html", form=form), 400
    email = normal_email(form.email.data or "")
    services.ask_for_reset(email, site=site(), by=current_actor(), now=clock.now())
    db.session.commit()
    return render_template("accounts/reset_sent.html", email=email, is_demo=current_app.config["DEMO"])


@blueprint.get(f"{LINK_PATH}/<token>")
@opens_to_everyone
def choose_password(token: str) -> ResponseReturnValue:
    """The page behind a one-time link; looking at it does not spend it."""
    person = _holder(token)
    return render_template("accounts/choose_password.html", form=ChoosePasswordForm(formdata=None), person=person, token=token)


@blueprint.post(f"{LINK_PATH}/<token>")
@opens_to_everyone
def set_password(token: str) -> ResponseReturnValue:
    """Spend the link. The hash is computed before the transaction begins."""
    person = _holder(token)
    form = ChoosePasswordForm()
    form.personal = (person.name, person.email)
    if not form.validate():
        return render_template("accounts/choose_password.html", form=form, person=person, token=token), 400
    db.session.rollback()
    hashed = services.hash_password(form.password.data or "")
    begin_writing()
    email = services.use_link(token, password=hashed, address=current_actor().address, now=clock.now()).email
    db.session.commit()
    flash("Your password is set. Sign in with it.", "good")
    response = redirect(url_for("accounts.sign_in"))
    remember_browser(response, email)
    return response


@blueprint.get("/account/password")
@opens_to_signed_in
def password() -> ResponseReturnValue:
    """A new password for somebody who knows the old one."""
    return render_template("accounts/password.html", form=ChangePasswordForm(formdata=None))


@blueprint.post("/account/password")
@opens_to_signed_in
def change_password() -> ResponseReturnValue:
    """Change it, and sign out everywhere else."""
    person = queries.person(principal().person_id)
    form = ChangePasswordForm()
    form.personal = (person.name, person.email)
    if not form.validate() or not is_current(person, form.current):
        return render_template("accounts/password.html", form=form), 400
    hashed = services.hash_password(form.password.data or "")
    begin_writing()
    token = services.change_password(person.id, password=hashed, doorstep=doorstep(person.email), now=clock.now())
    db.session.commit()
    start_session(token)
    flash("Your password is changed, and you are signed out everywhere else.", "good")
    return redirect(url_for("accounts.account"))


def _holder(token: str) -> Person:
    """Whose link this is. Raises Refusal where it can no longer be used."""
    link = queries.open_link(services.token_hash(token), now=clock.now())
    if link is None:
        raise Refusal(AccountReason.LINK_SPENT)
    return queries.person(link.person_id)


def is_current(person: Person, field: PasswordField) -> bool:
    """Whether this is the person's password; guesses are counted and slowed down as at the door."""
    known = person.password_hash
    wait = count_try(person.email)
    if wait is None and services.is_password(field.data or "", known):
        return True
    field.errors = [words_for(AccountReason.TOO_MANY_TRIES, {"wait": wait}) if wait else words_for(AccountReason.PASSWORD_WRONG)]
    return False
