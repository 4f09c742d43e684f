"""Certificates: what I hold, what each needs, whose are genuine, and what a lead may enter."""

from flask import Flask

from training.certification.views.badges import achieved, badge, badge_token, issuer, status_list
from training.certification.views.blueprint import blueprint
from training.certification.views.calendars import calendar, close_calendar, open_calendar, team
from training.certification.views.entries import ExceptionsOf, enter, person
from training.certification.views.mine import QueueTitles, ask_for_term, certification, wall
from training.certification.views.nesting import decide_shadow, nesting, sign_off
from training.certification.views.papers import paper
from training.certification.views.sharing import choose_disclosure
from training.certification.views.verifying import verify

__all__ = [
    "ExceptionsOf",
    "QueueTitles",
    "achieved",
    "ask_for_term",
    "badge",
    "badge_token",
    "blueprint",
    "calendar",
    "certification",
    "choose_disclosure",
    "close_calendar",
    "decide_shadow",
    "enter",
    "init_certification",
    "issuer",
    "nesting",
    "open_calendar",
    "paper",
    "person",
    "sign_off",
    "status_list",
    "team",
    "verify",
    "wall",
]


def init_certification(app: Flask, *, queue_titles: QueueTitles, exceptions: ExceptionsOf) -> None:
    """Put this room's pages into the application, with what tells which queues ask for a certification and which exceptions act on a person."""
    app.extensions["queues_by_certification"] = queue_titles
    app.extensions["exceptions_of_person"] = exceptions
    app.register_blueprint(blueprint)
