"""Signs of GIFT with a backslash before them are signs of the text."""

import re
from collections.abc import Iterator

_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_SIGNS = re.compile(r"[\\~=#{}:]")


def places(text: str, signs: str) -> Iterator[int]:
    """Where one of these signs stands without a backslash before it."""
    position = 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] in signs:
            yield position
        position += 1


def place(text: str, sign: str) -> int | None:
    """Where this sign stands first."""
    return next((found for found in places(text, sign[0]) if text.startswith(sign, found)), None)


def unescaped(text: str) -> str:
    """What the text says."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def escaped(text: str) -> str:
    """The text as GIFT writes it, on one line."""
    return _SIGNS.sub(lambda found: "\\" + found.group(), text).replace("\n", "\\n")
