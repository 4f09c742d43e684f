"""The second step of a sign-in, and a person's own pages about it."""

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from markupsafe import Markup

from training import clock
from training.accounts import queries, services
from training.accounts.forms import CodeForm, FactorProofForm
from training.accounts.models import Person
from training.accounts.rules import AccountReason, safe_path
from training.accounts.services import codes
from training.accounts.views.blueprint import blueprint
from training.accounts.views.doorstep import count_code_try, doorstep
from training.accounts.views.passwords import is_current, site
from training.accounts.views.sign_in import WAITING_TOKEN, let_in
from training.config import secrets_of
from training.db import begin_writing, db
from training.web.access import current_actor, opens_on_the_way_in, opens_to_everyone, principal, writes
from training.web.wording import words_for


@blueprint.get("/sign-in/code")
@opens_to_everyone
def code() -> ResponseReturnValue:
    """The password was right; what does the device say? Whoever is inside already goes on."""
    if current_user.is_authenticated:
        return redirect(url_for("today.page"))
    if _waiting() is None:
        return _anew()
    return _code_page(CodeForm(formdata=None, next=safe_path(request.args.get("next"))), None)


@blueprint.post("/sign-in/code")
@opens_to_everyone
def enter_code() -> ResponseReturnValue:
    """Let somebody in, or say why not. Commits twice: the try is counted before the code is looked at."""
    form, person = CodeForm(), _waiting()
    if person is None:
        return _anew()
    if not form.validate():
        return _code_page(form, None), 400
    email = person.email
    if wait := count_code_try(email):
        return _code_page(form, words_for(AccountReason.TOO_MANY_CODES, {"wait": wait})), 429
    verdict = _look_at_code(email, form.code.data or "")
    if verdict.token:
        return let_in(verdict.token, email, safe_path(form.next.data))
    if verdict.reason is not AccountReason.CODE_WRONG:
        return _anew(verdict.reason or AccountReason.SIGN_IN_TOO_OLD)
    return _code_page(form, words_for(verdict.reason)), 403


@blueprint.get("/account/second-step")
@opens_on_the_way_in
def second_factor() -> ResponseReturnValue:
    """Is it on, since when, and how many recovery codes are left?"""
    me = principal()
    factor, left = queries.confirmed_factor(me.person_id), queries.unused_recovery_count(me.person_id)
    return render_template("accounts/second_factor.html", factor=factor, codes_left=left, is_owed=me.owes_second_factor)


@blueprint.post("/account/second-step")
@opens_on_the_way_in
@writes
def begin_set_up() -> ResponseReturnValue:
    """Make a secret for my device."""
    codes.begin_set_up(queries.person(principal().person_id), secrets=secrets_of(current_app.config), now=clock.now())
    db.session.commit()
    return redirect(url_for("accounts.set_up_factor"))


@blueprint.get("/account/second-step/set-up")
@opens_on_the_way_in
def set_up_factor() -> ResponseReturnValue:
    """What my device is to be told."""
    return _set_up_page(queries.person(principal().person_id), FactorProofForm(formdata=None))


@blueprint.post("/account/second-step/set-up")
@opens_on_the_way_in
def confirm_set_up() -> ResponseReturnValue:
    """My device says a code: let it count. The answer shows the recovery codes, this once."""
    form, person = FactorProofForm(), queries.person(principal().person_id)
    if not form.validate() or not _may_try(form, person):
        return _set_up_page(person, form, 400)
    session_id, by = principal().session_id, current_actor()
    begin_writing()
    made = codes.confirm_set_up(person, form.code.data or "", session_id=session_id, here=_here(), by=by, now=clock.now())
    return _shown_codes(form, person, made) or _set_up_page(person, form, 400)


@blueprint.get("/account/second-step/codes")
@opens_on_the_way_in
def ask_recovery_codes() -> ResponseReturnValue:
    """New recovery codes for somebody who shows both factors."""
    return render_template("accounts/renew_codes.html", form=FactorProofForm(formdata=None))


@blueprint.post("/account/second-step/codes")
@opens_on_the_way_in
def renew_recovery_codes() -> ResponseReturnValue:
    """Make them; the old ones are void. The answer shows them, this once."""
    form, person = FactorProofForm(), queries.person(principal().person_id)
    if not form.validate() or not _may_try(form, person):
        return render_template("accounts/renew_codes.html", form=form), 400
    begin_writing()
    made = codes.renew_recovery_codes(person, form.code.data or "", secrets=secrets_of(current_app.config), by=current_actor(), now=clock.now())
    return _shown_codes(form, person, made) or (render_template("accounts/renew_codes.html", form=form), 400)


@blueprint.get("/account/second-step/off")
@opens_on_the_way_in
def ask_turn_off() -> ResponseReturnValue:
    """Really?"""
    return render_template("accounts/factor_off.html", form=FactorProofForm(formdata=None))


@blueprint.post("/account/second-step/off")
@opens_on_the_way_in
def turn_off() -> ResponseReturnValue:
    """Turn it off."""
    form, person = FactorProofForm(), queries.person(principal().person_id)
    if not form.validate() or not _may_try(form, person):
        return render_template("accounts/factor_off.html", form=form), 400
    begin_writing()
    if not codes.turn_off(person, form.code.data or "", here=_here(), by=current_actor(), now=clock.now()):
        form.code.errors = [words_for(AccountReason.CODE_WRONG)]
        return render_template("accounts/factor_off.html", form=form), 400
    services.forgive_tries(person.email, doorstep=doorstep(person.email).at_second_step)
    db.session.commit()
    flash("Your second step is off.", "good")
    return redirect(url_for("accounts.second_factor"))


def _here() -> codes.Deployment:
    return codes.Deployment(site(), secrets_of(current_app.config))


def _waiting() -> Person | None:
    """Whose sign-in this browser's cookie says waits for its code."""
    token = session.get(WAITING_TOKEN)
    pending = queries.pending_sign_in(services.token_hash(str(token)), now=clock.now()) if token else None
    return queries.person(pending.person_id) if pending else None


def _look_at_code(email: str, code: str) -> services.SignInVerdict:
    begin_writing()
    verdict = codes.conclude_second_step(str(session[WAITING_TOKEN]), code, secrets=secrets_of(current_app.config), doorstep=doorstep(email), now=clock.now())
    db.session.commit()
    return verdict


def _anew(reason: AccountReason = AccountReason.SIGN_IN_TOO_OLD) -> ResponseReturnValue:
    session.pop(WAITING_TOKEN, None)
    flash(words_for(reason), "bad")
    return redirect(url_for("accounts.sign_in"))


def _code_page(form: CodeForm, refusal: str | None) -> str:
    return render_template("accounts/code.html", form=form, refusal=refusal, is_recovery="recovery" in request.args)


def _may_try(form: FactorProofForm, person: Person) -> bool:
    """Whether the password is right and codes are not guessed too fast."""
    if not is_current(person, form.current):
        return False
    wait = count_code_try(person.email)
    if wait:
        form.code.errors = [words_for(AccountReason.TOO_MANY_CODES, {"wait": wait})]
    return wait is None


def _set_up_page(person: Person, form: FactorProofForm, code: int = 200) -> ResponseReturnValue:
    from training.accounts.rendering import qr_code  # noqa: PLC0415  # Brings segno along.

    found = codes.enrolment(person, here=_here())
    if found is None:
        return redirect(url_for("accounts.second_factor"))
    drawn = Markup(qr_code(found.address, title="QR code for your authenticator app"))  # Of our own making, from a secret and an address that segno encodes.
    return render_template("accounts/set_up_factor.html", form=form, secret=found.secret, qr_code=drawn), code


def _shown_codes(form: FactorProofForm, person: Person, made: tuple[str, ...]) -> ResponseReturnValue | None:
    """The page with the new recovery codes, once everything is committed; nothing, and the fault said, where the code was wrong."""
    if not made:
        form.code.errors = [words_for(AccountReason.CODE_WRONG)]
        return None
    for doorstep_of in (doorstep(person.email), doorstep(person.email).at_second_step):
        services.forgive_tries(person.email, doorstep=doorstep_of)
    db.session.commit()
    return render_template("accounts/recovery_codes.html", codes=made)
