"""Evidence packs as people see them: ask for one, which there are, take one along. What needs a trainer's look."""

from training.insights.views.attention import aside, attention, attention_table, bring_back, put_aside
from training.insights.views.blueprint import blueprint
from training.insights.views.cohorts import cohorts, followed_assignment, followed_team
from training.insights.views.packs import ask, index, pack
from training.insights.views.taking import paper, signed

__all__ = [
    "aside",
    "ask",
    "attention",
    "attention_table",
    "blueprint",
    "bring_back",
    "cohorts",
    "followed_assignment",
    "followed_team",
    "index",
    "pack",
    "paper",
    "put_aside",
    "signed",
]
