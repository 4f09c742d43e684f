"""Every item by its id: to be found, read, changed, and many of them changed alike. Nothing of what they ask, and no key."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.forms import FILTERED, BulkForm, ItemsForm
from training.authoring.queries.lists import open_drafts_of
from training.authoring.rules.bulk import MOST_TOGETHER, BulkProblem
from training.authoring.services.bulk import BulkOutcome
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.cases.queries import area_titles
from training.content_store.rules.kinds import Kind
from training.db import db
from training.exams.queries.item_desk import ITEMS_A_PAGE, listed_items, tags_of_bank
from training.web.access import current_actor, opens_to, writes
from training.web.wording import give_words, words_for

PREFIX = "change-"
"""Before the fields of a change, so that none has the name of one by which the list is narrowed."""

give_words(
    {
        BulkProblem.NOT_RUNNING: "There is no such item any more.",
        BulkProblem.IN_WORK: "Somebody works on it: it has an open draft. Publish or discard that first.",
        BulkProblem.ON_OWN_FORM: "It is on the form of an exam that you are sitting.",
        BulkProblem.UNREADABLE: "Its text cannot be read. Mend it first.",
        BulkProblem.DIFFICULTY_OF_CASE: "It labels a case, which says how difficult it is. Change that in the case.",
        BulkProblem.TOO_MANY_TAGS: "It would have more than ten tags.",
        BulkProblem.UNSOUND: "Something else is wrong with it. Open it and mend that first.",
    }
)


@blueprint.get("/items")
@opens_to(*MAY_WRITE)
def item_list() -> str:
    """The items that fit, by id."""
    return _list_page(BulkForm(formdata=None, prefix=PREFIX))


def _list_page(bulk: BulkForm, *, chosen: Sequence[str] = (), outcome: BulkOutcome | None = None, problem: str = "") -> str:
    form = ItemsForm(request.args)
    form.offer(area_titles(), tags_of_bank())
    found = listed_items(form.wanted, after=request.args.get("after", "")[:60])
    shown = found[:ITEMS_A_PAGE]
    narrowed: dict[str, Any] = {name: request.args[name][:60] for name in FILTERED if request.args.get(name)}
    more = url_for("authoring.item_list", after=shown[-1].slug, **narrowed) if len(found) > len(shown) else None
    return render_template(
        "authoring/item_list.html",
        form=form,
        bulk=bulk,
        items=shown,
        drafts=open_drafts_of(Kind.ITEM, [item.slug for item in shown]),
        here={**narrowed, **({"after": request.args["after"][:60]} if request.args.get("after") else {})},
        is_narrowed=bool(narrowed),
        more=more,
        chosen=set(chosen),
        could_not={slug: words_for(reason) for slug, reason in outcome.problems.items()} if outcome else {},
        problem=problem,
        titles=area_titles(),
        most=MOST_TOGETHER,
    )


@blueprint.post("/items/change")
@opens_to(*MAY_WRITE)
@writes
def change_items() -> ResponseReturnValue:
    """Change the chosen items alike, all of them or none; they wait for a colleague together."""
    form, chosen = BulkForm(prefix=PREFIX), request.form.getlist("item")
    if not form.validate_on_submit():
        return _list_page(form, chosen=chosen), 400
    if not chosen or form.change.is_empty or len(chosen) > MOST_TOGETHER:
        return _list_page(form, chosen=chosen, problem=f"Choose between 1 and {MOST_TOGETHER} items, and say what changes."), 400
    outcome = services.change_items(chosen, form.change, words=form.words.data or "", by=current_actor(), now=clock.now())
    if outcome.batch_id is None:
        db.session.rollback()
        problem = "Nothing was changed, for some of them cannot be." if outcome.problems else "All of them say that already."
        return _list_page(form, chosen=chosen, outcome=outcome, problem=problem), 409
    db.session.commit()
    flash("Submitted together. A colleague who did not change them reviews them.", "good")
    return redirect(url_for("authoring.batch", batch_id=outcome.batch_id))
