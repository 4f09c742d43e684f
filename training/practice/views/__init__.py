"""The pages of practice."""

from training.practice.views import care, desk, overview, people, personal, profile, sessions, sets
from training.practice.views.blueprint import blueprint

__all__ = ["blueprint", "care", "desk", "overview", "people", "personal", "profile", "sessions", "sets"]
