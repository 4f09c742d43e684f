"""Making the demo's world, and keeping its logins as they are printed."""

from training.demo.services.logins import keep_logins, keep_token
from training.demo.services.world import Stage, make_world

__all__ = ["Stage", "keep_logins", "keep_token", "make_world"]
