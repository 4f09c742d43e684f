"""What pydantic finds wrong in a document, as faults in words, with the line and the way to mend it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from training.documents import PATTERN_WORDS, FieldFaults, FieldPath
from training.documents.faults import Lines, meant

Words = tuple[str, str]
"""What is wrong, and how to mend it."""

MISSING: Words = ("is missing", "add it")
SHOWN_LENGTH = 60


def _shown(value: object) -> str:
    text = " ".join(str(value).split())
    return f"`{text[:SHOWN_LENGTH]}…`" if len(text) > SHOWN_LENGTH else f"`{text}`"


def _context(error: ErrorDetails) -> Mapping[str, Any]:
    return error.get("ctx") or {}


def _type_words(problem: str, remedy: str) -> Callable[[ErrorDetails], Words]:
    return lambda error: (f"{_shown(error['input'])} {problem}" if not isinstance(error["input"], dict | list) else f"a list or map {problem}", remedy)


def _pattern_words(error: ErrorDetails) -> Words:
    pattern = str(_context(error).get("pattern", ""))
    return f"{_shown(error['input'])} is not written as it must be", PATTERN_WORDS.get(pattern, f"it must look like {pattern}")


def _choice_words(error: ErrorDetails) -> Words:
    return f"{_shown(error['input'])} is not one of the words known here", f"write {_context(error).get('expected', 'one of them')}"


def _discriminator(error: ErrorDetails) -> str:
    """The field that says which kind of part it is."""
    return str(_context(error)["discriminator"]).strip("'")


def _tag_words(error: ErrorDetails) -> Words:
    context = _context(error)
    return f"its {_discriminator(error)} {_shown(context['tag'])} is not one of the words known here", f"write {context['expected_tags']}"


def _length_words(error: ErrorDetails) -> Words:
    context = _context(error)
    if "min_length" in context:
        return ("is empty", "write something") if context["min_length"] == 1 else ("is too short", f"it needs at least {context['min_length']}")
    return "is too long", f"it may hold {context.get('max_length')} at most"


def _bound_words(error: ErrorDetails) -> Words:
    return f"{_shown(error['input'])} is out of range", error["msg"].replace("Input should be", "it must be")


def _own_words(error: ErrorDetails) -> Words:
    return _split(str(_context(error).get("error", error["msg"])))


_text = _type_words("is not text", "put it in quotes")
_whole = _type_words("is not a whole number", "write digits alone")
_truth = _type_words("is neither true nor false", "write true or false")
_listing = _type_words("is not a list", "write [a, b], or one line with a dash for each")
_mapping = _type_words("is not a map of fields", "write `name: value` lines, indented under it")
WORDS: Mapping[str, Callable[[ErrorDetails], Words]] = {
    "missing": lambda _error: MISSING,
    "string_type": _text,
    "int_type": _whole,
    "int_parsing": _whole,
    "int_from_float": _whole,
    "bool_type": _truth,
    "bool_parsing": _truth,
    "list_type": _listing,
    "tuple_type": _listing,
    "dict_type": _mapping,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "enum": _choice_words,
    "literal_error": _choice_words,
    "union_tag_invalid": _tag_words,
    "union_tag_not_found": lambda error: (f"does not say its {_discriminator(error)}", "add it"),
    "string_pattern_mismatch": _pattern_words,
    "string_too_short": _length_words,
    "string_too_long": _length_words,
    "too_short": _length_words,
    "too_long": _length_words,
    "greater_than": _bound_words,
    "greater_than_equal": _bound_words,
    "less_than": _bound_words,
    "less_than_equal": _bound_words,
    "value_error": _own_words,
    "timezone_aware": lambda error: (f"{_shown(error['input'])} does not say its time zone", "write it behind the time: 2026-11-22T09:00:00+07:00"),
}
"""The words of each kind of error; a kind that is not here is told in pydantic's own."""


def field_names(document_class: type[BaseModel]) -> frozenset[str]:
    """Every field that a document of this class, or a part of it, may have."""
    schema = document_class.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return frozenset(name for part in parts for name in part.get("properties", {}))


def _unknown_words(name: str, document_class: type[BaseModel]) -> Words:
    close = meant(name, field_names(document_class))
    return "is not a field that anybody reads", f"remove it, or did you mean `{close}`?" if close else "remove it"


def _words_of(error: ErrorDetails, document_class: type[BaseModel]) -> Words:
    if error["type"] == "extra_forbidden":
        return _unknown_words(str(error["loc"][-1]), document_class)
    words = WORDS.get(error["type"])
    return words(error) if words else (error["msg"][:1].lower() + error["msg"][1:], "")


def _split(message: str) -> Words:
    problem, _, remedy = message.partition("; ")
    return problem, remedy


def problems_of(error: ValidationError, lines: Lines, document_class: type[BaseModel]) -> Iterator[tuple[FieldPath, Words]]:
    """Each problem with the path of its field, as the file writes it."""
    for detail in error.errors(include_url=False):
        path = tuple(detail["loc"])
        own = _context(detail).get("error")
        if isinstance(own, FieldFaults):
            yield from ((lines.known(path) + below, _split(message)) for below, message in own.faults)
        elif detail["type"] == "missing":
            yield (*lines.known(path[:-1]), path[-1]), _words_of(detail, document_class)
        else:
            yield lines.known(path), _words_of(detail, document_class)
