"""How practice takes care of a person: what they chose, what it keeps, and what is theirs alone to see."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import state_of, team_names
from training.accounts.rules import Role
from training.db import db
from training.errors import NotFound
from training.practice import queries, services
from training.practice.forms import CareForm, care_form
from training.practice.rules import FEWEST_TOLD, SMALLEST_GROUP, Sensitivity, usual_preference
from training.practice.views.blueprint import KINDS, MAY_DECIDE_ASKING, MAY_SEE_PRACTICE, blueprint, budget
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.addresses import id_in_query
from training.web.wording import words_for

LOOKING_BACK = timedelta(days=28)
"""How far back the page lists severe cases; the person's file has them all."""


@blueprint.get("/care")
@opens_to_signed_in
def care() -> ResponseReturnValue:
    """How cases are shown to me, and what else is done so that this work does me no harm."""
    return _care_page(_form())


@blueprint.post("/care")
@opens_to_signed_in
@writes
def choose_preferences() -> ResponseReturnValue:
    """Show me cases like this from now on."""
    form = _form()
    if not form.validate():
        return _care_page(form), 400
    services.choose_preferences(principal().person_id, form.choices, now=clock.now())
    db.session.commit()
    flash("Cases are shown as you chose from now on.", "good")
    return redirect(url_for("practice.care"))


def _form() -> CareForm:
    return care_form(usual_preference(current_app.config["CARE_DEFAULTS"]), queries.choices_of(principal().person_id))


def _care_page(form: CareForm) -> str:
    me, zone, now = principal().person_id, principal().time_zone, clock.now()
    return render_template(
        "practice/care.html",
        form=form,
        kinds=KINDS,
        withheld=queries.withheld_from(me, at=now),
        consents=queries.consents_of(me),
        exposure=queries.exposure_of(me, zone, now=now),
        budget=budget(),
        days=queries.exposures_by_day(me, zone, since=now - LOOKING_BACK),
    )


@blueprint.post("/care/consents/<sensitivity>")
@opens_to_signed_in
@writes
def say_consent(sensitivity: str) -> ResponseReturnValue:
    """Let me be shown this kind of material, or no longer."""
    kind, is_given = _kind(sensitivity), _yes_or_no(request.form.get("is_given"))
    deed = services.give_consent if is_given else services.withdraw_consent
    deed(principal().person_id, kind, now=clock.now())
    db.session.commit()
    flash(f"You {'agreed' if is_given else 'no longer agree'} to see: {words_for(kind)}.", "good")
    return redirect(url_for("practice.care", _anchor="consent"))


@blueprint.get("/team/care")
@opens_to(*MAY_SEE_PRACTICE)
def team_care() -> ResponseReturnValue:
    """How care stands in a team, in counts that tell of nobody: a lead's own team, any one for a trainer."""
    own, names = state_of(principal().person_id, at=clock.now()).team_id, team_names()
    team_id = own
    if Role.TRAINER in principal().roles and "team" in request.args:
        team_id = id_in_query("team")
        if team_id not in names:
            raise NotFound
    counts = queries.care_counts(team_id, now=clock.now()) if team_id is not None else None
    choices = sorted(names.items(), key=lambda pair: pair[1]) if Role.TRAINER in principal().roles else []
    return render_template("practice/team_care.html", team_id=team_id, names=names, counts=counts, choices=choices, smallest=SMALLEST_GROUP, fewest=FEWEST_TOLD)


@blueprint.get("/consents")
@opens_to(*MAY_DECIDE_ASKING)
def askings() -> ResponseReturnValue:
    """Which kinds of material everybody is asked about before they see them."""
    decided = {asking.sensitivity: asking for asking in queries.askings()}
    return render_template("practice/askings.html", kinds=KINDS, decided=decided)


@blueprint.post("/consents/<sensitivity>")
@opens_to(*MAY_DECIDE_ASKING)
@writes
def decide_asking(sensitivity: str) -> ResponseReturnValue:
    """From now on ask everybody first, or show it to whoever did not withdraw."""
    is_asked = _yes_or_no(request.form.get("is_asked"))
    services.ask_for_consent(_kind(sensitivity), is_asked=is_asked, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("It holds from now on.", "good")
    return redirect(url_for("practice.askings"))


def _kind(word: str) -> Sensitivity:
    """The kind of this name. Raises NotFound."""
    if word not in set(Sensitivity):
        raise NotFound
    return Sensitivity(word)


def _yes_or_no(word: str | None) -> bool:
    """What a button said. Raises NotFound for a word that none of them says."""
    if word not in {"yes", "no"}:
        raise NotFound
    return word == "yes"
