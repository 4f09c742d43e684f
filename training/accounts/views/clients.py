"""Programs that call the API, for administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries, services
from training.accounts.forms import ClientForm, effective_instant
from training.accounts.rules import SCOPES
from training.accounts.views.blueprint import blueprint
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.navigation import Group, Place, add_place
from training.web.wording import words_for

add_place(Place("accounts.clients", "API clients", Group.ORGANISATION, position=62, roles=frozenset({"admin"})))


@blueprint.get("/clients")
@opens_to("admin")
def clients() -> ResponseReturnValue:
    """Every program, the newest first."""
    return _page(ClientForm(formdata=None))


@blueprint.post("/clients")
@opens_to("admin")
@writes
def create_client() -> ResponseReturnValue:
    """A new program. The answer shows its token, this once."""
    form, now = ClientForm(), clock.now()
    if not form.validate():
        return _page(form), 400
    ends_at = effective_instant(form.expires_on.data, zone=principal().time_zone, now=now) if form.expires_on.data else None
    try:
        created = services.create_client(name=form.name.data or "", scopes=form.scopes.data or [], by=current_actor(), now=now, expires_at=ends_at)
    except Refusal as refusal:
        form.name.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(form), 409
    name = created.client.name
    db.session.commit()
    return render_template("accounts/new_client.html", name=name, token=created.token)


@blueprint.post("/clients/<int:client_id>/revoke")
@opens_to("admin")
@writes
def revoke_client(client_id: int) -> ResponseReturnValue:
    """Refuse this program from now on."""
    client = queries.client(client_id)
    services.revoke_client(client, by=current_actor(), now=clock.now())
    name = client.name
    db.session.commit()
    flash(f"{name} is let in no more.", "good")
    return redirect(url_for("accounts.clients"))


def _page(form: ClientForm) -> str:
    return render_template("accounts/clients.html", clients=queries.clients(), form=form, scopes=SCOPES, now=clock.now())
