"""The front page."""

from flask import Blueprint, render_template

from training import clock
from training.web.access import opens_to_signed_in, principal
from training.web.navigation import Group, Place, add_place

blueprint = Blueprint("today", __name__, template_folder="templates")

add_place(Place("today.page", "Today", Group.MINE, 0))


@blueprint.get("/")
@opens_to_signed_in
def page() -> str:
    """What is due, what expires, what changed, what to do next."""
    return render_template("today/page.html", name=principal().name, now=clock.now())
