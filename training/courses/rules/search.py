"""What a search looks for and what it shows: both databases index the same plain words, and the excerpt is cut here."""

import re
import unicodedata
from dataclasses import dataclass

QUERY_LENGTH_LIMIT = 200
QUERY_WORD_LIMIT = 12
WORD_LENGTH_LIMIT = 64
EXCERPT_LENGTH = 220

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an excerpt; `is_match` says that it was asked for."""

    text: str
    is_match: bool


def _plain_character(character: str) -> str:
    """One character as the index sees it: always one, so that positions stay true."""
    base = unicodedata.normalize("NFKD", character.casefold())[:1]
    return base if base.isalnum() else " "


def _plain(text: str) -> str:
    return "".join(map(_plain_character, text))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text: letters and digits alone, without case or accents."""
    return tuple(word[:WORD_LENGTH_LIMIT] for word in _WORD.findall(_plain(unicodedata.normalize("NFC", text))))


def query_words(asked: str) -> tuple[str, ...]:
    """The words that a search box asks for: every one must be found, the last may be the beginning of a word. None: nothing was asked."""
    return words_of(asked[:QUERY_LENGTH_LIMIT])[:QUERY_WORD_LIMIT]


def excerpt(text: str, asked: tuple[str, ...], *, length: int = EXCERPT_LENGTH) -> tuple[Piece, ...]:
    """About `length` characters of a text around the first word asked for, with the words asked for marked."""
    whole = " ".join(unicodedata.normalize("NFC", text).split())
    matches = [(word.start(), word.end()) for word in _WORD.finditer(_plain(whole)) if _is_asked(word.group(), asked)]
    start, end = _window(whole, matches[0][0] if matches else 0, length)
    pieces = [Piece("… ", False)] if start else []
    at = start
    for match_start, match_end in matches:
        if start <= match_start and match_end <= end:
            pieces += [Piece(whole[at:match_start], False), Piece(whole[match_start:match_end], True)]
            at = match_end
    pieces += [Piece(whole[at:end], False), Piece(" …" if end < len(whole) else "", False)]
    return tuple(piece for piece in pieces if piece.text)


def _is_asked(word: str, asked: tuple[str, ...]) -> bool:
    return word[:WORD_LENGTH_LIMIT] in asked or (bool(asked) and word.startswith(asked[-1]))


def _window(whole: str, first: int, length: int) -> tuple[int, int]:
    """Where the excerpt begins and ends: between words where a blank is near."""
    start = max(0, first - length // 3)
    if start:
        start = whole.rfind(" ", 0, start) + 1 or start
    end = start + length
    if end < len(whole):
        end = whole.find(" ", end, end + length // 3) if whole.find(" ", end, end + length // 3) > 0 else end
    return start, min(end, len(whole))
