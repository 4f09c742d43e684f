"""Who people are, for rooms that may not know people: `accounts` fills it, `audit` asks it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app

KEY = "directory"


@dataclass(frozen=True, slots=True)
class Directory:
    """Names of people by id, and the id of whom an e-mail address or public id means."""

    names: Callable[[Iterable[int]], Mapping[int, str]]
    id_of: Callable[[str], int | None]


def init_directory(app: Flask, directory: Directory) -> None:
    """Let every surface of this application ask who people are."""
    app.extensions[KEY] = directory


def directory() -> Directory:
    """The directory of the running application."""
    return cast(Directory, current_app.extensions[KEY])
