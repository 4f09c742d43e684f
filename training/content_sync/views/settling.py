"""Take a side: of one document, or of all of a kind and side."""

from collections.abc import Callable

from flask import abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.content_store.queries import wait_for_other_syncs
from training.content_sync import services
from training.content_sync.forms import SettleForm
from training.content_sync.rules.sides import Difference, SyncRefusal, seen_together
from training.content_sync.services import Compared, NotApplied, NotSound, Taken
from training.content_sync.views.blueprint import MAY_SETTLE, blueprint, content_folder
from training.content_sync.views.differences import Narrowed, Problem, found_in, list_page, page_of, told
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.wording import words_for

Chosen = tuple[Difference, ...]


@blueprint.post("/take")
@opens_to(*MAY_SETTLE)
@writes
def take_many() -> ResponseReturnValue:
    """Take the folder's of all documents of a kind and side."""
    return _settled(Narrowed.asked().of, _take, list_page)


@blueprint.post("/keep")
@opens_to(*MAY_SETTLE)
@writes
def keep_many() -> ResponseReturnValue:
    """Let the desk's stand of all documents of a kind and side."""
    return _settled(Narrowed.asked().of, _keep, list_page)


@blueprint.post("/<kind>/<slug>/take")
@opens_to(*MAY_SETTLE)
@writes
def take(kind: str, slug: str) -> ResponseReturnValue:
    """Take the folder's of one document."""
    return _settled(_one(kind, slug), _take, _again(kind, slug))


@blueprint.post("/<kind>/<slug>/keep")
@opens_to(*MAY_SETTLE)
@writes
def keep(kind: str, slug: str) -> ResponseReturnValue:
    """Let the desk's stand of one document."""
    return _settled(_one(kind, slug), _keep, _again(kind, slug))


def _one(kind: str, slug: str) -> Callable[[Compared], Chosen]:
    def choose(compared: Compared) -> Chosen:
        found = found_in(compared, kind, slug)
        return (found,) if found else ()

    return choose


def _again(kind: str, slug: str) -> Callable[[Compared, Problem], str]:
    """The page of one document, or of all where it does not differ any more."""

    def page(compared: Compared, problem: Problem) -> str:
        found = found_in(compared, kind, slug)
        return page_of(found, problem) if found else list_page(compared, problem)

    return page


def _take(compared: Compared, chosen: Chosen) -> Taken:
    config = current_app.config
    terms = {"allow_public": config["ALLOW_PUBLIC_ITEMS"], "site_url": config["PUBLIC_URL"]}
    return services.take(compared, chosen, **terms, by=current_actor(), now=clock.now())


def _keep(compared: Compared, chosen: Chosen) -> str:
    count = services.keep(compared, chosen, by=current_actor(), now=clock.now())
    return f"{'1 document stands' if count == 1 else f'{count} documents stand'} as the desk has it. “flask content export” writes that into the folder."


def _settled(
    choose: Callable[[Compared], Chosen], deed: Callable[[Compared, Chosen], str | Taken], again: Callable[[Compared, Problem], str]
) -> ResponseReturnValue:
    """Settle it, where it is still what the page showed; else that page again, with why not."""
    form = SettleForm()
    if not form.validate_on_submit():
        abort(400)
    wait_for_other_syncs()
    compared = services.compare(content_folder())
    try:
        outcome = deed(compared, _as_seen(choose(compared), str(form.seen.data)))
    except (Refusal, NotSound, NotApplied) as refused:
        db.session.rollback()
        return again(compared, _problem(refused, compared)), 409
    db.session.commit()
    return _told(outcome)


def _as_seen(chosen: Chosen, seen: str) -> Chosen:
    if chosen and seen != seen_together(chosen):
        raise Refusal(SyncRefusal.CHANGED_MEANWHILE)
    return chosen


def _problem(refused: Refusal | NotSound | NotApplied, compared: Compared) -> Problem:
    if isinstance(refused, NotSound):
        return Problem(faults=told(refused.faults, compared))
    if isinstance(refused, NotApplied):
        return Problem(refusals=tuple((path, words_for(refusal.reason, refusal.detail)) for path, refusal in refused.refusals))
    return Problem(words_for(refused.reason, refused.detail))


def _told(outcome: str | Taken) -> ResponseReturnValue:
    if isinstance(outcome, Taken) and outcome.waits_as is not None:
        flash("Nothing was taken yet: this asks something of people, so somebody other than you approves it first. Take it again once that is done.", "info")
        return redirect(url_for("policy_changes.plan", proposal_id=outcome.waits_as))
    flash(outcome if isinstance(outcome, str) else f"Taken from the folder: {outcome.count}. It runs from now on.", "good")
    return redirect(url_for("content_sync.index"))
