"""The pages of disputes."""

from flask import Flask

from training.disputes.services import AmendCase
from training.disputes.views import attempts, carrying, claims, disputes, outcomes, questions, reviewing, wording
from training.disputes.views.blueprint import blueprint

__all__ = ["attempts", "blueprint", "carrying", "claims", "disputes", "init_disputes", "outcomes", "questions", "reviewing", "wording"]


def init_disputes(app: Flask, *, amend_case: AmendCase) -> None:
    """Add the pages of disputes, and what changes a case's document: a room above this one keeps those."""
    app.extensions["amend_case"] = amend_case
    app.register_blueprint(blueprint)
