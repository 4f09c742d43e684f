"""Evidence packs as people see them: ask for one, which there are, take one along."""

from training.insights.views.blueprint import blueprint
from training.insights.views.packs import ask, index, pack
from training.insights.views.taking import paper, signed

__all__ = ["ask", "blueprint", "index", "pack", "paper", "signed"]
