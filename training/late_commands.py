"""Commands that bring along what only they need, when they run: every other command starts sooner for it."""

from collections.abc import Callable
from typing import Any

import click


class LateCommand(click.Command):
    """A command of which nothing but name and help is known until it is run."""

    def __init__(self, name: str, *, help: str, load: Callable[[], click.Command]) -> None:  # noqa: A002  (click's word)
        super().__init__(name, help=help)
        self._load = load

    def make_context(self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any) -> click.Context:
        """Called by click before it runs the command of this context: the loaded one, with its own options and commands."""
        return self._load().make_context(info_name, args, parent, **extra)
