"""Personal data in what a case shows, found by the rules of imports, and taken out of its text."""

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from training.cases.importing.cleaning import Cleaner
from training.cases.importing.redaction import PLACEHOLDERS, PersonalKind
from training.cases.importing.writing import yaml_text
from training.documents.yaml_reading import Unreadable, read_yaml

KEY_LENGTH = 16
_NO_SALT = b"only compared within one text"


@dataclass(frozen=True, slots=True)
class PersonalValue:
    """Something personal that a case shows: its kind, the words, the fields in which they stand, and the first line of the text that holds them."""

    kind: PersonalKind
    said: str
    fields: tuple[str, ...]
    line: int | None

    @property
    def key(self) -> str:
        """By what it is known in what a browser sends: the words themselves are not sent back."""
        return hashlib.sha256(f"{self.kind.value}:{self.said}".encode()).hexdigest()[:KEY_LENGTH]

    @property
    def placeholder(self) -> str:
        """What stands in its place."""
        return PLACEHOLDERS[self.kind]


def personal_values(text: str, value: Mapping[str, Any]) -> tuple[PersonalValue, ...]:
    """Everything personal that a case shows whose text says this value, in the order of its fields; words that stand in several are one."""
    cleaner = Cleaner(_NO_SALT)
    cleaner.clean(value.get("content"), ())
    fields: dict[tuple[PersonalKind, str], list[str]] = {}
    for field, (shown, cleaned) in cleaner.cleaned.items():
        for finding in cleaned.findings if not field.endswith(".file") else ():
            at = fields.setdefault((finding.kind, shown[finding.start : finding.end]), [])
            if field not in at:
                at.append(field)
    lines = text.split("\n")
    return tuple(PersonalValue(kind, said, tuple(names), _line_of(said, lines)) for (kind, said), names in fields.items())


def _line_of(said: str, lines: list[str]) -> int | None:
    return next((number for number, line in enumerate(lines, start=1) if said in line), None)


def without_personal(text: str, value: Mapping[str, Any], found: Collection[PersonalValue]) -> str:
    """The text with a placeholder for each of these, wherever the case says them: in what it shows, in the evidence that quotes it, in the reasons.

    Every other letter stays as it was where that can be; else the document is written anew.
    """
    longest_first = sorted(found, key=lambda each: -len(each.said))

    def replaced(said: str) -> str:
        for each in longest_first:
            said = said.replace(each.said, each.placeholder)
        return said

    wanted = {name: _with(said, replaced) if name in {"content", "reference"} else said for name, said in value.items()}
    written = replaced(text)
    try:
        return written if read_yaml(written).value == wanted else yaml_text(wanted)
    except Unreadable:
        return yaml_text(wanted)


def _with(said: Any, replaced: Callable[[str], str]) -> Any:
    if isinstance(said, str):
        return replaced(said)
    if isinstance(said, Mapping):
        return {name: _with(inner, replaced) for name, inner in said.items()}
    return [_with(inner, replaced) for inner in said] if isinstance(said, list) else said
