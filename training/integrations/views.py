"""Webhooks, for administrators: which programs are told what changes, and what became of each message."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.config import secrets_of
from training.db import db
from training.errors import Refusal
from training.integrations import queries, services
from training.integrations.forms import KIND_WORDS, EndpointForm, ReplayForm
from training.integrations.models import WebhookEndpoint
from training.integrations.rules import IntegrationRefusal, Wanted
from training.outbox.queries import PAGE_SIZE, latest_posts
from training.web.access import current_actor, opens_to, writes
from training.web.addresses import id_in_query
from training.web.navigation import Group, Place, add_place
from training.web.wording import give_words, words_for

blueprint = Blueprint("integrations", __name__, template_folder="templates")

add_place(Place("integrations.endpoints", "Webhooks", Group.ORGANISATION, position=63, roles=frozenset({"admin"})))
give_words(
    {
        IntegrationRefusal.TOO_MANY_ENDPOINTS: "There are {most} endpoints, which is the most there may be. Let programs share one.",
        IntegrationRefusal.ADDRESS_UNFIT: "This address cannot be called. Give one that begins with https://, has a host, and no user name or #.",
        IntegrationRefusal.SEALED: "The secret cannot be opened: none of SECRET_KEYS is the one it was sealed with. Give the endpoint a new secret.",
    }
)


@blueprint.get("/webhooks")
@opens_to("admin")
def endpoints() -> str:
    """Every endpoint, and a form for another."""
    return _list(EndpointForm(formdata=None))


def _list(form: EndpointForm) -> str:
    return render_template("integrations/endpoints.html", endpoints=queries.endpoints(), form=form, kinds=KIND_WORDS)


@blueprint.post("/webhooks")
@opens_to("admin")
@writes
def create_endpoint() -> ResponseReturnValue:
    """Another endpoint. The answer shows its secret, this once."""
    form = EndpointForm()
    if not form.validate():
        return _list(form), 400
    wanted = Wanted(form.name.data or "", (form.address.data or "").strip(), form.kinds.data or [])
    try:
        made, secret = services.create_endpoint(
            wanted,
            keys=secrets_of(current_app.config),
            allows_private=current_app.config["WEBHOOK_PRIVATE_ADDRESSES"],
            by=current_actor(),
            now=clock.now(),
        )
    except Refusal as refusal:
        db.session.rollback()
        form.address.errors = [words_for(refusal.reason, refusal.detail)]
        return _list(form), 409
    endpoint_id, name = made.id, made.name
    db.session.commit()
    return render_template("integrations/secret.html", endpoint_id=endpoint_id, name=name, secret=secret)


@blueprint.get("/webhooks/<int:endpoint_id>")
@opens_to("admin")
def endpoint(endpoint_id: int) -> str:
    """One endpoint and its messages, the newest first."""
    return _page(queries.endpoint(endpoint_id), ReplayForm(formdata=None))


def _page(found: WebhookEndpoint, form: ReplayForm) -> str:
    posts = latest_posts(found.channel, before_id=id_in_query("before"))
    shown = posts[:PAGE_SIZE]
    older: dict[str, Any] = {"older_id": shown[-1].id if len(posts) > len(shown) else None}
    return render_template("integrations/endpoint.html", endpoint=found, posts=shown, form=form, kinds=KIND_WORDS, now=clock.now(), **older)


@blueprint.post("/webhooks/<int:endpoint_id>/pause")
@opens_to("admin")
@writes
def pause(endpoint_id: int) -> ResponseReturnValue:
    """Send it nothing for the time being."""
    services.pause(queries.held_endpoint(endpoint_id), by=current_actor(), now=clock.now())
    return _done(endpoint_id, "It is paused. What changes meanwhile waits for 30 days.")


@blueprint.post("/webhooks/<int:endpoint_id>/resume")
@opens_to("admin")
@writes
def resume(endpoint_id: int) -> ResponseReturnValue:
    """Send it what waited and what comes."""
    services.resume(queries.held_endpoint(endpoint_id), by=current_actor(), now=clock.now())
    return _done(endpoint_id, "It is sent to again, what waited first.")


@blueprint.post("/webhooks/<int:endpoint_id>/secret")
@opens_to("admin")
@writes
def rotate(endpoint_id: int) -> ResponseReturnValue:
    """Another secret, shown this once."""
    found = queries.held_endpoint(endpoint_id)
    secret, name = services.rotate_secret(found, keys=secrets_of(current_app.config), by=current_actor(), now=clock.now()), found.name
    db.session.commit()
    return render_template("integrations/secret.html", endpoint_id=endpoint_id, name=name, secret=secret)


@blueprint.post("/webhooks/<int:endpoint_id>/messages/<int:post_id>/replay")
@opens_to("admin")
@writes
def replay(endpoint_id: int, post_id: int) -> ResponseReturnValue:
    """Send one message once more."""
    services.replay(queries.held_endpoint(endpoint_id), post_id, by=current_actor(), now=clock.now())
    return _done(endpoint_id, "The message is sent once more, under the same id.")


@blueprint.post("/webhooks/<int:endpoint_id>/replay")
@opens_to("admin")
@writes
def replay_since(endpoint_id: int) -> ResponseReturnValue:
    """Send everything since an instant once more."""
    form, found = ReplayForm(request.form), queries.held_endpoint(endpoint_id)
    since = form.since.instant if form.validate() else None
    if since is None:
        return _page(found, form), 400
    count = services.replay_since(found, since=since, by=current_actor(), now=clock.now())
    return _done(endpoint_id, f"Messages that are sent once more: {count}.")


def _done(endpoint_id: int, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("integrations.endpoint", endpoint_id=endpoint_id))
