"""The person's front page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from training.web.access import opens_to_signed_in, principal
from training.web.navigation import Group, Place, add_place, places_for

blueprint = Blueprint("today", __name__, template_folder="templates")
add_place(Place("today.page", "Today", Group.MINE, position=0))


@blueprint.get("/")
@opens_to_signed_in
def page() -> ResponseReturnValue:
    """Where am I, and where can I go."""
    me = principal()
    return render_template("today/page.html", me=me, groups=places_for(me.roles))
