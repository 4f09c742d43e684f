"""A person's own pages: what is known of them, their time zone, where they are signed in."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries, services
from training.accounts.forms import ROLE_WORDS, TimeZoneForm
from training.accounts.rules import FactKind, browser_in_words
from training.accounts.views.blueprint import blueprint
from training.accounts.views.history import history_rows
from training.db import db
from training.web.access import current_actor, opens_to_signed_in, principal, writes


@blueprint.get("/account")
@opens_to_signed_in
def account() -> ResponseReturnValue:
    """What is true of me here, and since when."""
    me, now = principal(), clock.now()
    return render_template(
        "accounts/account.html",
        person=queries.person(me.person_id),
        state=queries.state_of(me.person_id, at=now, known_at=now),
        form=TimeZoneForm(formdata=None, time_zone=me.time_zone),
        team_names=queries.team_names(),
        role_words=ROLE_WORDS,
        history=history_rows(me.person_id, now=now),
        now=now,
    )


@blueprint.post("/account/time-zone")
@opens_to_signed_in
@writes
def set_time_zone() -> ResponseReturnValue:
    """Show me times in another zone from now on."""
    form, now = TimeZoneForm(), clock.now()
    if form.validate():
        person = queries.person(principal().person_id)
        services.record_facts(person, {FactKind.TIME_ZONE: form.time_zone.data}, effective_from=now, by=current_actor(), now=now)
        db.session.commit()
        flash("Times are shown in your zone from now on.", "good")
    else:
        flash("That is no time zone we know. Choose one from the list.", "bad")
    return redirect(url_for("accounts.account"))


@blueprint.get("/account/sessions")
@opens_to_signed_in
def sessions() -> ResponseReturnValue:
    """Where am I signed in?"""
    me, now = principal(), clock.now()
    open_sessions = queries.open_sessions_of(me.person_id, now=now, idle_since=now - services.IDLE_LIFE)
    return render_template("accounts/sessions.html", sessions=open_sessions, current_id=me.session_id, browser_in_words=browser_in_words)


@blueprint.post("/account/sessions/<int:session_id>/end")
@opens_to_signed_in
@writes
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one other browser out."""
    services.sign_out(session_id, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("That browser is signed out.", "good")
    return redirect(url_for("accounts.sessions"))


@blueprint.post("/account/sessions/end-others")
@opens_to_signed_in
@writes
def end_other_sessions() -> ResponseReturnValue:
    """Sign out elsewhere."""
    count = services.sign_out_elsewhere(principal().session_id, by=current_actor(), now=clock.now())
    db.session.commit()
    flash(f"Signed out in {count} other browsers." if count != 1 else "Signed out in one other browser.", "good")
    return redirect(url_for("accounts.sessions"))
