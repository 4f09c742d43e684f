"""The pictures in a module's Markdown, found by line: `![what it shows](media/name.png)`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PICTURE = re.compile(r"!\[(?P<shows>(?:[^\[\]\\]|\\.)*)\]\(\s*<?(?P<cited>[^)\s>]*)")
_CODE = re.compile(r"`+[^`]*`+")
CITED = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]{0,150}\.(?:png|jpe?g|webp)")
"""How a module cites a picture of its folder."""


@dataclass(frozen=True, slots=True)
class CitedPicture:
    """A picture as a module shows it: its file as it is cited, what stands for who cannot see it, and its line in the Markdown, from 1."""

    cited: str
    shows: str
    line: int

    @property
    def is_own(self) -> bool:
        """Whether it is cited as a picture of the content folder."""
        return CITED.fullmatch(self.cited) is not None


def pictures_in(body: str) -> tuple[CitedPicture, ...]:
    """Every picture in the order of the text."""
    return tuple(_pictures(body))


def _pictures(body: str) -> Iterator[CitedPicture]:
    for number, line in enumerate(body.split("\n"), start=1):
        for found in _PICTURE.finditer(_CODE.sub("", line)):
            yield CitedPicture(found["cited"], found["shows"].strip(), number)
