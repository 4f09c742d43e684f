"""Certificates: what I hold, what each needs, whose are genuine, and what a lead may enter."""

from training.certification.views.blueprint import blueprint
from training.certification.views.entries import enter, person
from training.certification.views.mine import certification, wall
from training.certification.views.sharing import choose_disclosure
from training.certification.views.verifying import verify

__all__ = ["blueprint", "certification", "choose_disclosure", "enter", "person", "verify", "wall"]
