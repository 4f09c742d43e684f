"""What of me others may see by my certificates."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.certification import services
from training.certification.forms import DisclosureForm
from training.certification.rules import Shows
from training.certification.views.blueprint import blueprint
from training.certification.views.mine import wall_page
from training.db import db
from training.web.access import current_actor, opens_to_signed_in, principal, writes


@blueprint.post("/certificates/disclosure")
@opens_to_signed_in
@writes
def choose_disclosure() -> ResponseReturnValue:
    """Let the public pages of my certificates tell this of my name."""
    form = DisclosureForm()
    if not form.validate_on_submit():
        return wall_page(form), 400
    services.choose_disclosure(principal().person_id, Shows(form.shows.data), by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Public pages of your certificates show it so from now on.", "good")
    return redirect(url_for("certification.wall", _anchor="sharing"))
