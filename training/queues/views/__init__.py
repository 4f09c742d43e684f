"""Queues as people see them: mine, the matrix of a team, and dated exceptions."""

from training.queues.views.blueprint import blueprint
from training.queues.views.matrix import matrix
from training.queues.views.mine import mine
from training.queues.views.overrides import overrides
from training.queues.views.queue import queue

__all__ = ["blueprint", "matrix", "mine", "overrides", "queue"]
