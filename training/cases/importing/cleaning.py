"""Personal data taken out of everything that a row says, with a log of what was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from training.audit.rules import pseudonym
from training.cases.importing.records import as_text
from training.cases.importing.redaction import Redacted, redact
from training.documents import FieldPath
from training.documents.faults import field_name

NAMED_VALUES = frozenset({"order", "account", "attributes"})
"""Parts of a content that are maps of text."""


@dataclass(frozen=True, slots=True)
class Removal:
    """One personal value that was taken out: where it stood in the source's text, and a salted hash of it."""

    kind: str
    field: str
    offset: int
    length: int
    value_hash: str


@dataclass(slots=True)
class Cleaner:
    """Cleans the texts of one row. Hashes are made with `salt`."""

    salt: bytes
    removals: list[Removal] = field(default_factory=list)
    cleaned: dict[str, tuple[str, Redacted]] = field(default_factory=dict)
    """Each text before and after, by its field."""

    def clean(self, value: Any, steps: FieldPath) -> Any:
        """The value without personal data, every text and number in it."""
        if isinstance(value, Mapping):
            return {name: self.clean(inner, (*steps, str(name))) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.clean(inner, (*steps, position)) for position, inner in enumerate(value)]
        if value is None or isinstance(value, bool):
            return value
        text = value if isinstance(value, str) else as_text(value)
        cleaned = self.text(text, steps)
        return cleaned if cleaned != text else value

    def text(self, text: str, steps: FieldPath) -> str:
        """One text without personal data. In a map it is read with its name before it, which says what kind of number it is."""
        is_named = len(steps) > 1 and steps[0] in NAMED_VALUES
        cleaned = redact(text, introduced_by=f"{steps[-1]}: " if is_named else "")
        name = field_name(steps)
        self.cleaned[name] = (text, cleaned)
        for found in cleaned.findings:
            hidden = pseudonym(text[found.start : found.end], self.salt)
            self.removals.append(Removal(found.kind.value, name, found.start, found.end - found.start, hidden))
        return cleaned.text
