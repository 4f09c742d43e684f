"""The pages of this room."""

from collections.abc import Callable, Mapping
from datetime import datetime

from flask import Flask

from training.quality.services import Required
from training.quality.views import calibration, calibration_desk, panels
from training.quality.views.blueprint import Above, blueprint
from training.quality.views.coaching import coach, coaching, note_on_own
from training.quality.views.people import mine, mine_file, person, person_file
from training.quality.views.predicting import prediction, prediction_file
from training.quality.views.proposals import decide_proposal, proposal, proposal_file
from training.quality.views.team import team, team_file
from training.quality.views.uploading import check_upload, example_file, take_upload, upload

__all__ = [
    "blueprint",
    "calibration",
    "calibration_desk",
    "check_upload",
    "coach",
    "coaching",
    "decide_proposal",
    "example_file",
    "init_quality",
    "mine",
    "mine_file",
    "note_on_own",
    "panels",
    "person",
    "person_file",
    "prediction",
    "prediction_file",
    "proposal",
    "proposal_file",
    "take_upload",
    "team",
    "team_file",
    "upload",
]


def init_quality(app: Flask, *, required: Required, queue_titles: Callable[[datetime], Mapping[str, str]]) -> None:
    """Put this room's pages into the application, with what queues, above it, know: what each asked for at an instant, and how it is called."""
    app.extensions["quality_above"] = Above(required, queue_titles)
    app.register_blueprint(blueprint)
