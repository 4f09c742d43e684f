"""The pages of practice."""

from training.practice.views import desk, overview, personal, sessions
from training.practice.views.blueprint import blueprint

__all__ = ["blueprint", "desk", "overview", "personal", "sessions"]
