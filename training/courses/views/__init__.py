"""The pages of this room: the handbook, and courses."""

from collections.abc import Callable

from flask import Flask

from training.courses.views import assigning, courses, handbook, reading
from training.courses.views.blueprint import blueprint

__all__ = ["assigning", "blueprint", "courses", "handbook", "init_courses", "reading"]


def init_courses(app: Flask, *, follow_studies: Callable[..., bool]) -> None:
    """Add the pages of the handbook and of courses, and what follows when somebody acknowledged a module: a room above this one keeps who must."""
    app.extensions["follow_studies"] = follow_studies
    app.register_blueprint(blueprint)
