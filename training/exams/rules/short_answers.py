"""Short exact answers: a number within a tolerance, or a text that is one of the accepted ones, however it is spelled out."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number, how far off an answer may be, and the units that may stand behind it."""

    number: Decimal
    tolerance: Decimal = Decimal(0)
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextKey:
    """The texts that are right."""

    accepted: tuple[str, ...]


def plain(text: str) -> str:
    """The text without what does not matter: compatibility forms of characters (NFKC), case, and blanks at the ends or doubled."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


@cache
def decimal_mark(language: str) -> str:
    """What stands before the decimals in this language: a comma in Indonesian, a point in English and where nothing is known."""
    try:
        return str(Locale.parse(language).number_symbols["latn"]["decimal"])
    except (UnknownLocaleError, ValueError, KeyError):
        return "."


def number_of(text: str, language: str) -> Decimal | None:
    """The number that somebody who writes this language means, or nothing.

    Digits may be grouped by threes. A point before decimals is understood in every language wherever it cannot be grouping: `2.5` is two and a half
    in Indonesian too, `2.500` is two thousand five hundred there.
    """
    mark = decimal_mark(language)
    group = "." if mark == "," else ","
    digits = plain(text).replace(" ", "").replace("−", "-").replace("’", "")
    if re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(mark)}\d+)?", digits):
        return Decimal(digits.replace(group, "").replace(mark, "."))
    if re.fullmatch(rf"[+-]?\d+(?:[{re.escape(mark)}.]\d+)?", digits):
        return Decimal(digits.replace(mark, "."))
    return None


def is_right_number(text: str, key: NumberKey, language: str) -> bool:
    """Whether the answer is the number, within the tolerance; a unit that is known may stand behind it."""
    said = plain(text)
    for unit in sorted((plain(unit) for unit in key.units), key=len, reverse=True):
        if said.endswith(unit):
            said = said.removesuffix(unit)
            break
    number = number_of(said, language)
    return number is not None and abs(number - key.number) <= key.tolerance


def is_right_text(text: str, key: TextKey) -> bool:
    """Whether the answer is one of the accepted texts."""
    return plain(text) in {plain(accepted) for accepted in key.accepted}
