"""What is kept how long, for everybody; and erasing people, for administrators."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.models import Person
from training.accounts.queries import person_by_public_id
from training.db import db
from training.errors import NotFound, Refusal
from training.upkeep import queries
from training.upkeep.forms import ErasingForm
from training.upkeep.rules import UpkeepRefusal
from training.upkeep.services import erase, rules_in_force
from training.web.access import current_actor, opens_to, opens_to_signed_in, writes
from training.web.wording import give_words, words_for

blueprint = Blueprint("upkeep", __name__, template_folder="templates")

give_words(
    {
        UpkeepRefusal.RULES_WRONG: "The rules of retention cannot be followed, so nothing is done. An operator mends the file of RETENTION_FILE: {faults}",
        UpkeepRefusal.OWN_ERASURE: "You cannot erase yourself. Ask another administrator.",
        UpkeepRefusal.LAST_ADMINISTRATOR: "They are the last administrator: nobody could let anybody in. Make somebody else one first.",
        UpkeepRefusal.TARGET_FILLED: "There are people in the new database already. Move into an empty one.",
        UpkeepRefusal.ROW_REFUSED: "The new database does not take a row of {table}, so nothing was moved: {fault}",
        UpkeepRefusal.TARGET_DIFFERS: "The new database stands at migration {target}, this one at {source}. Run `flask db upgrade` on both first.",
        UpkeepRefusal.REASON_NAMES_THEM: "The reason names the person, and is kept. Write it without their name and address.",
    }
)


@blueprint.get("/retention")
@opens_to_signed_in
def retention() -> ResponseReturnValue:
    """What is kept of whom, how long, and why."""
    return render_template("upkeep/retention.html", rules=rules_in_force(current_app.config["RETENTION_FILE"]), runs=queries.runs(limit=5))


@blueprint.get("/people/<public_id>/erasing")
@opens_to("admin")
def ask_erasing(public_id: str) -> ResponseReturnValue:
    """What would go, what would stay; really?"""
    return _page(_found(public_id), ErasingForm(formdata=None))


@blueprint.post("/people/<public_id>/erasing")
@opens_to("admin")
@writes
def erase_person(public_id: str) -> ResponseReturnValue:
    """Erase them."""
    found, form = _found(public_id), ErasingForm()
    form.address = found.email
    if not form.validate():
        return _page(found, form), 400
    try:
        rules = rules_in_force(current_app.config["RETENTION_FILE"])
        erase(found, rules, reason=form.reason.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        form.reason.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(_found(public_id), form), 409
    db.session.commit()
    flash("They are erased.", "good")
    return redirect(url_for("accounts.person", public_id=public_id))


def _found(public_id: str) -> Person:
    found = person_by_public_id(public_id)
    if found is None or found.erased_at is not None:
        raise NotFound
    return found


def _page(found: Person, form: ErasingForm) -> str:
    return render_template("upkeep/erasing.html", person=found, form=form)
